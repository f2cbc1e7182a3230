//! Free TCP ports on the loopback address.

use std::net::{Ipv4Addr, TcpListener};

use crate::failure::{Explain, Failure, Outcome};

/// Any free port; another process may take it before its user does.
pub(crate) fn any_free() -> Outcome<u16> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).explain(|| "no free port on 127.0.0.1".into())?;
    let address = listener.local_addr().explain(|| "the free port has no address".into())?;
    Ok(address.port())
}

/// The first free port from `wanted` on, at most 100 further.
pub(crate) fn next_free(wanted: u16) -> Outcome<u16> {
    first(wanted, is_free)
}

fn first(wanted: u16, free: impl Fn(u16) -> bool) -> Outcome<u16> {
    let last = wanted.saturating_add(100);
    (wanted..=last).find(|port| free(*port)).ok_or_else(|| {
        Failure::new(format!("no free port on 127.0.0.1 between {wanted} and {last}; choose one with --port"))
    })
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listening_port_is_not_free() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        assert!(!is_free(taken.local_addr().unwrap().port()));
    }

    #[test]
    fn taken_ports_are_passed_over() {
        assert_eq!(first(8080, |port| port > 8082).unwrap(), 8083);
        assert_eq!(first(8080, |_| true).unwrap(), 8080);
        assert_eq!(first(65_535, |port| port == 65_535).unwrap(), 65_535);
    }

    #[test]
    fn the_search_ends() {
        assert!(first(8080, |port| port > 8180).is_err());
    }
}
