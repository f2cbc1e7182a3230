//! __Things__ against a real database: SQLite, or PostgreSQL when `TEST_DATABASE_URL` is set.

mod guards;
mod lifecycle;
mod list;
mod support;
