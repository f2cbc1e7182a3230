use auth::Error;
use chrono::TimeDelta;
use kernel::Fault;

use crate::world::{World, anonymous, refresh_token, run};

const REQUESTED: &str = "auth.email_change_requested";

#[tokio::test]
async fn an_address_changes_once_the_new_mailbox_confirms_it() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await;
        let actor = world.actor(&asha).await;
        world.auth.emails.change_email(&actor, "Asha@Example.org".to_owned()).await.unwrap();
        assert!(world.sign_in("asha@example.com").await.is_ok(), "nothing changes before");
        let letter = world.link_letter(asha.user.id, REQUESTED).await.unwrap();
        assert_eq!(letter.to.as_str(), "asha@example.org");
        world.auth.emails.confirm_email(&anonymous(), letter.token.clone()).await.unwrap();
        assert!(world.sign_in("asha@example.org").await.is_ok());
        assert!(world.sign_in("asha@example.com").await.is_err());
        world.resolve(&asha.access_token).await.unwrap();
        let event = world.last(asha.user.id.uuid(), "auth.email_changed").await;
        assert!(!event.data.to_string().contains('@'), "addresses are for the audit alone");
        assert!(event.private.to_string().contains("asha@example.com"));
        let again = world.auth.emails.confirm_email(&anonymous(), letter.token).await;
        assert!(matches!(again, Err(Error::Unauthenticated)));
    })
    .await;
}

#[tokio::test]
async fn a_change_of_address_needs_a_fresh_proof() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await;
        world.advance(TimeDelta::minutes(10));
        let stale = world.refresh(&refresh_token(&asha), None).await.unwrap();
        let actor = world.actor(&stale).await;
        let refused =
            world.auth.emails.change_email(&actor, "asha@example.org".to_owned()).await.unwrap_err();
        assert_eq!(refused.code(), "step_up_required");
    })
    .await;
}

#[tokio::test]
async fn an_address_of_somebody_else_is_not_given_away_and_he_learns_of_it() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await;
        let bina = world.sign_up("bina@example.com").await.user.id;
        let actor = world.actor(&asha).await;
        world.auth.emails.change_email(&actor, "bina@example.com".to_owned()).await.unwrap();
        assert!(!world.kinds(asha.user.id).await.contains(&REQUESTED.to_owned()));
        assert_eq!(world.kinds(bina).await.last().unwrap(), "auth.known_address_registered");
    })
    .await;
}

#[tokio::test]
async fn whoever_takes_the_address_first_has_it() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await;
        let actor = world.actor(&asha).await;
        world.auth.emails.change_email(&actor, "shared@example.com".to_owned()).await.unwrap();
        let letter = world.link_letter(asha.user.id, REQUESTED).await.unwrap();
        world.sign_up("shared@example.com").await;
        let late = world.auth.emails.confirm_email(&anonymous(), letter.token).await.unwrap_err();
        assert_eq!(late.code(), "email_taken");
    })
    .await;
}

#[tokio::test]
async fn a_reset_link_in_the_old_mailbox_dies_with_the_address() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await;
        world.auth.passwords.forgot_password(&anonymous(), "asha@example.com".to_owned()).await.unwrap();
        let old = world.link_letter(asha.user.id, "auth.password_reset_requested").await.unwrap().token;
        let actor = world.actor(&asha).await;
        world.auth.emails.change_email(&actor, "asha@example.org".to_owned()).await.unwrap();
        let letter = world.link_letter(asha.user.id, REQUESTED).await.unwrap();
        world.auth.emails.confirm_email(&anonymous(), letter.token).await.unwrap();
        let password = kernel::Secret::new("gaida-hatti-2026");
        let reset = world.auth.passwords.reset_password(&anonymous(), old, password).await;
        assert!(matches!(reset, Err(Error::Unauthenticated)));
    })
    .await;
}
