use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use kernel::Env;

use super::{Cache, whole_millis};

const CAPACITY: usize = 10_000;

/// A cache inside one process. When it is full the entry that was put first goes.
pub struct LocalCache {
    env: Env,
    capacity: usize,
    shelf: Mutex<Shelf>,
}

impl LocalCache {
    /// Nothing remembered yet.
    pub fn new(env: Env) -> Self {
        Self::with_capacity(env, CAPACITY)
    }

    fn with_capacity(env: Env, capacity: usize) -> Self {
        Self { env, capacity, shelf: Mutex::default() }
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Cache for LocalCache {
    async fn get(&self, key: &str) -> Option<Vec<u8>> {
        let now = self.env.now().timestamp_millis();
        let mut shelf = self.shelf();
        let entry = shelf.entries.get(key)?;
        if entry.until > now {
            return Some(entry.value.clone());
        }
        shelf.remove(key);
        None
    }

    async fn put(&self, key: &str, value: &[u8], ttl: Duration) {
        let until = self.env.now().timestamp_millis() + whole_millis(ttl);
        let mut shelf = self.shelf();
        shelf.remove(key);
        shelf.insert(Arc::from(key), value.to_vec(), until);
        if shelf.entries.len() > self.capacity {
            shelf.remove_oldest();
        }
    }

    async fn forget(&self, key: &str) {
        self.shelf().remove(key);
    }
}

#[derive(Default)]
struct Shelf {
    entries: HashMap<Arc<str>, Entry>,
    /// The keys by the number of their put, oldest first.
    order: BTreeMap<u64, Arc<str>>,
    puts: u64,
}

struct Entry {
    value: Vec<u8>,
    /// Milliseconds since 1970.
    until: i64,
    put: u64,
}

impl Shelf {
    fn insert(&mut self, key: Arc<str>, value: Vec<u8>, until: i64) {
        self.puts += 1;
        self.order.insert(self.puts, Arc::clone(&key));
        self.entries.insert(key, Entry { value, until, put: self.puts });
    }

    fn remove(&mut self, key: &str) {
        if let Some(entry) = self.entries.remove(key) {
            self.order.remove(&entry.put);
        }
    }

    fn remove_oldest(&mut self) {
        if let Some((_, key)) = self.order.pop_first() {
            self.entries.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn env() -> Env {
        Env::frozen(DateTime::from_timestamp_millis(1_700_000_000_000).expect("valid"), 1)
    }

    #[tokio::test]
    async fn an_entry_ends_on_the_millisecond() {
        let env = env();
        let cache = LocalCache::new(env.clone());
        cache.put("a", b"1", MINUTE).await;
        env.advance(TimeDelta::milliseconds(59_999));
        assert_eq!(cache.get("a").await.as_deref(), Some(&b"1"[..]));
        env.advance(TimeDelta::milliseconds(1));
        assert_eq!(cache.get("a").await, None);
        assert!(cache.shelf().entries.is_empty() && cache.shelf().order.is_empty());
    }

    #[tokio::test]
    async fn a_full_cache_forgets_what_was_put_first() {
        let cache = LocalCache::with_capacity(env(), 2);
        for key in ["a", "b", "a", "c"] {
            cache.put(key, key.as_bytes(), MINUTE).await;
        }
        assert_eq!(cache.get("b").await, None, "the second put of `a` made it younger than `b`");
        assert!(cache.get("a").await.is_some() && cache.get("c").await.is_some());
        assert_eq!(cache.shelf().order.len(), 2);
    }
}
