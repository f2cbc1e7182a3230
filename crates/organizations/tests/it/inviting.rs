use chrono::TimeDelta;
use kernel::{Actor, Denied, Fault, PageRequest, RoleId, Scope, Stream, SystemRole, Version};
use organizations::{
    CreateInvitation, CreateRole, Error, Invitation, InvitationFilter, InvitationRow, InvitationState, Sent,
    UpdatePolicy,
};
use uuid::Uuid;

use crate::support::{World, role_of, run};

pub(crate) fn to(email: &str, role: SystemRole) -> CreateInvitation {
    CreateInvitation { email: email.to_owned(), role: role.id() }
}

pub(crate) async fn invite(world: &World, by: &Actor, email: &str, role: SystemRole) -> Invitation {
    let rows = world.services.invitations.create(by, vec![to(email, role)]).await.expect("invited");
    let row = rows.into_iter().next().expect("one row");
    match row.outcome.expect("sent") {
        Sent::New(invitation) | Sent::Again(invitation) => invitation,
    }
}

fn codes(rows: &[InvitationRow]) -> Vec<&'static str> {
    let code = |row: &InvitationRow| match &row.outcome {
        Ok(Sent::New(_)) => "new",
        Ok(Sent::Again(_)) => "again",
        Err(error) => error.code(),
    };
    rows.iter().map(code).collect()
}

async fn list(world: &World, by: &Actor, state: Option<InvitationState>) -> Vec<String> {
    let filter = InvitationFilter { state };
    let page = world.services.invitations.list(by, filter, &PageRequest::default()).await.expect("read");
    page.rows.into_iter().map(|invitation| invitation.email.to_string()).collect()
}

#[tokio::test]
async fn every_row_has_its_own_outcome() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        world.member(org, "asha@himal.np", SystemRole::Member.id()).await;
        let admin = world.member(org, "admin@himal.np", SystemRole::Admin.id()).await;
        let by = world.actor(org, owner).await;
        invite(&world, &by, "waiting@himal.np", SystemRole::Guest).await;
        let policy =
            UpdatePolicy { allowed_domains: Some(vec!["himal.np".to_owned()]), ..Default::default() };
        world.services.organizations.update_policy(&by, policy, Version(1)).await.expect("changed");
        let rows = vec![
            to("new@himal.np", SystemRole::Member),
            to("ASHA@himal.np", SystemRole::Member),
            to("waiting@himal.np", SystemRole::Member),
            to("x@elsewhere.np", SystemRole::Member),
            to("boss@himal.np", SystemRole::Owner),
            to("New@himal.np", SystemRole::Guest),
        ];
        let rows =
            world.services.invitations.create(&world.actor(org, admin).await, rows).await.expect("judged");
        assert_eq!(
            codes(&rows),
            ["new", "already_member", "again", "domain_not_allowed", "rank_too_low", "invited_twice"]
        );
        assert_eq!(list(&world, &by, None).await.len(), 2);
        let told = world.told(Stream::Organization(org)).await;
        assert_eq!(
            told.get(told.len() - 2..),
            Some(
                &["invitations.invitation_created".to_owned(), "invitations.invitation_resent".to_owned()][..]
            )
        );
    })
    .await;
}

#[tokio::test]
async fn an_invitation_above_ones_own_rank_is_forbidden() {
    run(async |world| {
        let (org, _) = world.himal().await;
        let admin = world.member(org, "admin@himal.np", SystemRole::Admin.id()).await;
        let by = world.actor(org, admin).await;
        let refused = world.services.invitations.create(&by, vec![to("x@himal.np", SystemRole::Owner)]).await;
        assert!(matches!(refused, Err(Error::RankTooLow)), "{refused:?}");
        invite(&world, &by, "x@himal.np", SystemRole::Admin).await;
    })
    .await;
}

#[tokio::test]
async fn an_admin_is_not_invited_without_a_fresh_proof() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        world.env().advance(TimeDelta::minutes(10));
        let refused = world.services.invitations.create(&by, vec![to("x@himal.np", SystemRole::Admin)]).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::StepUpRequired))), "{refused:?}");
        invite(&world, &by, "x@himal.np", SystemRole::Member).await;
    })
    .await;
}

#[tokio::test]
async fn faults_of_the_request_are_told_by_their_place_and_nothing_is_sent() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        let other = world.try_found(owner, "Terai").await.expect("founded");
        let foreign = CreateRole { name: "Foreign".to_owned(), ..CreateRole::default() };
        let foreign =
            world.services.roles.create(&world.actor(other, owner).await, foreign).await.expect("made");
        let invitations = &world.services.invitations;
        let addresses = vec![to("no", SystemRole::Guest), to("x\r\nBcc: v@evil.np", SystemRole::Guest)];
        let refused = invitations.create(&by, addresses).await;
        let Err(Error::Invalid(faults)) = refused else {
            panic!("refused");
        };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["invitations/0/email", "invitations/1/email"]);
        for role in [foreign.role.id, RoleId::from_uuid(Uuid::from_u128(404))] {
            let rows = vec![
                to("good@himal.np", SystemRole::Guest),
                CreateInvitation { email: "bad@himal.np".to_owned(), role },
            ];
            let refused = invitations.create(&by, rows).await;
            let is_second = |faults: &[kernel::FieldFault]| faults[0].field == "invitations/1/roleId";
            assert!(matches!(&refused, Err(Error::Invalid(faults)) if is_second(faults)), "{refused:?}");
        }
        for count in [0, 101] {
            let rows = vec![to("x@himal.np", SystemRole::Guest); count];
            assert!(matches!(invitations.create(&by, rows).await, Err(Error::Invalid(_))));
        }
        assert!(list(&world, &by, None).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_resent_invitation_has_a_new_link_and_seven_days_more() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        let first = invite(&world, &by, "x@himal.np", SystemRole::Member).await;
        let old = world.letter(first.id).await.expect("to be sent").token;
        world.env().advance(TimeDelta::days(8));
        assert_eq!(list(&world, &by, Some(InvitationState::Expired)).await, ["x@himal.np"]);
        assert!(world.letter(first.id).await.is_none(), "nobody mails what cannot be accepted");
        let by = world.actor(org, owner).await;
        let again = world.services.invitations.resend(&by, first.id).await.expect("resent");
        assert_eq!((again.id, again.state), (first.id, InvitationState::Open));
        assert_eq!(again.expires_at, world.env().now() + TimeDelta::days(7));
        let new = world.letter(first.id).await.expect("to be sent").token;
        assert_ne!(old.expose(), new.expose());
        let refused = world.services.invitations.preview(&old).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        world.services.invitations.preview(&new).await.expect("open");
    })
    .await;
}

#[tokio::test]
async fn a_revoked_invitation_is_over() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        let invitation = invite(&world, &by, "x@himal.np", SystemRole::Member).await;
        let token = world.letter(invitation.id).await.expect("to be sent").token;
        world.services.invitations.revoke(&by, invitation.id).await.expect("withdrawn");
        let refused = world.services.invitations.preview(&token).await;
        assert!(matches!(refused, Err(Error::InvitationOver)), "{refused:?}");
        assert!(world.letter(invitation.id).await.is_none());
        for refused in [
            world.services.invitations.revoke(&by, invitation.id).await,
            world.services.invitations.resend(&by, invitation.id).await.map(drop),
        ] {
            assert!(matches!(refused, Err(Error::InvitationOver)), "{refused:?}");
        }
        assert!(list(&world, &by, None).await.is_empty());
        assert_eq!(list(&world, &by, Some(InvitationState::Revoked)).await, ["x@himal.np"]);
        assert_ne!(invite(&world, &by, "x@himal.np", SystemRole::Member).await.id, invitation.id);
    })
    .await;
}

#[tokio::test]
async fn what_a_higher_rank_offered_is_not_for_a_lower_one_to_touch() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let owner = world.actor(org, owner).await;
        let usher = CreateRole {
            name: "Usher".to_owned(),
            rank: Some(60),
            scopes: vec!["members:invite".to_owned()],
            ..CreateRole::default()
        };
        let usher = world.services.roles.create(&owner, usher).await.expect("made").role.id;
        let usher = world.member(org, "usher@himal.np", usher).await;
        let by = world.actor(org, usher).await;
        let high = invite(&world, &owner, "boss@himal.np", SystemRole::Admin).await;
        let rows = world
            .services
            .invitations
            .create(&by, vec![to("boss@himal.np", SystemRole::Guest), to("y@himal.np", SystemRole::Guest)])
            .await
            .expect("judged");
        assert_eq!(codes(&rows), ["rank_too_low", "new"]);
        for refused in [
            world.services.invitations.revoke(&by, high.id).await,
            world.services.invitations.resend(&by, high.id).await.map(drop),
        ] {
            assert!(matches!(refused, Err(Error::RankTooLow)), "{refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_who_invite_one_person_at_once_one_makes_the_invitation() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        let inviters = (0..16).map(|_| {
            let (world, by) = (world.clone(), by.clone());
            tokio::spawn(async move {
                world.services.invitations.create(&by, vec![to("x@himal.np", SystemRole::Member)]).await
            })
        });
        let mut outcomes = Vec::new();
        for inviter in inviters.collect::<Vec<_>>() {
            outcomes.extend(codes(&inviter.await.expect("no panic").expect("judged")));
        }
        outcomes.sort_unstable();
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == "new").count(), 1);
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == "again").count(), 15);
        assert_eq!(list(&world, &by, None).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn invitations_are_listed_newest_first_in_pages() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        for n in 0..5 {
            world.env().advance(TimeDelta::milliseconds(1));
            invite(&world, &by, &format!("p{n}@himal.np"), SystemRole::Member).await;
        }
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = PageRequest { limit: kernel::Limit::parse(2).expect("in range"), after, count: true };
            let filter = InvitationFilter::default();
            let page = world.services.invitations.list(&by, filter, &page).await.expect("read");
            assert_eq!(page.total, Some(5));
            seen.extend(
                page.rows.into_iter().map(|row| (row.email.to_string(), row.inviter_name, row.role_name)),
            );
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let expected =
            (0..5).rev().map(|n| (format!("p{n}@himal.np"), "owner".to_owned(), "Member".to_owned()));
        assert_eq!(seen, expected.collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn only_those_who_may_invite_see_invitations_and_those_of_others_do_not_exist() {
    run(async |world| {
        let (himal, owner) = world.himal().await;
        let invitation =
            invite(&world, &world.actor(himal, owner).await, "x@himal.np", SystemRole::Member).await;
        let asha = world.member(himal, "asha@himal.np", SystemRole::Member.id()).await;
        let member = world.actor(himal, asha).await;
        let invitations = &world.services.invitations;
        let refused = invitations.list(&member, InvitationFilter::default(), &PageRequest::default()).await;
        let missing = Denied::ScopeMissing(Scope::MembersInvite);
        assert!(matches!(refused, Err(Error::Denied(denied)) if denied == missing));
        let terai = world.try_found(owner, "Terai").await.expect("founded");
        let by = world.actor(terai, owner).await;
        for refused in [
            invitations.revoke(&by, invitation.id).await,
            invitations.resend(&by, invitation.id).await.map(drop),
        ] {
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
        assert!(list(&world, &by, None).await.is_empty());
        assert!(world.letter(invitation.id).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn the_letter_speaks_the_language_of_whoever_gets_it() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        world.person("known@himal.np").await;
        let known = invite(&world, &by, "known@himal.np", SystemRole::Member).await;
        let letter = world.letter(known.id).await.expect("to be sent");
        assert_eq!((letter.locale, letter.organization_name.as_str()), (kernel::Locale::Ne, "Himal Traders"));
        assert_eq!((letter.inviter_name.as_str(), letter.role_name.as_str()), ("owner", "Member"));
        assert_eq!((letter.to.as_str(), letter.organization), ("known@himal.np", org));
        let new = invite(&world, &by, "new@himal.np", SystemRole::Member).await;
        assert_eq!(world.letter(new.id).await.expect("to be sent").locale, kernel::Locale::En);
        assert!(world.letter(Uuid::from_u128(404).into()).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn an_inviter_who_was_demoted_meanwhile_sends_nothing() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let admin = world.member(org, "admin@himal.np", SystemRole::Admin.id()).await;
        let remembered = world.actor(org, admin).await;
        let by = world.actor(org, owner).await;
        world
            .services
            .members
            .update(&by, admin, role_of(SystemRole::Member), Version(1))
            .await
            .expect("demoted");
        let rows = vec![to("x@himal.np", SystemRole::Guest)];
        let refused = world.services.invitations.create(&remembered, rows).await;
        let missing = Denied::ScopeMissing(Scope::MembersInvite);
        assert!(matches!(refused, Err(Error::Denied(denied)) if denied == missing));
    })
    .await;
}
