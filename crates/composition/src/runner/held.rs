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

/// A job in hand.
pub(super) struct InHand {
    pub(super) lease: Lease,
    /// Which try this is.
    pub(super) attempt: i64,
    /// None before its handler begins, and once that has returned.
    pub(super) handler: Option<AbortHandle>,
}

/// The jobs in hand.
#[derive(Default)]
pub(super) struct Held {
    jobs: Mutex<HashMap<Key, InHand>>,
    pub(super) changed: Notify,
}

impl Held {
    pub(super) fn jobs(&self) -> MutexGuard<'_, HashMap<Key, InHand>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn leases(&self) -> Vec<Lease> {
        self.jobs().values().map(|job| job.lease.clone()).collect()
    }

    /// The try and the handler of a job whose handler runs.
    pub(super) fn handler(&self, lease: &Lease) -> Option<(i64, AbortHandle)> {
        let jobs = self.jobs();
        let job = jobs.get(&key(lease))?;
        let handler = job.handler.clone().filter(|handler| !handler.is_finished())?;
        Some((job.attempt, handler))
    }

    /// The handler came back; what is left to do for the job must not be cut.
    pub(super) fn returned(&self, lease: &Lease) {
        if let Some(job) = self.jobs().get_mut(&key(lease)) {
            job.handler = None;
        }
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
