use std::fmt;

use reqwest::Response;
use reqwest::header::HeaderMap;
use serde_json::Value;
use uuid::Uuid;

use crate::{Doing, Outcome};

/// What a process answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// Null where there is none.
    pub body: Value,
    /// How often the request was sent.
    pub tries: usize,
}

impl Answer {
    pub(super) async fn read(response: Response) -> Outcome<Self> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.doing("reading an answer")?;
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            let text = || format!("an answer that is no JSON: {}", String::from_utf8_lossy(&bytes));
            serde_json::from_slice(&bytes).map_err(|_| text())?
        };
        Ok(Self { status, headers, body, tries: 1 })
    }

    /// The answer if it has this status; else a failure that shows it.
    pub fn with(self, status: u16) -> Outcome<Self> {
        if self.status == status {
            return Ok(self);
        }
        Err(format!("{status} was expected and not {self}").into())
    }

    /// The text at a JSON pointer.
    pub fn text(&self, pointer: &str) -> Outcome<String> {
        let text = self.body.pointer(pointer).and_then(Value::as_str);
        text.map(str::to_owned).doing(format!("the text {pointer} in {self}"))
    }

    /// The identifier at a JSON pointer.
    pub fn id(&self, pointer: &str) -> Outcome<Uuid> {
        self.text(pointer)?.parse().doing(format!("the id {pointer} in {self}"))
    }

    /// The items of a page.
    pub fn items(&self) -> Outcome<&[Value]> {
        let items = self.body.pointer("/data").and_then(Value::as_array);
        items.map(Vec::as_slice).doing(format!("a page, but {self}"))
    }

    /// The code of a problem.
    pub fn code(&self) -> &str {
        self.body.pointer("/code").and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether the process is busy, starting or ending, or a twin of the request is on its way.
    pub(super) fn asks_to_repeat(&self) -> bool {
        let later = self.headers.contains_key("retry-after");
        matches!(self.status, 502..=504) || (self.status == 409 && later)
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body: String = self.body.to_string().chars().take(400).collect();
        write!(f, "{} {body}", self.status)
    }
}
