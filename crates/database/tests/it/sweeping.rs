use std::time::Duration;

use chrono::TimeDelta;
use database::jobs::{self, Appetite, Claimed, Desk, Swept};
use database::{Database, StoreError, Tx, testing};
use kernel::{Actor, Queue};
use sea_orm::DbBackend;
use tokio::task::JoinHandle;

use crate::support::{ORG, enqueue};

const LEASE: TimeDelta = TimeDelta::seconds(30);

/// Two jobs in the hands of one worker.
async fn two(database: &Database) -> [Claimed; 2] {
    enqueue(database, ORG, 2).await;
    let both = Appetite { batch: 2, per_organization: 2, lease: LEASE };
    let claimed = jobs::claim(database, Queue::Default, both).await.expect("claimed");
    claimed.try_into().expect("two jobs")
}

/// One of two jobs is just being finished when both leases have run out.
#[tokio::test]
async fn a_commit_on_its_way_keeps_no_other_job_from_being_swept() {
    testing::run(async |database| {
        let [finishing, hanging] = two(&database).await;
        let own = database.clone();
        let sweep = async move {
            own.env().advance(LEASE + TimeDelta::seconds(1));
            jobs::sweep(&own).await
        };
        let (sweep, ended_meanwhile) = during_the_commit_of(&database, &finishing, sweep).await;
        // SQLite knows one writer at a time, so there everybody waits for every commit.
        assert_eq!(ended_meanwhile, database.backend() == DbBackend::Postgres);
        assert_eq!(sweep.expect("swept"), Swept { released: 1, buried: 0 });
        let desk = Desk::new(database.clone());
        for (job, state) in [(finishing, "done"), (hanging, "ready")] {
            let row = desk.find(ORG, job.id).await.expect("read").expect("there");
            assert_eq!((row.state.as_str(), row.crashes), (state, i64::from(state == "ready")));
        }
    })
    .await;
}

/// Nor does the job in its commit pass for one that another worker has, which would stop it.
#[tokio::test]
async fn a_commit_on_its_way_keeps_no_other_lease_from_being_prolonged() {
    testing::run(async |database| {
        let [finishing, going_on] = two(&database).await;
        let (own, leases) = (database.clone(), [finishing.lease.clone(), going_on.lease.clone()]);
        let beat = async move {
            own.env().advance(LEASE - TimeDelta::seconds(1));
            jobs::heartbeat(&own, &leases, LEASE).await
        };
        let (alive, ended_meanwhile) = during_the_commit_of(&database, &finishing, beat).await;
        let is_postgres = database.backend() == DbBackend::Postgres;
        assert_eq!(ended_meanwhile, is_postgres);
        let alive = alive.expect("prolonged");
        assert!(alive.contains(&(going_on.id, going_on.lease.token)));
        assert_eq!(alive.contains(&(finishing.id, finishing.lease.token)), is_postgres);
        database.env().advance(TimeDelta::seconds(2));
        assert_eq!(jobs::sweep(&database).await.expect("swept"), Swept::default());
    })
    .await;
}

/// Does something while a job's commit holds its row, and lets that commit end. What came of it, and whether it ended
/// before the commit did.
async fn during_the_commit_of<T: Send + 'static>(
    database: &Database,
    job: &Claimed,
    deed: impl Future<Output = T> + Send + 'static,
) -> (T, bool) {
    let worker = Actor::job(ORG, job.lease.clone());
    let committed: Result<(JoinHandle<T>, bool), StoreError> = database
        .commit(&worker, move |tx: &Tx| {
            Box::pin(async move {
                let deed = tokio::spawn(deed);
                for _ in 0..40 {
                    if deed.is_finished() {
                        break;
                    }
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                tx.finish_job();
                let ended = deed.is_finished();
                Ok((deed, ended))
            })
        })
        .await;
    let (deed, ended) = committed.expect("the lease counted when the commit began");
    (deed.await.expect("no panic"), ended)
}
