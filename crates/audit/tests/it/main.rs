//! The audit log on a real database.

mod events;
mod export;
mod log;
mod support;
