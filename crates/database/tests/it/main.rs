//! The database crate against a real database: SQLite, or PostgreSQL when `TEST_DATABASE_URL` is set.

mod commit;
mod jobs;
mod schema;
mod support;
mod sweeping;
