use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kernel::{JobId, Lease};
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use uuid::Uuid;

/// A job may be in hand twice: once as a zombie, once claimed anew. So leases are told apart by token too.
pub(super) type Key = (JobId, Uuid);

pub(super) fn key(lease: &Lease) -> Key {
    (lease.job, lease.token)
}

/// The jobs in hand.
#[derive(Default)]
pub(super) struct Held {
    jobs: Mutex<HashMap<Key, (Lease, Option<AbortHandle>)>>,
    pub(super) changed: Notify,
}

impl Held {
    pub(super) fn jobs(&self) -> MutexGuard<'_, HashMap<Key, (Lease, Option<AbortHandle>)>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn leases(&self) -> Vec<Lease> {
        self.jobs().values().map(|(lease, _)| lease.clone()).collect()
    }

    pub(super) fn let_go(&self, lease: &Lease) {
        self.jobs().remove(&key(lease));
        self.changed.notify_one();
    }

    /// Waits until nothing is in hand. False if that takes too long.
    pub(super) async fn empty(&self, limit: Duration) -> bool {
        let emptied = async {
            while !self.jobs().is_empty() {
                self.changed.notified().await;
            }
        };
        tokio::time::timeout(limit, emptied).await.is_ok()
    }
}
