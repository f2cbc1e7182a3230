use auth::{AnswerChallenge, Error, SecondFactorProof, SessionAnswer, SignInAnswer, StepUpProof};
use chrono::TimeDelta;
use database::entities::{recovery_code, totp_credential};
use kernel::{Fault, Secret};
use sea_orm::EntityTrait;

use crate::world::{PASSWORD, World, anonymous, refresh_token, run};

async fn show_recovery_code(world: &World, code: &Secret) -> Result<SessionAnswer, Error> {
    let challenge = world.challenged("asha@example.com").await;
    let proof = SecondFactorProof::RecoveryCode(code.clone());
    world.auth.proofs.answer_challenge(&anonymous(), AnswerChallenge { challenge, proof }).await
}

#[tokio::test]
async fn enrolment_proves_the_session_ends_the_others_and_opens_what_an_owner_may() {
    run(async |world: World| {
        let here = world.sign_up("asha@example.com").await;
        let there = world.signed_in("asha@example.com").await;
        let enrolled = world.enrol(&here).await;
        assert_eq!(enrolled.recovery_codes.len(), 10);
        assert!(!enrolled.session.mfa_setup_required);
        assert!(enrolled.session.refresh_token.is_none(), "the one in use stays in use");
        let actor = world.actor(&enrolled.session).await;
        actor.require(kernel::Scope::OrganizationDelete).unwrap();
        assert!(world.resolve(&there.access_token).await.is_err());
        assert!(world.refresh(&refresh_token(&there), None).await.is_err());
        let next = world.refresh(&refresh_token(&here), None).await.unwrap();
        assert!(!next.mfa_setup_required, "the session keeps what it has proven");
        assert_eq!(
            world.last(here.user.id.uuid(), "auth.mfa_changed").await.data.get("change").unwrap(),
            "enabled"
        );
    })
    .await;
}

#[tokio::test]
async fn a_wrong_code_confirms_nothing() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let actor = world.actor(&asha).await;
        let nothing = world.auth.second_factor.confirm(&actor, Secret::new("123456")).await.unwrap_err();
        assert_eq!(nothing.code(), "totp_not_enrolled");
        world.auth.second_factor.enrol(&actor).await.unwrap();
        for wrong in ["", "12345", "abcdef"] {
            let refused = world.auth.second_factor.confirm(&actor, Secret::new(wrong)).await.unwrap_err();
            assert_eq!((refused.code(), refused.kind()), ("code_invalid", kernel::FaultKind::Invalid));
        }
        assert!(matches!(world.sign_in("asha@example.com").await, Ok(SignInAnswer::SignedIn(_))));
    })
    .await;
}

#[tokio::test]
async fn a_right_password_is_followed_by_a_challenge_and_a_code_lets_in() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let challenge = world.challenged("asha@example.com").await;
        let answer = world.show_code(&challenge, asha.authenticator.code(world.now())).await.unwrap();
        assert!(!answer.mfa_setup_required && answer.refresh_token.is_some());
        assert_eq!(answer.organization, asha.session.organization);
        let again = world.show_code(&challenge, asha.authenticator.code(world.now())).await;
        assert!(matches!(again, Err(Error::Unauthenticated)), "a challenge is met once");
    })
    .await;
}

#[tokio::test]
async fn a_code_counts_once_in_order() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let code = asha.authenticator.code(world.now());
        let (one, two) =
            (world.challenged("asha@example.com").await, world.challenged("asha@example.com").await);
        world.show_code(&one, code.clone()).await.unwrap();
        assert!(matches!(world.show_code(&two, code).await, Err(Error::Unauthenticated)));
        let earlier = asha.authenticator.code(world.now() - TimeDelta::seconds(30));
        assert!(world.show_code(&two, earlier).await.is_err(), "nor does any before it");
        world.advance(TimeDelta::seconds(30));
        world.show_code(&two, asha.authenticator.code(world.now())).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_code_counts_once_for_sixteen_at_once() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let code = asha.authenticator.code(world.now());
        let mut challenges = Vec::new();
        for _ in 0..16 {
            challenges.push(world.challenged("asha@example.com").await);
        }
        let tries = challenges.into_iter().map(|challenge| {
            let (proofs, proof) = (world.auth.proofs.clone(), SecondFactorProof::Code(code.clone()));
            let command = AnswerChallenge { challenge, proof };
            tokio::spawn(async move { proofs.answer_challenge(&anonymous(), command).await.is_ok() })
        });
        let mut let_in = 0;
        for attempt in tries.collect::<Vec<_>>() {
            let_in += usize::from(attempt.await.unwrap());
        }
        assert_eq!(let_in, 1);
    })
    .await;
}

#[tokio::test]
async fn a_code_may_be_one_step_late_and_not_two_and_never_early() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        world.advance(TimeDelta::minutes(2));
        let challenge = world.challenged("asha@example.com").await;
        for (offset, right) in [(-60, false), (30, false), (-30, true)] {
            let code = asha.authenticator.code(world.now() + TimeDelta::seconds(offset));
            assert_eq!(world.show_code(&challenge, code).await.is_ok(), right, "{offset}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_code_that_confirmed_an_enrolment_is_used_up() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let code = world.enrol(&asha).await.authenticator.code(world.now());
        let challenge = world.challenged("asha@example.com").await;
        assert!(world.show_code(&challenge, code).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_challenge_runs_out_after_five_minutes_and_dies_with_the_password() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let slow = world.challenged("asha@example.com").await;
        world.advance(TimeDelta::minutes(5));
        assert!(world.show_code(&slow, asha.authenticator.code(world.now())).await.is_err());
        let outdated = world.challenged("asha@example.com").await;
        let actor = world.actor(&asha.session).await;
        let new = Secret::new("gaida-hatti-2026");
        world.auth.passwords.change_password(&actor, Secret::new(PASSWORD), new).await.unwrap();
        assert!(world.show_code(&outdated, asha.authenticator.code(world.now())).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_lets_in_once_however_many_show_it() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let code = asha.recovery_codes.first().unwrap().clone();
        let mut challenges = Vec::new();
        for _ in 0..16 {
            challenges.push(world.challenged("asha@example.com").await);
        }
        let tries = challenges.into_iter().map(|challenge| {
            let (proofs, proof) = (world.auth.proofs.clone(), SecondFactorProof::RecoveryCode(code.clone()));
            let command = AnswerChallenge { challenge, proof };
            tokio::spawn(async move { proofs.answer_challenge(&anonymous(), command).await.is_ok() })
        });
        let mut let_in = 0;
        for attempt in tries.collect::<Vec<_>>() {
            let_in += usize::from(attempt.await.unwrap());
        }
        assert_eq!(let_in, 1);
        let kinds = world.kinds(asha.session.user.id).await;
        assert!(kinds.ends_with(&["auth.mfa_changed".to_owned(), "auth.signed_in".to_owned()]), "{kinds:?}");
    })
    .await;
}

#[tokio::test]
async fn a_new_set_of_recovery_codes_voids_the_old_one() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let actor = world.actor(&asha.session).await;
        let new = world.auth.second_factor.regenerate_recovery_codes(&actor).await.unwrap();
        let old = show_recovery_code(&world, asha.recovery_codes.first().unwrap()).await;
        assert!(matches!(old, Err(Error::Unauthenticated)));
        show_recovery_code(&world, new.first().unwrap()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn neither_seeds_nor_codes_stand_readable_in_the_database() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let totp = totp_credential::Entity::find().one(world.database.reader()).await.unwrap().unwrap();
        let codes = recovery_code::Entity::find().all(world.database.reader()).await.unwrap();
        let dump = format!("{totp:?} {codes:?}");
        for code in &asha.recovery_codes {
            assert!(!dump.contains(code.expose()) && !dump.contains(&code.expose().replace('-', "")));
        }
        let sealed = totp.secret.unwrap();
        assert_eq!(sealed.len(), 1 + 12 + 20 + 16, "version, nonce, seed, tag");
    })
    .await;
}

#[tokio::test]
async fn replacing_a_second_factor_needs_a_fresh_proof_and_the_old_one_works_until_then() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        world.advance(TimeDelta::minutes(10));
        let stale = world.actor(&asha.session).await;
        let refused = world.auth.second_factor.enrol(&stale).await.unwrap_err();
        assert_eq!(refused.code(), "step_up_required");
        let code = StepUpProof::Code(asha.authenticator.code(world.now()));
        let fresh = world.auth.proofs.step_up(&stale, code).await.unwrap();
        world.auth.second_factor.enrol(&world.actor(&fresh).await).await.unwrap();
        world.advance(TimeDelta::seconds(30));
        let challenge = world.challenged("asha@example.com").await;
        world.show_code(&challenge, asha.authenticator.code(world.now())).await.unwrap();
        let replaced = world.enrol(&fresh).await;
        world.advance(TimeDelta::seconds(30));
        let challenge = world.challenged("asha@example.com").await;
        assert!(world.show_code(&challenge, asha.authenticator.code(world.now())).await.is_err());
        world.show_code(&challenge, replaced.authenticator.code(world.now())).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_step_up_is_fresh_for_ten_minutes() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        world.advance(TimeDelta::minutes(11));
        let stale = world.actor(&asha.session).await;
        for refused in [
            world.auth.second_factor.disable(&stale).await.unwrap_err(),
            world.auth.second_factor.regenerate_recovery_codes(&stale).await.map(drop).unwrap_err(),
        ] {
            assert_eq!(refused.code(), "step_up_required");
        }
        let code = asha.authenticator.code(world.now());
        let fresh = world.auth.proofs.step_up(&stale, StepUpProof::Code(code.clone())).await.unwrap();
        let again = world.auth.proofs.step_up(&stale, StepUpProof::Code(code)).await.unwrap_err();
        assert_eq!(again.code(), "code_invalid", "a code counts once here too");
        world.advance(TimeDelta::minutes(9));
        let actor = world.actor(&fresh).await;
        actor.require_fresh(world.now()).unwrap();
        world.advance(TimeDelta::minutes(1));
        actor.require_fresh(world.now()).unwrap_err();
    })
    .await;
}

#[tokio::test]
async fn a_step_up_takes_the_strongest_proof_an_account_has() {
    run(async |world: World| {
        let asha = world.sign_up_plain("asha@example.com").await;
        let actor = world.actor(&asha).await;
        let proofs = &world.auth.proofs;
        let code = proofs.step_up(&actor, StepUpProof::Code(Secret::new("123456"))).await.unwrap_err();
        assert_eq!(code.code(), "totp_not_enrolled");
        let wrong = proofs.step_up(&actor, StepUpProof::Password(Secret::new("x"))).await.unwrap_err();
        assert_eq!(wrong.code(), "password_incorrect");
        proofs.step_up(&actor, StepUpProof::Password(Secret::new(PASSWORD))).await.unwrap();
        let enrolled = world.enrol(&asha).await;
        let actor = world.actor(&enrolled.session).await;
        let weak = proofs.step_up(&actor, StepUpProof::Password(Secret::new(PASSWORD))).await.unwrap_err();
        assert_eq!(weak.fields().first().unwrap().code, "code_required");
    })
    .await;
}

#[tokio::test]
async fn disabling_takes_it_away_and_what_it_had_opened() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let challenge = world.challenged("asha@example.com").await;
        let other = world.show_code(&challenge, asha.authenticator.code(world.now())).await.unwrap();
        let actor = world.actor(&other).await;
        world.auth.second_factor.disable(&actor).await.unwrap();
        assert!(world.refresh(&refresh_token(&other), None).await.unwrap().mfa_setup_required);
        assert!(world.resolve(&asha.session.access_token).await.is_err());
        assert!(matches!(world.sign_in("asha@example.com").await, Ok(SignInAnswer::SignedIn(_))));
        let again = world.auth.second_factor.disable(&actor).await.unwrap_err();
        assert_eq!(again.code(), "totp_not_enrolled");
        let codes = world.auth.second_factor.regenerate_recovery_codes(&actor).await.unwrap_err();
        assert_eq!(codes.code(), "totp_not_enrolled");
    })
    .await;
}

#[tokio::test]
async fn a_challenge_is_no_session_and_a_session_is_no_challenge() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let challenge = world.challenged("asha@example.com").await;
        assert!(world.resolve(&challenge).await.is_err());
        assert!(world.refresh(&challenge, None).await.is_err());
        assert!(world.auth.sign_ups.verify_email(&anonymous(), challenge.clone()).await.is_err());
        let session = world.show_code(&challenge, asha.authenticator.code(world.now())).await.unwrap();
        world.advance(TimeDelta::seconds(30));
        for token in [refresh_token(&session), session.access_token] {
            let met = world.show_code(&token, asha.authenticator.code(world.now())).await;
            assert!(matches!(met, Err(Error::Unauthenticated)));
        }
    })
    .await;
}

#[tokio::test]
async fn who_has_to_set_a_second_factor_up_can_do_that_and_nothing_else_with_his_account() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let (actor, auth, word) = (world.actor(&asha).await, &world.auth, || Secret::new(PASSWORD));
        for refused in [
            auth.passwords.change_password(&actor, word(), Secret::new("gaida-hatti-2026")).await,
            auth.emails.change_email(&actor, "asha@example.org".to_owned()).await,
            auth.proofs.step_up(&actor, StepUpProof::Password(word())).await.map(drop),
            auth.second_factor.disable(&actor).await,
            auth.second_factor.regenerate_recovery_codes(&actor).await.map(drop),
        ] {
            assert_eq!(refused.unwrap_err().code(), "mfa_setup_required");
        }
        auth.sessions.list(&actor, &kernel::PageRequest::default()).await.unwrap();
        auth.sessions.revoke_others(&actor).await.unwrap();
        world.enrol(&asha).await;
    })
    .await;
}
