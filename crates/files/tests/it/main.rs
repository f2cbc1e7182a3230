//! The service on a database and a folder of its own.

mod links;
mod races;
mod support;
mod sweep;
mod uploads;
