//! One call of an operation, built from what the document says, and its answer.

use std::sync::atomic::{AtomicU64, Ordering};

use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use uuid::Uuid;

use super::TestApp;
use super::people::Persona;
use super::spec::Spec;

/// A call that is not sent yet. As built it is valid, except that nothing it names exists.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    /// The pattern: `/tickets/{id}`.
    pub(crate) path: &'static str,
    /// What stands in place of the parameters.
    pub(crate) places: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Value>,
    /// The name of the file that a form brings, for an operation that takes one.
    pub(crate) file: Option<&'static str>,
    pub(crate) token: Option<String>,
}

/// An answer that was read to its end.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Call {
    /// A call of an operation with the body of its example, in nobody's name.
    pub(crate) fn of(spec: &Spec) -> Self {
        let operation = &spec.operation;
        let mut headers = Vec::new();
        if operation.needs_version() {
            // No row has come so far.
            headers.push(("if-match", "\"1000000\"".to_owned()));
        }
        if operation.idempotency == api::Idempotency::Required {
            headers.push(("idempotency-key", Uuid::from_u128(next_number()).to_string()));
        }
        Self {
            method: operation.method.as_str().parse().expect("a method"),
            path: operation.path,
            places: spec.places(),
            query: spec.required_query(),
            headers,
            body: spec.example(),
            file: (operation.takes == api::Takes::File).then_some("notes.txt"),
            token: None,
        }
    }

    pub(crate) fn by(self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self }
    }

    /// As somebody for himself: who watches a ticket himself needs less than who lets others watch.
    pub(crate) fn for_himself(mut self, persona: &Persona) -> Self {
        if self.path.contains("/watchers") {
            let user = persona.user.uuid().to_string();
            if self.path.ends_with("/{userId}") {
                self.places.pop();
                self.places.push(user.clone());
            }
            if let Some(place) = self.body.as_mut().and_then(|body| body.get_mut("userId")) {
                *place = Value::String(user);
            }
        }
        self.by(&persona.token)
    }

    pub(crate) fn with_body(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    pub(crate) fn with_query(mut self, name: &str, value: &str) -> Self {
        self.query.retain(|(other, _)| other != name);
        self.query.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn at(self, places: Vec<String>) -> Self {
        Self { places, ..self }
    }

    /// Says which version is changed, where that has to be said.
    pub(crate) fn at_version(mut self, version: u64) -> Self {
        for (name, value) in &mut self.headers {
            if *name == "if-match" {
                *value = format!("\"{version}\"");
            }
        }
        self
    }

    /// The request, for those who send a body of their own making.
    pub(crate) fn bare(&self, app: &TestApp) -> RequestBuilder {
        let mut places = self.places.iter();
        let parts = self.path.split('/').map(|part| {
            if part.starts_with('{') { places.next().expect("a value for each").as_str() } else { part }
        });
        let path = format!("/api/v1{}", parts.collect::<Vec<_>>().join("/"));
        let mut request = app.request(self.method.clone(), &path).query(&self.query);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub(crate) async fn send(&self, app: &TestApp) -> Answer {
        let request = self.bare(app);
        Answer::of(match (&self.body, self.file) {
            (_, Some(name)) => with_file(request, name, None, b"namaste"),
            (Some(body), None) => request.json(body),
            (None, None) => request,
        })
        .await
    }
}

impl Answer {
    pub(crate) async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, headers, text: response.text().await.expect("a body") }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// The code of a problem; empty for an answer that is none.
    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Status and body without what differs between two requests that are alike.
    pub(crate) fn essence(&self) -> (u16, String) {
        let mut body = self.json();
        if let Some(members) = body.as_object_mut() {
            members.remove("requestId");
        }
        (self.status, if body.is_null() { self.text.clone() } else { body.to_string() })
    }

    /// Whether one of the faults of the input is at this place of the body.
    pub(crate) fn points_at(&self, pointer: &str) -> bool {
        let body = self.json();
        let errors = body["errors"].as_array().into_iter().flatten();
        errors.into_iter().any(|error| error["pointer"] == pointer)
    }

    /// What is wrong with the form of a failure, or that it is one of ours.
    pub(crate) fn flaw(&self, codes: &[String]) -> Option<String> {
        let shown = || format!("{} {}", self.status, self.text.chars().take(300).collect::<String>());
        if self.status >= 500 {
            return Some(format!("a failure of our own: {}", shown()));
        }
        if self.status < 400 {
            return None;
        }
        let kind = self.headers.get("content-type").and_then(|kind| kind.to_str().ok());
        if kind != Some("application/problem+json") {
            return Some(format!("no problem, but {kind:?}: {}", shown()));
        }
        let (body, code) = (self.json(), self.code());
        if !codes.contains(&code) || body["status"] != self.status || !body["requestId"].is_string() {
            return Some(format!("not a registered problem: {}", shown()));
        }
        None
    }
}

/// A form with one file.
pub(crate) fn with_file(
    request: RequestBuilder,
    name: &str,
    kind: Option<&str>,
    content: &[u8],
) -> RequestBuilder {
    let kind = kind.map(|kind| format!("Content-Type: {kind}\r\n")).unwrap_or_default();
    let head =
        format!("--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n{kind}\r\n");
    let body = [head.as_bytes(), content, b"\r\n--line--\r\n"].concat();
    request.header("content-type", "multipart/form-data; boundary=line").body(body)
}

/// A number that no earlier call had.
fn next_number() -> u128 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    u128::from(NEXT.fetch_add(1, Ordering::Relaxed)) | 0x7000_8000_0000_0000_0000
}

/// An id of nothing.
pub(crate) fn nowhere() -> String {
    Uuid::from_u128(0x0198_0d4e_7d1a_7c3e_8d4f_0000_0000_0000 | next_number() & 0xffff_ffff).to_string()
}
