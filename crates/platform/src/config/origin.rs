use url::{Host, Url};

/// Whether the host of a URL is this very machine.
pub(super) fn is_loopback_host(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Scheme, host and port are equal, which is what browsers mean by an origin.
pub(super) fn same_origin(one: &Url, two: &Url) -> bool {
    one.origin().is_tuple() && one.origin() == two.origin()
}

/// Nothing but scheme, host and port.
pub(super) fn is_bare_origin(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.host().is_some()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none()
}
