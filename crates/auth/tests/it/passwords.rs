use auth::{Error, SignInAnswer};
use chrono::TimeDelta;
use kernel::{Fault, Secret};

use crate::world::{PASSWORD, World, anonymous, refresh_token, run};

const NEW: &str = "gaida-hatti-2026";
const REQUESTED: &str = "auth.password_reset_requested";

fn new() -> Secret {
    Secret::new(NEW)
}

async fn ask(world: &World) {
    world.auth.passwords.forgot_password(&anonymous(), "asha@example.com".to_owned()).await.unwrap();
}

#[tokio::test]
async fn a_reset_sets_the_password_and_ends_every_session() {
    run(async |world: World| {
        let before = world.sign_up_plain("asha@example.com").await;
        ask(&world).await;
        let letter = world.link_letter(before.user.id, REQUESTED).await.unwrap();
        assert_eq!(letter.to.as_str(), "asha@example.com");
        world.auth.passwords.reset_password(&anonymous(), letter.token, new()).await.unwrap();
        assert!(world.resolve(&before.access_token).await.is_err());
        assert!(world.refresh(&refresh_token(&before), None).await.is_err());
        assert!(world.sign_in("asha@example.com").await.is_err());
        assert!(world.sign_in_with("asha@example.com", NEW).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_reset_link_counts_once_and_only_the_newest_does() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await.user.id;
        ask(&world).await;
        let older = world.link_letter(asha, REQUESTED).await.unwrap().token;
        ask(&world).await;
        let newer = world.link_letter(asha, REQUESTED).await.unwrap().token;
        let reset = async |token: &Secret| {
            world.auth.passwords.reset_password(&anonymous(), token.clone(), new()).await
        };
        assert!(matches!(reset(&older).await, Err(Error::Unauthenticated)));
        reset(&newer).await.unwrap();
        assert!(matches!(reset(&newer).await, Err(Error::Unauthenticated)));
        assert!(world.link_letter(asha, REQUESTED).await.is_none(), "a used link is not mailed");
    })
    .await;
}

#[tokio::test]
async fn sixteen_who_open_one_reset_link_at_once_are_one() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await.user.id;
        ask(&world).await;
        let token = world.link_letter(asha, REQUESTED).await.unwrap().token;
        let resets = (0..16).map(|n| {
            let (passwords, token) = (world.auth.passwords.clone(), token.clone());
            let password = Secret::new(format!("{NEW}-{n}"));
            tokio::spawn(async move { passwords.reset_password(&anonymous(), token, password).await.is_ok() })
        });
        let mut done = 0;
        for reset in resets.collect::<Vec<_>>() {
            done += usize::from(reset.await.unwrap());
        }
        assert_eq!(done, 1);
    })
    .await;
}

#[tokio::test]
async fn a_reset_link_expires_after_half_an_hour() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await.user.id;
        ask(&world).await;
        let token = world.link_letter(asha, REQUESTED).await.unwrap().token;
        world.advance(TimeDelta::minutes(30));
        let late = world.auth.passwords.reset_password(&anonymous(), token, new()).await;
        assert!(matches!(late, Err(Error::Unauthenticated)));
    })
    .await;
}

#[tokio::test]
async fn a_link_of_one_kind_is_none_of_another() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await;
        ask(&world).await;
        let reset = world.link_letter(asha.user.id, REQUESTED).await.unwrap().token;
        let actor = world.actor(&asha).await;
        world.auth.emails.change_email(&actor, "asha@example.org".to_owned()).await.unwrap();
        let change = world.link_letter(asha.user.id, "auth.email_change_requested").await.unwrap().token;
        let (auth, nobody) = (&world.auth, anonymous());
        let refused = [
            auth.sign_ups.verify_email(&nobody, reset.clone()).await.map(drop),
            auth.sign_ups.verify_email(&nobody, change.clone()).await.map(drop),
            auth.emails.confirm_email(&nobody, reset.clone()).await,
            auth.passwords.reset_password(&nobody, change.clone(), new()).await,
            world.refresh(&reset, None).await.map(drop),
            world.resolve(&reset).await.map(drop),
            auth.passwords.reset_password(&nobody, asha.access_token.clone(), new()).await,
            auth.passwords.reset_password(&nobody, refresh_token(&asha), new()).await,
            world.resolve(&refresh_token(&asha)).await.map(drop),
        ];
        for result in refused {
            assert!(matches!(result, Err(Error::Unauthenticated)), "{result:?}");
        }
        auth.passwords.reset_password(&nobody, reset, new()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_reset_never_skips_the_second_factor() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        ask(&world).await;
        let token = world.link_letter(asha.session.user.id, REQUESTED).await.unwrap().token;
        world.auth.passwords.reset_password(&anonymous(), token, new()).await.unwrap();
        let answer = world.sign_in_with("asha@example.com", NEW).await.unwrap();
        assert!(matches!(answer, SignInAnswer::MfaRequired { .. }));
    })
    .await;
}

#[tokio::test]
async fn asking_for_a_reset_tells_nobody_whether_the_address_is_known_and_stops_at_five() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await.user.id;
        for _ in 0..8 {
            ask(&world).await;
            let nobody = "nobody@example.com".to_owned();
            world.auth.passwords.forgot_password(&anonymous(), nobody).await.unwrap();
        }
        let asked = world.kinds(asha).await.iter().filter(|kind| *kind == REQUESTED).count();
        assert_eq!(asked, 5);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_is_judged_after_the_link_and_by_what_is_known_of_the_person() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await.user.id;
        ask(&world).await;
        let token = world.link_letter(asha, REQUESTED).await.unwrap().token;
        let reset = async |token: &Secret, password: &str| {
            world.auth.passwords.reset_password(&anonymous(), token.clone(), Secret::new(password)).await
        };
        for (password, code) in [
            ("eleven-long", "too_short"),
            ("himal-tea-2026", "too_personal"),
            ("qwertyuiop[]", "too_common"),
            (&"é".repeat(129), "too_long"),
        ] {
            let refused = reset(&token, password).await.unwrap_err();
            assert_eq!(refused.fields().first().map(|fault| fault.code), Some(code), "{password}");
            let unknown = reset(&Secret::new("x"), password).await;
            assert!(matches!(unknown, Err(Error::Unauthenticated)));
        }
        reset(&token, &"ä".repeat(64)).await.unwrap();
        assert!(world.sign_in_with("asha@example.com", &"ä".repeat(64)).await.is_ok());
        for other in ["ä".repeat(63), "Ä".repeat(64), "a\u{308}".repeat(64)] {
            assert!(world.sign_in_with("asha@example.com", &other).await.is_err());
            world.advance(TimeDelta::minutes(16));
        }
    })
    .await;
}

#[tokio::test]
async fn another_password_ends_the_other_sessions_and_voids_access_tokens_of_this_one() {
    run(async |world: World| {
        let here = world.sign_up_plain("asha@example.com").await;
        let there = world.signed_in("asha@example.com").await;
        ask(&world).await;
        let link = world.link_letter(here.user.id, REQUESTED).await.unwrap().token;
        let actor = world.actor(&here).await;
        world.auth.passwords.change_password(&actor, Secret::new(PASSWORD), new()).await.unwrap();
        assert!(world.resolve(&there.access_token).await.is_err());
        assert!(world.refresh(&refresh_token(&there), None).await.is_err());
        assert!(world.resolve(&here.access_token).await.is_err(), "made before the new password");
        let next = world.refresh(&refresh_token(&here), None).await.unwrap();
        world.resolve(&next.access_token).await.unwrap();
        let old_link = world.auth.passwords.reset_password(&anonymous(), link, new()).await;
        assert!(matches!(old_link, Err(Error::Unauthenticated)));
        assert_eq!(world.kinds(here.user.id).await.last().unwrap(), "auth.password_changed");
    })
    .await;
}

#[tokio::test]
async fn whoever_does_not_know_the_password_cannot_change_it_and_cannot_guess_on() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await;
        let actor = world.actor(&asha).await;
        let change = async |current: &str| {
            world.auth.passwords.change_password(&actor, Secret::new(current), new()).await.unwrap_err()
        };
        for _ in 0..5 {
            let refused = change("wrong-password-1").await;
            assert_eq!(refused.code(), "password_incorrect");
            assert_eq!(refused.fields().first().unwrap().field, "currentPassword");
        }
        assert_eq!(change(PASSWORD).await.code(), "rate_limited", "even the right one has to wait");
        world.advance(TimeDelta::seconds(1));
        world.auth.passwords.change_password(&actor, Secret::new(PASSWORD), new()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_short_password_needs_a_second_factor_behind_it() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await;
        let short = || Secret::new("hk7#qLz9");
        let actor = world.actor(&asha).await;
        let refused =
            world.auth.passwords.change_password(&actor, Secret::new(PASSWORD), short()).await.unwrap_err();
        assert_eq!(refused.fields().first().unwrap().field, "newPassword");
        let enrolled = world.enrol(&asha).await;
        let actor = world.actor(&enrolled.session).await;
        world.auth.passwords.change_password(&actor, Secret::new(PASSWORD), short()).await.unwrap();
        let refused = world.auth.second_factor.disable(&actor).await.unwrap_err();
        assert_eq!((refused.code(), refused.kind()), ("password_too_short", kernel::FaultKind::Conflict));
        world.advance(TimeDelta::seconds(30));
        world.auth.passwords.change_password(&actor, short(), new()).await.unwrap();
        world.auth.second_factor.disable(&actor).await.unwrap();
    })
    .await;
}
