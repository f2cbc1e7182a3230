use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use database::log;
use kernel::{Actor, Denied, OrganizationId, Stream};
use users::Error;

use crate::support::run;

fn system() -> Actor {
    Actor::system(OrganizationId::PLATFORM)
}

#[tokio::test]
async fn an_account_is_erased_after_thirty_days_of_grace_and_not_before() {
    run(async |world| {
        let asha = world.person("asha@example.com", "Asha Rai").await;
        let leaving = world.users.request_deletion(&world.signed_in(asha.id)).await.expect("asked");
        assert_eq!(leaving.delete_after, Some(world.env().now() + TimeDelta::days(30)));
        world.env().advance(TimeDelta::days(30) - TimeDelta::milliseconds(1));
        assert!(world.users.due_for_erasure(10).await.expect("read").is_empty());
        assert!(!world.users.erase(&system(), asha.id).await.expect("too early"));
        world.env().advance(TimeDelta::milliseconds(1));
        assert_eq!(world.users.due_for_erasure(10).await.expect("read"), [asha.id]);
        assert!(world.users.erase(&system(), asha.id).await.expect("due"));
        assert!(!world.users.erase(&system(), asha.id).await.expect("done before"));
        assert_eq!(world.others.forgotten.load(Ordering::SeqCst), 1);
        let erased = world.users.find(asha.id).await.expect("read").expect("the row stays");
        assert!(!format!("{erased:?}").to_lowercase().contains("asha"), "{erased:?}");
        world.person("asha@example.com", "Asha Rai").await;
    })
    .await;
}

#[tokio::test]
async fn what_the_log_said_of_an_erased_person_is_gone_and_the_chain_holds() {
    run(async |world| {
        let asha = world.person("asha@example.com", "Asha Rai").await;
        let update = users::UpdateProfile { full_name: Some("Asha Gurung".to_owned()), ..Default::default() };
        world.users.update_me(&world.signed_in(asha.id), update, asha.version).await.expect("changed");
        world.users.request_deletion(&world.signed_in(asha.id)).await.expect("asked");
        world.env().advance(TimeDelta::days(30));
        assert!(world.users.erase(&system(), asha.id).await.expect("due"));
        let events = log::since(&world.database, asha.id.uuid(), 0, 10).await.expect("read");
        assert_eq!(events.len(), 4);
        assert!(!format!("{events:?}").contains("Gurung"));
        let verified = log::verify(&world.database, asha.id.uuid()).await.expect("checked");
        assert_eq!((verified.events, verified.broken_at), (4, None));
    })
    .await;
}

#[tokio::test]
async fn a_sole_owner_stays_also_if_he_became_one_while_waiting() {
    run(async |world| {
        let asha = world.person("asha@example.com", "Asha").await;
        let himal = OrganizationId::from_uuid(uuid::Uuid::from_u128(9));
        world.others.sole.lock().expect("not poisoned").push(himal);
        let refused = world.users.request_deletion(&world.signed_in(asha.id)).await;
        assert!(matches!(refused, Err(Error::SoleOwner)), "{refused:?}");
        world.others.sole.lock().expect("not poisoned").clear();
        world.users.request_deletion(&world.signed_in(asha.id)).await.expect("asked");
        world.others.sole.lock().expect("not poisoned").push(himal);
        world.env().advance(TimeDelta::days(30));
        assert!(!world.users.erase(&system(), asha.id).await.expect("kept"));
        assert_eq!(world.others.forgotten.load(Ordering::SeqCst), 0);
        let staying = world.users.find(asha.id).await.expect("read").expect("there");
        assert_eq!(staying.delete_after, None, "he has to ask again");
        let told = world.told(Stream::User(asha.id)).await;
        assert_eq!(told.last().map(String::as_str), Some("users.deletion_cancelled"));
    })
    .await;
}

#[tokio::test]
async fn a_deletion_can_be_taken_back() {
    run(async |world| {
        let asha = world.person("asha@example.com", "Asha").await;
        let actor = world.signed_in(asha.id);
        assert!(matches!(world.users.cancel_deletion(&actor).await, Err(Error::DeletionNotRequested)));
        world.users.request_deletion(&actor).await.expect("asked");
        let again = world.users.request_deletion(&actor).await;
        assert!(matches!(again, Err(Error::DeletionRequested)), "{again:?}");
        let staying = world.users.cancel_deletion(&actor).await.expect("taken back");
        assert_eq!(staying.delete_after, None);
        world.env().advance(TimeDelta::days(31));
        assert!(!world.users.erase(&system(), asha.id).await.expect("not due"));
        let told = world.told(Stream::User(asha.id)).await;
        assert_eq!(told, ["users.user_created", "users.deletion_requested", "users.deletion_cancelled"]);
    })
    .await;
}

#[tokio::test]
async fn a_deletion_needs_a_fresh_proof_and_an_erasure_the_system() {
    run(async |world| {
        let asha = world.person("asha@example.com", "Asha").await;
        let actor = world.signed_in(asha.id);
        world.env().advance(TimeDelta::minutes(10));
        let refused = world.users.request_deletion(&actor).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::StepUpRequired))), "{refused:?}");
        let refused = world.users.erase(&world.signed_in(asha.id), asha.id).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::Unauthenticated))), "{refused:?}");
    })
    .await;
}
