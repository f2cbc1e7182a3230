//! Whether the process lives and whether it should get work.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, web};
use async_trait::async_trait;
use serde::Serialize;

use crate::context::Context;
use crate::frame::Frame;

/// What the process depends on.
#[async_trait]
pub trait Dependencies: Send + Sync {
    /// Looks at each of them. Names and states only; the reasons are for the log.
    async fn check(&self) -> Vec<Dependency>;
}

/// A dependency as it was found.
#[derive(Clone, Debug, Serialize)]
pub struct Dependency {
    pub name: &'static str,
    pub state: DependencyState,
}

/// How a dependency is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DependencyState {
    Up,
    /// Away, but everything goes on without it, slower.
    Degraded,
    /// Away, and nothing useful can be done without it.
    Down,
}

#[derive(Serialize)]
struct Readiness {
    status: &'static str,
    dependencies: Vec<Dependency>,
}

const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) fn register(app: &mut ServiceConfig) {
    app.route("/healthz", web::get().to(alive)).route("/readyz", web::get().to(ready));
}

async fn alive(request: HttpRequest) -> HttpResponse {
    name(&request, "healthz");
    HttpResponse::Ok().json(serde_json::json!({"status": "ok"}))
}

async fn ready(request: HttpRequest, frame: Data<Frame>) -> HttpResponse {
    name(&request, "readyz");
    let dependencies = tokio::time::timeout(PATIENCE, frame.ports.dependencies.check()).await;
    let late = dependencies.is_err();
    let dependencies = dependencies.unwrap_or_default();
    let any = |state| dependencies.iter().any(|dependency| dependency.state == state);
    let (code, status) = if frame.is_draining() {
        (StatusCode::SERVICE_UNAVAILABLE, "draining")
    } else if late || any(DependencyState::Down) {
        (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
    } else if any(DependencyState::Degraded) {
        (StatusCode::OK, "degraded")
    } else {
        (StatusCode::OK, "ready")
    };
    HttpResponse::build(code).json(Readiness { status, dependencies })
}

/// Tells the figures and the span what this is, though it is no operation.
pub(crate) fn name(request: &HttpRequest, operation: &'static str) {
    if let Some(context) = Context::of(request) {
        let _ = context.operation.set(operation);
    }
}
