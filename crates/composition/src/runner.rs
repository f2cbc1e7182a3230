//! Runs jobs: claims, keeps the leases alive, retries, gives up, stops gracefully.

mod beat;
mod failed;
mod handler;
mod held;
mod pace;
mod upkeep;

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use database::Database;
use database::jobs::{self, Appetite, Claimed};
use futures_util::FutureExt;
use kernel::{Lease, Queue};
use platform::Bell;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use crate::traces::join;

pub use handler::{Done, Handler, JobError};
use held::{Held, InHand, key};
use pace::Pace;

/// How a runner works.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Jobs handled at once.
    pub concurrency: u16,
    /// How long a lease holds without a heartbeat.
    pub lease: Duration,
    /// How often the ledger is looked at unrung.
    pub poll: Duration,
    /// How long a stop waits for jobs that run.
    pub grace: Duration,
    /// How long a try may take; one that hangs fails then.
    pub limit: Duration,
}

impl Settings {
    /// The usual pace for a lease and a concurrency.
    pub fn new(concurrency: u16, lease: Duration) -> Self {
        let poll = Duration::from_secs(if kernel::is_sabotaged("bell") { 3_600 } else { 2 });
        Self { concurrency, lease, poll, grace: Duration::from_secs(15), limit: Duration::from_secs(15 * 60) }
    }

    /// Claimed jobs at the least, those that wait for a free handler included.
    const fn capacity(&self) -> usize {
        self.concurrency as usize * 4
    }
}

/// How long a worker stands still for the sake of a job that runs alone.
const ALONE: Duration = Duration::from_secs(5);

/// Claims and runs jobs until it is told to stop.
pub struct Runner {
    database: Database,
    bell: Arc<dyn Bell>,
    handler: Arc<dyn Handler>,
    settings: Settings,
    held: Arc<Held>,
    /// A job waits for its last chance.
    suspect: AtomicBool,
    finished: mpsc::Sender<Lease>,
    finishing: Mutex<Option<mpsc::Receiver<Lease>>>,
}

impl fmt::Debug for Runner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runner").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Runner {
    /// A runner; [`Runner::run`] starts it.
    pub fn new(
        database: Database,
        bell: Arc<dyn Bell>,
        handler: Arc<dyn Handler>,
        settings: Settings,
    ) -> Self {
        let (finished, finishing) = mpsc::channel(4_096);
        let finishing = Mutex::new(Some(finishing));
        Self {
            database,
            bell,
            handler,
            settings,
            held: Arc::default(),
            suspect: AtomicBool::new(false),
            finished,
            finishing,
        }
    }

    /// Works until `stop`. Then it claims nothing more, waits for what runs, and gives back what does not end.
    pub async fn run(self, stop: CancellationToken) {
        let runner = Arc::new(self);
        let ended = CancellationToken::new();
        let mut helpers = JoinSet::new();
        helpers.spawn(runner.clone().beat(ended.clone()));
        helpers.spawn(runner.clone().sweep(ended.clone()));
        helpers.spawn(runner.clone().finish(ended.clone()));
        runner.clone().work(stop).await;
        ended.cancel();
        helpers.join_all().await;
        runner.give_back().await;
    }

    async fn give_back(&self) {
        let leases = self.held.leases();
        if leases.is_empty() {
            return;
        }
        match jobs::release(&self.database, &leases).await {
            Ok(jobs) => tracing::info!(jobs, "jobs that did not end in time were given back"),
            Err(error) => tracing::warn!(%error, "jobs could not be given back; their leases run out"),
        }
    }

    async fn work(self: Arc<Self>, stop: CancellationToken) {
        let permits = Arc::new(Semaphore::new(usize::from(self.settings.concurrency)));
        let mut running = JoinSet::new();
        let mut pace = Pace::new(self.settings.capacity());
        while !stop.is_cancelled() {
            while running.try_join_next().is_some() {}
            if self.suspect.swap(false, Ordering::Relaxed) {
                tokio::select! {
                    () = stop.cancelled() => break,
                    () = self.last_chance(&mut running, &permits) => {}
                }
            }
            let found = self.claim_into(&mut running, &permits, &mut pace).await;
            if !found {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = self.held.changed.notified() => {}
                    _ = self.bell.wait(self.settings.poll) => {}
                }
            }
        }
        permits.close();
        let drained = async { while running.join_next().await.is_some() {} };
        let in_time = tokio::time::timeout(self.settings.grace, drained).await.is_ok();
        if !in_time {
            running.shutdown().await;
        }
    }

    /// A job that took its workers down so far runs alone, so that nothing dies with it. What is in hand ends first;
    /// where that takes long, another worker or another time will do.
    async fn last_chance(self: &Arc<Self>, running: &mut JoinSet<()>, permits: &Arc<Semaphore>) {
        if !self.held.empty(ALONE).await {
            return;
        }
        match jobs::claim_suspect(&self.database, self.lease()).await {
            Ok(Some(job)) => {
                tracing::warn!(job.id = %job.id, job.kind = %job.kind, "a job that took its workers down runs alone");
                self.begin(job, running, permits);
                self.held.empty(ALONE).await;
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "a suspect job could not be claimed"),
        }
    }

    fn begin(self: &Arc<Self>, job: Claimed, running: &mut JoinSet<()>, permits: &Arc<Semaphore>) {
        let key = key(&job.lease);
        self.held
            .jobs()
            .insert(key, InHand { lease: job.lease.clone(), attempt: job.attempt, handler: None });
        let handler = running.spawn(self.clone().one(job, permits.clone()));
        if let Some(entry) = self.held.jobs().get_mut(&key) {
            entry.handler = Some(handler);
        }
    }

    fn lease(&self) -> TimeDelta {
        TimeDelta::from_std(self.settings.lease).unwrap_or(TimeDelta::seconds(30))
    }

    /// Claims what fits. True if it should look again at once.
    async fn claim_into(
        self: &Arc<Self>,
        running: &mut JoinSet<()>,
        permits: &Arc<Semaphore>,
        pace: &mut Pace,
    ) -> bool {
        let room = pace.room(self.held.jobs().len());
        let mut left = room;
        for queue in Queue::ALL {
            if left == 0 {
                break;
            }
            let claimed = match jobs::claim(&self.database, queue, self.appetite(left, pace)).await {
                Ok(claimed) => claimed,
                Err(error) => {
                    tracing::warn!(%error, "jobs could not be claimed");
                    return false;
                }
            };
            left -= claimed.len().min(left);
            for job in claimed {
                self.begin(job, running, permits);
            }
        }
        if room > 0 && left == 0 {
            pace.filled(Instant::now());
        }
        left < room
    }

    fn appetite(&self, room: usize, pace: &Pace) -> Appetite {
        Appetite {
            batch: room as u64,
            // One organization may fill a whole worker, never several of them while others wait.
            per_organization: pace.ahead() as u64,
            lease: self.lease(),
        }
    }

    async fn one(self: Arc<Self>, job: Claimed, permits: Arc<Semaphore>) {
        // A closed semaphore means stop: the job has not begun and is given back.
        let Ok(_permit) = permits.acquire_owned().await else { return };
        let span = tracing::info_span!("job", job.id = %job.id, job.kind = %job.kind, job.attempt = job.attempt,
            trace.id = job.lease.trace.as_deref().unwrap_or_default());
        join(&span, job.lease.trace.as_deref(), None);
        let started = self.database.env().now();
        let result = self.handle(&job).instrument(span.clone()).await;
        self.held.returned(&job.lease);
        span.in_scope(|| observe(&job, &result, self.database.env().now() - started));
        match result {
            Ok(Done::Committed) | Err(JobError::LeaseLost) => {}
            Ok(Done::Unmarked) => {
                if self.finished.send(job.lease.clone()).await.is_ok() {
                    return;
                }
            }
            Err(error) => self.failed(&job, error).instrument(span).await,
        }
        self.held.let_go(&job.lease);
    }

    /// Whatever a handler does, it comes to an end that can be written down.
    async fn handle(&self, job: &Claimed) -> Result<Done, JobError> {
        let handled = std::panic::AssertUnwindSafe(self.handler.handle(job)).catch_unwind();
        match tokio::time::timeout(self.settings.limit, handled).await {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => {
                Err(JobError::Retry(format!("the handler panicked: {}", panic_text(panic.as_ref()))))
            }
            Err(_) => Err(JobError::Retry(format!("it did not end within {:?}", self.settings.limit))),
        }
    }
}

/// Waits; false when it is over.
async fn pause(time: Duration, ended: &CancellationToken) -> bool {
    tokio::select! {
        () = ended.cancelled() => false,
        () = tokio::time::sleep(time) => true,
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

fn observe(job: &Claimed, result: &Result<Done, JobError>, took: TimeDelta) {
    let outcome = match result {
        Ok(_) => "done",
        Err(JobError::Permanent(_)) => "dead",
        Err(JobError::LeaseLost) => "lost",
        Err(_) => "retry",
    };
    metrics::counter!("jobs_total", "kind" => job.kind.clone(), "outcome" => outcome).increment(1);
    let seconds = took.num_milliseconds() as f64 / 1_000.0;
    tracing::debug!(outcome, "a job ended");
    metrics::histogram!("job_seconds", "kind" => job.kind.clone()).record(seconds);
}
