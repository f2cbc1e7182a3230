//! From a bearer token to the one who acts. Done once per request, before anything else is looked at.

use std::future::{Ready, ready};

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::header;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest};
use async_trait::async_trait;
use kernel::{Actor, Request};

use crate::operation::Access;
use crate::problem::Problem;
use crate::validate::undeclared;

/// Who is behind a token; the frame's question to the domain that knows.
#[async_trait]
pub trait Callers: Send + Sync {
    /// The actor with his rights as they are now. A token that does not count is a 401; that it cannot be known
    /// at the moment is a 503, never a yes.
    async fn resolve(&self, bearer: &str, request: Request) -> Result<Actor, Problem>;
}

/// The one who acts. On public operations anonymous, unless a valid token came along.
pub struct Caller(pub Actor);

impl FromRequest for Caller {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let actor = request.extensions().get::<Actor>().cloned();
        ready(actor.map(Self).ok_or_else(|| undeclared("a caller").into()))
    }
}

/// Longer tokens are none of ours.
const LONGEST: usize = 4 * 1024;

/// Resolves the caller of a request.
pub(crate) async fn resolve(
    callers: &dyn Callers,
    access: &Access,
    incoming: &ServiceRequest,
    request: Request,
) -> Result<Actor, Problem> {
    let resolved = match bearer(incoming) {
        Some(token) => callers.resolve(token, request.clone()).await,
        None => Err(Problem::unauthenticated()),
    };
    match resolved {
        Err(problem) if *access == Access::Public && problem.code() == "unauthenticated" => {
            Ok(Actor::anonymous(request))
        }
        resolved => resolved,
    }
}

fn bearer(request: &ServiceRequest) -> Option<&str> {
    let mut values = request.headers().get_all(header::AUTHORIZATION);
    let only = values.next().filter(|_| values.next().is_none())?;
    let (scheme, token) = only.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    let usable = scheme.eq_ignore_ascii_case("bearer") && (1..=LONGEST).contains(&token.len());
    usable.then_some(token)
}

/// Who pays for a request without a name of its own.
pub(crate) fn address_of(request: &Request) -> String {
    match request.ip {
        Some(std::net::IpAddr::V6(ip)) => {
            // A household has a whole /64.
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Some(ip) => ip.to_string(),
        None => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn read(values: &[&str]) -> Option<String> {
        let request = values.iter().fold(TestRequest::default(), |request, value| {
            request.append_header((header::AUTHORIZATION, *value))
        });
        bearer(&request.to_srv_request()).map(str::to_owned)
    }

    #[test]
    fn only_one_bearer_of_a_sane_length_counts() {
        assert_eq!(read(&["Bearer abc"]).as_deref(), Some("abc"));
        assert_eq!(read(&["bearer  abc "]).as_deref(), Some("abc"));
        assert_eq!(read(&["Basic abc"]), None);
        assert_eq!(read(&["Bearer"]), None);
        assert_eq!(read(&["Bearer a", "Bearer b"]), None);
        assert_eq!(read(&[&format!("Bearer {}", "a".repeat(LONGEST + 1))]), None);
    }

    #[test]
    fn neighbours_in_one_network_share_a_limit() {
        let key = |ip: &str| address_of(&Request { ip: ip.parse().ok(), ..Request::default() });
        assert_eq!(key("2001:db8:1:2:3:4:5:6"), key("2001:db8:1:2:ffff::1"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("203.0.113.7"), "203.0.113.7");
    }
}
