use std::cell::{OnceCell, RefCell};
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use actix_web::HttpMessage;
use actix_web::dev::ServiceRequest;
use actix_web::http::header::HeaderMap;
use kernel::{Env, Request};
use uuid::Uuid;

use crate::limits::Charge;
use crate::problem::InputFault;

/// What is known of a request before anything is decided about it.
pub(crate) struct Context {
    pub(crate) request: Request,
    /// The span that caused it, where that was told: 16 hexadecimal digits.
    pub(crate) parent: Option<String>,
    pub(crate) started: Instant,
    /// The operation, once the route is found.
    pub(crate) operation: OnceCell<&'static str>,
    /// What the request took of which rate limit.
    pub(crate) charges: RefCell<Vec<Charge>>,
    /// Headers that do not have the form they must have.
    pub(crate) faults: Vec<InputFault>,
}

const USER_AGENT_CHARACTERS: usize = 256;

impl Context {
    /// Reads the headers. `proxies` is the number of proxies of our own in front of us.
    pub(crate) fn read(request: &ServiceRequest, proxies: u8, env: &Env) -> Self {
        let headers = request.headers();
        let client = headers.get("x-client-id").map(|value| value.to_str().ok().and_then(uuid));
        let faults = match client {
            Some(None) => vec![InputFault::parameter("X-Client-Id", "invalid_format", "must be a UUID")],
            _ => Vec::new(),
        };
        let user_agent =
            text(headers, "user-agent").map(|text| text.chars().take(USER_AGENT_CHARACTERS).collect());
        let (trace, parent) = trace(headers).unzip();
        let request = Request {
            id: text(headers, "x-request-id").and_then(uuid).unwrap_or_else(|| env.id()),
            ip: address(headers, request.peer_addr(), proxies),
            user_agent,
            client: client.flatten(),
            trace: Some(trace.unwrap_or_else(|| hex::encode(env.bytes::<16>()))),
            idempotency: None,
        };
        Self {
            request,
            parent,
            started: Instant::now(),
            operation: OnceCell::new(),
            charges: RefCell::default(),
            faults,
        }
    }

    /// The context of a request.
    pub(crate) fn of(request: &impl HttpMessage) -> Option<std::rc::Rc<Self>> {
        request.extensions().get::<std::rc::Rc<Self>>().cloned()
    }
}

/// A header as text, if it is there and ASCII.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The usual spelling with hyphens only, so that one id has one spelling.
pub(crate) fn uuid(text: &str) -> Option<Uuid> {
    (text.len() == 36).then(|| Uuid::parse_str(text).ok()).flatten()
}

/// The address of the client: of the peer, or as many hops before it as there are proxies of our own. What stands
/// further left in `X-Forwarded-For` is hearsay and is not looked at.
fn address(headers: &HeaderMap, peer: Option<SocketAddr>, proxies: u8) -> Option<IpAddr> {
    let peer = peer.map(|peer| peer.ip().to_canonical());
    let Some(back) = usize::from(proxies).checked_sub(1) else { return peer };
    let hops: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    hops.iter().rev().nth(back).and_then(|hop| hop_address(hop)).or(peer)
}

/// Some proxies add the port.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[').trim_end_matches(']').parse().ok();
    bare.or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))
        .map(|ip: IpAddr| ip.to_canonical())
}

/// The ids of trace and span of a W3C `traceparent`.
fn trace(headers: &HeaderMap) -> Option<(String, String)> {
    let mut parts = text(headers, "traceparent")?.split('-');
    let (version, trace, parent) = (parts.next()?, parts.next()?, parts.next()?);
    let flags = parts.next()?;
    let is_hex = |part: &str, digits| {
        part.len() == digits
            && part.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    };
    let is_zero = |part: &str| part.bytes().all(|byte| byte == b'0');
    let known = is_hex(version, 2) && version != "ff" && is_hex(flags, 2);
    let valid = known && is_hex(trace, 32) && !is_zero(trace) && is_hex(parent, 16) && !is_zero(parent);
    valid.then(|| (trace.to_owned(), parent.to_owned()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn read(headers: &[(&str, &str)], proxies: u8) -> Request {
        let peer = "10.0.0.9:4000".parse().expect("valid");
        let request = headers
            .iter()
            .fold(TestRequest::default().peer_addr(peer), |request, header| request.append_header(*header));
        let at = kernel::Timestamp::from_timestamp_millis(1_700_000_000_000).expect("valid");
        Context::read(&request.to_srv_request(), proxies, &Env::frozen(at, 1)).request
    }

    #[test]
    fn a_claimed_address_counts_only_as_far_as_our_own_proxies_go() {
        let ip = |claimed: &str, proxies| {
            read(&[("x-forwarded-for", claimed)], proxies).ip.expect("known").to_string()
        };
        assert_eq!(ip("6.6.6.6", 0), "10.0.0.9");
        assert_eq!(ip("6.6.6.6, 203.0.113.7", 1), "203.0.113.7");
        assert_eq!(ip("6.6.6.6, 203.0.113.7, 10.0.0.1", 2), "203.0.113.7");
        assert_eq!(ip("203.0.113.7:5511", 1), "203.0.113.7");
        assert_eq!(ip("[2001:db8::1]:5511", 1), "2001:db8::1");
        assert_eq!(ip("::ffff:203.0.113.7", 1), "203.0.113.7");
        assert_eq!(ip("203.0.113.7", 2), "10.0.0.9");
        assert_eq!(ip("unknown", 1), "10.0.0.9");
    }

    #[test]
    fn ids_are_kept_only_in_their_usual_form() {
        let given = "01980d4e-7d1a-7c3e-9d4f-2f1a5c0b7e11";
        assert_eq!(read(&[("x-request-id", given)], 0).id.to_string(), given);
        assert_ne!(
            read(&[("x-request-id", "{01980d4e-7d1a-7c3e-9d4f-2f1a5c0b7e11}")], 0).id.to_string(),
            given
        );
        let trace = |parent: &str| read(&[("traceparent", parent)], 0).trace.expect("always one");
        let id = "4bf92f3577b34da6a3ce929d0e0e4736";
        assert_eq!(trace(&format!("00-{id}-00f067aa0ba902b7-01")), id);
        assert_ne!(trace(&format!("ff-{id}-00f067aa0ba902b7-01")), id);
        assert_ne!(trace(&format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32))), "0".repeat(32));
        assert_eq!(trace("garbage").len(), 32);
    }

    #[test]
    fn a_long_user_agent_is_cut_at_a_character() {
        let agent = read(&[("user-agent", &"x".repeat(1_000))], 0).user_agent.expect("there");
        assert_eq!(agent.len(), USER_AGENT_CHARACTERS);
    }
}
