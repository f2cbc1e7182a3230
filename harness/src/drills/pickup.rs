//! How long jobs of killed workers lie around until another takes them: since the last kill, because the one before
//! it may have been of the worker that was about to.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::{Checker, Doing, Outcome};

const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// Looks at the ledger in the background.
pub(super) struct Pickup {
    kills: watch::Sender<usize>,
    watching: JoinHandle<Outcome<Vec<Duration>>>,
}

/// A job that ran when a worker was killed: whether it was that worker's shows later.
struct Orphan {
    since: Instant,
    token: Option<Uuid>,
    crashes: i64,
}

impl Pickup {
    pub(super) fn start(checker: Checker) -> Self {
        let (kills, heard) = watch::channel(0);
        Self { kills, watching: tokio::spawn(watch_ledger(checker, heard)) }
    }

    /// A worker was killed just now.
    pub(super) fn killed(&self) {
        self.kills.send_modify(|count| *count += 1);
    }

    /// All times from a kill until the job ran again, or was laid aside.
    pub(super) async fn stop(self) -> Outcome<Vec<Duration>> {
        drop(self.kills);
        self.watching.await.doing("watching the ledger")?
    }
}

async fn watch_ledger(checker: Checker, mut kills: watch::Receiver<usize>) -> Outcome<Vec<Duration>> {
    let (mut orphans, mut times) = (HashMap::<Uuid, Orphan>::new(), Vec::new());
    let mut over = false;
    while !(over && orphans.is_empty()) {
        match kills.has_changed() {
            Ok(true) => {
                kills.mark_unchanged();
                orphans.values_mut().for_each(|orphan| orphan.since = Instant::now());
                for job in checker.jobs_in("running").await? {
                    let (token, crashes) = (job.lease_token, job.crashes);
                    orphans.entry(job.id).or_insert(Orphan { since: Instant::now(), token, crashes });
                }
            }
            Ok(false) => {}
            Err(_) => over = true,
        }
        let ids: Vec<_> = orphans.keys().copied().collect();
        for job in checker.jobs(&ids).await? {
            let Some(orphan) = orphans.get(&job.id) else { continue };
            let waits = job.state == "ready" || (job.state == "running" && job.lease_token == orphan.token);
            if waits {
                continue;
            }
            // Without a crash noted it was another worker's, which went on with it.
            if job.crashes > orphan.crashes {
                times.push(orphan.since.elapsed());
            }
            orphans.remove(&job.id);
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    Ok(times)
}
