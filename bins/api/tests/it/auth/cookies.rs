use reqwest::RequestBuilder;
use serde_json::json;

use super::wire::{HOME, cookie, set_cookie};
use crate::app::call::Answer;
use crate::app::{self, PASSWORD, TestApp};

const EVIL: &str = "https://evil.example";
const ATTEMPT: &str = "01980d4e-7d1a-7c3e-9d4f-2f1a5c0b7e11";
const OTHER_ATTEMPT: &str = "01980d4e-7d1a-7c3e-9d4f-2f1a5c0b7e12";

/// Signs in as a page of the installation does.
async fn browser(app: &TestApp) -> Answer {
    app.newcomer("asha@example.com").await;
    let login = json!({ "email": "asha@example.com", "password": PASSWORD });
    Answer::of(app.post("/auth/login").header("origin", HOME).json(&login)).await
}

fn refresh(app: &TestApp, cookie: &str) -> RequestBuilder {
    app.post("/auth/refresh").header("cookie", cookie)
}

#[actix_web::test]
async fn a_browser_gets_a_cookie_that_no_script_can_read_and_no_token_in_the_body() {
    app::run(async |app| {
        let answer = browser(app).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let cookie = set_cookie(&answer).expect("a cookie");
        for part in ["rt=", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=604800"] {
            assert!(cookie.contains(part), "{part}: {cookie}");
        }
        assert!(!cookie.contains("Secure") && !cookie.contains("Domain"), "loopback without TLS: {cookie}");
        assert!(answer.json().get("refreshToken").is_none());
    })
    .await;
}

#[actix_web::test]
async fn a_page_refreshes_by_cookie_and_the_same_attempt_again() {
    app::run(async |app| {
        let first = cookie(&browser(app).await);
        let ask = async |cookie: &str, attempt: &str| {
            let request = refresh(app, cookie).header("origin", HOME).header("x-refresh-attempt", attempt);
            Answer::of(request).await
        };
        let next = ask(&first, ATTEMPT).await;
        assert_eq!(next.status, 200, "{}", next.text);
        assert!(next.json().get("refreshToken").is_none());
        assert_eq!(cookie(&ask(&first, ATTEMPT).await), cookie(&next), "a lost answer is given again");
        let theft = ask(&first, OTHER_ATTEMPT).await;
        assert_eq!(theft.status, 401);
        assert!(set_cookie(&theft).expect("cleared").contains("Max-Age=0"), "and the cookie goes");
        assert_eq!(ask(&cookie(&next), OTHER_ATTEMPT).await.status, 401);
    })
    .await;
}

#[actix_web::test]
async fn no_other_page_can_refresh_and_its_try_uses_nothing_up() {
    app::run(async |app| {
        let cookie = cookie(&browser(app).await);
        for origin in [EVIL, "null", "http://localhost:8080.evil.example", "https://sub.localhost:8080"] {
            let request = refresh(app, &cookie).header("origin", origin).header("x-refresh-attempt", ATTEMPT);
            let refused = Answer::of(request).await;
            assert_eq!((refused.status, refused.code().as_str()), (403, "origin_not_allowed"), "{origin}");
        }
        let bare = Answer::of(refresh(app, &cookie).header("x-refresh-attempt", ATTEMPT)).await;
        assert_eq!(bare.code(), "origin_not_allowed", "without an Origin it is no page at all");
        let headless = Answer::of(refresh(app, &cookie).header("origin", HOME)).await;
        assert_eq!(headless.status, 422, "a page of ours sends the header");
        let odd = refresh(app, &cookie).header("origin", HOME).header("x-refresh-attempt", "one");
        assert_eq!(Answer::of(odd).await.status, 422);
        let good = refresh(app, &cookie).header("origin", HOME).header("x-refresh-attempt", ATTEMPT);
        assert_eq!(Answer::of(good).await.status, 200, "nothing was used up");
    })
    .await;
}

#[actix_web::test]
async fn a_program_has_no_use_for_cookies_and_origins() {
    app::run(async |app| {
        let cookie = cookie(&browser(app).await);
        let as_program = refresh(app, &cookie).header("origin", HOME).header("x-token-transport", "body");
        assert_eq!(Answer::of(as_program.header("x-refresh-attempt", ATTEMPT)).await.status, 401);
        let login = json!({ "email": "asha@example.com", "password": PASSWORD });
        let anywhere = app.post("/auth/login").header("origin", EVIL).header("x-token-transport", "body");
        assert_eq!(Answer::of(anywhere.json(&login)).await.status, 200);
        let page = Answer::of(app.post("/auth/login").header("origin", EVIL).json(&login)).await;
        assert_eq!((page.status, page.code().as_str()), (403, "origin_not_allowed"));
        assert!(set_cookie(&page).is_none());
    })
    .await;
}

#[actix_web::test]
async fn signing_out_ends_the_session_and_clears_the_browser() {
    app::run(async |app| {
        let cookie = cookie(&browser(app).await);
        let foreign =
            Answer::of(app.post("/auth/logout").header("cookie", &cookie).header("origin", EVIL)).await;
        assert_eq!(foreign.status, 403, "no foreign page signs anybody out");
        let answer =
            Answer::of(app.post("/auth/logout").header("cookie", &cookie).header("origin", HOME)).await;
        assert_eq!(answer.status, 204);
        let cleared = set_cookie(&answer).expect("cleared");
        assert!(cleared.starts_with("rt=;") && cleared.contains("Max-Age=0"), "{cleared}");
        let forgets = answer.headers["clear-site-data"].to_str().expect("text");
        assert!(forgets.contains("\"storage\""), "{forgets}");
        assert!(!forgets.contains("cookies"), "how the device shows things outlives the session: {forgets}");
        let request = refresh(app, &cookie).header("origin", HOME).header("x-refresh-attempt", ATTEMPT);
        assert_eq!(Answer::of(request).await.status, 401);
        assert_eq!(Answer::of(app.post("/auth/logout")).await.status, 204, "nothing to end is no error");
        assert_eq!(Answer::of(app.post("/auth/logout-all")).await.status, 401);
    })
    .await;
}
