use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use composition::{Done, Handler, JobError, Runner, RunnerSettings};
use database::jobs::{self, Claimed, Desk, JobFilter, JobRow};
use database::{Database, StoreError, Tx, testing};
use kernel::{Actor, JobDraft, OrganizationId, PageRequest, Queue, Stream};
use platform::{Bell, LocalBell};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

const ORG: OrganizationId = OrganizationId::PLATFORM;

/// Does what the payload says.
#[derive(Default)]
struct Script {
    runs: Mutex<HashMap<String, usize>>,
    begun: Notify,
    cut: Arc<AtomicUsize>,
}

/// Counts handlers that were dropped before they ended.
pub(crate) struct Cut(pub(crate) Arc<AtomicUsize>);

impl Drop for Cut {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[async_trait::async_trait]
impl Handler for Script {
    async fn handle(&self, job: &Claimed) -> Result<Done, JobError> {
        let payload = job.payload.trim_matches('"').to_owned();
        *self.runs.lock().expect("not poisoned").entry(payload.clone()).or_default() += 1;
        match payload.as_str() {
            "panic" => panic!("as asked"),
            "retry" => Err(JobError::Retry("not now".to_owned())),
            "permanent" => Err(JobError::Permanent("never".to_owned())),
            "postpone" => {
                Err(JobError::Postpone { after: Duration::from_secs(60), reason: "slow down".to_owned() })
            }
            "hang" | "poison" => {
                let _cut = Cut(self.cut.clone());
                self.begun.notify_one();
                std::future::pending().await
            }
            _ => Ok(Done::Unmarked),
        }
    }
}

pub(crate) fn settings() -> RunnerSettings {
    RunnerSettings {
        concurrency: 4,
        lease: Duration::from_millis(300),
        poll: Duration::from_millis(20),
        grace: Duration::from_millis(50),
        limit: Duration::from_secs(60),
    }
}

pub(crate) async fn enqueue(database: &Database, payloads: &[&str]) {
    let payloads: Vec<String> = payloads.iter().map(|text| serde_json::json!(text).to_string()).collect();
    let done: Result<(), StoreError> = database
        .commit(&Actor::system(ORG), move |tx: &Tx| {
            Box::pin(async move {
                for payload in payloads {
                    tx.enqueue(JobDraft {
                        kind: "tests.script",
                        queue: Queue::Default,
                        stream: Stream::Organization(ORG),
                        payload,
                        run_at: None,
                        dedupe_key: None,
                    });
                }
                Ok(())
            })
        })
        .await;
    done.expect("jobs are written");
}

pub(crate) async fn rows(database: &Database) -> Vec<JobRow> {
    let page = Desk::new(database.clone()).list(ORG, &JobFilter::default(), &PageRequest::default()).await;
    page.expect("read").rows
}

/// Starts a runner; the returned token and handle stop it.
fn start(database: &Database, script: &Arc<Script>) -> (CancellationToken, tokio::task::JoinHandle<()>) {
    start_with(settings(), database, script.clone())
}

pub(crate) fn start_with(
    settings: RunnerSettings,
    database: &Database,
    handler: Arc<dyn Handler>,
) -> (CancellationToken, tokio::task::JoinHandle<()>) {
    let (stop, bell) = (CancellationToken::new(), Arc::new(LocalBell::new()) as Arc<dyn Bell>);
    let runner = Runner::new(database.clone(), bell, handler, settings);
    (stop.clone(), tokio::spawn(runner.run(stop)))
}

/// Waits until the rows are as wanted; fails after ten seconds.
pub(crate) async fn until(database: &Database, wanted: impl Fn(&[JobRow]) -> bool) -> Vec<JobRow> {
    let waiting = async {
        loop {
            let rows = rows(database).await;
            if wanted(&rows) {
                return rows;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    match tokio::time::timeout(Duration::from_secs(10), waiting).await {
        Ok(rows) => rows,
        Err(_) => panic!("never as wanted: {:#?}", rows(database).await),
    }
}

#[tokio::test]
async fn every_job_ends_as_its_handler_said() {
    testing::run(async |database| {
        enqueue(&database, &["a", "b", "panic", "retry", "permanent", "postpone"]).await;
        let script = Arc::new(Script::default());
        let (stop, running) = start(&database, &script);
        let settled = |rows: &[JobRow]| {
            rows.iter().all(|row| match row.payload.as_str() {
                Some("panic" | "retry" | "postpone") => !row.errors.is_empty(),
                Some("permanent") => row.state == "dead",
                _ => row.state == "done",
            })
        };
        let rows = until(&database, settled).await;
        stop.cancel();
        running.await.expect("it stops");
        let row = |payload: &str| rows.iter().find(|row| row.payload == payload).expect("there");
        assert_eq!((row("retry").state.as_str(), row("retry").attempt), ("ready", 1));
        assert!(row("retry").run_at > database.env().now());
        assert_eq!((row("postpone").state.as_str(), row("postpone").attempt), ("ready", 0));
        assert_eq!(row("panic").errors[0]["error"], "the handler panicked: as asked");
        assert_eq!(row("permanent").errors[0]["error"], "never");
    })
    .await;
}

#[tokio::test]
async fn a_job_that_never_succeeds_is_dead_after_its_last_try() {
    testing::run(async |database| {
        enqueue(&database, &["retry"]).await;
        let script = Arc::new(Script::default());
        let (stop, running) = start(&database, &script);
        for tries in 1..=12 {
            until(&database, |rows| rows[0].errors.len() == tries).await;
            database.env().advance(TimeDelta::hours(2));
        }
        let rows = until(&database, |rows| rows[0].state == "dead").await;
        assert_eq!(rows[0].attempt, 12);
        stop.cancel();
        running.await.expect("it stops");
    })
    .await;
}

#[tokio::test]
async fn a_stop_gives_back_what_does_not_end() {
    testing::run(async |database| {
        enqueue(&database, &["hang"]).await;
        let script = Arc::new(Script::default());
        let (stop, running) = start(&database, &script);
        script.begun.notified().await;
        stop.cancel();
        running.await.expect("it stops");
        assert_eq!(script.cut.load(Ordering::SeqCst), 1);
        let rows = rows(&database).await;
        assert_eq!((rows[0].state.as_str(), rows[0].attempt, rows[0].crashes), ("ready", 0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_hangs_is_cut_and_tried_again() {
    testing::run(async |database| {
        enqueue(&database, &["hang"]).await;
        let script = Arc::new(Script::default());
        let short = RunnerSettings { limit: Duration::from_millis(50), ..settings() };
        let (stop, running) = start_with(short, &database, script.clone());
        let rows = until(&database, |rows| !rows[0].errors.is_empty()).await;
        assert_eq!((rows[0].state.as_str(), rows[0].attempt), ("ready", 1));
        assert_eq!(rows[0].errors[0]["error"], "it did not end within 50ms");
        assert_eq!(script.cut.load(Ordering::SeqCst), 1);
        stop.cancel();
        running.await.expect("it stops");
    })
    .await;
}

#[tokio::test]
async fn a_job_whose_lease_was_lost_is_stopped_here() {
    testing::run(async |database| {
        enqueue(&database, &["hang"]).await;
        let script = Arc::new(Script::default());
        let (stop, running) = start(&database, &script);
        script.begun.notified().await;
        // The clock jumps past the lease: the next sweep takes the job away, and it is begun a second time.
        database.env().advance(TimeDelta::seconds(5));
        until(&database, |rows| rows[0].crashes >= 1).await;
        database.env().advance(TimeDelta::seconds(2));
        let waiting = async {
            while script.cut.load(Ordering::SeqCst) == 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), waiting).await.expect("the first run is cut");
        stop.cancel();
        running.await.expect("it stops");
    })
    .await;
}

#[tokio::test]
async fn no_innocent_job_dies_with_one_that_takes_its_workers_down() {
    testing::run(async |database| {
        let innocent: Vec<String> = (0..12).map(|number| format!("innocent {number}")).collect();
        let mut payloads: Vec<&str> = innocent.iter().map(String::as_str).collect();
        payloads.insert(3, "poison");
        enqueue(&database, &payloads).await;
        let script = Arc::new(Script::default());
        let is_settled: fn(&JobRow) -> bool = |row| matches!(row.state.as_str(), "done" | "dead");
        for _ in 0..20 {
            let (_, running) = start(&database, &script);
            // The process dies as soon as it has begun the poison, with everything in its hands.
            let settled = until_begun_or(&database, &script, is_settled).await;
            running.abort();
            assert!(running.await.expect_err("killed").is_cancelled());
            if settled {
                break;
            }
            database.env().advance(TimeDelta::seconds(5));
            jobs::sweep(&database).await.expect("swept");
            database.env().advance(TimeDelta::seconds(5));
        }
        for row in rows(&database).await {
            let expected = if row.payload == "poison" { ("dead", 3) } else { ("done", row.crashes) };
            assert_eq!((row.state.as_str(), row.crashes), expected, "{row:#?}");
        }
    })
    .await;
}

/// Waits for the script to begin its poison, or for the end of all jobs; true for the latter.
async fn until_begun_or(database: &Database, script: &Script, is_settled: fn(&JobRow) -> bool) -> bool {
    tokio::select! {
        () = script.begun.notified() => false,
        _ = until(database, |rows| rows.iter().all(is_settled)) => true,
    }
}
