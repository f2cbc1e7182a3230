use std::fmt;
use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use uuid::Uuid;

use super::{Codes, InputFault, Problem};

pub(crate) const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");
const TYPES: &str = "https://docs.merojugx.dev/problems/";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<InputFault>,
}

impl Problem {
    /// The body, for the request that failed.
    pub(crate) fn body(&self, codes: &Codes, method: &Method, request: Option<Uuid>) -> BoxBody {
        self.titled(&codes.title(self.0.code), method, request)
    }

    fn titled(&self, title: &str, method: &Method, request: Option<Uuid>) -> BoxBody {
        let facts = &self.0;
        let without_body = matches!(*method, Method::GET | Method::HEAD | Method::DELETE);
        let errors = facts.errors.iter().cloned();
        let body = Body {
            r#type: format!("{TYPES}{}", facts.code),
            title,
            status: facts.status.as_u16(),
            detail: &facts.detail,
            code: facts.code,
            request_id: request,
            errors: errors.map(|fault| if without_body { fault.in_query() } else { fault }).collect(),
        };
        BoxBody::new(serde_json::to_vec(&body).unwrap_or_default())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.status.as_u16(), self.0.code)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0.status
    }

    /// Status, headers and the body as far as it is known here; the frame adds what it knows of the request.
    fn error_response(&self) -> HttpResponse {
        let facts = &self.0;
        let mut response = HttpResponse::build(facts.status);
        response.insert_header((header::CONTENT_TYPE, PROBLEM_JSON));
        if facts.status == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        if let Some(after) = facts.retry_after {
            response.insert_header((header::RETRY_AFTER, whole_seconds(after)));
        }
        if let Some(version) = facts.current {
            response.insert_header((header::ETAG, format!("\"{version}\"")));
        }
        for header in &facts.headers {
            response.append_header(header.clone());
        }
        response.body(self.titled(&Codes::default().readable(facts.code), &Method::POST, None))
    }
}

/// Rounded up: whoever comes back a fraction early is refused again.
pub(crate) fn whole_seconds(duration: Duration) -> u64 {
    (duration.as_secs() + u64::from(duration.subsec_nanos() > 0)).max(1)
}
