use auth::{AnswerChallenge, Error, SecondFactorProof};
use chrono::TimeDelta;
use database::entities::login_throttle;
use kernel::{Actor, Fault, FaultKind, Secret};
use sea_orm::EntityTrait;

use crate::world::{PASSWORD, World, anonymous, request_from, run, with_password};

async fn tried_from(world: &World, ip: u8, email: &str, password: &str) -> Result<(), Error> {
    let actor = Actor::anonymous(request_from(ip, "curl/8.14.1"));
    world.auth.sign_in.sign_in(&actor, with_password(email, password)).await.map(drop)
}

fn retry_after(error: &Error) -> Option<u64> {
    match error.kind() {
        FaultKind::RateLimited { retry_after } => Some(retry_after.as_secs()),
        _ => None,
    }
}

#[tokio::test]
async fn wrong_passwords_slow_down_and_stop_at_the_same_try_whether_the_address_is_known_or_not() {
    run(async |world: World| {
        world.sign_up("asha@example.com").await;
        let mut answers = Vec::new();
        for email in ["asha@example.com", "nobody@example.com"] {
            let mut seen = Vec::new();
            for _ in 0..5 {
                seen.push(tried_from(&world, 1, email, "wrong-password-1").await.unwrap_err().code());
            }
            for wait in [1, 2, 4, 8, 16] {
                let refused = tried_from(&world, 1, email, PASSWORD).await.unwrap_err();
                assert_eq!(retry_after(&refused), Some(wait), "{email}");
                world.advance(TimeDelta::seconds(i64::try_from(wait).unwrap()));
                seen.push(tried_from(&world, 1, email, "wrong-password-1").await.unwrap_err().code());
            }
            let refused = tried_from(&world, 1, email, PASSWORD).await.unwrap_err();
            assert_eq!(retry_after(&refused), Some(15 * 60));
            answers.push(seen);
        }
        assert_eq!(answers.first(), answers.last());
    })
    .await;
}

#[tokio::test]
async fn a_stranger_elsewhere_does_not_lock_anybody_out() {
    run(async |world: World| {
        world.sign_up("asha@example.com").await;
        for _ in 0..20 {
            tried_from(&world, 1, "asha@example.com", "wrong-password-1").await.unwrap_err();
        }
        tried_from(&world, 2, "asha@example.com", PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_address_tried_from_everywhere_stops_at_a_hundred() {
    run(async |world: World| {
        world.sign_up("asha@example.com").await;
        let mut tries = 0;
        for ip in 0..=30 {
            for _ in 0..5 {
                let refused =
                    tried_from(&world, ip, "asha@example.com", "wrong-password-1").await.unwrap_err();
                tries += usize::from(refused.code() == "unauthenticated");
            }
        }
        assert_eq!(tries, 100);
    })
    .await;
}

#[tokio::test]
async fn a_right_password_clears_the_count() {
    run(async |world: World| {
        world.sign_up("asha@example.com").await;
        for _ in 0..3 {
            for _ in 0..4 {
                tried_from(&world, 1, "asha@example.com", "wrong-password-1").await.unwrap_err();
            }
            tried_from(&world, 1, "asha@example.com", PASSWORD).await.unwrap();
        }
        assert!(
            login_throttle::Entity::find()
                .one(world.database.reader())
                .await
                .unwrap()
                .is_some_and(|row| { row.key.len() == 32 }),
            "what is left counts mails, and no key can be read"
        );
    })
    .await;
}

#[tokio::test]
async fn sixteen_guesses_at_once_are_counted_as_sixteen() {
    run(async |world: World| {
        world.sign_up("asha@example.com").await;
        let tries = (0..16).map(|_| {
            let sign_in = world.auth.sign_in.clone();
            let command = with_password("asha@example.com", "wrong-password-1");
            tokio::spawn(async move { sign_in.sign_in(&anonymous(), command).await.unwrap_err().code() })
        });
        let mut judged = 0;
        for guess in tries.collect::<Vec<_>>() {
            judged += usize::from(guess.await.unwrap() == "unauthenticated");
        }
        assert_eq!(judged, 5);
    })
    .await;
}

async fn guess(world: &World, challenge: &Secret, code: Secret) -> Result<(), Error> {
    let command = AnswerChallenge { challenge: challenge.clone(), proof: SecondFactorProof::Code(code) };
    world.auth.proofs.answer_challenge(&anonymous(), command).await.map(drop)
}

#[tokio::test]
async fn five_wrong_codes_close_the_door_for_the_right_one_too_and_for_nobody_else() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let bina = world.owner_with_totp("bina@example.com").await;
        let challenge = world.challenged("asha@example.com").await;
        for _ in 0..5 {
            let wrong = guess(&world, &challenge, Secret::new("000000")).await.unwrap_err();
            assert_eq!(wrong.code(), "unauthenticated");
        }
        let fresh = world.challenged("asha@example.com").await;
        let right = guess(&world, &fresh, asha.authenticator.code(world.now())).await.unwrap_err();
        assert_eq!(retry_after(&right), Some(5 * 60));
        let other = world.challenged("bina@example.com").await;
        guess(&world, &other, bina.authenticator.code(world.now())).await.unwrap();
        world.advance(TimeDelta::minutes(5));
        let fresh = world.challenged("asha@example.com").await;
        guess(&world, &fresh, asha.authenticator.code(world.now())).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_challenge_takes_five_tries_and_then_the_password_again() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let challenge = world.challenged("asha@example.com").await;
        for _ in 0..4 {
            guess(&world, &challenge, Secret::new("000000")).await.unwrap_err();
        }
        // A right code elsewhere clears the person's count, but not the challenge's.
        let other = world.challenged("asha@example.com").await;
        guess(&world, &other, asha.authenticator.code(world.now())).await.unwrap();
        guess(&world, &challenge, Secret::new("000000")).await.unwrap_err();
        world.advance(TimeDelta::seconds(30));
        let sixth = guess(&world, &challenge, asha.authenticator.code(world.now())).await.unwrap_err();
        assert_eq!(sixth.code(), "unauthenticated");
        let fresh = world.challenged("asha@example.com").await;
        guess(&world, &fresh, asha.authenticator.code(world.now())).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn fifty_wrong_codes_in_a_day_lock_until_an_operator_helps_and_the_person_is_told() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let mut wrong = 0;
        while wrong < 50 {
            let challenge = world.challenged("asha@example.com").await;
            match guess(&world, &challenge, Secret::new("000000")).await.unwrap_err() {
                Error::RateLimited { retry_after } => {
                    assert!(wrong % 5 == 0, "only after a window was used up");
                    world.advance(TimeDelta::from_std(retry_after).unwrap());
                }
                error => {
                    assert!(matches!(error, Error::Unauthenticated));
                    wrong += 1;
                }
            }
        }
        assert_eq!(world.kinds(asha.session.user.id).await.last().unwrap(), "auth.second_factor_locked");
        world.advance(TimeDelta::days(3));
        let challenge = world.challenged("asha@example.com").await;
        let right = guess(&world, &challenge, asha.authenticator.code(world.now())).await;
        assert!(matches!(right, Err(Error::RateLimited { .. })));
        let system = Actor::system(kernel::OrganizationId::PLATFORM);
        world.auth.operating.reset_mfa(&system, &asha.session.user.email).await.unwrap();
        world.signed_in("asha@example.com").await;
    })
    .await;
}

#[tokio::test]
async fn step_up_and_enrolment_share_the_count_of_codes() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let actor = world.actor(&asha.session).await;
        for _ in 0..5 {
            let proof = auth::StepUpProof::Code(Secret::new("000000"));
            world.auth.proofs.step_up(&actor, proof).await.unwrap_err();
        }
        let challenge = world.challenged("asha@example.com").await;
        let right = guess(&world, &challenge, asha.authenticator.code(world.now())).await;
        assert!(matches!(right, Err(Error::RateLimited { .. })));
        world.auth.second_factor.enrol(&actor).await.unwrap();
        let confirm = world.auth.second_factor.confirm(&actor, Secret::new("000000")).await;
        assert!(matches!(confirm, Err(Error::RateLimited { .. })));
    })
    .await;
}
