use auth::{Register, SignInAnswer, SignInWithPassword};
use kernel::{Actor, Fault, OrganizationId, Request, Scope, Secret};

use crate::installation::{Installation, token};

fn anonymous() -> Actor {
    Actor::anonymous(Request::default())
}

fn asha() -> Register {
    Register {
        email: "asha@example.com".to_owned(),
        password: Secret::new("seven-lakes-of-pokhara"),
        full_name: "Asha Rai".to_owned(),
        organization_name: "Himal Traders".to_owned(),
        locale: None,
    }
}

#[tokio::test]
async fn a_person_signs_up_reads_the_mail_and_is_welcomed_by_a_job() {
    let here = Installation::start().await;
    let auth = &here.services.auth;
    auth.sign_ups.register(&anonymous(), asha()).await.expect("taken");
    let sign_in = || SignInWithPassword {
        email: "asha@example.com".to_owned(),
        password: Secret::new("seven-lakes-of-pokhara"),
        organization: None,
    };
    let early = auth.sign_in.sign_in(&anonymous(), sign_in()).await.expect_err("not verified");
    assert_eq!(early.code(), "email_unverified");

    let mail = here.mail("asha@example.com", "/verify-email#token=").await;
    let answer = auth.sign_ups.verify_email(&anonymous(), token(&mail)).await.expect("verified");
    assert_eq!(answer.organizations.len(), 1);
    assert!(answer.mfa_setup_required, "an owner needs a second factor");
    here.mail("asha@example.com", "Asha").await;

    let SignInAnswer::SignedIn(again) =
        auth.sign_in.sign_in(&anonymous(), sign_in()).await.expect("signed in")
    else {
        panic!("no second factor yet")
    };
    let actor = auth.callers.resolve(again.access_token.expose(), Request::default()).await.expect("known");
    assert_ne!(actor.org, OrganizationId::PLATFORM);
    assert_eq!(actor.require(Scope::TicketsRead), Err(kernel::Denied::MfaSetupRequired));
    here.stop().await;
}
