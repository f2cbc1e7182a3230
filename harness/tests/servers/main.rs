//! Both programs, as processes, on PostgreSQL, Redis and SMTP. `cargo xtask test` runs them where it has the servers:
//! `TEST_DATABASE_URL` and `TEST_REDIS_URL` name them.

mod draining;
mod redis;
mod repeated;
mod revoked;
mod stage;
mod story;
