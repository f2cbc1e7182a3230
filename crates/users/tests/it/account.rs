use database::log;
use kernel::{Actor, ApiKeyId, Denied, EmailAddress, OrganizationId, Stream, Who};
use users::Error;
use uuid::Uuid;

use crate::support::run;

#[tokio::test]
async fn a_new_person_begins_his_own_stream() {
    run(async |world| {
        let asha = world.person("asha@example.com", "Asha Rai").await;
        assert_eq!(world.told(Stream::User(asha.id)).await, ["users.user_created"]);
        assert_eq!(world.users.find(asha.id).await.expect("read"), Some(asha.clone()));
        let found = world.users.find_by_email(&asha.email).await.expect("read");
        assert_eq!(found, Some(asha.clone()));
        let many = world.users.many_by_id(&[asha.id, Uuid::from_u128(404).into()]).await;
        assert_eq!(many.expect("read"), [asha]);
    })
    .await;
}

#[tokio::test]
async fn an_address_belongs_to_one_person_whatever_its_case() {
    run(async |world| {
        world.person("asha@example.com", "Asha").await;
        let twin = world.try_person("ASHA@example.com", "Asha").await;
        assert!(matches!(twin, Err(Error::EmailTaken)), "{twin:?}");
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_who_sign_up_with_one_address_one_gets_it() {
    run(async |world| {
        let world = std::sync::Arc::new(world);
        let twins = (0..16).map(|_| {
            let world = world.clone();
            tokio::spawn(async move { world.try_person("asha@example.com", "Asha").await })
        });
        let mut made = 0;
        for twin in twins.collect::<Vec<_>>() {
            match twin.await.expect("no panic") {
                Ok(_) => made += 1,
                Err(error) => assert!(matches!(error, Error::EmailTaken), "{error:?}"),
            }
        }
        assert_eq!(made, 1);
    })
    .await;
}

#[tokio::test]
async fn a_new_address_is_told_to_the_person_and_to_his_organizations() {
    run(async |world| {
        let asha = world.person("asha@example.com", "Asha").await;
        let org = world.organization().await;
        world.join(org, asha.id, "active").await;
        let left = world.organization().await;
        world.join(left, asha.id, "left").await;
        let email = EmailAddress::parse("email", "asha@new.example").expect("an address");
        let (users, new) = (world.users.clone(), email.clone());
        let system = Actor::system(OrganizationId::PLATFORM);
        let changed = world
            .database
            .commit(&system, move |tx| Box::pin(async move { users.change_email(tx, asha.id, new).await }));
        assert_eq!(changed.await.expect("free").email, email);
        let own = world.told(Stream::User(asha.id)).await;
        assert_eq!(own, ["users.user_created", "users.email_changed"]);
        let events = log::since(&world.database, org.uuid(), 0, 10).await.expect("read");
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].kind, "users.person_updated");
        assert_eq!(events[0].data, serde_json::json!({ "changed": ["email"] }));
        assert!(world.told(Stream::Organization(left)).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_key_or_a_stranger_never_reaches_an_account() {
    run(async |world| {
        let asha = world.person("asha@example.com", "Asha").await;
        let mut key = world.signed_in(asha.id);
        key.who = Who::ApiKey { key: ApiKeyId::from_uuid(Uuid::from_u128(1)), user: asha.id };
        for actor in [key, Actor::anonymous(kernel::Request::default())] {
            let refused = world.users.me(&actor).await;
            assert!(matches!(refused, Err(Error::Denied(Denied::Unauthenticated))), "{refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_demanded_second_factor_comes_first() {
    run(async |world| {
        let asha = world.person("asha@example.com", "Asha").await;
        let mut actor = world.signed_in(asha.id);
        actor.rights.assurance.mfa_demanded = true;
        let refused = world.users.me(&actor).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::MfaSetupRequired))), "{refused:?}");
        actor.rights.assurance.mfa_proven = true;
        assert_eq!(world.users.me(&actor).await.expect("proven"), asha);
    })
    .await;
}
