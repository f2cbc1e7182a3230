use chrono::TimeDelta;
use kernel::{Denied, Eviction, Limit, PageRequest, RoleId, Scope, Stream, SystemRole, Version};
use organizations::{CreateRole, Error, MemberFilter, MemberStatus, Presence, UpdateMember};
use serde_json::json;
use uuid::Uuid;

use crate::support::{World, role_of, run};

fn to(status: Presence) -> UpdateMember {
    UpdateMember { role: None, status: Some(status) }
}

async fn list(world: &World, actor: &kernel::Actor, filter: MemberFilter) -> Vec<String> {
    let page = world.services.members.list(actor, filter, &PageRequest::default()).await.expect("read");
    page.rows.into_iter().map(|member| member.full_name).collect()
}

#[tokio::test]
async fn members_are_listed_by_name_and_filtered_by_status_role_and_words() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let actor = world.actor(org, owner).await;
        let member = SystemRole::Member.id();
        let (asha, bina) = (
            world.member(org, "asha@himal.np", member).await,
            world.member(org, "bina@himal.np", SystemRole::Guest.id()).await,
        );
        let members = &world.services.members;
        members.update(&actor, asha, to(Presence::Suspended), Version(1)).await.expect("suspended");
        let chandra = world.member(org, "chandra@himal.np", member).await;
        members.remove(&actor, chandra, Version(1)).await.expect("removed");
        let all = MemberFilter::default();
        assert_eq!(list(&world, &actor, all.clone()).await, ["asha", "bina", "owner"]);
        let suspended = MemberFilter { status: Some(MemberStatus::Suspended), ..all.clone() };
        assert_eq!(list(&world, &actor, suspended).await, ["asha"]);
        let left = MemberFilter { status: Some(MemberStatus::Left), ..all.clone() };
        assert_eq!(list(&world, &actor, left).await, ["chandra"]);
        let guests = MemberFilter { role: Some(SystemRole::Guest.id()), ..all.clone() };
        assert_eq!(list(&world, &actor, guests).await, ["bina"]);
        for (search, expected) in
            [("BIN", vec!["bina"]), ("owner@h", vec!["owner"]), ("%", vec![]), ("ina", vec![])]
        {
            let found = MemberFilter { search: Some(search.to_owned()), ..all.clone() };
            assert_eq!(list(&world, &actor, found).await, expected, "{search}");
        }
        let bina = members.get(&actor, bina).await.expect("there");
        assert_eq!((bina.role_name.as_str(), bina.status), ("Guest", MemberStatus::Active));
    })
    .await;
}

#[tokio::test]
async fn pages_of_members_follow_each_other() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        for n in 0..5 {
            world.member(org, &format!("same@{n}.np"), SystemRole::Member.id()).await;
        }
        let actor = world.actor(org, owner).await;
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = PageRequest { limit: Limit::parse(2).expect("in range"), after, count: true };
            let page =
                world.services.members.list(&actor, MemberFilter::default(), &page).await.expect("read");
            assert_eq!(page.total, Some(6));
            seen.extend(page.rows.into_iter().map(|member| member.user));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn nobody_touches_his_own_rank_or_above_except_owners_each_other() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let second = world.member(org, "second@himal.np", SystemRole::Owner.id()).await;
        let admin = world.member(org, "admin@himal.np", SystemRole::Admin.id()).await;
        let peer = world.member(org, "peer@himal.np", SystemRole::Admin.id()).await;
        let asha = world.member(org, "asha@himal.np", SystemRole::Member.id()).await;
        let (members, by) = (&world.services.members, world.actor(org, admin).await);
        for above in [owner, peer, admin] {
            for update in [role_of(SystemRole::Guest), to(Presence::Suspended)] {
                let refused = members.update(&by, above, update, Version(1)).await;
                assert!(matches!(refused, Err(Error::RankTooLow)), "{refused:?}");
            }
            let refused = members.remove(&by, above, Version(1)).await;
            assert!(matches!(refused, Err(Error::RankTooLow)), "{refused:?}");
        }
        let refused = members.update(&by, asha, role_of(SystemRole::Owner), Version(1)).await;
        assert!(matches!(refused, Err(Error::RankTooLow)), "{refused:?}");
        members.update(&by, asha, role_of(SystemRole::Admin), Version(1)).await.expect("up to his own");
        let refused = members.update(&by, asha, role_of(SystemRole::Member), Version(2)).await;
        assert!(matches!(refused, Err(Error::RankTooLow)), "now his peer: {refused:?}");
        let by = world.actor(org, owner).await;
        members.update(&by, second, role_of(SystemRole::Member), Version(1)).await.expect("owners may");
    })
    .await;
}

#[tokio::test]
async fn what_counts_is_what_the_actor_may_do_at_that_moment() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let admin = world.member(org, "admin@himal.np", SystemRole::Admin.id()).await;
        let asha = world.member(org, "asha@himal.np", SystemRole::Member.id()).await;
        let remembered = world.actor(org, admin).await;
        let by = world.actor(org, owner).await;
        let members = &world.services.members;
        members.update(&by, admin, role_of(SystemRole::Member), Version(1)).await.expect("demoted");
        let refused = members.remove(&remembered, asha, Version(1)).await;
        let missing = Denied::ScopeMissing(Scope::MembersManage);
        assert!(matches!(refused, Err(Error::Denied(denied)) if denied == missing), "{refused:?}");
        members.update(&by, admin, to(Presence::Suspended), Version(2)).await.expect("suspended");
        let refused = members.update(&remembered, asha, to(Presence::Suspended), Version(1)).await;
        assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
        assert!(world.has_role(org, asha, SystemRole::Member).await);
    })
    .await;
}

#[tokio::test]
async fn making_an_admin_needs_a_fresh_proof_and_making_a_guest_does_not() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let asha = world.member(org, "asha@himal.np", SystemRole::Member.id()).await;
        let by = world.actor(org, owner).await;
        let deputy = CreateRole { name: "Deputy".to_owned(), rank: Some(80), ..CreateRole::default() };
        let deputy = world.services.roles.create(&by, deputy).await.expect("made").role.id;
        world.env().advance(TimeDelta::minutes(10));
        let members = &world.services.members;
        for high in [SystemRole::Admin.id(), SystemRole::Owner.id(), deputy] {
            let update = UpdateMember { role: Some(high), status: None };
            let refused = members.update(&by, asha, update, Version(1)).await;
            assert!(matches!(refused, Err(Error::Denied(Denied::StepUpRequired))), "{refused:?}");
        }
        members.update(&by, asha, role_of(SystemRole::Guest), Version(1)).await.expect("no proof needed");
    })
    .await;
}

#[tokio::test]
async fn a_change_of_rights_grows_the_epoch_evicts_and_is_told_to_both_sides() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let asha = world.member(org, "asha@himal.np", SystemRole::Member.id()).await;
        let by = world.actor(org, owner).await;
        world.evicted();
        let members = &world.services.members;
        members.update(&by, asha, role_of(SystemRole::Guest), Version(1)).await.expect("changed");
        members.update(&by, asha, to(Presence::Suspended), Version(2)).await.expect("suspended");
        members.update(&by, asha, to(Presence::Active), Version(3)).await.expect("back");
        members.remove(&by, asha, Version(4)).await.expect("removed");
        assert_eq!(world.membership(org, asha).await.epoch, 5);
        assert_eq!(world.evicted(), vec![Eviction::User(asha); 4]);
        let told = world.told(Stream::Organization(org)).await;
        assert_eq!(
            told.get(2..),
            Some(
                &[
                    "members.member_role_changed".to_owned(),
                    "members.member_suspended".to_owned(),
                    "members.member_reactivated".to_owned(),
                    "members.member_removed".to_owned(),
                ][..]
            )
        );
        let own = world.events(Stream::User(asha)).await;
        let changes: Vec<_> = own.iter().map(|event| event.data["change"].clone()).collect();
        assert_eq!(
            changes,
            [json!("role_changed"), json!("suspended"), json!("reactivated"), json!("removed")]
        );
        assert!(own.iter().all(|event| event.data["organizationId"] == json!(org)));
    })
    .await;
}

#[tokio::test]
async fn role_and_status_may_change_at_once_and_nothing_is_told_of_nothing() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let asha = world.member(org, "asha@himal.np", SystemRole::Member.id()).await;
        let by = world.actor(org, owner).await;
        let both = UpdateMember { role: Some(SystemRole::Guest.id()), status: Some(Presence::Suspended) };
        let after = world.services.members.update(&by, asha, both, Version(1)).await.expect("changed");
        assert_eq!((after.role_name.as_str(), after.status), ("Guest", MemberStatus::Suspended));
        let told = world.told(Stream::Organization(org)).await.len();
        let same = world.services.members.update(&by, asha, both, after.version).await.expect("no change");
        assert_eq!(same, after);
        assert_eq!(world.told(Stream::Organization(org)).await.len(), told);
        let stale = world.services.members.update(&by, asha, both, Version(1)).await;
        assert!(matches!(stale, Err(Error::Stale { current }) if current == after.version), "{stale:?}");
    })
    .await;
}

#[tokio::test]
async fn a_role_of_another_organization_is_unknown_here() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let asha = world.member(org, "asha@himal.np", SystemRole::Member.id()).await;
        let other = world.try_found(owner, "Terai").await.expect("founded");
        let foreign = CreateRole { name: "Foreign".to_owned(), ..CreateRole::default() };
        let foreign =
            world.services.roles.create(&world.actor(other, owner).await, foreign).await.expect("made");
        let by = world.actor(org, owner).await;
        for role in [foreign.role.id, RoleId::from_uuid(Uuid::from_u128(404))] {
            let update = UpdateMember { role: Some(role), status: None };
            let refused = world.services.members.update(&by, asha, update, Version(1)).await;
            assert!(
                matches!(&refused, Err(Error::Invalid(faults)) if faults[0].field == "roleId"),
                "{refused:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn members_of_another_organization_do_not_exist_here() {
    run(async |world| {
        let (himal, asha) = world.himal().await;
        let bina = world.person("bina@terai.np").await;
        let terai = world.try_found(bina, "Terai").await.expect("founded");
        let (by, members) = (world.actor(terai, bina).await, &world.services.members);
        let before = world.membership(himal, asha).await;
        let get = members.get(&by, asha).await.map(drop);
        let update = members.update(&by, asha, to(Presence::Suspended), Version(1)).await.map(drop);
        let remove = members.remove(&by, asha, Version(1)).await;
        let transfer = members.transfer_ownership(&by, asha).await;
        for refused in [get, update, remove, transfer] {
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
        assert_eq!(world.membership(himal, asha).await, before);
        assert_eq!(list(&world, &by, MemberFilter::default()).await, ["bina"]);
        let active = members.active_among(terai, &[asha, bina]).await.expect("read");
        assert_eq!(active, [bina]);
    })
    .await;
}

#[tokio::test]
async fn members_see_each_other_and_manage_nobody() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let asha = world.member(org, "asha@himal.np", SystemRole::Member.id()).await;
        let guest = world.member(org, "guest@himal.np", SystemRole::Guest.id()).await;
        let members = &world.services.members;
        let (asha, guest) = (world.actor(org, asha).await, world.actor(org, guest).await);
        members.get(&asha, owner).await.expect("seen");
        let hidden = members.list(&guest, MemberFilter::default(), &PageRequest::default()).await;
        assert!(matches!(hidden, Err(Error::Denied(Denied::ScopeMissing(Scope::MembersRead)))), "{hidden:?}");
        let refused = members.remove(&asha, owner, Version(1)).await;
        assert!(
            matches!(refused, Err(Error::Denied(Denied::ScopeMissing(Scope::MembersManage)))),
            "{refused:?}"
        );
    })
    .await;
}
