//! What happens to a request before its handler, in the order of the contract: who, how often, how much, what.

use actix_web::HttpMessage;
use actix_web::dev::ServiceRequest;
use actix_web::http::StatusCode;
use kernel::{Actor, Cause, IdempotencyClaim, Request};

use crate::caller;
use crate::conditional::expected;
use crate::context::Context;
use crate::cursor::{PageQuery, Seal};
use crate::endpoint::Paging;
use crate::frame::{CheckedRoute, Frame};
use crate::idempotency;
use crate::limits::charge;
use crate::operation::{Access, Operation, Takes};
use crate::problem::Problem;
use crate::upload;
use crate::validate::{ParsedBody, ParsedQuery, read};

/// A request that may go to its handler; what the extractors need is in its extensions.
pub(crate) struct Admitted {
    pub(crate) actor: Actor,
    /// Set if the client sent a key that the operation makes use of.
    pub(crate) claim: Option<IdempotencyClaim>,
}

/// Takes a request through all checks of its operation.
pub(crate) async fn admit(
    frame: &Frame,
    route: &CheckedRoute,
    request: &mut ServiceRequest,
    context: &Context,
) -> Result<Admitted, Problem> {
    let operation = &route.endpoint.operation;
    let actor = identify(frame, operation, request, context).await?;
    let body = match operation.takes {
        Takes::File => {
            upload::judge(request, operation.body_limit)?;
            Default::default()
        }
        Takes::Json if operation.writes() => {
            read(request, operation.body_limit, frame.settings.deadlines.body).await?
        }
        Takes::Json => Default::default(),
    };
    let mut shaped = route.shape.judge(request, &body)?;
    shaped.faults.extend(context.faults.iter().cloned());
    let key = idempotency::key(operation, request, &mut shaped.faults)?;
    if operation.needs_version() {
        let version = expected(request, &mut shaped.faults);
        request.extensions_mut().insert(version);
    }
    if route.endpoint.wire.paging != Paging::None {
        let seal = Seal::new(&frame.settings.cursor_key, actor.org, operation.id, request.query_string());
        let page = PageQuery::take(&mut shaped.query, seal, &mut shaped.faults);
        request.extensions_mut().insert(page);
    }
    if !shaped.faults.is_empty() {
        return Err(Problem::invalid(shaped.faults));
    }
    let claim = key.map(|key| idempotency::claim(operation, request, key, &body));
    let actor = with_claim(actor, context, claim.clone());
    let mut extensions = request.extensions_mut();
    extensions.insert(actor.clone());
    extensions.insert(ParsedQuery(shaped.query));
    if let Some(body) = shaped.body {
        extensions.insert(ParsedBody(body));
    }
    Ok(Admitted { actor, claim })
}

/// Finds out who calls, and charges him. Whoever shows no token that counts pays from his address.
async fn identify(
    frame: &Frame,
    operation: &Operation,
    request: &ServiceRequest,
    context: &Context,
) -> Result<Actor, Problem> {
    let cost = operation.cost;
    if operation.access == Access::Public {
        charge(frame, context, None, cost).await?;
    }
    let callers = &*frame.ports.callers;
    let resolved = caller::resolve(callers, &operation.access, request, context.request.clone()).await;
    match (&operation.access, &resolved) {
        (Access::Public, _) => {}
        (_, Ok(actor)) => charge(frame, context, Some(actor), cost).await?,
        (_, Err(problem)) if problem.status() == StatusCode::UNAUTHORIZED => {
            charge(frame, context, None, cost).await?;
        }
        (_, Err(_)) => {}
    }
    resolved
}

fn with_claim(actor: Actor, context: &Context, idempotency: Option<IdempotencyClaim>) -> Actor {
    let cause = Cause::Request(Request { idempotency, ..context.request.clone() });
    Actor { cause, ..actor }
}
