//! The one place that knows every domain: wiring, bridges, reactions, jobs.
//!
//! - [`Adapters`] opens what the configuration names; [`Services`] wires the domains on one screen.
//! - `reactions` is the score of the system: which event leads to which job; `jobs` plays it.
//! - [`Runner`] and [`schedule`] are what a worker process is made of.

mod adapters;
mod announce;
mod desk;
mod runner;

pub mod logs;

pub use adapters::{Adapters, StartError};
pub use announce::{Announcer, Forgets};
pub use desk::{Error as JobsError, Jobs, service as jobs_service};
pub use runner::{Done, Handler, JobError, Runner, Settings as RunnerSettings};
