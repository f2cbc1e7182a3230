use database::entities::{email_message, notification, notification_default, notification_preference};
use database::{Database, Tx, testing};
use kernel::{Actor, OrganizationId, UserId, Version};
use notifications::{Category, ChoosePreference, Error};
use sea_orm::EntityTrait;

use crate::post_office::{PostOffice, letter, mails};
use crate::support::{World, manager, person};

/// Asha and Bikash have entries and choices, the organization too; one mail went to Asha.
async fn lived_in(world: &World) {
    for _ in 0..3 {
        world.notify(&[world.asha, world.bikash], Category::Mentions).await;
    }
    let choice = || ChoosePreference {
        category: "mentions".to_owned(),
        channel: "email".to_owned(),
        enabled: Some(false),
    };
    let service = world.service();
    service.choose(&person(world.org, world.asha), vec![choice()]).await.expect("chosen");
    let owner = manager(world.org, world.asha);
    service.choose_defaults(&owner, Version::FIRST, vec![choice()]).await.expect("chosen");
    for org in [world.org, world.other] {
        let office = PostOffice::open(world);
        mails(world, office).send_mail(&world.job(org).await, letter("k")).await.expect("sent");
    }
}

async fn forget(world: &World, user: UserId) {
    let service = world.service();
    let forgotten: Result<(), Error> = world
        .database
        .commit(&Actor::system(OrganizationId::PLATFORM), move |tx: &Tx| {
            Box::pin(async move { service.forget(tx, user).await })
        })
        .await;
    forgotten.expect("forgotten");
}

async fn erase(world: &World, org: OrganizationId, limit: u64) -> bool {
    let service = world.service();
    let erased: Result<bool, Error> = world
        .database
        .commit(&Actor::system(OrganizationId::PLATFORM), move |tx: &Tx| {
            Box::pin(async move { service.erase(tx, org, limit).await })
        })
        .await;
    erased.expect("erased")
}

async fn count<E: EntityTrait>(database: &Database, _: E) -> usize {
    E::find().all(database.reader()).await.expect("read").len()
}

#[tokio::test]
async fn nothing_of_a_person_stays() {
    testing::run(async |database| {
        let world = World::new(database).await;
        lived_in(&world).await;
        forget(&world, world.asha).await;
        let entries = notification::Entity::find().all(world.database.reader()).await.expect("read");
        assert!(entries.len() == 3 && entries.iter().all(|entry| entry.user_id == world.bikash.uuid()));
        assert_eq!(count(&world.database, notification_preference::Entity).await, 0);
        assert_eq!(count(&world.database, notification_default::Entity).await, 1);
        let ledger = email_message::Entity::find().all(world.database.reader()).await.expect("read");
        assert_eq!(ledger.len(), 2, "that a mail went out stays known");
        assert!(ledger.iter().all(|mail| mail.recipient.is_empty()), "to whom does not");
    })
    .await;
}

#[tokio::test]
async fn nothing_of_an_organization_stays_and_all_of_the_others() {
    testing::run(async |database| {
        let world = World::new(database).await;
        lived_in(&world).await;
        let mut rounds = 1;
        while !erase(&world, world.org, 2).await {
            rounds += 1;
            assert!(rounds < 20, "it never ends");
        }
        assert!(rounds > 2, "six entries, two at a time");
        assert_eq!(count(&world.database, notification::Entity).await, 0);
        assert_eq!(count(&world.database, notification_preference::Entity).await, 0);
        assert_eq!(count(&world.database, notification_default::Entity).await, 0);
        let ledger = email_message::Entity::find().all(world.database.reader()).await.expect("read");
        assert!(ledger.len() == 1 && ledger[0].organization_id == world.other.uuid());
        assert!(erase(&world, world.org, 2).await, "once more is harmless");
    })
    .await;
}
