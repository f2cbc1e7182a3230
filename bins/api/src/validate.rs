//! The shape of a request, judged by the document itself: what it says is what is enforced.

mod body;
mod faults;
mod query;
mod shape;
mod text;

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest};
use chrono::{DateTime, NaiveDate};
use jsonschema::{PatternOptions, ValidationError, Validator};
use kernel::EmailAddress;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::problem::{InputFault, Problem};

pub(crate) use body::read;
pub(crate) use query::schema as query_schema;
pub(crate) use shape::Shape;

/// Compiles a schema: formats are asserted, patterns run in linear time, nothing is fetched.
pub(crate) fn validator(schema: &Value) -> Result<Validator, ValidationError<'static>> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .with_pattern_options(PatternOptions::regex().size_limit(1 << 20))
        .should_validate_formats(true)
        .with_format("email", |text: &str| EmailAddress::parse("email", text).is_ok())
        .with_format("date-time", |text: &str| DateTime::parse_from_rfc3339(text).is_ok())
        .with_format("date", |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok())
        .build(schema)
}

/// The body of a request, already judged by its schema.
pub struct Body<T>(pub T);

/// The query of a request, already judged by its schema.
pub struct Query<T>(pub T);

/// What the checks leave for the extractors.
pub(crate) struct ParsedBody(pub(crate) Value);
pub(crate) struct ParsedQuery(pub(crate) Value);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = request.extensions_mut().remove::<ParsedBody>();
        ready(
            take(parsed.map(|ParsedBody(value)| value), |_| InputFault::at("", "wrong_type", WRONG))
                .map(Self),
        )
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = request.extensions_mut().remove::<ParsedQuery>();
        let fault = |_: &serde_json::Error| InputFault::parameter("", "wrong_type", WRONG);
        ready(take(parsed.map(|ParsedQuery(value)| value), fault).map(Self))
    }
}

const WRONG: &str = "a value is not of the documented type";

/// Input that its schema lets pass and its type does not is still the client's to change, but the schema is
/// looser than the type, which is ours: it is logged.
fn take<T: DeserializeOwned>(
    value: Option<Value>,
    fault: impl FnOnce(&serde_json::Error) -> InputFault,
) -> Result<T, Error> {
    let Some(value) = value else { return Err(undeclared("a body or query").into()) };
    serde_json::from_value(value).map_err(|error| {
        tracing::warn!(error = %error, r#type = std::any::type_name::<T>(), "a schema is looser than its type");
        Problem::invalid([fault(&error)]).into()
    })
}

/// A handler extracts what its operation does not declare.
pub(crate) fn undeclared(what: &str) -> Problem {
    tracing::error!(what, "a handler extracts what its operation does not declare");
    Problem::defect()
}
