use std::time::Duration;

use chrono::TimeDelta;
use database::jobs::{self, Appetite, Desk, Swept};
use database::{Database, StoreError, Tx, testing};
use kernel::{Actor, Queue};
use sea_orm::DbBackend;
use tokio::task::JoinHandle;

use crate::support::{ORG, enqueue};

const LEASE: TimeDelta = TimeDelta::seconds(30);

type Sweep = JoinHandle<Result<Swept, StoreError>>;

/// One of two jobs is just being finished when both leases have run out.
#[tokio::test]
async fn a_commit_on_its_way_keeps_no_other_job_from_being_swept() {
    testing::run(async |database| {
        enqueue(&database, ORG, 2).await;
        let both = Appetite { batch: 2, per_organization: 2, lease: LEASE };
        let claimed = jobs::claim(&database, Queue::Default, both).await.expect("claimed");
        let [finishing, hanging] = claimed.as_slice() else { panic!("two jobs: {claimed:?}") };
        let (sweep, ended_meanwhile) =
            sweep_within(&database, Actor::job(ORG, finishing.lease.clone())).await;
        // SQLite knows one writer at a time, so there everybody waits for every commit.
        assert_eq!(ended_meanwhile, database.backend() == DbBackend::Postgres);
        assert_eq!(sweep.await.expect("no panic").expect("swept"), Swept { released: 1, buried: 0 });
        let desk = Desk::new(database.clone());
        for (job, state) in [(finishing, "done"), (hanging, "ready")] {
            let row = desk.find(ORG, job.id).await.expect("read").expect("there");
            assert_eq!((row.state.as_str(), row.crashes), (state, i64::from(state == "ready")));
        }
    })
    .await;
}

/// Sweeps while a job's commit holds its row, and lets that commit end. Whether the sweep waited for it.
async fn sweep_within(database: &Database, worker: Actor) -> (Sweep, bool) {
    let own = database.clone();
    let committed: Result<_, StoreError> = database
        .commit(&worker, move |tx: &Tx| {
            Box::pin(async move {
                own.env().advance(LEASE + TimeDelta::seconds(1));
                let sweeping = own.clone();
                let sweep = tokio::spawn(async move { jobs::sweep(&sweeping).await });
                for _ in 0..40 {
                    if sweep.is_finished() {
                        break;
                    }
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                tx.finish_job();
                let ended = sweep.is_finished();
                Ok((sweep, ended))
            })
        })
        .await;
    committed.expect("the lease counted when the commit began")
}
