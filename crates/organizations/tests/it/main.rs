//! The organizations crate against a real database: SQLite, or PostgreSQL when `TEST_DATABASE_URL` is set.

mod accepting;
mod erasing;
mod founding;
mod inviting;
mod members;
mod owners;
mod policy;
mod ports;
mod profile;
mod roles;
mod settings;
mod support;
