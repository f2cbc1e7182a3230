use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use kernel::Env;

use super::{Cache, LocalCache};

/// How long the copy in this process may lag behind: as long as rights may.
const NEAR: Duration = Duration::from_millis(700);

/// A copy in this process before a cache that all processes share: what is asked for again within a moment does not
/// travel. It lags at most 700 ms, also when nobody says that something was forgotten.
pub struct NearCache {
    near: LocalCache,
    far: Arc<dyn Cache>,
}

impl NearCache {
    /// In front of `far`.
    pub fn new(env: Env, far: Arc<dyn Cache>) -> Self {
        Self { near: LocalCache::new(env), far }
    }
}

#[async_trait]
impl Cache for NearCache {
    async fn get(&self, key: &str) -> Option<Vec<u8>> {
        if let Some(value) = self.near.get(key).await {
            return Some(value);
        }
        let value = self.far.get(key).await?;
        self.near.put(key, &value, NEAR).await;
        Some(value)
    }

    async fn put(&self, key: &str, value: &[u8], ttl: Duration) {
        self.far.put(key, value, ttl).await;
        self.near.put(key, value, ttl.min(NEAR)).await;
    }

    async fn forget(&self, key: &str) {
        self.far.forget(key).await;
        self.near.forget(key).await;
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    /// Two processes before one shared cache.
    fn two() -> (Env, Arc<LocalCache>, NearCache, NearCache) {
        let env = Env::frozen(DateTime::from_timestamp_millis(1_700_000_000_000).expect("valid"), 1);
        let far = Arc::new(LocalCache::new(env.clone()));
        let near = || NearCache::new(env.clone(), far.clone());
        (env.clone(), far.clone(), near(), near())
    }

    #[tokio::test]
    async fn what_one_process_put_another_gets_and_keeps_for_a_moment() {
        let (env, far, one, two) = two();
        one.put("a", b"1", MINUTE).await;
        assert_eq!(two.get("a").await, Some(b"1".to_vec()));
        far.put("a", b"2", MINUTE).await;
        assert_eq!(two.get("a").await, Some(b"1".to_vec()), "its own copy");
        env.advance(TimeDelta::milliseconds(700));
        assert_eq!(two.get("a").await, Some(b"2".to_vec()));
    }

    #[tokio::test]
    async fn what_is_forgotten_here_is_forgotten_in_both_and_elsewhere_after_a_moment() {
        let (env, _, one, two) = two();
        one.put("a", b"1", MINUTE).await;
        two.get("a").await;
        one.forget("a").await;
        assert_eq!(one.get("a").await, None);
        env.advance(TimeDelta::milliseconds(700));
        assert_eq!(two.get("a").await, None);
    }

    #[tokio::test]
    async fn a_short_time_stays_short() {
        let (env, _, one, _) = two();
        one.put("a", b"1", Duration::from_millis(100)).await;
        env.advance(TimeDelta::milliseconds(100));
        assert_eq!(one.get("a").await, None);
    }
}
