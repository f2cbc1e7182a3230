use std::sync::Arc;

use database::jobs;
use kernel::Lease;
use tokio_util::sync::CancellationToken;

use super::held::{Key, key};
use super::{Runner, pause};

impl Runner {
    /// Keeps leases alive; a job whose lease is lost is stopped.
    pub(super) async fn beat(self: Arc<Self>, ended: CancellationToken) {
        let lease = self.lease();
        while pause(self.settings.lease / 3, &ended).await {
            let leases = self.held.leases();
            if leases.is_empty() {
                continue;
            }
            match jobs::heartbeat(&self.database, &leases, lease).await {
                Ok(alive) => self.stop_lost(leases, &alive).await,
                Err(error) => tracing::warn!(%error, "leases could not be prolonged"),
            }
        }
    }

    /// Stops handlers whose job another worker has now. One that ended its job itself, in its last commit, has no
    /// lease either, but is on its way back.
    async fn stop_lost(&self, leases: Vec<Lease>, alive: &[Key]) {
        let has_none = |lease: &Lease| !alive.contains(&key(lease)) && self.held.handler(lease).is_some();
        let suspects: Vec<Lease> = leases.into_iter().filter(has_none).collect();
        if suspects.is_empty() {
            return;
        }
        let ids: Vec<_> = suspects.iter().map(|lease| lease.job).collect();
        let done = match jobs::done_at(&self.database, &ids).await {
            Ok(done) => done,
            Err(error) => {
                tracing::warn!(%error, "jobs without a lease could not be read; the next beat asks again");
                return;
            }
        };
        for lease in suspects {
            let Some((attempt, handler)) = self.held.handler(&lease) else { continue };
            if done.get(&lease.job) != Some(&attempt) {
                tracing::warn!(job.id = %lease.job, "a job was lost to another worker and is stopped");
                handler.abort();
                self.held.let_go(&lease);
            }
        }
    }
}
