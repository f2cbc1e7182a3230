use std::fmt;

use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use uuid::Uuid;

/// A request, which may be sent several times.
#[derive(Clone, Debug)]
pub struct Call {
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<Value>,
    /// The name and content of a file that is sent as a form.
    file: Option<(&'static str, &'static str)>,
    /// With which process a repeated request begins.
    pub(super) lane: usize,
}

impl Call {
    /// `GET` of a path below `/api/v1`, or of one of the few beside it.
    pub fn get(path: &str) -> Self {
        Self::new(Method::GET, path)
    }

    /// `POST` with a body.
    pub fn post(path: &str, body: Value) -> Self {
        Self { body: Some(body), ..Self::new(Method::POST, path) }
    }

    /// `POST` without a body.
    pub fn act(path: &str) -> Self {
        Self::new(Method::POST, path)
    }

    /// `POST` of a form with one file.
    pub fn upload(path: &str, name: &'static str, content: &'static str) -> Self {
        Self { file: Some((name, content)), ..Self::new(Method::POST, path) }
    }

    /// `DELETE`.
    pub fn delete(path: &str) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// `PATCH` with a body.
    pub fn patch(path: &str, body: Value) -> Self {
        Self { body: Some(body), ..Self::new(Method::PATCH, path) }
    }

    fn new(method: Method, path: &str) -> Self {
        Self { method, path: path.to_owned(), headers: Vec::new(), body: None, file: None, lane: 0 }
    }

    /// Signed in with this access token.
    pub fn token(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    /// Under this idempotency key.
    pub fn key(self, key: Uuid) -> Self {
        self.header("idempotency-key", key.to_string())
    }

    /// Wants tokens in the body, as programs do.
    pub fn tokens_in_body(self) -> Self {
        self.header("x-token-transport", "body".to_owned())
    }

    /// With a header, instead of an earlier one of this name.
    pub fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.retain(|(present, _)| *present != name);
        self.headers.push((name, value));
        self
    }

    /// Tries this process first.
    pub fn first_at(self, process: usize) -> Self {
        Self { lane: process, ..self }
    }

    pub(super) fn request(&self, http: &reqwest::Client, base: &str) -> RequestBuilder {
        let is_beside = matches!(self.path.as_str(), "/healthz" | "/readyz" | "/api/openapi.json");
        let prefix = if is_beside { "" } else { "/api/v1" };
        let mut request = http.request(self.method.clone(), format!("{base}{prefix}{}", self.path));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        match (self.file, &self.body) {
            (Some((name, content)), _) => with_file(request, name, content),
            (None, Some(body)) => request.json(body),
            (None, None) => request,
        }
    }
}

fn with_file(request: RequestBuilder, name: &str, content: &str) -> RequestBuilder {
    let head = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"");
    let form = format!("--part\r\n{head}\r\n\r\n{content}\r\n--part--\r\n");
    request.header("content-type", "multipart/form-data; boundary=part").body(form)
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}
