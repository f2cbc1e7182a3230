use std::sync::atomic::{AtomicU32, Ordering};

use kernel::UserId;
use uuid::Uuid;

use super::*;
use crate::rights::Credential;
use crate::session::Amr;

const KEY: Key = Key::Session(SessionId::from_uuid(Uuid::from_u128(3)), None);

fn now() -> Timestamp {
    Timestamp::from_timestamp_millis(1_768_467_600_000).expect("valid")
}

fn snapshot(user: u128) -> Snapshot {
    Snapshot {
        user: UserId::from_uuid(Uuid::from_u128(user)),
        standing: None,
        user_epoch: 1,
        disabled: false,
        second_factor: false,
        credential: Credential::Session {
            amr: Amr::PASSWORD,
            auth_time: now(),
            created_at: now(),
            expires_at: now(),
            revoked: false,
        },
    }
}

/// A database that counts how often it is asked.
#[derive(Default)]
struct Asked(AtomicU32);

impl Asked {
    async fn load(&self) -> Result<Option<Snapshot>, StoreError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        tokio::task::yield_now().await;
        Ok(Some(snapshot(1)))
    }

    fn times(&self) -> u32 {
        self.0.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn the_database_is_asked_once_in_700_milliseconds() {
    let (env, asked) = (Env::frozen(now(), 1), Asked::default());
    let cache = RightsCache::new(env.clone());
    cache.get(KEY, asked.load()).await.expect("found");
    env.advance(TimeDelta::milliseconds(699));
    cache.get(KEY, asked.load()).await.expect("found");
    assert_eq!(asked.times(), 1);
    env.advance(TimeDelta::milliseconds(1));
    cache.get(KEY, asked.load()).await.expect("found");
    assert_eq!(asked.times(), 2);
}

#[tokio::test]
async fn many_at_once_share_one_question() {
    let (cache, asked) = (Arc::new(RightsCache::new(Env::frozen(now(), 1))), Arc::new(Asked::default()));
    let callers = (0..16).map(|_| {
        let (cache, asked) = (cache.clone(), asked.clone());
        tokio::spawn(async move { cache.get(KEY, asked.load()).await.expect("found").is_some() })
    });
    for caller in callers.collect::<Vec<_>>() {
        assert!(caller.await.expect("no panic"));
    }
    assert_eq!(asked.times(), 1);
}

#[tokio::test]
async fn a_failure_is_not_kept() {
    let (cache, asked) = (RightsCache::new(Env::frozen(now(), 1)), Asked::default());
    let away = async { Err(StoreError::KeyTaken) };
    assert!(cache.get(KEY, away).await.is_err());
    assert!(cache.get(KEY, asked.load()).await.expect("found").is_some());
}

#[tokio::test]
async fn what_is_being_read_while_a_message_arrives_is_read_again() {
    let (cache, asked) = (RightsCache::new(Env::frozen(now(), 1)), Asked::default());
    let reading = cache.get(KEY, async {
        cache.evict(&Eviction::User(UserId::from_uuid(Uuid::from_u128(2))));
        asked.load().await
    });
    reading.await.expect("found");
    cache.get(KEY, asked.load()).await.expect("found");
    assert_eq!(asked.times(), 2, "it may have been the rights of whom the message meant");
}

#[tokio::test]
async fn what_nobody_asks_for_any_longer_is_dropped() {
    let (env, asked) = (Env::frozen(now(), 1), Asked::default());
    let cache = RightsCache::new(env.clone());
    for session in 0..1_000 {
        let key = Key::Session(SessionId::from_uuid(Uuid::from_u128(session)), None);
        cache.get(key, asked.load()).await.expect("found");
    }
    assert_eq!(cache.lock().slots.len(), 1_000);
    env.advance(TimeDelta::seconds(1));
    cache.get(KEY, asked.load()).await.expect("found");
    assert_eq!(cache.lock().slots.len(), 1);
}
