use chrono::TimeDelta;
use database::entities::email_message;
use database::{StoreError, Tx, testing};
use kernel::{Actor, OrganizationId};
use notifications::Error;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::post_office::{Mood, PostOffice, ledger, letter, mails};
use crate::support::{World, person};

fn system() -> Actor {
    Actor::system(OrganizationId::PLATFORM)
}

#[tokio::test]
async fn mails_are_forgotten_ninety_days_after_they_were_sent() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let office = PostOffice::open(&world);
        let mails = mails(&world, office.clone());
        mails.send_mail(&world.job(world.org).await, letter("old")).await.expect("sent");
        mails.send_mail(&world.job(world.other).await, letter("old")).await.expect("sent");
        world.database.env().advance(TimeDelta::days(1));
        mails.send_mail(&world.job(world.org).await, letter("younger")).await.expect("sent");
        world.database.env().advance(TimeDelta::days(89) - TimeDelta::milliseconds(1));
        assert_eq!(mails.forget_sent(&system()).await.expect("nothing yet"), 0);
        world.database.env().advance(TimeDelta::milliseconds(1));
        assert_eq!(mails.forget_sent(&system()).await.expect("two of them"), 2);
        let left = ledger(&world.database).await;
        assert_eq!(left.iter().map(|row| row.message_key.as_str()).collect::<Vec<_>>(), ["younger"]);
    })
    .await;
}

#[tokio::test]
async fn mails_that_did_not_leave_are_kept() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let office = PostOffice::open(&world);
        let mails = mails(&world, office.clone());
        for (mood, key) in [(Mood::RefusesForGood, "refused"), (Mood::IsAway, "waits")] {
            office.feel(mood);
            mails.send_mail(&world.job(world.org).await, letter(key)).await.expect_err("not sent");
        }
        world.database.env().advance(TimeDelta::days(1_000));
        assert_eq!(mails.forget_sent(&system()).await.expect("looked"), 0);
        assert_eq!(ledger(&world.database).await.len(), 2);
    })
    .await;
}

async fn sent_long_ago(world: &World, mails: usize) {
    let (org, env) = (world.org, world.database.env().clone());
    let at = env.now() - TimeDelta::days(100);
    let rows = (0..mails).map(move |number| email_message::ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(env.id()),
        message_key: Set(number.to_string()),
        template: Set("welcome".to_owned()),
        recipient: Set("asha@example.com".to_owned()),
        state: Set("sent".to_owned()),
        message_id: Set(number.to_string()),
        attempts: Set(1),
        error: Set(None),
        created_at: Set(at),
        sent_at: Set(Some(at)),
    });
    let rows: Vec<_> = rows.collect();
    let written: Result<(), StoreError> = world
        .database
        .commit(&system(), move |tx: &Tx| {
            Box::pin(async move {
                email_message::Entity::insert_many(rows).exec_without_returning(tx.connection()).await?;
                Ok(())
            })
        })
        .await;
    written.expect("written");
}

/// More than one batch, and in a run that ends.
#[tokio::test]
async fn many_mails_are_forgotten_a_batch_at_a_time() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let mails = mails(&world, PostOffice::open(&world));
        sent_long_ago(&world, 1_201).await;
        assert_eq!(mails.forget_sent(&system()).await.expect("all of them"), 1_201);
        assert!(ledger(&world.database).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn only_the_platform_itself_forgets_mails() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let refused =
            mails(&world, PostOffice::open(&world)).forget_sent(&person(world.org, world.asha)).await;
        assert!(matches!(refused, Err(Error::Denied(_))));
    })
    .await;
}
