//! Free ports.

use std::net::{Ipv4Addr, TcpListener};

use crate::{Dice, Doing, Outcome};

/// Below the ports that outgoing connections get by themselves, so that nobody takes the port of a server that is
/// dead for a moment.
const FIRST: usize = 20_000;
const COUNT: usize = 12_000;

/// A port of the loopback address on which nobody listens now.
pub fn free() -> Outcome<u16> {
    let mut dice = Dice::unforeseen();
    let tried = (0..100).filter_map(|_| u16::try_from(FIRST + dice.below(COUNT)).ok());
    let mut free = tried.filter(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok());
    free.next().doing("a free port on 127.0.0.1")
}
