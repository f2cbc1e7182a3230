//! What a page of somebody else can make a browser send, with the cookie that browsers add by themselves.

use reqwest::RequestBuilder;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;

use super::wire::{HOME, cookie, set_cookie};
use crate::app::call::Answer;
use crate::app::{self, PASSWORD, TestApp};

const EVIL: &str = "https://evil.example";
const ATTEMPT: &str = "01980d4e-7d1a-7c3e-9d4f-2f1a5c0b7e11";

/// Bodies that a page may send to another origin without asking first.
const SIMPLE: [(&str, &str); 4] = [
    ("application/x-www-form-urlencoded", "refreshToken=x"),
    ("text/plain", "{}"),
    ("text/plain;charset=UTF-8", "{\"organizationId\":null}"),
    ("multipart/form-data; boundary=x", "--x--"),
];

/// The cookie of somebody who has signed in at a page of the installation.
async fn visitor(app: &TestApp) -> String {
    app.newcomer("asha@example.com").await;
    let login = json!({ "email": "asha@example.com", "password": PASSWORD });
    cookie(&Answer::of(app.post("/auth/login").header("origin", HOME).json(&login)).await)
}

fn refresh(app: &TestApp, cookie: &str) -> RequestBuilder {
    app.post("/auth/refresh").header("cookie", cookie)
}

fn is_refused(answer: &Answer, status: u16, code: &str) -> bool {
    (answer.status, answer.code().as_str()) == (status, code) && set_cookie(answer).is_none()
}

/// A form and a plain text have no type that is read at all (415 comes first in the contract's order); JSON would be
/// read, and there the origin decides (403). The token is not consumed either way.
#[actix_web::test]
async fn neither_a_form_nor_a_script_of_another_page_refreshes() {
    app::run(async |app| {
        let cookie = visitor(app).await;
        for origin in [EVIL, "null", HOME] {
            for (kind, body) in SIMPLE {
                let sent =
                    refresh(app, &cookie).header("origin", origin).header(CONTENT_TYPE, kind).body(body);
                let answer = Answer::of(sent).await;
                assert!(
                    is_refused(&answer, 415, "unsupported_media_type"),
                    "{kind} of {origin}: {}",
                    answer.text
                );
            }
        }
        for origin in [Some(EVIL), Some("null"), None] {
            for attempt in [ATTEMPT, "01980d4e-7d1a-7c3e-9d4f-2f1a5c0b7e13"] {
                let json = refresh(app, &cookie).header("x-refresh-attempt", attempt).json(&json!({}));
                let bare = refresh(app, &cookie).header("x-refresh-attempt", attempt);
                for mut sent in [json, bare] {
                    if let Some(origin) = origin {
                        sent = sent.header("origin", origin);
                    }
                    let answer = Answer::of(sent).await;
                    assert!(is_refused(&answer, 403, "origin_not_allowed"), "{origin:?}: {}", answer.text);
                }
            }
        }
        let good = refresh(app, &cookie).header("origin", HOME).header("x-refresh-attempt", ATTEMPT);
        assert_eq!(Answer::of(good).await.status, 200, "the token was not consumed by any of it");
    })
    .await;
}

/// A browser asks before it sends the header, or JSON, elsewhere; the answer is no.
#[actix_web::test]
async fn a_browser_is_told_not_to_send_what_another_page_wants() {
    app::run(async |app| {
        let ask = async |origin: &str| {
            let asked =
                app.request(reqwest::Method::OPTIONS, "/api/v1/auth/refresh").header("origin", origin);
            let asked = asked.header("access-control-request-method", "POST");
            Answer::of(asked.header("access-control-request-headers", "content-type,x-refresh-attempt")).await
        };
        for origin in [EVIL, "null", "http://localhost:8080.evil.example", "http://localhost:8081"] {
            let answer = ask(origin).await;
            assert_eq!(answer.status, 400, "{origin}");
            assert!(answer.headers.get("access-control-allow-origin").is_none(), "{origin}");
        }
        let ours = ask(HOME).await;
        assert_eq!(
            (ours.status, &ours.headers["access-control-allow-origin"]),
            (200, &HOME.parse().expect("text"))
        );
    })
    .await;
}
