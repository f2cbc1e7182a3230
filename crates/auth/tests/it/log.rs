use auth::{AnswerChallenge, SecondFactorProof};
use database::log::Recorded;
use kernel::{Secret, UserId};
use uuid::Uuid;

use crate::world::{PASSWORD, World, anonymous, refresh_token, run};

async fn of_kind(world: &World, stream: Uuid, kind: &str) -> Vec<Recorded> {
    world.events(stream).await.into_iter().filter(|event| event.kind == kind).collect()
}

/// All events of a kind on his stream, of which there are some, name him as the one who did it.
async fn named(world: &World, user: UserId, kind: &str) {
    let events = of_kind(world, user.uuid(), kind).await;
    assert!(!events.is_empty(), "{kind}");
    for event in events {
        assert_eq!((event.actor_kind.as_str(), event.actor_user_id), ("user", Some(user.uuid())), "{kind}");
        assert_eq!(event.actor_id, Some(user.uuid()), "{kind}");
    }
}

/// All events of a kind on his stream, of which there are some, name nobody.
async fn nameless(world: &World, user: UserId, kind: &str) {
    let events = of_kind(world, user.uuid(), kind).await;
    assert!(!events.is_empty(), "{kind}");
    for event in events {
        assert_eq!((event.actor_kind.as_str(), event.actor_user_id), ("anonymous", None), "{kind}");
    }
}

#[tokio::test]
async fn the_log_names_whoever_signs_up_and_in() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        world.signed_in("asha@example.com").await;
        assert_eq!(of_kind(&world, asha.user.id.uuid(), "auth.signed_in").await.len(), 2);
        named(&world, asha.user.id, "auth.signed_in").await;
        let org = asha.organization.as_ref().unwrap().id.uuid();
        for event in of_kind(&world, org, "members.security_changed").await {
            assert_eq!(event.actor_user_id, Some(asha.user.id.uuid()), "{:?}", event.data);
        }
    })
    .await;
}

#[tokio::test]
async fn the_log_names_whoever_shows_a_second_factor_and_not_whoever_fails_to() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let user = asha.session.user.id;
        let challenge = world.challenged("asha@example.com").await;
        let proof = SecondFactorProof::RecoveryCode(asha.recovery_codes.first().unwrap().clone());
        world.auth.proofs.answer_challenge(&anonymous(), AnswerChallenge { challenge, proof }).await.unwrap();
        named(&world, user, "auth.signed_in").await;
        named(&world, user, "auth.mfa_changed").await;

        for _ in 0..10 {
            let challenge = world.challenged("asha@example.com").await;
            for _ in 0..5 {
                world.show_code(&challenge, Secret::new("000000")).await.unwrap_err();
            }
            world.advance(chrono::TimeDelta::hours(1));
        }
        nameless(&world, user, "auth.second_factor_locked").await;
    })
    .await;
}

#[tokio::test]
async fn the_log_names_whoever_uses_a_mailed_link_and_not_whoever_asks_for_it() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await;
        let (user, actor) = (asha.user.id, world.actor(&asha).await);
        world.auth.emails.change_email(&actor, "asha@example.org".to_owned()).await.unwrap();
        let letter = world.link_letter(user, "auth.email_change_requested").await.unwrap();
        world.auth.emails.confirm_email(&anonymous(), letter.token).await.unwrap();
        named(&world, user, "auth.email_changed").await;

        world.auth.passwords.forgot_password(&anonymous(), "asha@example.org".to_owned()).await.unwrap();
        nameless(&world, user, "auth.password_reset_requested").await;
        let letter = world.link_letter(user, "auth.password_reset_requested").await.unwrap();
        let password = Secret::new(format!("another {PASSWORD}"));
        world.auth.passwords.reset_password(&anonymous(), letter.token, password).await.unwrap();
        named(&world, user, "auth.password_reset").await;
    })
    .await;
}

#[tokio::test]
async fn the_log_names_whoever_signs_out_and_not_whoever_shows_a_stolen_token() {
    run(async |world: World| {
        let first = world.sign_up("asha@example.com").await;
        let user = first.user.id;
        world.auth.sessions.sign_out(&anonymous(), Some(refresh_token(&first))).await.unwrap();
        named(&world, user, "auth.session_revoked").await;

        let (second, third) =
            (world.signed_in("asha@example.com").await, world.signed_in("asha@example.com").await);
        world.refresh(&refresh_token(&second), None).await.unwrap();
        world.refresh(&refresh_token(&second), None).await.unwrap_err();
        nameless(&world, user, "auth.refresh_token_reused").await;

        world.signed_in("asha@example.com").await;
        world.auth.sessions.sign_out_everywhere(&anonymous(), Some(refresh_token(&third))).await.unwrap();
        named(&world, user, "auth.sessions_revoked").await;
    })
    .await;
}
