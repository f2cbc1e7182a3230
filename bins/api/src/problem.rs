//! Failures as clients see them: `application/problem+json` (RFC 9457).

mod codes;
mod input;
mod render;

use std::borrow::Cow;
use std::error::Error;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use kernel::{Fault, FaultKind, Version};

pub use codes::Codes;
pub use input::InputFault;
pub(crate) use render::{PROBLEM_JSON, whole_seconds};

/// What went wrong with a request, in the one form in which it leaves the process.
#[derive(Clone, Debug)]
pub struct Problem(Box<Facts>);

#[derive(Clone, Debug)]
struct Facts {
    status: StatusCode,
    code: &'static str,
    detail: Cow<'static, str>,
    errors: Vec<InputFault>,
    retry_after: Option<Duration>,
    /// The version that is current now, for whoever came with an older one.
    current: Option<Version>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// The one place where a kind of failure becomes a status.
pub const fn status_of(kind: FaultKind) -> StatusCode {
    match kind {
        FaultKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        FaultKind::Forbidden => StatusCode::FORBIDDEN,
        FaultKind::NotFound => StatusCode::NOT_FOUND,
        FaultKind::Conflict => StatusCode::CONFLICT,
        FaultKind::Stale { .. } => StatusCode::PRECONDITION_FAILED,
        FaultKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        FaultKind::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
        FaultKind::Gone => StatusCode::GONE,
        FaultKind::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
        FaultKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl<F: Fault> From<F> for Problem {
    fn from(fault: F) -> Self {
        let kind = fault.kind();
        match kind {
            FaultKind::Unauthenticated => Self::unauthenticated(),
            FaultKind::Internal => Self::internal(&fault),
            FaultKind::Stale { current } => Self::stale(current),
            FaultKind::Unavailable { retry_after } => {
                tracing::warn!(error = %chain(&fault), "a dependency is away");
                Self::unavailable(retry_after)
            }
            FaultKind::RateLimited { retry_after } => {
                Self::new(status_of(kind), fault.code(), fault.to_string()).retry_after(retry_after)
            }
            _ => Self::new(status_of(kind), fault.code(), fault.to_string())
                .with_errors(fault.fields().iter().map(InputFault::from)),
        }
    }
}

impl Problem {
    /// A problem of a registered code. `detail` says what to change and shows nothing internal.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Facts {
            status,
            code,
            detail: detail.into(),
            errors: Vec::new(),
            retry_after: None,
            current: None,
            headers: Vec::new(),
        }))
    }

    /// The one body for every cause of a 401: an attacker learns nothing from the difference.
    pub fn unauthenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", "sign in and try again")
    }

    /// Our own defect: logged here with all its causes, shown without any.
    pub fn internal(error: &(dyn Error + 'static)) -> Self {
        tracing::error!(error = %chain(error), "a request failed by a defect");
        Self::defect()
    }

    /// A defect that has been logged already.
    pub(crate) fn defect() -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self::new(status, "internal", "something went wrong on our side; the request id helps us to find it")
    }

    /// Absent, or another organization's.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "there is nothing here")
    }

    /// A dependency is away, or there is too much to do.
    pub fn unavailable(retry_after: Duration) -> Self {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Self::new(status, "unavailable", "try again in a moment").retry_after(retry_after)
    }

    /// All that is wrong with an input.
    pub fn invalid(errors: impl IntoIterator<Item = InputFault>) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self::new(status, "invalid_input", "see `errors` for what to change").with_errors(errors)
    }

    /// The record was changed by somebody else in between.
    pub(crate) fn stale(current: Version) -> Self {
        let status = StatusCode::PRECONDITION_FAILED;
        let mut problem =
            Self::new(status, "version_stale", "fetch the current version and apply the change to it");
        problem.0.current = Some(current);
        problem
    }

    /// The same problem without an explanation of its own, for failures of the HTTP server itself.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let (code, detail) = codes::of_status(status);
        Self::new(status, code, detail)
    }

    /// The same, with a header of its own (a cookie to clear, for one).
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// The same, with an advice when to come back.
    #[must_use]
    pub fn retry_after(mut self, after: Duration) -> Self {
        self.0.retry_after = Some(after);
        self
    }

    fn with_errors(mut self, errors: impl IntoIterator<Item = InputFault>) -> Self {
        self.0.errors.extend(errors);
        self
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Its stable word for programs.
    pub fn code(&self) -> &'static str {
        self.0.code
    }
}

/// An error and all its causes on one line.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests;
