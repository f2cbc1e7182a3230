//! Accounts and sign-in against a real database: SQLite, or PostgreSQL when `TEST_DATABASE_URL` is set.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod ports;
mod sign_up;
mod world;
