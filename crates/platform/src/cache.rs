use std::time::Duration;

use async_trait::async_trait;

mod local;
mod near;
mod redis;

pub use local::LocalCache;
pub use near::NearCache;
pub use redis::RedisCache;

/// Remembers expensive reads for a while. An absent entry means unknown, never "no": a cache that is away
/// only forgets. Not for rights, which are read from the database.
#[async_trait]
pub trait Cache: Send + Sync {
    /// What was put under this key, unless it is over or forgotten.
    async fn get(&self, key: &str) -> Option<Vec<u8>>;

    /// Remembers a value for `ttl`: whole milliseconds, at most a year.
    async fn put(&self, key: &str, value: &[u8], ttl: Duration);

    /// Forgets a value.
    async fn forget(&self, key: &str);
}

/// A year, so that no sum with a clock overflows anywhere.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

fn whole_millis(ttl: Duration) -> i64 {
    i64::try_from(ttl.min(LONGEST).as_millis()).unwrap_or(i64::MAX)
}
