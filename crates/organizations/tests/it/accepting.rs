use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use database::entities::{invitation, membership, user};
use kernel::{Actor, Denied, Eviction, Fault, FaultKind, Request, Secret, Stream, SystemRole, Version};
use organizations::{
    AcceptInvitation, Accepted, Account, Error, InvitationPreview, MemberStatus, UpdateMember, UpdatePolicy,
};
use sea_orm::EntityTrait;

use crate::inviting::invite;
use crate::support::{World, role_of, run};

fn anonymous() -> Actor {
    Actor::anonymous(Request::default())
}

fn bare(token: &Secret) -> AcceptInvitation {
    AcceptInvitation { token: token.clone(), full_name: None, password: None }
}

fn newcomer(token: &Secret) -> AcceptInvitation {
    AcceptInvitation {
        full_name: Some("Nima Sherpa".to_owned()),
        password: Some(Secret::new("a long enough password")),
        ..bare(token)
    }
}

async fn link(world: &World, by: &Actor, email: &str, role: SystemRole) -> Secret {
    let invitation = invite(world, by, email, role).await;
    world.letter(invitation.id).await.expect("to be sent").token
}

async fn accept(world: &World, actor: &Actor, accept: AcceptInvitation) -> Result<Accepted, Error> {
    world.services.invitations.accept(actor, accept).await
}

#[tokio::test]
async fn somebody_new_gets_an_account_and_a_role() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let token = link(&world, &world.actor(org, owner).await, "nima@himal.np", SystemRole::Member).await;
        world.evicted();
        let accepted = accept(&world, &anonymous(), newcomer(&token)).await.expect("joined");
        assert_eq!((accepted.organization, accepted.account), (org, Account::New));
        assert!(world.has_role(org, accepted.user, SystemRole::Member).await);
        assert_eq!(world.evicted(), [Eviction::User(accepted.user)]);
        let told = world.told(Stream::Organization(org)).await;
        assert_eq!(
            told.get(told.len() - 2..),
            Some(&["invitations.invitation_accepted".to_owned(), "members.member_joined".to_owned()][..])
        );
        assert_eq!(world.told(Stream::User(accepted.user)).await, ["members.membership_changed"]);
    })
    .await;
}

#[tokio::test]
async fn somebody_signed_in_joins_with_the_address_that_was_invited_and_no_other() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let (nima, bina) = (world.person("nima@himal.np").await, world.person("bina@himal.np").await);
        let token = link(&world, &world.actor(org, owner).await, "nima@himal.np", SystemRole::Guest).await;
        let refused = accept(&world, &world.signed_in(bina), bare(&token)).await;
        assert!(matches!(refused, Err(Error::InvitationForOtherEmail)), "{refused:?}");
        let refused = accept(&world, &anonymous(), newcomer(&token)).await;
        assert!(matches!(refused, Err(Error::SignInToAccept)), "{refused:?}");
        assert_eq!(world.others.hashed.load(Ordering::SeqCst), 0, "his password was not even looked at");
        let accepted = accept(&world, &world.signed_in(nima), bare(&token)).await.expect("joined");
        assert_eq!((accepted.user, accepted.account), (nima, Account::Existing));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_for_a_stranger_is_not_for_whoever_is_signed_in() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let bina = world.person("bina@himal.np").await;
        let token = link(&world, &world.actor(org, owner).await, "nima@himal.np", SystemRole::Guest).await;
        let refused = accept(&world, &world.signed_in(bina), newcomer(&token)).await;
        assert!(matches!(refused, Err(Error::InvitationForOtherEmail)), "{refused:?}");
        let mut key = world.signed_in(bina);
        key.who = kernel::Who::ApiKey { key: uuid::Uuid::from_u128(1).into(), user: bina };
        let refused = accept(&world, &key, newcomer(&token)).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::Unauthenticated))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_who_use_one_link_at_once_one_becomes_a_member() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        let nima = world.person("nima@himal.np").await;
        for (token, actor, command) in [
            {
                let token = link(&world, &by, "nima@himal.np", SystemRole::Member).await;
                (token, world.signed_in(nima), bare as fn(&Secret) -> AcceptInvitation)
            },
            (link(&world, &by, "new@himal.np", SystemRole::Member).await, anonymous(), newcomer),
        ] {
            let guests = (0..16).map(|_| {
                let (world, actor, command) = (world.clone(), actor.clone(), command(&token));
                tokio::spawn(async move { accept(&world, &actor, command).await })
            });
            let mut joined = 0;
            for guest in guests.collect::<Vec<_>>() {
                match guest.await.expect("no panic") {
                    Ok(_) => joined += 1,
                    Err(Error::InvitationOver | Error::AlreadyMember | Error::SignInToAccept) => {}
                    Err(error) => panic!("{error:?}"),
                }
            }
            assert_eq!(joined, 1);
        }
        let reader = world.database.reader();
        assert_eq!(membership::Entity::find().all(reader).await.expect("read").len(), 3);
        assert_eq!(user::Entity::find().all(reader).await.expect("read").len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_used_link_says_that_one_is_in_until_one_left() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        let nima = world.person("nima@himal.np").await;
        let token = link(&world, &by, "nima@himal.np", SystemRole::Member).await;
        accept(&world, &world.signed_in(nima), bare(&token)).await.expect("joined");
        let again = accept(&world, &world.signed_in(nima), bare(&token)).await;
        assert!(matches!(again, Err(Error::AlreadyMember)), "{again:?}");
        world.services.members.remove(&by, nima, Version(1)).await.expect("removed");
        let again = accept(&world, &world.signed_in(nima), bare(&token)).await;
        assert!(matches!(again, Err(Error::InvitationOver)), "{again:?}");
        let preview = world.services.invitations.preview(&token).await;
        assert!(matches!(preview, Err(Error::InvitationOver)), "{preview:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_left_comes_back_with_the_role_that_was_offered_and_the_suspended_do_not() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        let nima = world.member(org, "nima@himal.np", SystemRole::Member.id()).await;
        let members = &world.services.members;
        let waiting = {
            members.remove(&by, nima, Version(1)).await.expect("removed");
            link(&world, &by, "nima@himal.np", SystemRole::Guest).await
        };
        world.env().advance(TimeDelta::days(1));
        accept(&world, &world.signed_in(nima), bare(&waiting)).await.expect("back");
        let back = world.membership(org, nima).await;
        assert_eq!((back.role_id, back.epoch), (SystemRole::Guest.id().uuid(), 3));
        assert_eq!(back.joined_at, world.env().now());
        let suspended = UpdateMember { role: None, status: Some(organizations::Presence::Suspended) };
        let pema = world.person("pema@himal.np").await;
        let token = link(&world, &by, "pema@himal.np", SystemRole::Guest).await;
        world.enlist(org, pema, SystemRole::Member).await;
        let by = world.actor(org, owner).await;
        members.update(&by, pema, suspended, Version(1)).await.expect("suspended");
        let refused = accept(&world, &world.signed_in(pema), bare(&token)).await;
        assert!(matches!(refused, Err(Error::AlreadyMember)), "{refused:?}");
        assert_eq!(world.membership(org, pema).await.status, MemberStatus::Suspended.name());
    })
    .await;
}

#[tokio::test]
async fn what_the_inviter_may_do_at_that_moment_decides() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let owner = world.actor(org, owner).await;
        let admin = world.member(org, "admin@himal.np", SystemRole::Admin.id()).await;
        let nima = world.person("nima@himal.np").await;
        let by = world.actor(org, admin).await;
        let token = link(&world, &by, "nima@himal.np", SystemRole::Member).await;
        let me = world.signed_in(nima);
        let members = &world.services.members;
        members.update(&owner, admin, role_of(SystemRole::Member), Version(1)).await.expect("demoted");
        let refused = accept(&world, &me, bare(&token)).await;
        assert!(matches!(refused, Err(Error::InviterLostRight)), "{refused:?}");
        members.update(&owner, admin, role_of(SystemRole::Admin), Version(2)).await.expect("promoted");
        members.remove(&owner, admin, Version(3)).await.expect("removed");
        let refused = accept(&world, &me, bare(&token)).await;
        assert!(matches!(refused, Err(Error::InviterLostRight)), "{refused:?}");
        let invitation = world.only_invitation().await;
        world.services.invitations.resend(&owner, invitation).await.expect("the owner vouches now");
        let token = world.letter(invitation).await.expect("to be sent").token;
        accept(&world, &me, bare(&token)).await.expect("joined");
    })
    .await;
}

#[tokio::test]
async fn an_inviter_whose_rank_sank_below_the_role_does_not_bring_anybody_in() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let second = world.member(org, "second@himal.np", SystemRole::Owner.id()).await;
        let token = link(&world, &world.actor(org, second).await, "boss@himal.np", SystemRole::Owner).await;
        let by = world.actor(org, owner).await;
        world
            .services
            .members
            .update(&by, second, role_of(SystemRole::Admin), Version(1))
            .await
            .expect("demoted");
        let refused = accept(&world, &anonymous(), newcomer(&token)).await;
        assert!(matches!(refused, Err(Error::InviterLostRight)), "{refused:?}");
        let people = user::Entity::find().all(world.database.reader()).await.expect("read");
        assert_eq!(people.len(), 2, "no account was made for nothing");
    })
    .await;
}

#[tokio::test]
async fn a_policy_that_came_after_the_invitation_counts() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        let token = link(&world, &by, "nima@elsewhere.np", SystemRole::Member).await;
        let policy =
            UpdatePolicy { allowed_domains: Some(vec!["himal.np".to_owned()]), ..Default::default() };
        world.services.organizations.update_policy(&by, policy, Version(1)).await.expect("changed");
        let refused = accept(&world, &anonymous(), newcomer(&token)).await;
        assert!(matches!(refused, Err(Error::DomainNotAllowed)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn seven_days_are_seven_days() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let token = link(&world, &world.actor(org, owner).await, "nima@himal.np", SystemRole::Member).await;
        world.env().advance(TimeDelta::days(7) - TimeDelta::milliseconds(1));
        world.services.invitations.preview(&token).await.expect("just in time");
        world.env().advance(TimeDelta::milliseconds(1));
        for refused in [
            world.services.invitations.preview(&token).await.map(drop),
            accept(&world, &anonymous(), newcomer(&token)).await.map(drop),
        ] {
            assert!(matches!(refused, Err(Error::InvitationOver)), "{refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn somebody_new_needs_a_name_and_a_password_that_is_judged_elsewhere() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let token = link(&world, &world.actor(org, owner).await, "nima@himal.np", SystemRole::Member).await;
        let refused = accept(&world, &anonymous(), bare(&token)).await.expect_err("refused");
        let fields: Vec<_> = refused.fields().iter().map(|fault| fault.field.clone()).collect();
        assert_eq!(fields, ["fullName", "password"]);
        let short = AcceptInvitation { password: Some(Secret::new("short")), ..newcomer(&token) };
        let refused = accept(&world, &anonymous(), short).await.expect_err("refused");
        assert_eq!((refused.kind(), refused.code()), (FaultKind::Invalid, "invalid_input"));
        assert_eq!(refused.fields()[0].code, "too_short");
        accept(&world, &anonymous(), newcomer(&token)).await.expect("the link was not used up");
    })
    .await;
}

#[tokio::test]
async fn a_forged_link_opens_nothing() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let token = link(&world, &world.actor(org, owner).await, "nima@himal.np", SystemRole::Member).await;
        let (id, mac) = token.expose().split_once('.').expect("two parts");
        let other = format!("{}.{mac}", uuid::Uuid::from_u128(404));
        let flipped =
            if mac.starts_with('A') { mac.replacen('A', "B", 1) } else { format!("A{}", &mac[1..]) };
        for forged in [String::new(), id.to_owned(), other, format!("{id}.{flipped}"), format!("{id}.")] {
            let forged = Secret::new(forged);
            for refused in [
                world.services.invitations.preview(&forged).await.map(drop),
                accept(&world, &anonymous(), newcomer(&forged)).await.map(drop),
            ] {
                assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_preview_tells_three_names_and_the_database_holds_no_link() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let token = link(&world, &world.actor(org, owner).await, "nima@himal.np", SystemRole::Member).await;
        let preview = world.services.invitations.preview(&token).await.expect("open");
        let expected = InvitationPreview {
            organization_name: "Himal Traders".to_owned(),
            inviter_name: "owner".to_owned(),
            role_name: "Member".to_owned(),
        };
        assert_eq!(preview, expected);
        let rows = invitation::Entity::find().all(world.database.reader()).await.expect("read");
        let events = world.events(Stream::Organization(org)).await;
        let (_, mac) = token.expose().split_once('.').expect("two parts");
        assert!(!format!("{rows:?}{events:?}").contains(mac));
        let data: String = events.iter().map(|event| event.data.to_string()).collect();
        assert!(!data.contains("nima@"), "receivers of events do not learn the address: {data}");
    })
    .await;
}
