//! That rights are those of now: at once where the message arrives, within 700 ms where it is lost.

use auth::{Auth, Error};
use chrono::TimeDelta;
use database::entities::organization;
use kernel::{Actor, App, Denied, Eviction, Fault, Rank, Scope, Secret, SystemRole};
use sea_orm::ActiveValue::Set;

use crate::members::CUSTOM;
use crate::world::{PASSWORD, World, request, run};

async fn resolve(auth: &Auth, token: &Secret) -> Result<Actor, Error> {
    auth.callers.resolve(token.expose(), request()).await
}

#[tokio::test]
async fn a_change_that_no_message_tells_of_bites_after_700_milliseconds() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let (deaf, org) = (world.another_process(), asha.organization.clone().unwrap().id);
        let bina = world.sign_up_member("bina@example.com", org, SystemRole::Member.id()).await;
        let token = &bina.access_token;
        resolve(&deaf, token).await.unwrap().require(Scope::TicketsWrite).unwrap();
        world.set_membership(bina.user.id, org, None, Some(SystemRole::Guest)).await;
        world.advance(TimeDelta::milliseconds(699));
        resolve(&deaf, token).await.unwrap().require(Scope::TicketsAssign).unwrap();
        world.advance(TimeDelta::milliseconds(1));
        let guest = resolve(&deaf, token).await.unwrap();
        assert_eq!(guest.require(Scope::TicketsAssign), Err(Denied::ScopeMissing(Scope::TicketsAssign)));
        assert!(guest.sees_own_rows_only());
    })
    .await;
}

#[tokio::test]
async fn a_change_bites_at_once_where_the_message_arrives() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let org = asha.organization.clone().unwrap().id;
        let bina = world.sign_up_member("bina@example.com", org, SystemRole::Member.id()).await;
        let actor = async || world.resolve(&bina.access_token).await.unwrap();
        actor().await.require(Scope::TicketsWrite).unwrap();
        world.uninstall_all(org).await;
        assert_eq!(actor().await.require(Scope::TicketsWrite), Err(Denied::AppNotInstalled(App::Tickets)));
        world.set_membership(bina.user.id, org, Some("suspended"), None).await;
        let outside = actor().await;
        assert_eq!(
            outside.require(Scope::OrganizationRead),
            Err(Denied::ScopeMissing(Scope::OrganizationRead))
        );
        assert_eq!(outside.require_member(), Err(Denied::Unauthenticated));
        assert_eq!(outside.require_person(), Ok(bina.user.id), "he is still who he is");
    })
    .await;
}

#[tokio::test]
async fn every_kind_of_message_reaches_the_entries_it_means_and_no_other() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let org = asha.organization.clone().unwrap().id;
        let bina = world.sign_up_member("bina@example.com", org, SystemRole::Member.id()).await;
        let deaf = world.another_process();
        let meant = [
            Eviction::User(bina.user.id),
            Eviction::Session(bina.session),
            Eviction::Organization(org),
            Eviction::All,
        ];
        let others = [
            Eviction::User(asha.user.id),
            Eviction::Session(asha.session),
            Eviction::Organization(kernel::OrganizationId::PLATFORM),
            Eviction::Key("anything".to_owned()),
        ];
        let mut role = SystemRole::Guest;
        for (eviction, expected) in others.iter().map(|e| (e, false)).chain(meant.iter().map(|e| (e, true))) {
            world.advance(TimeDelta::seconds(1));
            let before = resolve(&deaf, &bina.access_token).await.unwrap().rights.role;
            world.set_membership(bina.user.id, org, None, Some(role)).await;
            deaf.callers.evict(eviction);
            let after = resolve(&deaf, &bina.access_token).await.unwrap().rights.role;
            assert_eq!(after != before, expected, "{eviction:?}");
            role = if role == SystemRole::Guest { SystemRole::Member } else { SystemRole::Guest };
        }
    })
    .await;
}

#[tokio::test]
async fn an_older_membership_or_role_epoch_reloads_rights_and_is_never_a_401() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let org = asha.session.organization.clone().unwrap().id;
        world.set_membership(asha.session.user.id, org, None, Some(SystemRole::Admin)).await;
        world.set_policy(org, organization::ActiveModel { epoch: Set(9), ..Default::default() }).await;
        let actor = world.actor(&asha.session).await;
        actor.require(Scope::RolesManage).unwrap();
        actor.require(Scope::OrganizationDelete).unwrap_err();
    })
    .await;
}

#[tokio::test]
async fn sixteen_requests_at_once_are_answered_alike() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        world.advance(TimeDelta::seconds(1));
        let requests = (0..16).map(|_| {
            let (callers, token) = (world.auth.callers.clone(), asha.access_token.clone());
            tokio::spawn(async move { callers.resolve(token.expose(), request()).await.unwrap().rights.role })
        });
        for answer in requests.collect::<Vec<_>>() {
            assert_eq!(answer.await.unwrap(), Some(SystemRole::Owner.id()));
        }
    })
    .await;
}

#[tokio::test]
async fn an_access_token_lives_fifteen_minutes_and_five_seconds_of_leeway() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        assert_eq!(asha.expires_in.as_secs(), 900);
        let expiry = world.auth.callers.expiry(asha.access_token.expose()).await.unwrap().unwrap();
        assert_eq!(expiry, world.now() + TimeDelta::minutes(15));
        world.advance(TimeDelta::seconds(904));
        world.resolve(&asha.access_token).await.unwrap();
        world.advance(TimeDelta::seconds(1));
        assert!(world.resolve(&asha.access_token).await.is_err());
        assert!(world.auth.callers.expiry(asha.access_token.expose()).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn every_way_to_become_owner_or_admin_without_a_second_factor_ends_at_its_setup() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let org = asha.organization.clone().unwrap().id;
        let needs_setup = async |token: &Secret| {
            let actor = world.resolve(token).await.unwrap();
            assert_eq!(actor.require(Scope::OrganizationRead), Err(Denied::MfaSetupRequired));
            assert_eq!(actor.require_member(), Err(Denied::MfaSetupRequired));
            actor.require_person().unwrap();
        };
        needs_setup(&asha.access_token).await;
        needs_setup(&world.signed_in("asha@example.com").await.access_token).await;
        needs_setup(&world.refresh(&crate::world::refresh_token(&asha), None).await.unwrap().access_token)
            .await;

        let bina = world.sign_up_member("bina@example.com", org, SystemRole::Member.id()).await;
        world.actor(&bina).await.require(Scope::OrganizationRead).unwrap();
        world.set_membership(bina.user.id, org, None, Some(SystemRole::Admin)).await;
        needs_setup(&bina.access_token).await;
    })
    .await;
}

#[tokio::test]
async fn a_custom_role_as_high_as_an_admins_demands_the_same_proof() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let org = asha.organization.clone().unwrap().id;
        world.add_role(org, 80, "members:manage future:scope").await;
        let high = world.sign_up_member("bina@example.com", org, CUSTOM).await;
        let actor = world.actor(&high).await;
        assert!(high.mfa_setup_required);
        assert_eq!(actor.rights.rank, Some(Rank(80)));
        assert_eq!(actor.rights.scopes.iter().collect::<Vec<_>>(), [Scope::MembersManage]);
        assert_eq!(
            (high.roles.clone(), actor.require_member()),
            (vec!["Clerk".to_owned()], Err(Denied::MfaSetupRequired))
        );
    })
    .await;
}

#[tokio::test]
async fn an_organization_may_demand_a_second_factor_of_all_after_days_of_grace() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let org = asha.organization.clone().unwrap().id;
        let early = world.sign_up_member("bina@example.com", org, SystemRole::Member.id()).await;
        let policy = organization::ActiveModel {
            require_mfa: Set(true),
            mfa_grace_days: Set(3),
            mfa_required_since: Set(Some(world.now())),
            ..Default::default()
        };
        world.set_policy(org, policy).await;
        world.advance(TimeDelta::days(2));
        let late = world.sign_up_member("chandra@example.com", org, SystemRole::Member.id()).await;
        assert!(!late.mfa_setup_required);
        world.advance(TimeDelta::days(1));
        let early = world.refresh(&crate::world::refresh_token(&early), None).await.unwrap();
        let late = world.refresh(&crate::world::refresh_token(&late), None).await.unwrap();
        assert!(early.mfa_setup_required, "his days are over");
        assert!(!late.mfa_setup_required, "his days began when he joined");
        assert_eq!(world.actor(&early).await.require_member(), Err(Denied::MfaSetupRequired));
    })
    .await;
}

#[tokio::test]
async fn whatever_ends_a_session_is_a_401_on_every_process_within_a_second() {
    run(async |world: World| {
        let deaf = world.another_process();
        let email = kernel::EmailAddress::parse("email", "asha@example.com").unwrap();
        world.sign_up_plain("asha@example.com").await;
        for how in ["sign out", "password", "disable"] {
            let session = world.signed_in("asha@example.com").await;
            let actor = world.actor(&session).await;
            resolve(&deaf, &session.access_token).await.unwrap();
            match how {
                "sign out" => world.auth.sessions.sign_out(&actor, None).await.unwrap(),
                "password" => {
                    let same = || Secret::new(PASSWORD);
                    world.auth.passwords.change_password(&actor, same(), same()).await.unwrap();
                }
                _ => {
                    let system = Actor::system(kernel::OrganizationId::PLATFORM);
                    world.auth.operating.disable(&system, &email).await.unwrap();
                }
            }
            assert!(world.resolve(&session.access_token).await.is_err(), "{how}: here at once");
            world.advance(TimeDelta::milliseconds(700));
            let there = resolve(&deaf, &session.access_token).await.unwrap_err();
            assert_eq!(there.code(), "unauthenticated", "{how}: there without a message");
        }
        assert!(matches!(world.sign_in("asha@example.com").await, Err(Error::Unauthenticated)));
        let system = Actor::system(kernel::OrganizationId::PLATFORM);
        world.auth.operating.enable(&system, &email).await.unwrap();
        world.signed_in("asha@example.com").await;
    })
    .await;
}

#[tokio::test]
async fn no_forged_bearer_gets_in() {
    run(async |world: World| {
        let asha = world.sign_up("asha@example.com").await;
        let token = asha.access_token.expose();
        let (message, signature) = token.rsplit_once('.').unwrap();
        let payload = message.split_once('.').unwrap().1;
        // {"alg":"none","typ":"at+jwt"}
        let none = format!("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.{payload}.");
        let stranger = {
            // The same people, another installation's keys.
            let mut other = None;
            crate::world::run(async |elsewhere: World| {
                other = Some(elsewhere.sign_up("asha@example.com").await.access_token);
            })
            .await;
            other.unwrap()
        };
        let cut = token.get(..token.len() - 2).unwrap();
        for forged in [
            none.as_str(),
            stranger.expose(),
            message,
            cut,
            &format!("{message}."),
            "",
            "x",
            "a.b.c",
            signature,
        ] {
            let refused = world.resolve(&Secret::new(forged)).await.unwrap_err();
            assert_eq!(
                (refused.code(), refused.to_string()),
                ("unauthenticated", "sign in and try again".into())
            );
        }
        world.resolve(&asha.access_token).await.unwrap();
    })
    .await;
}
