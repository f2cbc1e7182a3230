use auth::{Error, MailedToken, Register, SignInAnswer, SignupPolicy};
use chrono::TimeDelta;
use database::entities::{sign_up, user};
use kernel::{Fault, OrganizationId, Scope, Secret, SystemRole, TokenId};
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::world::{PASSWORD, World, anonymous, register, run, run_with};

#[tokio::test]
async fn whoever_opens_the_link_has_an_account_an_organization_and_a_session() {
    run(async |world: World| {
        let answer = world.sign_up("asha@example.com").await;
        assert_eq!(answer.user.email.as_str(), "asha@example.com");
        let organization = answer.organization.clone().unwrap();
        assert_eq!((organization.name.as_str(), organization.role.as_str()), ("Himal Tea", "Owner"));
        assert_eq!(answer.organizations, std::slice::from_ref(&organization));
        assert_eq!(answer.roles, ["Owner"]);
        assert!(answer.scopes.contains(Scope::OrganizationDelete));
        assert!(answer.mfa_setup_required, "an owner needs a second factor");

        let actor = world.resolve(&answer.access_token).await.unwrap();
        assert_eq!(actor.org, organization.id);
        assert_eq!(actor.require_person().unwrap(), answer.user.id);
        assert_eq!(actor.rights.role, Some(SystemRole::Owner.id()));
        assert_eq!(actor.require(Scope::TicketsRead).unwrap_err().code(), "mfa_setup_required");
    })
    .await;
}

#[tokio::test]
async fn there_is_no_user_before_the_link_was_opened() {
    run(async |world: World| {
        world.auth.sign_ups.register(&anonymous(), register("asha@example.com")).await.unwrap();
        assert_eq!(user::Entity::find().count(world.database.reader()).await.unwrap(), 0);
        assert!(matches!(world.sign_in("asha@example.com").await, Err(Error::EmailUnverified)));
        let wrong = world.sign_in_with("asha@example.com", "kukur-biralo-43").await;
        assert!(matches!(wrong, Err(Error::Unauthenticated)));

        let letter = world.sign_up_letter().await;
        world.auth.sign_ups.verify_email(&anonymous(), letter.token).await.unwrap();
        assert!(matches!(world.sign_in("asha@example.com").await, Ok(SignInAnswer::SignedIn(_))));
    })
    .await;
}

#[tokio::test]
async fn a_link_counts_once_however_many_open_it_at_once() {
    run(async |world: World| {
        world.auth.sign_ups.register(&anonymous(), register("asha@example.com")).await.unwrap();
        let token = world.sign_up_letter().await.token;
        let openings = (0..16).map(|_| {
            let (sign_ups, token) = (world.auth.sign_ups.clone(), token.clone());
            tokio::spawn(async move { sign_ups.verify_email(&anonymous(), token).await })
        });
        let mut opened = 0;
        for opening in openings.collect::<Vec<_>>() {
            match opening.await.unwrap() {
                Ok(_) => opened += 1,
                Err(error) => assert!(matches!(error, Error::Unauthenticated), "{error:?}"),
            }
        }
        assert_eq!(opened, 1);
        assert_eq!(user::Entity::find().count(world.database.reader()).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn each_link_of_an_address_makes_the_account_with_its_own_data_and_closes_the_others() {
    run(async |world: World| {
        let mut letters = Vec::new();
        for name in ["Somebody Else", "Asha Rai"] {
            let register = Register { full_name: name.to_owned(), ..register("asha@example.com") };
            world.auth.sign_ups.register(&anonymous(), register).await.unwrap();
            letters.push(world.sign_up_letter().await);
        }
        let second = letters.pop().unwrap();
        let answer = world.auth.sign_ups.verify_email(&anonymous(), second.token).await.unwrap();
        assert_eq!(answer.user.full_name, "Asha Rai");
        let first = world.auth.sign_ups.verify_email(&anonymous(), letters.pop().unwrap().token).await;
        assert!(matches!(first, Err(Error::Unauthenticated)));
    })
    .await;
}

#[tokio::test]
async fn of_many_sign_ups_with_one_address_the_newest_five_stay_open() {
    run(async |world: World| {
        let mut letters = Vec::new();
        for _ in 0..6 {
            world.advance(TimeDelta::minutes(16));
            world.auth.sign_ups.register(&anonymous(), register("asha@example.com")).await.unwrap();
            letters.push(world.sign_up_letter().await);
        }
        assert_eq!(sign_up::Entity::find().count(world.database.reader()).await.unwrap(), 5);
        let oldest = letters.swap_remove(0);
        let opened = world.auth.sign_ups.verify_email(&anonymous(), oldest.token).await;
        assert!(matches!(opened, Err(Error::Unauthenticated)));
        world.auth.sign_ups.verify_email(&anonymous(), letters.swap_remove(0).token).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_link_expires_after_a_day_unless_it_is_sent_again() {
    run(async |world: World| {
        world.auth.sign_ups.register(&anonymous(), register("asha@example.com")).await.unwrap();
        let letter = world.sign_up_letter().await;
        world.advance(TimeDelta::hours(23));
        world.auth.sign_ups.resend_verification(&anonymous(), "asha@example.com".to_owned()).await.unwrap();
        world.advance(TimeDelta::hours(23));
        assert_eq!(world.sign_up_letter().await.token.expose(), letter.token.expose());
        world.advance(TimeDelta::hours(1));
        let late = world.auth.sign_ups.verify_email(&anonymous(), letter.token).await;
        assert!(matches!(late, Err(Error::Unauthenticated)));
    })
    .await;
}

#[tokio::test]
async fn a_link_with_a_changed_letter_or_of_another_row_is_refused() {
    run(async |world: World| {
        world.auth.sign_ups.register(&anonymous(), register("asha@example.com")).await.unwrap();
        let asha = world.sign_up_letter().await.token.expose().to_owned();
        world.auth.sign_ups.register(&anonymous(), register("bina@example.com")).await.unwrap();
        let bina = world.sign_up_letter().await.token.expose().to_owned();
        let (id, _) = asha.split_once('.').unwrap();
        let (_, tag) = bina.split_once('.').unwrap();
        for forged in
            [format!("{id}.{tag}"), format!("{id}."), id.to_owned(), format!("{asha}A"), String::new()]
        {
            let opened = world.auth.sign_ups.verify_email(&anonymous(), Secret::new(&forged)).await;
            assert!(matches!(opened, Err(Error::Unauthenticated)), "{forged}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_known_address_gets_a_mail_that_says_so_and_nothing_changes() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await.user.id;
        let register = Register { password: Secret::new("another-long-one"), ..register("Asha@Example.com") };
        world.auth.sign_ups.register(&anonymous(), register).await.unwrap();
        assert_eq!(world.kinds(asha).await.last().unwrap(), "auth.known_address_registered");
        assert_eq!(sign_up::Entity::find().count(world.database.reader()).await.unwrap(), 0);
        assert!(world.sign_in("asha@example.com").await.is_ok());
        assert!(world.sign_in_with("asha@example.com", "another-long-one").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn all_faults_of_a_sign_up_come_together() {
    run(async |world: World| {
        let register = Register {
            email: "nobody".to_owned(),
            password: Secret::new("short"),
            full_name: "x\r\nBcc: v@evil.example".to_owned(),
            organization_name: " ".to_owned(),
            locale: Some("fr".to_owned()),
        };
        let refused = world.auth.sign_ups.register(&anonymous(), register).await.unwrap_err();
        let faults: Vec<_> =
            refused.fields().iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        assert_eq!(
            faults,
            [
                ("email", "invalid_email"),
                ("fullName", "invalid_characters"),
                ("organizationName", "required"),
                ("locale", "unknown_value"),
                ("password", "too_short"),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_is_flooded_with_mails_that_others_ask_for() {
    run(async |world: World| {
        for _ in 0..8 {
            world.auth.sign_ups.register(&anonymous(), register("asha@example.com")).await.unwrap();
        }
        let events = world.events(OrganizationId::PLATFORM.uuid()).await;
        assert_eq!(events.iter().filter(|event| event.kind == "auth.sign_up_requested").count(), 5);
        world.advance(TimeDelta::minutes(16));
        world.auth.sign_ups.register(&anonymous(), register("asha@example.com")).await.unwrap();
        let events = world.events(OrganizationId::PLATFORM.uuid()).await;
        assert_eq!(events.iter().filter(|event| event.kind == "auth.sign_up_requested").count(), 6);
    })
    .await;
}

#[tokio::test]
async fn a_closed_installation_takes_the_first_account_and_no_other() {
    for policy in [SignupPolicy::Closed, SignupPolicy::Invite] {
        run_with(policy, async |world: World| {
            for email in ["asha@example.com", "bina@example.com"] {
                world.auth.sign_ups.register(&anonymous(), register(email)).await.unwrap();
            }
            let bina = world.sign_up_letter().await.token;
            world.sign_up("asha@example.com").await;
            let late = world.auth.sign_ups.verify_email(&anonymous(), bina).await;
            assert!(matches!(late, Err(Error::SignUpClosed)), "a link from before the first account");
            let closed = world.auth.sign_ups.register(&anonymous(), register("chandra@example.com")).await;
            assert_eq!(closed.unwrap_err().code(), "sign_up_closed");
        })
        .await;
    }
}

#[tokio::test]
async fn a_link_that_counts_no_longer_is_not_mailed() {
    run(async |world: World| {
        world.auth.sign_ups.register(&anonymous(), register("asha@example.com")).await.unwrap();
        let token = world.sign_up_letter().await.token;
        let id: TokenId = token.expose().split_once('.').unwrap().0.parse().unwrap();
        world.auth.sign_ups.verify_email(&anonymous(), token).await.unwrap();
        assert!(world.auth.mailings.letter(MailedToken::SignUp(id)).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn no_password_stands_in_the_database_or_the_log() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let token = asha.refresh_token.unwrap();
        let mut seen = String::new();
        for stream in
            [OrganizationId::PLATFORM.uuid(), asha.user.id.uuid(), asha.organization.unwrap().id.uuid()]
        {
            seen.push_str(&format!("{:?}", world.events(stream).await));
        }
        assert!(!seen.contains(PASSWORD) && !seen.contains(token.expose()));
        assert!(seen.contains("auth.signed_in") && seen.contains("members.security_changed"));
    })
    .await;
}
