//! The users crate against a real database: SQLite, or PostgreSQL when `TEST_DATABASE_URL` is set.

mod account;
mod deletion;
mod directory;
mod profile;
mod support;
