//! How often who may call, told in the headers of every answer.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use futures_util::future::join_all;
use kernel::{Actor, OrganizationId, Who};
use platform::{Decision, Rate};

use crate::caller::address_of;
use crate::context::Context;
use crate::frame::Frame;
use crate::problem::{Problem, whole_seconds};

/// The policies of the frame. Sign-in has stricter ones of its own, in its domain.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Each person or API key in an organization.
    pub caller: Rate,
    /// All of an organization together.
    pub organization: Rate,
    /// Each address without a valid token.
    pub address: Rate,
}

const MINUTE: Duration = Duration::from_secs(60);

impl Default for Limits {
    fn default() -> Self {
        Self {
            caller: Rate { name: "caller", quota: 1_200, window: MINUTE, burst: 200 },
            organization: Rate { name: "organization", quota: 12_000, window: MINUTE, burst: 2_000 },
            address: Rate { name: "address", quota: 300, window: MINUTE, burst: 100 },
        }
    }
}

/// A policy and what became of it in one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Charge {
    rate: Rate,
    decision: Decision,
}

/// Charges a known caller and his organization, or the address of an unknown one.
pub(crate) async fn charge(
    frame: &Frame,
    context: &Context,
    actor: Option<&Actor>,
    cost: u32,
) -> Result<(), Problem> {
    let Some(limits) = &frame.settings.limits else { return Ok(()) };
    let limiter = &frame.ports.limiter;
    let address = || frame.settings.cursor_key.pseudonym(&address_of(&context.request));
    let checks = keys(limits, actor, address)
        .into_iter()
        .map(async |(key, rate)| Charge { decision: limiter.check(&key, rate, cost).await, rate });
    let charges = join_all(checks).await;
    let refused = charges.iter().find(|charge| !charge.decision.allowed).copied();
    context.charges.borrow_mut().extend(charges);
    match refused {
        Some(charge) => Err(too_fast(charge.decision)),
        None => Ok(()),
    }
}

/// Every key begins with an organization, and none shows an address.
fn keys(limits: &Limits, actor: Option<&Actor>, address: impl Fn() -> String) -> Vec<(String, Rate)> {
    let org = actor.map_or(OrganizationId::PLATFORM, |actor| actor.org);
    let caller = match actor.map(|actor| actor.who) {
        Some(Who::User { user, .. }) => format!("{org}:user:{user}"),
        Some(Who::ApiKey { key, .. }) => format!("{org}:key:{key}"),
        Some(Who::Anonymous | Who::System) | None => {
            return vec![(format!("{}:address:{}", OrganizationId::PLATFORM, address()), limits.address)];
        }
    };
    let mut keys = vec![(caller, limits.caller)];
    if org != OrganizationId::PLATFORM {
        keys.push((format!("{org}:organization"), limits.organization));
    }
    keys
}

fn too_fast(decision: Decision) -> Problem {
    let retry_after = decision.retry_after.unwrap_or(decision.reset);
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", "slow down").retry_after(retry_after)
}

/// Tells the policies and what is left of them (draft-ietf-httpapi-ratelimit-headers).
pub(crate) fn tell(charges: &[Charge], headers: &mut HeaderMap) {
    if charges.is_empty() {
        return;
    }
    let policies = charges
        .iter()
        .map(|Charge { rate, .. }| format!("\"{}\";q={};w={}", rate.name, rate.quota, rate.window.as_secs()));
    let states = charges.iter().map(|Charge { rate, decision }| {
        let reset = decision.retry_after.unwrap_or(decision.reset);
        format!("\"{}\";r={};t={}", rate.name, decision.remaining, whole_seconds(reset))
    });
    let both = [("ratelimit-policy", join(policies)), ("ratelimit", join(states))];
    for (name, text) in both {
        if let Ok(value) = HeaderValue::try_from(text) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
