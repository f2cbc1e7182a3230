use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;
use database::StoreError;
use kernel::{Env, Eviction, OrganizationId, SessionId, Timestamp};
use tokio::sync::OnceCell;

use super::Snapshot;

/// The bound on how late a change of rights bites if every message about it is lost.
const KEPT_FOR: TimeDelta = TimeDelta::milliseconds(700);

/// What rights are kept under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    Session(SessionId, Option<OrganizationId>),
    /// By the hash of the key.
    ApiKey([u8; 32]),
}

/// Rights as they were read at most 700 ms ago. Callers that ask for the same at once share one query. Only the
/// database's answer is kept, never a failure: what is not known is asked again.
pub(crate) struct RightsCache {
    env: Env,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    slots: HashMap<Key, Arc<Slot>>,
    swept_at: Option<Timestamp>,
}

struct Slot {
    /// When the question was asked: what it found cannot be older.
    since: Timestamp,
    found: OnceCell<Option<Arc<Snapshot>>>,
}

impl Slot {
    fn is_young(&self, now: Timestamp) -> bool {
        self.since <= now && now < self.since + KEPT_FOR
    }

    /// Whether it may hold rights of whom the eviction names. A slot still being filled may hold anybody's.
    fn concerns(&self, key: &Key, eviction: &Eviction) -> bool {
        let found = self.found.get();
        let may = |of: &dyn Fn(&Snapshot) -> bool| match found {
            None => true,
            Some(None) => false,
            Some(Some(snapshot)) => of(snapshot),
        };
        match eviction {
            Eviction::User(user) => may(&|snapshot| snapshot.user == *user),
            Eviction::Session(session) => matches!(key, Key::Session(of, _) if of == session),
            Eviction::Organization(org) => {
                matches!(key, Key::Session(_, Some(of)) if of == org)
                    || may(&|snapshot| {
                        snapshot.standing.as_ref().is_some_and(|standing| standing.org == *org)
                    })
            }
            Eviction::Key(_) => false,
            Eviction::All => true,
        }
    }
}

impl RightsCache {
    pub(crate) fn new(env: Env) -> Self {
        Self { env, kept: Mutex::default() }
    }

    /// What is kept, or what `load` finds.
    pub(crate) async fn get<F>(&self, key: Key, load: F) -> Result<Option<Arc<Snapshot>>, StoreError>
    where
        F: Future<Output = Result<Option<Snapshot>, StoreError>>,
    {
        let slot = self.slot(key);
        let found = slot.found.get_or_try_init(|| async { Ok(load.await?.map(Arc::new)) }).await;
        found.cloned()
    }

    /// Forgets what a commit has made outdated.
    pub(crate) fn evict(&self, eviction: &Eviction) {
        self.lock().slots.retain(|key, slot| !slot.concerns(key, eviction));
    }

    fn slot(&self, key: Key) -> Arc<Slot> {
        let now = self.env.now();
        let mut kept = self.lock();
        if let Some(slot) = kept.slots.get(&key).filter(|slot| slot.is_young(now)) {
            return slot.clone();
        }
        if kept.swept_at.is_none_or(|at| now < at || now >= at + KEPT_FOR) {
            // Once per lifetime of an entry: so the map holds no more than was asked for in two of them.
            kept.slots.retain(|_, slot| slot.is_young(now));
            kept.swept_at = Some(now);
        }
        let slot = Arc::new(Slot { since: now, found: OnceCell::new() });
        kept.slots.insert(key, slot.clone());
        slot
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
