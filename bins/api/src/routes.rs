//! Every operation at its path, behind its checks.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::{Next, from_fn};
use actix_web::{Error, HttpResponse, Resource, web};
use futures_util::FutureExt;
use tokio::time::{Instant, timeout_at};

use crate::admit::{Admitted, admit};
use crate::conditional::{require_version, unchanged};
use crate::context::Context;
use crate::frame::{CheckedRoute, Frame};
use crate::idempotency::Keyed;
use crate::operation::Takes;
use crate::problem::Problem;

/// Registers all operations. Literal segments come before parameters, so that `/tickets/bulk` is never an id.
pub(crate) fn register(frame: &Arc<Frame>, app: &mut web::ServiceConfig) {
    let mut paths: BTreeMap<Vec<(bool, &str)>, Vec<&Arc<CheckedRoute>>> = BTreeMap::new();
    for route in &frame.routes {
        let segments = route.endpoint.operation.path.split('/').map(|part| (part.starts_with('{'), part));
        paths.entry(segments.collect()).or_default().push(route);
    }
    for routes in paths.into_values() {
        app.service(resource(frame, &routes));
    }
}

fn resource(frame: &Arc<Frame>, routes: &[&Arc<CheckedRoute>]) -> Resource {
    let pattern = routes.first().map(|route| route.endpoint.operation.pattern()).unwrap_or_default();
    let methods: Vec<_> = routes.iter().map(|route| route.endpoint.operation.method.as_str()).collect();
    let allow = methods.join(", ");
    let refuse = move || {
        let allow = HeaderValue::try_from(allow.as_str()).unwrap_or(HeaderValue::from_static(""));
        let problem = Problem::of_status(StatusCode::METHOD_NOT_ALLOWED).with_header(header::ALLOW, allow);
        async { HttpResponse::from_error(problem) }
    };
    let resource = web::resource(pattern).default_service(web::to(refuse));
    routes.iter().fold(resource, |resource, route| {
        let (frame, route) = (Arc::clone(frame), Arc::clone(route));
        let handle = (route.endpoint.handle)();
        resource.route(handle.wrap(from_fn(move |request, next| {
            let (frame, route) = (Arc::clone(&frame), Arc::clone(&route));
            async move { Ok::<_, Error>(pass(&frame, &route, request, next).await) }
        })))
    })
}

/// One request through its operation: checks, handler, and what follows from the answer.
async fn pass(
    frame: &Frame,
    route: &CheckedRoute,
    mut request: ServiceRequest,
    next: Next<BoxBody>,
) -> ServiceResponse<BoxBody> {
    let Some(context) = Context::of(&request) else {
        tracing::error!("a route is served outside of the frame");
        return request.error_response(Problem::defect());
    };
    let deadline = Instant::now() + frame.settings.deadlines.request;
    let _ = context.operation.set(route.endpoint.operation.id);
    let admitted = match timeout_at(deadline, admit(frame, route, &mut request, &context)).await {
        Ok(Ok(admitted)) => admitted,
        Ok(Err(problem)) => return request.error_response(problem),
        Err(_) => return request.error_response(timed_out()),
    };
    let operation = &route.endpoint.operation;
    let until = (!operation.streams && operation.takes == Takes::Json).then_some(deadline);
    let response = carry_out(frame, route, &admitted, request, next, until).await;
    unchanged(require_version(&route.endpoint.operation, response))
}

/// The handler, or the answer it gave to the same request before.
async fn carry_out(
    frame: &Frame,
    route: &CheckedRoute,
    admitted: &Admitted,
    request: ServiceRequest,
    next: Next<BoxBody>,
    deadline: Option<Instant>,
) -> ServiceResponse<BoxBody> {
    let Some(claim) = &admitted.claim else { return call(request, next, deadline).await };
    let keyed = Keyed {
        replays: &*frame.ports.replays,
        operation: &route.endpoint.operation,
        again: route.endpoint.again.as_ref(),
        actor: &admitted.actor,
        claim,
    };
    match keyed.replay(request.request()).await {
        Err(problem) => return request.error_response(problem),
        Ok(Some(answer)) => return request.into_response(answer),
        Ok(None) => {}
    }
    let response = call(request, next, deadline).await;
    keyed.keep(keyed.reconsider(response).await).await
}

async fn call(
    request: ServiceRequest,
    next: Next<BoxBody>,
    deadline: Option<Instant>,
) -> ServiceResponse<BoxBody> {
    let http = request.request().clone();
    // A panic is a defect of one request, not of its connection.
    let calling = AssertUnwindSafe(next.call(request)).catch_unwind();
    let answered = match deadline {
        None => Ok(calling.await),
        Some(deadline) => timeout_at(deadline, calling).await,
    };
    match answered {
        Ok(Ok(Ok(response))) => response,
        Ok(Ok(Err(error))) => ServiceResponse::from_err(error, http),
        Ok(Err(_)) => ServiceResponse::from_err(panicked(), http),
        Err(_) => ServiceResponse::new(http, HttpResponse::from_error(timed_out())),
    }
}

/// The panic itself has been reported where it happened; this ties it to its request.
fn panicked() -> Problem {
    tracing::error!("a handler panicked");
    Problem::defect()
}

fn timed_out() -> Problem {
    let detail = "the request took too long; it may or may not have been carried out";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "timed_out", detail).retry_after(Duration::from_secs(5))
}
