//! The one place that knows every domain: wiring, bridges, reactions, jobs.
//!
//! - [`Adapters`] opens what the configuration names; [`Services`] wires the domains on one screen.
//! - `reactions` is the score of the system: which event leads to which job; `jobs` plays it.
//! - [`Worker`] is what a worker process is made of: a [`Runner`] and a timetable.

mod adapters;
mod announce;
mod blasts;
mod bridges;
mod desk;
mod housekeeping;
mod jobs;
mod letters;
mod notices;
mod papers;
mod post;
mod reactions;
mod runner;
mod schedule;
mod services;
mod traces;
mod worker;

pub mod logs;

pub use adapters::{Adapters, StartError, file_store};
pub use announce::{Announcer, Forgets};
pub use desk::{Error as JobsError, JobEvent, Jobs};
pub use jobs::{Act, Job};
pub use reactions::{Effect, Reaction, reactions};
pub use runner::{Done, Handler, JobError, Runner, Settings as RunnerSettings};
pub use schedule::{Tick, timetable};
pub use services::Services;
pub use traces::join as join_trace;
pub use worker::{Worker, catch_up};
