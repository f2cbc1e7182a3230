//! Accounts and sign-in against a real database: SQLite, or PostgreSQL when `TEST_DATABASE_URL` is set.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod api_keys;
mod emails;
mod log;
mod members;
mod operating;
mod passwords;
mod people;
mod ports;
mod refreshing;
mod revocation;
mod second_factor;
mod sessions;
mod sign_in;
mod sign_up;
mod strangers;
mod throttling;
mod world;
