//! The HTTP transport: a frame that every operation shares, and handlers that only translate.
//!
//! A request goes through [`server`](crate::app) (id, span, headers), the checks of its operation (caller, limits,
//! body, shape, replay) and its handler, and back the same way. An operation declares its facts once, as an
//! [`Endpoint`]; router, checks, OpenAPI document and outside tests are derived from that. Wire types, JSON and
//! `utoipa` exist only here. This crate decides nothing: rights and rules are the domains'.

mod admit;
mod caller;
mod conditional;
mod context;
mod cursor;
mod docs;
mod document;
mod endpoint;
mod frame;
mod health;
mod http;
mod idempotency;
mod limits;
mod metrics;
mod observe;
mod operation;
mod problem;
mod reply;
mod routes;
mod server;
mod unsubscribe;
mod upload;
mod validate;
mod web_app;
mod wire;
mod wiring;

pub use caller::{Caller, Callers};
pub use conditional::IfMatch;
pub use cursor::{CursorKey, ListAnswer, PageQuery};
pub use document::{Document, Misdeclared};
pub use endpoint::{Draft, Endpoint, Module, Unguarded};
pub use frame::{Deadlines, Frame, Origins, Ports, Settings, document};
pub use health::{Dependencies, Dependency, DependencyState};
pub use http::modules;
pub use idempotency::{Replays, Stored};
pub use limits::Limits;
pub use metrics::Metrics;
pub use operation::{Access, BASE, BODY_LIMIT, Idempotency, Operation, Takes};
pub use problem::{Codes, InputFault, Problem, status_of};
pub use reply::{Answer, Reply};
pub use server::{app, serve, serve_metrics};
pub use upload::FileForm;
pub use validate::{Body, Query};
pub use web_app::WebApp;
pub use wire::{Instant, ScopeName, patch};
pub use wiring::{frame, routes};
