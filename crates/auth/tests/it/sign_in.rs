use auth::{Error, PasswordCost, SessionAnswer, Settings, SignInAnswer, SignInWithPassword, SignupPolicy};
use database::entities::credential;
use kernel::{Fault, OrganizationId, Secret, SystemRole};
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::world::{PASSWORD, World, anonymous, refresh_token, run, settings, with_password};

async fn into(world: &World, org: OrganizationId) -> Result<SessionAnswer, Error> {
    let command =
        SignInWithPassword { organization: Some(org), ..with_password("bina@example.com", PASSWORD) };
    match world.auth.sign_in.sign_in(&anonymous(), command).await? {
        SignInAnswer::SignedIn(answer) => Ok(*answer),
        SignInAnswer::MfaRequired { .. } => panic!("no second factor is set up"),
    }
}

#[tokio::test]
async fn whoever_signs_in_comes_back_to_the_organization_he_used_last() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let bina = world.sign_up("bina@example.com").await;
        let other = asha.organization.unwrap().id;
        world.join(bina.user.id, other, SystemRole::Guest.id()).await;
        assert_eq!(world.signed_in("bina@example.com").await.organization, bina.organization);
        world.advance(chrono::TimeDelta::seconds(1));
        assert_eq!(into(&world, other).await.unwrap().organization.unwrap().id, other);
        world.advance(chrono::TimeDelta::seconds(1));
        assert_eq!(world.signed_in("bina@example.com").await.organization.unwrap().id, other);
    })
    .await;
}

#[tokio::test]
async fn signing_in_to_a_foreign_organization_is_refused_and_opens_nothing() {
    run(async |world: World| {
        let foreign = world.sign_up("asha@example.com").await.organization.unwrap().id;
        let bina = world.sign_up("bina@example.com").await;
        for org in [foreign, OrganizationId::PLATFORM, OrganizationId::from_uuid(Uuid::from_u128(404))] {
            assert_eq!(into(&world, org).await.unwrap_err().code(), "organization_access_denied");
        }
        let signed_in =
            world.kinds(bina.user.id).await.iter().filter(|kind| *kind == "auth.signed_in").count();
        assert_eq!(signed_in, 1);
    })
    .await;
}

#[tokio::test]
async fn every_way_of_being_wrong_looks_the_same() {
    run(async |world: World| {
        world.sign_up("asha@example.com").await;
        for (email, password) in [
            ("asha@example.com", "kukur-biralo-43"),
            ("asha@example.com", "Kukur-biralo-42"),
            ("asha@example.com", ""),
            ("asha@example.com", &"x".repeat(10_000)),
            ("nobody@example.com", PASSWORD),
        ] {
            let refused = world.sign_in_with(email, password).await.unwrap_err();
            assert_eq!(
                (refused.code(), refused.to_string()),
                ("unauthenticated", "sign in and try again".into())
            );
        }
        let malformed = world.sign_in_with("nobody", PASSWORD).await.unwrap_err();
        assert_eq!(malformed.fields().first().unwrap().code, "invalid_email");
        assert!(
            world.sign_in_with(" ASHA@example.com ", PASSWORD).await.is_ok(),
            "case does not tell people apart"
        );
    })
    .await;
}

#[tokio::test]
async fn signing_in_keeps_the_password_at_the_cost_of_today() {
    run(async |world: World| {
        world.sign_up("asha@example.com").await;
        let hash = async || {
            let row = credential::Entity::find().one(world.database.reader()).await.unwrap().unwrap();
            (row.password_hash, row.epoch)
        };
        let (cheap, epoch) = hash().await;
        let cost = PasswordCost { passes: 2, ..PasswordCost::TINY };
        let dearer = world.service_with(Settings { password_cost: cost, ..settings(SignupPolicy::Open) });
        let command = with_password("asha@example.com", PASSWORD);
        dearer.sign_in.sign_in(&anonymous(), command).await.unwrap();
        let (dear, same) = hash().await;
        assert!(cheap.contains("t=1") && dear.contains("t=2"), "{cheap} {dear}");
        assert_eq!(epoch, same, "and nobody is signed out by it");
        world.signed_in("asha@example.com").await;
    })
    .await;
}

#[tokio::test]
async fn an_invited_person_gets_a_password_and_a_session_from_those_who_make_him() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let org = asha.organization.clone().unwrap();
        let email = kernel::EmailAddress::parse("email", "chandra@example.com").unwrap();
        let enrolments = &world.auth.enrolments;
        let weak = enrolments.prepare("password", Secret::new("himal tea 2026"), &email, &org.name).await;
        assert_eq!(weak.err().unwrap().fields().first().unwrap().code, "too_personal");
        let prepared =
            enrolments.prepare("password", Secret::new(PASSWORD), &email, &org.name).await.unwrap();
        let user = world.make_person(&email, prepared).await;
        world.join(user, org.id, SystemRole::Member.id()).await;
        let answer = enrolments.begin_session(&anonymous(), user, org.id).await.unwrap();
        assert_eq!(answer.organization.unwrap().id, org.id);
        assert!(answer.refresh_token.is_some());
        assert_eq!(world.signed_in("chandra@example.com").await.user.id, user);
    })
    .await;
}

#[tokio::test]
async fn nobody_slips_past_his_second_factor_by_an_invitation() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let other = world.sign_up("bina@example.com").await.organization.unwrap().id;
        let user = asha.session.user.id;
        let begun = world.auth.enrolments.begin_session(&anonymous(), user, other).await;
        assert!(matches!(begun, Err(Error::Unauthenticated)));
        world.join(user, other, SystemRole::Member.id()).await;
        let actor = world.actor(&asha.session).await;
        let there = world.auth.enrolments.continue_session(&actor, other).await.unwrap();
        assert_eq!((there.session, there.organization.unwrap().id), (asha.session.session, other));
        assert!(there.refresh_token.is_none());
    })
    .await;
}

#[tokio::test]
async fn an_erased_person_leaves_nothing_behind() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let user = asha.session.user.id;
        world.auth.passwords.forgot_password(&anonymous(), "asha@example.com".to_owned()).await.unwrap();
        world.challenged("asha@example.com").await;
        world.erase(user).await;
        assert!(world.resolve(&asha.session.access_token).await.is_err());
        assert!(matches!(world.sign_in("asha@example.com").await, Err(Error::Unauthenticated)));
        assert_eq!(world.rows_of(user).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_session_shows_its_rights_and_never_its_secrets() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let shown = format!("{asha:?}");
        assert!(!shown.contains(asha.access_token.expose()));
        assert!(!shown.contains(refresh_token(&asha).expose()));
        assert!(shown.contains("asha@example.com"));
    })
    .await;
}
