//! What each port promises, asked of every adapter.
//!
//! The adapters between processes join in when `TEST_REDIS_URL` names a Redis and `TEST_S3_URL` a bucket. Each test has key prefixes of
//! its own, so they run side by side on one server.

mod bell;
mod bus;
mod cache;
mod files;
mod limiter;
mod mail;
mod proxy;
mod redis;
mod smtp_sink;
mod world;
