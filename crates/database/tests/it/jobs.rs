use std::collections::HashSet;

use chrono::TimeDelta;
use database::jobs::{self, Appetite, Claimed, Desk, JobFilter, Verdict};
use database::{Database, StoreError, Tx, testing};
use kernel::{Actor, OrganizationId, PageRequest, Queue, Stream};
use uuid::Uuid;

use crate::support::{Happened, ORG, draft, enqueue, open_stream, system};

const APPETITE: Appetite = Appetite { batch: 100, per_organization: 100, lease: TimeDelta::seconds(30) };

async fn claim(database: &Database) -> Vec<Claimed> {
    jobs::claim(database, Queue::Default, APPETITE).await.expect("claimed")
}

async fn state(database: &Database, job: kernel::JobId) -> String {
    Desk::new(database.clone()).find(ORG, job).await.expect("read").expect("there").state
}

#[tokio::test]
async fn parallel_workers_never_take_the_same_job() {
    testing::run(async |database| {
        enqueue(&database, ORG, 200).await;
        let workers = (0..8).map(|_| {
            let database = database.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let batch = Appetite { batch: 7, per_organization: 1_000, ..APPETITE };
                    let claimed = jobs::claim(&database, Queue::Default, batch).await.expect("claimed");
                    if claimed.is_empty() {
                        return mine;
                    }
                    mine.extend(claimed.into_iter().map(|job| job.id));
                }
            })
        });
        let (mut all, mut taken) = (HashSet::new(), 0);
        for worker in workers.collect::<Vec<_>>() {
            let mine = worker.await.expect("no panic");
            taken += mine.len();
            all.extend(mine);
        }
        assert_eq!((all.len(), taken), (200, 200));
    })
    .await;
}

#[tokio::test]
async fn a_job_is_due_for_a_worker_whose_clock_is_a_little_behind() {
    testing::run(async |database| {
        enqueue(&database, ORG, 1).await;
        database.env().advance(TimeDelta::seconds(-1));
        assert!(claim(&database).await.is_empty(), "not a second early");
        database.env().advance(TimeDelta::milliseconds(950));
        assert_eq!(claim(&database).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_organization_with_thousands_does_not_keep_another_waiting() {
    testing::run(async |database| {
        let small = OrganizationId::from_uuid(Uuid::from_u128(5));
        open_stream(&database, small).await;
        enqueue(&database, ORG, 300).await;
        enqueue(&database, small, 1).await;
        let fair = Appetite { batch: 20, per_organization: 10, ..APPETITE };
        let claimed = jobs::claim(&database, Queue::Default, fair).await.expect("claimed");
        assert_eq!(claimed.len(), 11);
        assert!(claimed.iter().any(|job| job.organization == small));
        let more = jobs::claim(&database, Queue::Default, fair).await.expect("claimed");
        assert!(more.is_empty(), "the cap counts what runs on any worker");
    })
    .await;
}

#[tokio::test]
async fn a_zombie_can_neither_finish_nor_fail_nor_commit() {
    testing::run(async |database| {
        enqueue(&database, ORG, 1).await;
        let zombie = claim(&database).await.remove(0);
        database.env().advance(TimeDelta::seconds(31));
        assert_eq!(jobs::sweep(&database).await.expect("swept").released, 1);
        database.env().advance(TimeDelta::seconds(2));
        let heir = claim(&database).await.remove(0);
        assert_eq!(heir.id, zombie.id);

        assert_eq!(jobs::finish(&database, std::slice::from_ref(&zombie.lease)).await.expect("ran"), 0);
        let late = Verdict::Retry { at: database.env().now() };
        let failed = jobs::fail(&database, &zombie.lease, late, "late").await;
        assert!(matches!(failed, Err(StoreError::LeaseLost)));
        assert!(matches!(effect(&database, &zombie).await, Err(StoreError::LeaseLost)));
        assert_eq!(database::log::head(&database, ORG.uuid()).await.expect("read"), 0);

        effect(&database, &heir).await.expect("the heir may");
        assert_eq!(state(&database, heir.id).await, "done");
        assert!(matches!(effect(&database, &heir).await, Err(StoreError::LeaseLost)), "done is done");
    })
    .await;
}

#[tokio::test]
async fn a_job_that_took_two_workers_down_is_never_taken_together_with_others() {
    testing::run(async |database| {
        enqueue(&database, ORG, 2).await;
        for crashes in 0..2 {
            assert!(!jobs::suspect_waits(&database).await.expect("read"));
            assert_eq!(claim(&database).await.len(), 2, "after {crashes} crashes");
            database.env().advance(TimeDelta::seconds(31));
            assert_eq!(jobs::sweep(&database).await.expect("swept").released, 2);
            assert!(!jobs::suspect_waits(&database).await.expect("read"), "not before it is due");
            database.env().advance(TimeDelta::seconds(2));
        }
        enqueue(&database, ORG, 1).await;
        assert_eq!(claim(&database).await.len(), 1, "the new one alone");
        assert!(jobs::suspect_waits(&database).await.expect("read"));
        let mut taken = Vec::new();
        while let Some(job) = jobs::claim_suspect(&database, APPETITE.lease).await.expect("claimed") {
            taken.push((job.id, job.attempt));
        }
        taken.dedup_by_key(|(id, _)| *id);
        assert!(matches!(taken.as_slice(), [(_, 3), (_, 3)]), "{taken:?}");
        assert!(!jobs::suspect_waits(&database).await.expect("read"));
    })
    .await;
}

/// An effect of a job that finishes it in the same transaction.
async fn effect(database: &Database, job: &Claimed) -> Result<(), StoreError> {
    let actor = Actor::job(job.organization, job.lease.clone());
    database
        .commit(&actor, |tx: &Tx| {
            Box::pin(async move {
                tx.tell(Stream::Organization(ORG), Happened(Uuid::nil()));
                tx.finish_job();
                Ok(())
            })
        })
        .await
}

#[tokio::test]
async fn a_zombie_among_good_leases_finishes_nothing_of_its_heir() {
    testing::run(async |database| {
        enqueue(&database, ORG, 1).await;
        let zombie = claim(&database).await.remove(0);
        database.env().advance(TimeDelta::seconds(31));
        jobs::sweep(&database).await.expect("swept");
        database.env().advance(TimeDelta::seconds(2));
        enqueue(&database, ORG, 1).await;
        // One claim takes both, so the heir and the other job share a token.
        let both = claim(&database).await;
        let other = both.iter().find(|job| job.id != zombie.id).expect("claimed").lease.clone();
        assert_eq!(jobs::finish(&database, &[zombie.lease, other]).await.expect("ran"), 1);
        assert_eq!(state(&database, zombie.id).await, "running");
    })
    .await;
}

#[tokio::test]
async fn an_expired_lease_is_lost_even_before_the_sweep() {
    testing::run(async |database| {
        enqueue(&database, ORG, 1).await;
        let slow = claim(&database).await.remove(0);
        database.env().advance(TimeDelta::seconds(31));
        assert!(matches!(effect(&database, &slow).await, Err(StoreError::LeaseLost)));
    })
    .await;
}

#[tokio::test]
async fn a_heartbeat_keeps_the_lease_and_tells_what_was_lost() {
    testing::run(async |database| {
        enqueue(&database, ORG, 1).await;
        let job = claim(&database).await.remove(0);
        database.env().advance(TimeDelta::seconds(20));
        let lease = TimeDelta::seconds(30);
        assert_eq!(
            jobs::heartbeat(&database, std::slice::from_ref(&job.lease), lease).await.expect("beat"),
            vec![(job.id, job.lease.token)]
        );
        database.env().advance(TimeDelta::seconds(20));
        assert_eq!(jobs::sweep(&database).await.expect("swept"), jobs::Swept::default());
        database.env().advance(TimeDelta::seconds(20));
        assert_eq!(jobs::sweep(&database).await.expect("swept").released, 1);
        assert!(jobs::heartbeat(&database, &[job.lease], lease).await.expect("beat").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_job_that_takes_three_workers_down_is_dead_and_can_be_requeued() {
    testing::run(async |database| {
        enqueue(&database, ORG, 1).await;
        let mut job = None;
        for crashes in 0..3 {
            let poison = match crashes {
                2 => jobs::claim_suspect(&database, APPETITE.lease).await.expect("claimed").expect("waits"),
                _ => claim(&database).await.remove(0),
            };
            job = Some(poison.id);
            database.env().advance(TimeDelta::seconds(31));
            jobs::sweep(&database).await.expect("swept");
            database.env().advance(TimeDelta::seconds(2));
        }
        let job = job.expect("claimed");
        let dead = Desk::new(database.clone()).find(ORG, job).await.expect("read").expect("there");
        let errors: Vec<_> = dead.errors.iter().filter_map(|error| error["error"].as_str()).collect();
        assert_eq!((dead.state.as_str(), errors), ("dead", vec!["its worker vanished"; 3]));
        assert!(claim(&database).await.is_empty());

        let now = database.env().now();
        let requeued: Result<Option<Queue>, StoreError> = database
            .commit(&system(), move |tx: &Tx| Box::pin(async move { Desk::requeue(tx, ORG, job, now).await }))
            .await;
        assert_eq!(requeued.expect("ran"), Some(Queue::Default));
        let again = claim(&database).await.remove(0);
        assert_eq!((again.id, again.attempt), (job, 1));
    })
    .await;
}

#[tokio::test]
async fn a_failed_try_waits_and_keeps_its_error() {
    testing::run(async |database| {
        enqueue(&database, ORG, 1).await;
        let job = claim(&database).await.remove(0);
        let at = database.env().now() + TimeDelta::seconds(10);
        jobs::fail(&database, &job.lease, Verdict::Retry { at }, "smtp is away").await.expect("failed");
        assert!(claim(&database).await.is_empty());
        database.env().advance(TimeDelta::seconds(10));
        let second = claim(&database).await.remove(0);
        assert_eq!(second.attempt, 2);
        let at = database.env().now();
        jobs::fail(&database, &second.lease, Verdict::Postpone { at }, "too fast").await.expect("failed");
        let third = claim(&database).await.remove(0);
        assert_eq!(third.attempt, 2, "a postponed try does not count");
        jobs::fail(&database, &third.lease, Verdict::Bury, "no such mailbox").await.expect("failed");
        let row = Desk::new(database.clone()).find(ORG, job.id).await.expect("read").expect("there");
        assert_eq!(row.state, "dead");
        let errors: Vec<_> = row.errors.iter().filter_map(|error| error["error"].as_str()).collect();
        assert_eq!(errors, ["smtp is away", "too fast", "no such mailbox"]);
    })
    .await;
}

#[tokio::test]
async fn a_dedupe_key_admits_one_job_until_that_one_ends() {
    testing::run(async |database| {
        let keyed = || async {
            let done: Result<(), StoreError> = database
                .commit(&system(), |tx: &Tx| {
                    Box::pin(async move {
                        let job = draft(Stream::Organization(ORG), "x");
                        tx.enqueue(kernel::JobDraft { dedupe_key: Some("once".to_owned()), ..job });
                        Ok(())
                    })
                })
                .await;
            done.expect("committed");
        };
        keyed().await;
        keyed().await;
        let claimed = claim(&database).await;
        assert_eq!(claimed.len(), 1);
        keyed().await;
        assert!(claim(&database).await.is_empty(), "it still runs");
        jobs::finish(&database, std::slice::from_ref(&claimed[0].lease)).await.expect("finished");
        keyed().await;
        assert_eq!(claim(&database).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn of_many_schedulers_one_runs_a_tick() {
    testing::run(async |database| {
        let at = database.env().now();
        let ticks = (0..16).map(|_| {
            let database = database.clone();
            let job = draft(Stream::Organization(ORG), "tick");
            tokio::spawn(async move { jobs::tick(&database, "sweep", at, job).await.expect("ticked") })
        });
        let mut first = 0;
        for tick in ticks.collect::<Vec<_>>() {
            first += usize::from(tick.await.expect("no panic"));
        }
        assert_eq!((first, claim(&database).await.len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_desk_shows_only_its_own_organization_page_by_page() {
    testing::run(async |database| {
        let other = OrganizationId::from_uuid(Uuid::from_u128(5));
        open_stream(&database, other).await;
        enqueue(&database, ORG, 5).await;
        enqueue(&database, other, 3).await;
        let desk = Desk::new(database.clone());
        let limit = kernel::Limit::parse(2).expect("in range");
        let (mut page, mut seen) = (PageRequest { limit, ..PageRequest::default() }, HashSet::new());
        loop {
            let answer = desk.list(ORG, &JobFilter::default(), &page).await.expect("read");
            seen.extend(answer.rows.iter().map(|row| row.id));
            let Some(next) = answer.next else { break };
            page.after = Some(next);
        }
        assert_eq!(seen.len(), 5);
        let foreign = desk.list(other, &JobFilter::default(), &PageRequest::default()).await.expect("read");
        assert_eq!(desk.find(ORG, foreign.rows[0].id).await.expect("read"), None);
    })
    .await;
}
