use std::time::Duration;

use async_trait::async_trait;

use super::{Cache, whole_millis};
use crate::redis::RedisPool;

/// A cache that all processes share. While Redis is away it remembers nothing; the pool logs that.
pub struct RedisCache {
    pool: RedisPool,
}

impl RedisCache {
    /// Opens no connection yet.
    pub fn new(pool: RedisPool) -> Self {
        Self { pool }
    }

    fn key(&self, key: &str) -> String {
        self.pool.key(&format!("cache:{key}"))
    }
}

#[async_trait]
impl Cache for RedisCache {
    async fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.pool.query(redis::cmd("GET").arg(self.key(key))).await.ok().flatten()
    }

    async fn put(&self, key: &str, value: &[u8], ttl: Duration) {
        let millis = whole_millis(ttl);
        if millis == 0 {
            return self.forget(key).await;
        }
        let mut set = redis::cmd("SET");
        set.arg(self.key(key)).arg(value).arg("PX").arg(millis);
        let _ = self.pool.query::<()>(&set).await;
    }

    async fn forget(&self, key: &str) {
        let _ = self.pool.query::<i64>(redis::cmd("DEL").arg(self.key(key))).await;
    }
}
