use auth::{AnswerChallenge, Register, SecondFactorProof, SignInAnswer, SignInWithPassword};
use chrono::TimeDelta;
use database::testing;
use kernel::{Actor, Request, Secret};
use totp_rs::Builder;

use crate::installation::{Installation, token};

const FIRST: &str = "seven-lakes-of-pokhara";
const SECOND: &str = "eight-hills-of-bandipur";
const THIRD: &str = "nine-bridges-of-kushma";
const OLD: &str = "asha@example.com";
const NEW: &str = "asha.rai@example.com";

fn anonymous() -> Actor {
    Actor::anonymous(Request::default())
}

/// An owner with a second factor.
async fn owner(here: &Installation) -> Actor {
    let auth = &here.services.auth;
    let register = Register {
        email: OLD.to_owned(),
        password: Secret::new(FIRST),
        full_name: "Asha Rai".to_owned(),
        organization_name: "Himal Traders".to_owned(),
        locale: None,
    };
    auth.sign_ups.register(&anonymous(), register).await.expect("taken");
    let mail = here.mail(OLD, "/verify-email#token=").await;
    let answer = auth.sign_ups.verify_email(&anonymous(), token(&mail)).await.expect("verified");
    let actor = resolve(here, &answer.access_token).await;
    let enrolment = auth.second_factor.enrol(&actor).await.expect("begun");
    let seed = totp_rs::Secret::try_from_base32(enrolment.secret.expose()).expect("a seed");
    let app = Builder::new().with_secret(seed).with_account_name("test").build().expect("an app");
    let now = u64::try_from(here.services.database.env().now().timestamp()).expect("after 1970");
    let code = Secret::new(app.generate(now).to_string());
    let enabled = auth.second_factor.confirm(&actor, code).await.expect("set up");
    resolve(here, &enabled.session.access_token).await
}

async fn resolve(here: &Installation, access: &Secret) -> Actor {
    here.services.auth.callers.resolve(access.expose(), Request::default()).await.expect("known")
}

#[tokio::test]
async fn whoever_changes_an_account_is_seen_by_its_owner() {
    let here = Installation::start_in(testing::frozen_env()).await;
    let auth = &here.services.auth;
    let actor = owner(&here).await;
    here.mail(OLD, "From now on, signing in needs a code").await;

    auth.passwords.change_password(&actor, Secret::new(FIRST), Secret::new(SECOND)).await.expect("changed");
    here.mail(OLD, "The password of your account was changed.").await;

    auth.emails.change_email(&actor, NEW.to_owned()).await.expect("asked");
    let mail = here.mail(NEW, "/confirm-email#token=").await;
    auth.emails.confirm_email(&anonymous(), token(&mail)).await.expect("confirmed");
    let last = here.mail(OLD, "Your account has another email address.").await;
    assert!(!last.contains(NEW), "whoever reads the old mailbox now need not learn the new one: {last}");

    auth.passwords.forgot_password(&anonymous(), NEW.to_owned()).await.expect("asked");
    let mail = here.mail(NEW, "/reset-password#token=").await;
    auth.passwords
        .reset_password(&anonymous(), token(&mail), Secret::new(THIRD))
        .await
        .expect("a new password");
    here.mail(NEW, "A new password was chosen for your account").await;
    here.stop().await;
}

#[tokio::test]
async fn a_second_factor_that_is_locked_is_told_to_its_owner() {
    let here = Installation::start_in(testing::frozen_env()).await;
    owner(&here).await;
    for _ in 0..10 {
        here.services.database.env().advance(TimeDelta::hours(1));
        let challenge = challenged(&here).await;
        for _ in 0..5 {
            let proof = SecondFactorProof::Code(Secret::new("000000"));
            let command = AnswerChallenge { challenge: challenge.clone(), proof };
            here.services.auth.proofs.answer_challenge(&anonymous(), command).await.expect_err("wrong");
        }
    }
    here.mail(OLD, "that we accept no more of them").await;
    here.stop().await;
}

async fn challenged(here: &Installation) -> Secret {
    let sign_in =
        SignInWithPassword { email: OLD.to_owned(), password: Secret::new(FIRST), organization: None };
    match here.services.auth.sign_in.sign_in(&anonymous(), sign_in).await.expect("the right password") {
        SignInAnswer::MfaRequired { challenge, .. } => challenge,
        SignInAnswer::SignedIn(_) => panic!("a second factor is set up"),
    }
}
