//! Links in mails, read from the mailbox as a person reads them.

use std::time::Duration;

use mailparse::ParsedMail;
use serde_json::json;

use super::wire::HOME;
use crate::app::call::Answer;
use crate::app::{self, PASSWORD, TestApp};

const NEW: &str = "gaida-hatti-2026";

/// The link is made of the configuration: whatever a request says of hosts, a token is never mailed with the address
/// of somebody else's machine. Using it ends every session, counts once, and does not stand for the second factor.
#[actix_web::test]
async fn a_reset_link_leads_home_whatever_host_was_named_and_does_no_more_than_it_says() {
    app::run(async |app| {
        let asha = app.newcomer("asha@example.com").await;
        let enrolment = app.bearer(&asha, "/auth/mfa/totp", json!({})).await.json();
        let code = json!({ "code": app.code(&enrolment["secret"], 0) });
        let enabled = app.bearer(&asha, "/auth/mfa/totp/confirm", code).await.json();
        let ask = app.post("/auth/forgot-password").json(&json!({ "email": "asha@example.com" }));
        let ask = ask.header("host", "evil.example").header("x-forwarded-host", "evil.example");
        let ask = ask.header("forwarded", "host=evil.example").header("origin", "https://evil.example");
        assert_eq!(Answer::of(ask).await.status, 202);

        let mail = mail_with(app, "/reset-password#token=").await;
        assert!(!mail.contains("evil.example"), "{mail}");
        let (before, token) = mail.split_once("/reset-password#token=").expect("a link");
        assert!(before.ends_with(HOME), "{mail}");
        let token = token.split_whitespace().next().expect("a token");
        let reset = json!({ "token": token, "password": NEW });
        assert_eq!(app.program("/auth/reset-password", reset.clone()).await.status, 204);
        assert_eq!(app.program("/auth/reset-password", reset).await.status, 401, "it counts once");

        let access = enabled["session"]["accessToken"].as_str().expect("a token");
        assert_eq!(app.get(access, "/auth/sessions").await.status, 401);
        let refresh = json!({ "refreshToken": asha["refreshToken"] });
        assert_eq!(app.program("/auth/refresh", refresh).await.status, 401);
        let login = |password: &str| json!({ "email": "asha@example.com", "password": password });
        assert_eq!(app.program("/auth/login", login(PASSWORD)).await.status, 401);
        let signed_in = app.program("/auth/login", login(NEW)).await.json();
        assert_eq!(signed_in["mfaRequired"], true, "the second factor is still asked for");
    })
    .await;
}

/// The text of the first mail that says this; it comes when its job has run.
async fn mail_with(app: &TestApp, words: &str) -> String {
    for _ in 0..600 {
        let mails = std::fs::read_dir(app.folder.join("mail")).into_iter().flatten();
        for file in mails.map(|file| file.expect("a file").path()) {
            let bytes = std::fs::read(&file).unwrap_or_default();
            let text = text_of(&mailparse::parse_mail(&bytes).expect("a mail"));
            if text.contains(words) {
                return text;
            }
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no mail says `{words}`")
}

fn text_of(mail: &ParsedMail<'_>) -> String {
    if mail.ctype.mimetype == "text/plain" {
        return mail.get_body().expect("a body");
    }
    mail.subparts.iter().map(text_of).collect()
}
