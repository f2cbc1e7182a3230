use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use database::jobs;
use kernel::Lease;
use tokio_util::sync::CancellationToken;

use super::{Runner, pause};

/// Jobs that one statement marks done.
const MOST_AT_ONCE: usize = 1_024;

impl Runner {
    /// Takes back the jobs of workers that vanished.
    pub(super) async fn sweep(self: Arc<Self>, ended: CancellationToken) {
        while pause(self.settings.poll, &ended).await {
            match jobs::sweep(&self.database).await {
                Ok(swept) if swept != jobs::Swept::default() => {
                    metrics::counter!("jobs_swept_total").increment(swept.released + swept.buried);
                    tracing::warn!(
                        released = swept.released,
                        buried = swept.buried,
                        "jobs of vanished workers"
                    );
                    self.held.changed.notify_one();
                }
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "the ledger of jobs could not be swept"),
            }
            match jobs::suspect_waits(&self.database).await {
                Ok(waits) => self.suspect.store(waits, Ordering::Relaxed),
                Err(error) => tracing::warn!(%error, "the ledger of jobs could not be read"),
            }
        }
    }

    /// Marks jobs without effects as done, many in one statement; at the end those that are left.
    pub(super) async fn finish(self: Arc<Self>, ended: CancellationToken) {
        let receiver = self.finishing.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut receiver) = receiver else { return };
        let mut leases = Vec::new();
        loop {
            let last = tokio::select! {
                biased;
                _ = receiver.recv_many(&mut leases, MOST_AT_ONCE) => false,
                () = ended.cancelled() => true,
            };
            if last {
                return;
            }
            self.finish_batch(&mut leases).await;
        }
    }

    async fn finish_batch(&self, leases: &mut Vec<Lease>) {
        if let Err(error) = jobs::finish(&self.database, leases).await {
            tracing::warn!(%error, jobs = leases.len(), "jobs could not be marked done; they will run again");
        }
        for lease in leases.drain(..) {
            self.held.let_go(&lease);
        }
    }
}
