use auth::{Error, MailedToken, SignInAnswer, Swept};
use chrono::TimeDelta;
use kernel::{Actor, EmailAddress, Eviction, OrganizationId, Secret};

use crate::world::{World, anonymous, refresh_token, register, request, run};

fn system() -> Actor {
    Actor::system(OrganizationId::PLATFORM)
}

fn asha() -> EmailAddress {
    EmailAddress::parse("email", "asha@example.com").unwrap()
}

#[tokio::test]
async fn the_shell_and_nobody_else_may_operate() {
    run(async |world: World| {
        let owner = world.owner_with_totp("asha@example.com").await;
        let (actor, operating) = (world.actor(&owner.session).await, &world.auth.operating);
        for result in [
            operating.reset_mfa(&actor, &asha()).await,
            operating.reset_password(&actor, &asha()).await.map(drop),
            operating.disable(&actor, &asha()).await,
            operating.enable(&actor, &asha()).await,
            operating.rotate_signing_key(&actor).await,
            operating.current_code(&actor, &asha()).await.map(drop),
            operating.sweep(&actor).await.map(drop),
        ] {
            assert!(matches!(result, Err(Error::Denied(kernel::Denied::Unauthenticated))));
        }
        let nobody = EmailAddress::parse("email", "nobody@example.com").unwrap();
        assert!(matches!(operating.reset_mfa(&system(), &nobody).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn an_operator_takes_a_lost_second_factor_away() {
    run(async |world: World| {
        let owner = world.owner_with_totp("asha@example.com").await;
        world.auth.operating.reset_mfa(&system(), &asha()).await.unwrap();
        assert!(world.resolve(&owner.session.access_token).await.is_err());
        assert!(world.signed_in("asha@example.com").await.mfa_setup_required);
        let event = world.last(owner.session.user.id.uuid(), "auth.mfa_changed").await;
        assert_eq!(
            (event.actor_kind.as_str(), event.data.get("change").unwrap().as_str()),
            ("system", Some("reset"))
        );
    })
    .await;
}

#[tokio::test]
async fn an_operator_hands_out_a_link_for_a_forgotten_password() {
    run(async |world: World| {
        world.sign_up("asha@example.com").await;
        let token = world.auth.operating.reset_password(&system(), &asha()).await.unwrap();
        let new = Secret::new("gaida-hatti-2026");
        world.auth.passwords.reset_password(&anonymous(), token, new).await.unwrap();
        assert!(world.sign_in_with("asha@example.com", "gaida-hatti-2026").await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn the_code_of_the_moment_is_the_authenticators() {
    run(async |world: World| {
        world.sign_up("bina@example.com").await;
        let owner = world.owner_with_totp("asha@example.com").await;
        let code = world.auth.operating.current_code(&system(), &asha()).await.unwrap().unwrap();
        assert_eq!(code.expose(), owner.authenticator.code(world.now()).expose());
        let bina = EmailAddress::parse("email", "bina@example.com").unwrap();
        assert!(world.auth.operating.current_code(&system(), &bina).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn another_signing_key_leaves_the_tokens_of_the_old_one_to_run_out() {
    run(async |world: World| {
        let before = world.sign_up("asha@example.com").await;
        let deaf = world.another_process();
        deaf.callers.resolve(before.access_token.expose(), request()).await.unwrap();
        world.auth.operating.rotate_signing_key(&system()).await.unwrap();
        let after = world.signed_in("asha@example.com").await;
        let kid = |token: &Secret| token.expose().split('.').next().unwrap().to_owned();
        assert_ne!(kid(&before.access_token), kid(&after.access_token));
        world.resolve(&before.access_token).await.unwrap();
        world.resolve(&after.access_token).await.unwrap();
        assert_eq!(world.auth.callers.public_keys().await.unwrap().len(), 2);
        world.advance(TimeDelta::seconds(1));
        deaf.callers.resolve(after.access_token.expose(), request()).await.unwrap();
        world.advance(TimeDelta::minutes(17));
        assert_eq!(world.auth.callers.public_keys().await.unwrap().len(), 1);
        let fresh = world.refresh(&refresh_token(&after), None).await.unwrap();
        world.resolve(&fresh.access_token).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_process_that_missed_the_message_signs_with_the_new_key_within_a_minute() {
    run(async |world: World| {
        world.sign_up("asha@example.com").await;
        let deaf = world.another_process();
        let newest = async || deaf.callers.public_keys().await.unwrap().first().unwrap().id;
        let before = newest().await;
        world.auth.operating.rotate_signing_key(&system()).await.unwrap();
        assert_eq!(newest().await, before);
        world.advance(TimeDelta::minutes(1));
        assert_ne!(newest().await, before);
        let heard = world.another_process();
        let first = heard.callers.public_keys().await.unwrap().first().unwrap().id;
        world.auth.operating.rotate_signing_key(&system()).await.unwrap();
        heard.callers.evict(&Eviction::Key("auth.signing_keys".to_owned()));
        assert_ne!(heard.callers.public_keys().await.unwrap().first().unwrap().id, first);
    })
    .await;
}

#[tokio::test]
async fn sixteen_processes_that_start_at_once_agree_on_one_key() {
    run(async |world: World| {
        let starts = (0..16).map(|_| {
            let process = world.another_process();
            tokio::spawn(async move { process.callers.public_keys().await.unwrap() })
        });
        for start in starts.collect::<Vec<_>>() {
            assert_eq!(start.await.unwrap().len(), 1);
        }
        let keys = world.auth.callers.public_keys().await.unwrap();
        assert_eq!(keys.len(), 1);
        assert_eq!(keys.first().unwrap().x().len(), 43);
    })
    .await;
}

#[tokio::test]
async fn a_sweep_drops_what_has_run_out_and_nothing_else() {
    run(async |world: World| {
        let owner = world.owner_with_totp("asha@example.com").await;
        let old = world.sign_up("bina@example.com").await;
        world.refresh(&refresh_token(&old), None).await.unwrap();
        world.challenged("asha@example.com").await;
        let ask = "asha@example.com".to_owned();
        world.auth.passwords.forgot_password(&anonymous(), ask).await.unwrap();
        world.auth.sign_ups.register(&anonymous(), register("chandra@example.com")).await.unwrap();
        let sweep = async || world.auth.operating.sweep(&system()).await.unwrap();
        assert_eq!(sweep().await, Swept::default());
        world.advance(TimeDelta::days(8));
        let swept = sweep().await;
        assert_eq!((swept.sign_ups, swept.links, swept.challenges, swept.sessions), (1, 1, 1, 0));
        assert_eq!(swept.refresh_tokens, 1, "the used one");
        assert!(swept.counts > 0);
        world.advance(TimeDelta::days(113));
        assert_eq!(sweep().await.sessions, 2, "long after they ended");
        let challenge = world.challenged("asha@example.com").await;
        world.show_code(&challenge, owner.authenticator.code(world.now())).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn mails_find_their_addressee_and_their_device() {
    run(async |world: World| {
        let owner = world.sign_up("asha@example.com").await;
        let addressee = world.auth.mailings.addressee(owner.user.id).await.unwrap().unwrap();
        assert_eq!((addressee.email.as_str(), addressee.name.as_str()), ("asha@example.com", "Asha Rai"));
        let session = world.auth.mailings.session(owner.session).await.unwrap().unwrap();
        assert_eq!(
            (session.device.to_string(), session.ip.as_deref()),
            ("Firefox on Linux".into(), Some("203.0.113.7"))
        );
        let nobody = MailedToken::PasswordReset(kernel::TokenId::from_uuid(uuid::Uuid::nil()));
        assert!(world.auth.mailings.letter(nobody).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_disabled_account_can_neither_reset_nor_refresh_nor_sign_in() {
    run(async |world: World| {
        let before = world.sign_up("asha@example.com").await;
        let link = world.auth.operating.reset_password(&system(), &asha()).await.unwrap();
        world.auth.operating.disable(&system(), &asha()).await.unwrap();
        let new = Secret::new("gaida-hatti-2026");
        assert!(world.auth.passwords.reset_password(&anonymous(), link, new).await.is_err());
        assert!(world.refresh(&refresh_token(&before), None).await.is_err());
        assert!(world.sign_in("asha@example.com").await.is_err());
        world.auth.operating.enable(&system(), &asha()).await.unwrap();
        assert!(matches!(world.sign_in("asha@example.com").await, Ok(SignInAnswer::SignedIn(_))));
        assert!(world.refresh(&refresh_token(&before), None).await.is_err(), "what had ended has ended");
    })
    .await;
}
