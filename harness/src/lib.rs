//! Everything that runs the real programs, `api` and `worker`, as processes of their own against real servers.
//!
//! - [`Cluster`] starts them on a database, a Redis and an SMTP server of their own, and ends them.
//! - [`Sink`] is that SMTP server; [`Client`] is a person or a program that uses the system over HTTP.
//! - [`Ledger`] keeps what was acknowledged; [`Checker`] compares it with the database.
//! - [`drills`] disturb a cluster and say what held; the program `chaos` runs them.
//! - [`property`] holds every answer against the document; the program `property` runs it.
//!
//! The harness stands outside: it knows the contract, the schema and the names of the variables, none of the code.

mod checker;
mod client;
mod cluster;
mod dice;
pub mod drills;
mod failure;
mod ledger;
mod person;
mod place;
mod port;
mod postgres;
mod process;
mod programs;
pub mod property;
mod redis_server;
mod sink;
mod wait;

pub use checker::{
    BookedRow, Checker, FileRow, InvoiceRow, JobState, NewJob, PaperRow, RecipientRow, TableContent,
    TicketRow,
};
pub use client::{Answer, Call, Client};
pub use cluster::{Cluster, Embedded, Plan};
pub use dice::Dice;
pub use failure::{Doing, Failure, Outcome};
pub use ledger::{Acked, Ledger};
pub use person::Person;
pub use place::Place;
pub use port::free as free_port;
pub use postgres::OwnDatabase;
pub use process::{Process, Signal};
pub use redis_server::Redis;
pub use sink::{Mail, Manners, Moment, Sink, Verdict};
pub use wait::until;
