//! The composition against a real database: SQLite, or PostgreSQL when `TEST_DATABASE_URL` is set.

mod installation;
mod letters;
mod lingering;
mod runner;
mod story;
