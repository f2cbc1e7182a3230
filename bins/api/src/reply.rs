use actix_web::body::BoxBody;
use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, Responder, ResponseError};
use kernel::Version;
use serde::Serialize;

use crate::Problem;
use crate::operation::BASE;

/// What a handler gives back.
pub type Answer = Result<Reply, Problem>;

/// A success.
pub struct Reply {
    response: HttpResponseBuilder,
    body: Option<Result<Vec<u8>, serde_json::Error>>,
}

impl Reply {
    /// 200.
    pub fn ok(view: impl Serialize) -> Self {
        Self::json(StatusCode::OK, view)
    }

    /// 201; `path` is where the new thing is, below the base, as in `/tickets/..`.
    pub fn created(path: impl AsRef<str>, view: impl Serialize) -> Self {
        let location = format!("{BASE}{}", path.as_ref());
        Self::json(StatusCode::CREATED, view)
            .edit(|response| response.insert_header((header::LOCATION, location)))
    }

    /// 202 without a body.
    pub fn accepted() -> Self {
        Self { response: HttpResponse::Accepted(), body: None }
    }

    /// 204.
    pub fn no_content() -> Self {
        Self { response: HttpResponse::NoContent(), body: None }
    }

    /// Any other status with a body.
    pub fn json(status: StatusCode, view: impl Serialize) -> Self {
        Self { response: HttpResponse::build(status), body: Some(serde_json::to_vec(&view)) }
    }

    /// The same, of this version: adds the `ETag`.
    #[must_use]
    pub fn at(self, version: Version) -> Self {
        self.edit(|response| response.insert_header((header::ETAG, format!("\"{version}\""))))
    }

    /// The same with a cookie.
    #[must_use]
    pub fn cookie(self, cookie: Cookie<'_>) -> Self {
        self.edit(|response| response.cookie(cookie))
    }

    /// The same with a header.
    #[must_use]
    pub fn header(self, name: HeaderName, value: HeaderValue) -> Self {
        self.edit(|response| response.insert_header((name, value)))
    }

    fn edit(mut self, change: impl FnOnce(&mut HttpResponseBuilder) -> &mut HttpResponseBuilder) -> Self {
        change(&mut self.response);
        self
    }
}

impl Responder for Reply {
    type Body = BoxBody;

    fn respond_to(mut self, _: &HttpRequest) -> HttpResponse {
        match self.body {
            None => self.response.finish(),
            Some(Ok(bytes)) => self.response.content_type(header::ContentType::json()).body(bytes),
            Some(Err(error)) => Problem::internal(&error).error_response(),
        }
    }
}
