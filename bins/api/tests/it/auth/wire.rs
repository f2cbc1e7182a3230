//! How these tests talk to the server.

use auth::MailedToken;
use database::log;
use kernel::{OrganizationId, TokenId};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use totp_rs::Builder;

use crate::app::call::Answer;
use crate::app::{PASSWORD, TestApp};

/// A page of the installation itself.
pub(crate) const HOME: &str = "http://localhost:8080";

impl TestApp {
    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, &format!("/api/v1{path}"))
    }

    /// As a program asks, which keeps its refresh token itself.
    pub(crate) async fn program(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.post(path).header("x-token-transport", "body").json(&body)).await
    }

    pub(crate) async fn register(&self, email: &str) -> Answer {
        let body = json!({
            "email": email, "password": PASSWORD, "fullName": "Asha Rai", "organizationName": "Himal Tea",
        });
        Answer::of(self.post("/auth/register").json(&body)).await
    }

    /// The token in the newest mail to a mailbox nobody has proven yet.
    pub(crate) async fn mailed_sign_up(&self) -> String {
        let events = log::since(&self.services.database, OrganizationId::PLATFORM.uuid(), 0, 1_000).await;
        let events = events.expect("read");
        let event = events.iter().rev().find(|event| event.kind == "auth.sign_up_requested").expect("asked");
        let id: TokenId = event.data["signUpId"].as_str().expect("an id").parse().expect("an id");
        let letter = self.services.auth.mailings.letter(MailedToken::SignUp(id)).await.expect("read");
        letter.expect("it counts").token.expose().to_owned()
    }

    /// A session answer of somebody new.
    pub(crate) async fn newcomer(&self, email: &str) -> Value {
        assert_eq!(self.register(email).await.status, 202);
        let token = self.mailed_sign_up().await;
        let answer = self.program("/auth/verify-email", json!({ "token": token })).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    pub(crate) async fn bearer(&self, session: &Value, path: &str, body: Value) -> Answer {
        let token = session["accessToken"].as_str().expect("a token");
        Answer::of(self.post(path).bearer_auth(token).json(&body)).await
    }

    /// The code an authenticator shows; `later` counts steps of 30 seconds.
    pub(crate) fn code(&self, secret: &Value, later: i64) -> String {
        let seed = totp_rs::Secret::try_from_base32(secret.as_str().expect("base32")).expect("base32");
        let totp = Builder::new().with_secret(seed).with_account_name("test").build().expect("valid");
        let now = self.services.database.env().now().timestamp() + 30 * later;
        totp.generate(u64::try_from(now).expect("after 1970")).to_string()
    }
}

/// The cookie an answer sets, whole.
pub(crate) fn set_cookie(answer: &Answer) -> Option<String> {
    answer.headers.get("set-cookie").and_then(|cookie| cookie.to_str().ok()).map(str::to_owned)
}

/// Its name and value, as a browser sends it back.
pub(crate) fn cookie(answer: &Answer) -> String {
    let whole = set_cookie(answer).expect("a cookie");
    whole.split(';').next().expect("a pair").to_owned()
}
