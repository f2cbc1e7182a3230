//! Handlers that take their time between the commit that ends their job and coming back.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use composition::{Done, Handler, JobError, RunnerSettings};
use database::jobs::Claimed;
use database::{Database, StoreError, Tx, testing};
use kernel::Actor;
use tokio::sync::Notify;

use crate::runner::{Cut, enqueue, rows, settings, start_with, until};

/// Ends its job at once, and lingers for two leases.
struct Lingers {
    database: Database,
    cut: Arc<AtomicUsize>,
    back: Arc<Notify>,
}

#[async_trait::async_trait]
impl Handler for Lingers {
    async fn handle(&self, job: &Claimed) -> Result<Done, JobError> {
        let actor = Actor::job(job.organization, job.lease.clone());
        let ended = self.database.commit(&actor, |tx: &Tx| {
            Box::pin(async move {
                tx.finish_job();
                Ok::<_, StoreError>(())
            })
        });
        ended.await.expect("the lease holds");
        let cut = Cut(self.cut.clone());
        tokio::time::sleep(settings().lease * 2).await;
        std::mem::forget(cut);
        self.back.notify_one();
        Ok(Done::Committed)
    }
}

#[tokio::test]
async fn a_handler_whose_job_is_done_is_not_stopped_on_its_way_back() {
    testing::run(async |database| {
        enqueue(&database, &["done at once"]).await;
        let (cut, back) = (Arc::<AtomicUsize>::default(), Arc::<Notify>::default());
        let handler = Lingers { database: database.clone(), cut: cut.clone(), back: back.clone() };
        let (stop, running) = start_with(settings(), &database, Arc::new(handler));
        let came_back = tokio::time::timeout(Duration::from_secs(10), back.notified()).await;
        assert_eq!(
            (came_back.is_ok(), cut.load(Ordering::SeqCst)),
            (true, 0),
            "six beats found it without a lease"
        );
        assert_eq!(rows(&database).await[0].state, "done");
        stop.cancel();
        running.await.expect("it stops");
    })
    .await;
}

/// Hangs the first time, and is done at once the second.
#[derive(Default)]
struct HangsOnce {
    runs: AtomicUsize,
    begun: Notify,
    stopped: Arc<AtomicUsize>,
}

#[async_trait::async_trait]
impl Handler for HangsOnce {
    async fn handle(&self, _: &Claimed) -> Result<Done, JobError> {
        if self.runs.fetch_add(1, Ordering::SeqCst) > 0 {
            return Ok(Done::Unmarked);
        }
        let _cut = Cut(self.stopped.clone());
        self.begun.notify_one();
        std::future::pending().await
    }
}

#[tokio::test]
async fn a_handler_whose_job_was_done_by_another_is_stopped() {
    testing::run(async |database| {
        enqueue(&database, &["twice"]).await;
        let handler = Arc::new(HangsOnce::default());
        // The first beat comes when the second run is long over.
        let slow = RunnerSettings { lease: Duration::from_secs(3), ..settings() };
        let (stop, running) = start_with(slow, &database, handler.clone());
        handler.begun.notified().await;
        database.env().advance(TimeDelta::seconds(5));
        until(&database, |rows| rows[0].crashes == 1).await;
        database.env().advance(TimeDelta::seconds(2));
        until(&database, |rows| rows[0].state == "done").await;
        let stopped = async {
            while handler.stopped.load(Ordering::SeqCst) == 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), stopped).await.expect("the beat stops the first run");
        stop.cancel();
        running.await.expect("it stops");
    })
    .await;
}
