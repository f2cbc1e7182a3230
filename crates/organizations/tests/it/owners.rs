use kernel::{Actor, Denied, OrganizationId, PageRequest, Rank, Stream, SystemRole, UserId, Version};
use organizations::{CreateRole, Error, MemberFilter, Presence, UpdateMember};

use crate::support::{World, role_of, run};

fn suspended() -> UpdateMember {
    UpdateMember { role: None, status: Some(Presence::Suspended) }
}

#[tokio::test]
async fn the_last_active_owner_cannot_go_in_any_way() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let asleep = world.member(org, "asleep@himal.np", SystemRole::Owner.id()).await;
        let (by, members) = (world.actor(org, owner).await, &world.services.members);
        members.update(&by, asleep, suspended(), Version(1)).await.expect("one is left");
        let demoted = members.update(&by, owner, role_of(SystemRole::Admin), Version(1)).await.map(drop);
        let suspended = members.update(&by, owner, suspended(), Version(1)).await.map(drop);
        let removed = members.remove(&by, owner, Version(1)).await;
        let left = members.leave(&by).await;
        for refused in [demoted, suspended, removed, left] {
            assert!(matches!(refused, Err(Error::LastOwner)), "{refused:?}");
        }
        assert_eq!(world.active_owners(org).await, 1);
        let told = world.told(Stream::Organization(org)).await;
        assert_eq!(told.last().map(String::as_str), Some("members.member_suspended"), "nothing was kept");
    })
    .await;
}

/// How one of two owners tries to be rid of the other, or of himself.
async fn part(
    world: &World,
    way: usize,
    me: &Actor,
    org: OrganizationId,
    my: UserId,
    other: UserId,
) -> Result<(), Error> {
    let members = &world.services.members;
    let version = world.version(org, other).await;
    match way % 4 {
        0 => members.update(me, other, role_of(SystemRole::Member), version).await.map(drop),
        1 => members.leave(me).await,
        2 => members.remove(me, other, version).await,
        _ => {
            let mine = world.version(org, my).await;
            members.update(me, my, suspended(), mine).await.map(drop)
        }
    }
}

#[tokio::test]
async fn in_two_hundred_rounds_of_two_owners_parting_at_once_one_always_stays() {
    run(async |world| {
        let (first, second) = (world.person("a@himal.np").await, world.person("b@himal.np").await);
        let mut parted = 0;
        for round in 0..200 {
            let org = world.try_found(first, &format!("Round {round}")).await.expect("founded");
            world.enlist(org, second, SystemRole::Owner).await;
            let actors = [(first, second), (second, first)];
            let mut attempts = Vec::new();
            for (place, (my, other)) in actors.into_iter().enumerate() {
                let (world, me) = (world.clone(), world.actor(org, my).await);
                let way = round + place * (round / 4);
                attempts.push(tokio::spawn(async move { part(&world, way, &me, org, my, other).await }));
            }
            for attempt in attempts {
                match attempt.await.expect("no panic") {
                    Ok(()) => parted += 1,
                    Err(
                        Error::LastOwner
                        | Error::Denied(_)
                        | Error::NotFound
                        | Error::RankTooLow
                        | Error::Stale { .. },
                    ) => {}
                    Err(error) => panic!("{error:?}"),
                }
            }
            assert!(world.active_owners(org).await >= 1, "round {round}");
        }
        assert!(parted >= 150, "the race was run: {parted}");
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_owners_who_leave_at_once_one_stays() {
    run(async |world| {
        let (org, first) = world.himal().await;
        let mut owners = vec![first];
        for n in 1..16 {
            owners.push(world.member(org, &format!("o{n}@himal.np"), SystemRole::Owner.id()).await);
        }
        let mut leaving = Vec::new();
        for owner in owners {
            let (world, me) = (world.clone(), world.actor(org, owner).await);
            leaving.push(tokio::spawn(async move { world.services.members.leave(&me).await }));
        }
        let mut stayed = 0;
        for leaver in leaving {
            match leaver.await.expect("no panic") {
                Ok(()) => {}
                Err(Error::LastOwner) => stayed += 1,
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!((stayed, world.active_owners(org).await), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn ownership_goes_over_with_a_fresh_proof_and_both_are_told() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let heir = world.member(org, "heir@himal.np", SystemRole::Member.id()).await;
        let by = world.actor(org, owner).await;
        let mut old = by.clone();
        old.rights.assurance.fresh_until = None;
        let refused = world.services.members.transfer_ownership(&old, heir).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::StepUpRequired))), "{refused:?}");
        world.services.members.transfer_ownership(&by, heir).await.expect("transferred");
        assert!(world.has_role(org, heir, SystemRole::Owner).await);
        assert!(world.has_role(org, owner, SystemRole::Admin).await);
        let told = world.told(Stream::Organization(org)).await;
        assert_eq!(told[2], "members.ownership_transferred");
        for person in [owner, heir] {
            let own = world.told(Stream::User(person)).await;
            assert!(own.contains(&"members.membership_changed".to_owned()), "{own:?}");
        }
        let refused = world.services.members.transfer_ownership(&by, heir).await;
        assert!(matches!(refused, Err(Error::Denied(_))), "no owner any more: {refused:?}");
    })
    .await;
}

#[tokio::test]
async fn ownership_goes_only_to_an_active_member_who_is_no_owner() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let asleep = world.member(org, "asleep@himal.np", SystemRole::Member.id()).await;
        let second = world.member(org, "second@himal.np", SystemRole::Owner.id()).await;
        let (by, members) = (world.actor(org, owner).await, &world.services.members);
        members.update(&by, asleep, suspended(), Version(1)).await.expect("suspended");
        let refused = members.transfer_ownership(&by, asleep).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        let refused = members.transfer_ownership(&by, world.person("x@himal.np").await).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        for already in [owner, second] {
            let refused = members.transfer_ownership(&by, already).await;
            assert!(matches!(refused, Err(Error::AlreadyOwner)), "{refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_role_that_may_transfer_does_not_make_its_holder_an_owner_maker() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        let usher = CreateRole {
            name: "Usher".to_owned(),
            rank: Some(99),
            scopes: vec!["organization:transfer".to_owned()],
            ..CreateRole::default()
        };
        let usher = world.services.roles.create(&by, usher).await.expect("made").role;
        assert_eq!(usher.rank, Rank(99));
        let holder = world.member(org, "usher@himal.np", usher.id).await;
        let friend = world.member(org, "friend@himal.np", SystemRole::Member.id()).await;
        let refused =
            world.services.members.transfer_ownership(&world.actor(org, holder).await, friend).await;
        assert!(matches!(refused, Err(Error::RankTooLow)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_left_is_out_and_a_key_cannot_leave_for_him() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let asha = world.member(org, "asha@himal.np", SystemRole::Guest.id()).await;
        let me = world.actor(org, asha).await;
        let mut key = me.clone();
        key.who = kernel::Who::ApiKey { key: uuid::Uuid::from_u128(1).into(), user: asha };
        let refused = world.services.members.leave(&key).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::Unauthenticated))), "{refused:?}");
        world.services.members.leave(&me).await.expect("left");
        let again = world.services.members.leave(&me).await;
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
        let by = world.actor(org, owner).await;
        let page = PageRequest::default();
        let rest = world.services.members.list(&by, MemberFilter::default(), &page).await.expect("read");
        assert_eq!(rest.rows.len(), 1);
        let told = world.told(Stream::Organization(org)).await;
        assert_eq!(told.last().map(String::as_str), Some("members.member_left"));
    })
    .await;
}

#[tokio::test]
async fn sole_ownership_is_seen_and_an_erased_account_leaves_everywhere() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let shared = world.try_found(owner, "Shared").await.expect("founded");
        world.member(shared, "second@himal.np", SystemRole::Owner.id()).await;
        assert_eq!(world.solely_owned(owner).await, [org]);
        world.member(org, "heir@himal.np", SystemRole::Owner.id()).await;
        assert!(world.solely_owned(owner).await.is_empty());
        world.forget(owner).await.expect("forgotten");
        for left in [org, shared] {
            assert_eq!(world.membership(left, owner).await.status, "left");
        }
        let last = world.member(shared, "x@himal.np", SystemRole::Guest.id()).await;
        world.forget(last).await.expect("forgotten");
    })
    .await;
}

#[tokio::test]
async fn the_account_of_a_sole_owner_is_not_forgotten() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let refused = world.forget(owner).await;
        assert!(matches!(refused, Err(Error::LastOwner)), "{refused:?}");
        assert_eq!(world.active_owners(org).await, 1);
    })
    .await;
}
