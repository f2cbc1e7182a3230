use database::entities::event;
use database::{Database, StoreError, Tx, idempotency, log, testing};
use kernel::{Actor, IdempotencyClaim, Request, Stream, UserId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QueryOrder};
use uuid::Uuid;

use crate::support::{Happened, ORG, hearing, open_stream, system};

async fn tell(database: &Database, actor: &Actor, thing: Uuid) -> Result<(), StoreError> {
    database
        .commit(actor, move |tx: &Tx| {
            Box::pin(async move {
                tx.tell(Stream::Organization(ORG), Happened(thing));
                Ok(())
            })
        })
        .await
}

#[tokio::test]
async fn events_are_numbered_without_gaps_by_parallel_writers() {
    testing::run(async |database| {
        let writers = (0..16).map(|n| {
            let database = database.clone();
            tokio::spawn(async move {
                for _ in 0..5 {
                    let failed: Result<(), StoreError> = database
                        .commit(&system(), |tx: &Tx| {
                            Box::pin(async move {
                                tx.tell(Stream::Organization(ORG), Happened(Uuid::nil()));
                                Err(StoreError::KeyTaken)
                            })
                        })
                        .await;
                    failed.expect_err("rolled back");
                    tell(&database, &system(), Uuid::from_u128(n)).await.expect("told");
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("no panic");
        }
        let seqs: Vec<i64> = log::since(&database, ORG.uuid(), 0, 1_000)
            .await
            .expect("read")
            .iter()
            .map(|event| event.seq)
            .collect();
        assert_eq!(seqs, (1..=80).collect::<Vec<_>>());
        let verified = log::verify(&database, ORG.uuid()).await.expect("checked");
        assert_eq!((verified.events, verified.broken_at), (80, None));
    })
    .await;
}

#[tokio::test]
async fn a_changed_event_breaks_the_chain_and_an_erased_text_does_not() {
    testing::run(async |database| {
        for n in 1..=4 {
            tell(&database, &system(), Uuid::from_u128(n)).await.expect("told");
        }
        let rows = rows(&database).await;
        let erased = event::ActiveModel { data: Set(String::new()), ..rows[1].clone().into_active_model() };
        alter(&database, erased).await;
        assert_eq!(log::verify(&database, ORG.uuid()).await.expect("checked").broken_at, None);
        let lie = Set(rows[2].data.replace("thing", "thong"));
        alter(&database, event::ActiveModel { data: lie, ..rows[2].clone().into_active_model() }).await;
        assert_eq!(log::verify(&database, ORG.uuid()).await.expect("checked").broken_at, Some(3));
    })
    .await;
}

async fn rows(database: &Database) -> Vec<event::Model> {
    event::Entity::find().order_by_asc(event::Column::Seq).all(database.reader()).await.expect("read")
}

async fn alter(database: &Database, row: event::ActiveModel) {
    let altered: Result<(), StoreError> = database
        .commit(&system(), move |tx: &Tx| {
            Box::pin(async move {
                row.update(tx.connection()).await?;
                Ok(())
            })
        })
        .await;
    altered.expect("altered");
}

#[tokio::test]
async fn reactions_write_their_jobs_in_the_same_transaction() {
    testing::run(async |database| {
        let (database, ears) = hearing(database);
        tell(&database, &system(), Uuid::from_u128(7)).await.expect("told");
        let heard = ears.0.lock().expect("not poisoned").clone();
        assert_eq!(heard.len(), 1);
        assert_eq!(heard[0].grown, vec![(Stream::Organization(ORG), 1)]);
        assert_eq!(heard[0].queues, vec![kernel::Queue::Default]);
        let depths = database::jobs::depths(&database).await.expect("counted");
        assert_eq!(depths, vec![("default".to_owned(), "ready".to_owned(), 1)]);
    })
    .await;
}

fn request(key: &str, user: UserId) -> Actor {
    let claim = IdempotencyClaim::new(key.to_owned(), "tests_tell", [7; 32]);
    let request = Request { idempotency: Some(claim), ..Request::default() };
    Actor::user(user, Uuid::from_u128(2).into(), request)
}

#[tokio::test]
async fn of_sixteen_twins_with_one_key_one_takes_effect() {
    testing::run(async |database| {
        let user = UserId::from_uuid(Uuid::from_u128(1));
        let twins = (0..16).map(|_| {
            let database = database.clone();
            tokio::spawn(async move { tell(&database, &request("k", user), Uuid::from_u128(9)).await })
        });
        let mut effects = 0;
        for twin in twins.collect::<Vec<_>>() {
            match twin.await.expect("no panic") {
                Ok(()) => effects += 1,
                Err(error) => assert!(matches!(error, StoreError::KeyTaken), "{error:?}"),
            }
        }
        assert_eq!(effects, 1);
        assert_eq!(log::head(&database, ORG.uuid()).await.expect("read"), 1);
        let stored =
            idempotency::find(&database, &request("k", user), "k").await.expect("read").expect("kept");
        assert_eq!(stored.subject, Some(("thing".to_owned(), Uuid::from_u128(9))));
        assert_eq!(
            (stored.operation.as_str(), stored.request_hash, stored.answer),
            ("tests_tell", vec![7; 32], None)
        );
        let other = UserId::from_uuid(Uuid::from_u128(99));
        assert_eq!(idempotency::find(&database, &request("k", other), "k").await.expect("read"), None);
    })
    .await;
}

#[tokio::test]
async fn a_key_is_free_again_after_a_failure_and_after_a_day() {
    testing::run(async |database| {
        let actor = request("k", UserId::from_uuid(Uuid::from_u128(1)));
        let failed: Result<(), StoreError> =
            database.commit(&actor, |_: &Tx| Box::pin(async { Err(StoreError::LeaseLost) })).await;
        failed.expect_err("rolled back");
        tell(&database, &actor, Uuid::from_u128(1)).await.expect("the key was not used up");
        let again = request("k", UserId::from_uuid(Uuid::from_u128(1)));
        assert!(matches!(tell(&database, &again, Uuid::nil()).await, Err(StoreError::KeyTaken)));
        database.env().advance(chrono::TimeDelta::hours(25));
        let later = request("k", UserId::from_uuid(Uuid::from_u128(1)));
        tell(&database, &later, Uuid::from_u128(2)).await.expect("a new day");
    })
    .await;
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_cut_a_commit() {
    testing::run(async |database| {
        let (started, begun) = tokio::sync::oneshot::channel::<()>();
        let (release, go) = tokio::sync::oneshot::channel::<()>();
        let own = database.clone();
        let caller = tokio::spawn(async move {
            let done: Result<(), StoreError> = own
                .commit(&system(), move |tx: &Tx| {
                    Box::pin(async move {
                        started.send(()).expect("the test waits");
                        go.await.expect("the test lets go");
                        tx.tell(Stream::Organization(ORG), Happened(Uuid::from_u128(3)));
                        Ok(())
                    })
                })
                .await;
            done.expect("committed");
        });
        begun.await.expect("it began");
        caller.abort();
        release.send(()).expect("it waits");
        // The next write queues behind the orphan (SQLite) or behind its row lock (PostgreSQL).
        loop {
            tell(&database, &system(), Uuid::from_u128(4)).await.expect("told");
            let events = log::since(&database, ORG.uuid(), 0, 100).await.expect("read");
            if events.iter().any(|event| event.subject_id == Uuid::from_u128(3)) {
                break;
            }
            assert!(events.len() < 90, "the orphan never committed");
        }
    })
    .await;
}

#[tokio::test]
async fn streams_lock_in_one_order_whoever_tells_first() {
    testing::run(async |database| {
        let other = kernel::OrganizationId::from_uuid(Uuid::from_u128(5));
        open_stream(&database, other).await;
        let pairs = (0..16).map(|n| {
            let database = database.clone();
            let (first, second) = if n % 2 == 0 { (ORG, other) } else { (other, ORG) };
            tokio::spawn(async move {
                let told: Result<(), StoreError> = database
                    .commit(&system(), move |tx: &Tx| {
                        Box::pin(async move {
                            tx.tell(Stream::Organization(first), Happened(Uuid::nil()));
                            tx.tell(Stream::Organization(second), Happened(Uuid::nil()));
                            Ok(())
                        })
                    })
                    .await;
                told.expect("no deadlock");
            })
        });
        for pair in pairs.collect::<Vec<_>>() {
            pair.await.expect("no panic");
        }
        assert_eq!(log::head(&database, other.uuid()).await.expect("read"), 16);
    })
    .await;
}

#[tokio::test]
async fn an_unreadable_stream_is_reported_not_invented() {
    testing::run(async |database| {
        let told: Result<(), StoreError> = database
            .commit(&system(), |tx: &Tx| {
                Box::pin(async move {
                    let nobody = UserId::from_uuid(Uuid::from_u128(77));
                    tx.tell(Stream::User(nobody), Happened(Uuid::nil()));
                    Ok(())
                })
            })
            .await;
        assert!(matches!(told, Err(StoreError::Corrupt { .. })));
        let events = event::Entity::find().all(database.reader()).await.expect("read");
        assert!(events.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_first_noted_fact_stays() {
    testing::run(async |database| {
        let noted = database::installation::first_noted(&database, "key", "one").await.expect("noted");
        assert_eq!(noted, "one");
        let again = database::installation::first_noted(&database, "key", "two").await.expect("read");
        assert_eq!(again, "one");
    })
    .await;
}

#[tokio::test]
async fn who_proves_himself_within_a_write_is_named_for_all_of_it_unless_a_token_names_somebody() {
    testing::run(async |database| {
        let (asha, bina) = (UserId::from_uuid(Uuid::from_u128(1)), UserId::from_uuid(Uuid::from_u128(2)));
        let anonymous = Actor::anonymous(Request::default());
        let signed_in = Actor::user(bina, Uuid::from_u128(3).into(), Request::default());
        for actor in [&anonymous, &signed_in] {
            let done: Result<(), StoreError> = database
                .commit(actor, move |tx: &Tx| {
                    Box::pin(async move {
                        tx.tell(Stream::Organization(ORG), Happened(Uuid::nil()));
                        tx.recognize(asha);
                        Ok(())
                    })
                })
                .await;
            done.expect("told");
        }
        tell(&database, &anonymous, Uuid::nil()).await.expect("told");
        let told = log::since(&database, ORG.uuid(), 0, 10).await.expect("read");
        let named: Vec<_> = told
            .iter()
            .map(|event| (event.actor_kind.as_str(), event.actor_id, event.actor_user_id))
            .collect();
        let (asha, bina) = (Some(asha.uuid()), Some(bina.uuid()));
        assert_eq!(named, [("user", asha, asha), ("user", bina, bina), ("anonymous", None, None)]);
        let verified = log::verify(&database, ORG.uuid()).await.expect("checked");
        assert_eq!(verified.broken_at, None);
    })
    .await;
}
