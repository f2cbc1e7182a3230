//! People, organizations, settings, members, invitations and roles, over real HTTP.

mod invitations;
mod members;
mod organizations;
mod roles;
mod users;

use reqwest::Method;
use serde_json::Value;

use crate::app::TestApp;
use crate::app::call::Answer;

/// A request in somebody's name.
struct Ask<'a> {
    app: &'a TestApp,
    method: Method,
    path: String,
    token: Option<&'a str>,
    version: Option<i64>,
    body: Option<Value>,
}

impl<'a> Ask<'a> {
    fn new(app: &'a TestApp, method: Method, path: impl Into<String>) -> Self {
        Self { app, method, path: path.into(), token: None, version: None, body: None }
    }

    fn by(self, token: &'a str) -> Self {
        Self { token: Some(token), ..self }
    }

    fn at(self, version: i64) -> Self {
        Self { version: Some(version), ..self }
    }

    async fn with(self, body: Value) -> Answer {
        Self { body: Some(body), ..self }.send().await
    }

    async fn send(self) -> Answer {
        let mut request = self.app.request(self.method, &format!("/api/v1{}", self.path));
        if let Some(token) = self.token {
            request = request.bearer_auth(token);
        }
        if let Some(version) = self.version {
            request = request.header("if-match", format!("\"{version}\""));
        }
        if let Some(body) = self.body {
            request = request.json(&body);
        }
        Answer::of(request).await
    }
}

fn get(app: &TestApp, path: impl Into<String>) -> Ask<'_> {
    Ask::new(app, Method::GET, path)
}

fn post(app: &TestApp, path: impl Into<String>) -> Ask<'_> {
    Ask::new(app, Method::POST, path)
}

fn patch(app: &TestApp, path: impl Into<String>) -> Ask<'_> {
    Ask::new(app, Method::PATCH, path)
}

fn delete(app: &TestApp, path: impl Into<String>) -> Ask<'_> {
    Ask::new(app, Method::DELETE, path)
}

/// Status and code of a failure.
fn problem(answer: &Answer) -> (u16, String) {
    (answer.status, answer.code())
}

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

fn tag(answer: &Answer) -> &str {
    answer.headers.get("etag").map_or("", |tag| tag.to_str().expect("ASCII"))
}
