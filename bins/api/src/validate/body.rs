use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::{Bytes, BytesMut};
use futures_util::StreamExt;

use crate::problem::Problem;

/// Reads a body of up to `limit` bytes; empty if there is none. What the headers give away is judged first.
pub(crate) async fn read(
    request: &mut ServiceRequest,
    limit: usize,
    deadline: Duration,
) -> Result<Bytes, Problem> {
    let length = announced(request)?;
    if length == Some(0) {
        return Ok(Bytes::new());
    }
    if length.is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    let payload = request.take_payload();
    let reading = collect(payload, limit, || judge_type(request));
    match tokio::time::timeout(deadline, reading).await {
        Ok(read) => read,
        Err(_) => Err(Problem::of_status(StatusCode::REQUEST_TIMEOUT)),
    }
}

/// The length the headers tell; 0 where nothing follows them.
fn announced(request: &ServiceRequest) -> Result<Option<usize>, Problem> {
    let headers = request.headers();
    let Some(length) = headers.get(header::CONTENT_LENGTH) else {
        return Ok((!headers.contains_key(header::TRANSFER_ENCODING)).then_some(0));
    };
    let length = length.to_str().ok().and_then(|text| text.parse().ok());
    length.map(Some).ok_or_else(|| Problem::of_status(StatusCode::BAD_REQUEST))
}

/// Judges the type as soon as it is known that there is a body at all.
async fn collect(
    mut payload: Payload,
    limit: usize,
    judge: impl Fn() -> Result<(), Problem>,
) -> Result<Bytes, Problem> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Problem::of_status(StatusCode::BAD_REQUEST))?;
        if body.is_empty() && !chunk.is_empty() {
            judge()?;
        }
        if body.len() + chunk.len() > limit {
            return Err(too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// JSON in UTF-8, not compressed: what is small on the wire must not be large in memory.
fn judge_type(request: &ServiceRequest) -> Result<(), Problem> {
    let header =
        |name| request.headers().get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let mut parts = header(header::CONTENT_TYPE).unwrap_or_default().split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts.all(|parameter| match parameter.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
            value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    });
    let is_plain =
        header(header::CONTENT_ENCODING).is_none_or(|coding| coding.eq_ignore_ascii_case("identity"));
    if is_json && is_utf8 && is_plain {
        return Ok(());
    }
    Err(Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE))
}

fn too_large(limit: usize) -> Problem {
    let detail = format!("a body may have at most {limit} bytes here");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large", detail)
}
