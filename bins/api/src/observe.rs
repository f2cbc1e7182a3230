//! The outermost layer: every request gets an id, a span, its figures and its headers; every failure its body.

use std::rc::Rc;

use actix_web::Error;
use actix_web::HttpMessage;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use tracing::field::Empty;
use tracing::{Instrument, Span};

use crate::context::Context;
use crate::frame::Frame;
use crate::limits::tell;
use crate::metrics;
use crate::problem::{PROBLEM_JSON, Problem};

/// Serves a request and says what became of it.
pub(crate) async fn observe(
    frame: &Frame,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let context = Rc::new(Context::read(&request, frame.settings.trusted_proxies, &frame.ports.env));
    request.extensions_mut().insert(Rc::clone(&context));
    let span = span(&request, &context);
    let method = request.method().clone();
    let running = metrics::Running::begin();
    let served = next.call(request).instrument(span.clone()).await;
    drop(running);
    let _entered = span.enter();
    let answer = served.map(|response| explain(frame, &context, response.map_into_boxed_body()));
    let status = answer.as_ref().map_or(StatusCode::INTERNAL_SERVER_ERROR, ServiceResponse::status);
    let operation = context.operation.get().copied().unwrap_or("unknown");
    span.record("operation", operation).record("http.status", status.as_u16());
    metrics::answered(operation, &method, status, context.started.elapsed());
    tracing::info!(elapsed.ms = context.started.elapsed().as_secs_f64() * 1_000.0, "answered a request");
    answer.map(|mut response| {
        dress(frame, &context, response.headers_mut());
        response
    })
}

fn span(request: &ServiceRequest, context: &Context) -> Span {
    let trace = context.request.trace.as_deref();
    let span = tracing::info_span!(
        "request",
        request.id = %context.request.id,
        trace.id = trace.unwrap_or_default(),
        http.method = request.method().as_str(),
        http.status = Empty,
        operation = Empty,
    );
    composition::join_trace(&span, trace, context.parent.as_deref());
    span
}

/// Every failure leaves as a problem with the id of its request, whoever caused it.
fn explain(frame: &Frame, context: &Context, response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let error = response.response().error();
    let problem = match error.and_then(|error| error.as_error::<Problem>()) {
        Some(problem) => problem.clone(),
        None if error.is_some() => Problem::of_status(status),
        None if is_bare(&response) => Problem::of_status(status),
        None => return response,
    };
    let method = response.request().method().clone();
    let body = problem.body(&frame.codes, &method, Some(context.request.id));
    let mut response = response.map_body(|_, _| body);
    response.headers_mut().insert(header::CONTENT_TYPE, PROBLEM_JSON);
    response
}

/// A failure without a body of its own, as the server library makes them.
fn is_bare(response: &ServiceResponse<BoxBody>) -> bool {
    let failed = response.status().is_client_error() || response.status().is_server_error();
    failed && !response.headers().contains_key(header::CONTENT_TYPE)
}

/// The headers that every answer has, where it does not bring its own.
fn dress(frame: &Frame, context: &Context, headers: &mut HeaderMap) {
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in fixed {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if frame.settings.public_url.scheme() == "https" {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    if !headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        headers.remove(header::ACCESS_CONTROL_ALLOW_CREDENTIALS);
        headers.remove(header::ACCESS_CONTROL_EXPOSE_HEADERS);
    }
    if let Ok(id) = HeaderValue::try_from(context.request.id.to_string()) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    tell(&context.charges.borrow(), headers);
}
