//! Requests that depend on the version a client has seen.

use std::future::{Ready, ready};

use actix_web::body::BoxBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, HttpResponse};
use kernel::Version;

use crate::context::text;
use crate::operation::Operation;
use crate::problem::{InputFault, Problem};
use crate::validate::undeclared;

/// The version a write is meant for.
///
/// A request that names none carries version 0, which no record has: the service refuses it as stale, in its proper
/// place after rights and existence, and the frame turns that into 428.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub Version);

const NONE: Version = Version(0);

impl FromRequest for IfMatch {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let version = request.extensions().get::<Self>().copied();
        ready(version.ok_or_else(|| undeclared("a version").into()))
    }
}

/// Reads `If-Match`: exactly one strong tag, as we gave it.
pub(crate) fn expected(request: &ServiceRequest, faults: &mut Vec<InputFault>) -> IfMatch {
    let mut values = request.headers().get_all(header::IF_MATCH);
    let Some(first) = values.next() else { return IfMatch(NONE) };
    let version = first.to_str().ok().filter(|_| values.next().is_none()).and_then(version);
    if version.is_none() {
        faults.push(InputFault::parameter("If-Match", "invalid_format", "must be one `ETag`, as in `\"3\"`"));
    }
    IfMatch(version.unwrap_or(NONE))
}

fn version(tag: &str) -> Option<Version> {
    let digits = tag.strip_prefix('"')?.strip_suffix('"')?;
    let canonical =
        digits.len() <= 18 && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| canonical).map(Version)
}

/// 428 in place of 412 where the client named no version at all.
pub(crate) fn require_version(
    operation: &Operation,
    response: ServiceResponse<BoxBody>,
) -> ServiceResponse<BoxBody> {
    let named =
        response.request().extensions().get::<IfMatch>().is_none_or(|IfMatch(version)| *version != NONE);
    if named || !operation.needs_version() {
        return response;
    }
    if response.status().is_success() {
        tracing::error!(
            operation = operation.id,
            "an operation changed a record without looking at its version"
        );
    }
    if response.status() != StatusCode::PRECONDITION_FAILED {
        return response;
    }
    let detail = "send the `ETag` of the version you change as `If-Match`";
    let problem = Problem::new(StatusCode::PRECONDITION_REQUIRED, "version_required", detail);
    let (request, _) = response.into_parts();
    ServiceResponse::new(request, HttpResponse::from_error(problem))
}

/// 304 where the client has what it asks for.
pub(crate) fn unchanged(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let current = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
    let reads = matches!(*response.request().method(), Method::GET | Method::HEAD);
    let has = current.is_some_and(|current| knows(response.request().headers(), current));
    if !has || !reads || response.status() != StatusCode::OK {
        return response;
    }
    let (request, found) = response.into_parts();
    let mut answer = HttpResponse::NotModified();
    for name in [header::ETAG, header::CACHE_CONTROL, header::VARY] {
        if let Some(value) = found.headers().get(&name) {
            answer.insert_header((name, value.clone()));
        }
    }
    ServiceResponse::new(request, answer.finish())
}

/// Weak comparison, as RFC 9110 has it for `If-None-Match`.
pub(crate) fn knows(headers: &HeaderMap, current: &str) -> bool {
    let given = text(headers, header::IF_NONE_MATCH.as_str()).unwrap_or_default();
    let mut tags = given.split(',').map(str::trim);
    tags.any(|tag| tag == "*" || tag.trim_start_matches("W/") == current)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_one_spelling() {
        assert_eq!(version("\"3\""), Some(Version(3)));
        for wrong in [
            "3",
            "\"0\"",
            "\"03\"",
            "\"+3\"",
            "\"-3\"",
            "W/\"3\"",
            "*",
            "\"\"",
            "\"1\", \"2\"",
            "\"9999999999999999999\"",
        ] {
            assert_eq!(version(wrong), None, "{wrong}");
        }
    }
}
