//! One database, two dialects: PostgreSQL in production, SQLite embedded.
//!
//! - [`Database::commit`] is the only opener of write transactions: rows, events and jobs in one.
//! - [`entities`] has one file per table; [`log`] and [`jobs`] are the event log and the job ledger.
//! - This crate knows no domain and no transport.

pub mod backup;

mod clock;
mod commit;
mod connect;
mod dialect;
mod error;
mod tx;

pub mod entities;
pub mod erase;
pub mod idempotency;
pub mod installation;
pub mod jobs;
pub mod keyset;
pub mod log;
pub mod testing;

pub use commit::{AfterCommit, Committed};
pub use connect::{Choice, Database, Options};
pub use error::StoreError;
pub use tx::Tx;
