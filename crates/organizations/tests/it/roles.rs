use chrono::TimeDelta;
use database::entities::organization;
use kernel::{Actor, Denied, Eviction, Limit, PageRequest, Scope, Stream, SystemRole, Version};
use organizations::{CreateInvitation, CreateRole, Error, Role, UpdateMember, UpdateRole};
use sea_orm::EntityTrait;

use crate::support::{World, role_of, run};

fn role(name: &str, rank: i64, scopes: &[&str]) -> CreateRole {
    CreateRole {
        name: name.to_owned(),
        description: None,
        rank: Some(rank),
        scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
    }
}

fn scopes(scopes: &[&str]) -> UpdateRole {
    let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
    UpdateRole { scopes: Some(scopes), ..UpdateRole::default() }
}

async fn make(world: &World, by: &Actor, create: CreateRole) -> Role {
    world.services.roles.create(by, create).await.expect("made").role
}

#[tokio::test]
async fn an_admin_makes_roles_below_himself_of_scopes_he_holds() {
    run(async |world| {
        let (org, _) = world.himal().await;
        let admin = world.member(org, "admin@himal.np", SystemRole::Admin.id()).await;
        let (by, roles) = (world.actor(org, admin).await, &world.services.roles);
        let made = make(&world, &by, role("Support", 40, &["tickets:read", "tickets:write"])).await;
        assert_eq!(made.version, Version(1));
        let refused = roles.create(&by, role("Peer", 80, &[])).await;
        assert!(matches!(refused, Err(Error::RankTooLow)), "{refused:?}");
        let refused = roles.create(&by, role("Payer", 10, &["billing:manage"])).await;
        assert!(matches!(refused, Err(Error::ScopeNotHeld(Scope::BillingManage))), "{refused:?}");
        let told = world.told(Stream::Organization(org)).await;
        assert_eq!(told.last().map(String::as_str), Some("roles.role_created"));
    })
    .await;
}

#[tokio::test]
async fn a_key_grants_no_more_than_it_holds() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let mut key = world.actor(org, owner).await;
        key.who = kernel::Who::ApiKey { key: uuid::Uuid::from_u128(1).into(), user: owner };
        key.rights.scopes = [Scope::RolesManage, Scope::CrmRead].into_iter().collect();
        make(&world, &key, role("Reader", 40, &["crm:read"])).await;
        let refused = world.services.roles.create(&key, role("Writer", 40, &["crm:write"])).await;
        assert!(matches!(refused, Err(Error::ScopeNotHeld(Scope::CrmWrite))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn system_roles_are_nobodys_to_change() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let (by, roles) = (world.actor(org, owner).await, &world.services.roles);
        for system in SystemRole::ALL {
            let refused = roles.update(&by, system.id(), scopes(&[]), Version(1)).await;
            assert!(matches!(refused, Err(Error::SystemRole)), "{refused:?}");
            let refused = roles.delete(&by, system.id(), Version(1)).await;
            assert!(matches!(refused, Err(Error::SystemRole)), "{refused:?}");
        }
        for name in ["admin", "OWNER"] {
            let refused = roles.create(&by, role(name, 10, &[])).await;
            assert!(matches!(refused, Err(Error::RoleNameTaken)), "{refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_widens_his_own_role() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        let clerk = make(&world, &by, role("Clerk", 60, &["roles:manage", "roles:read"])).await;
        let clerk_user = world.member(org, "clerk@himal.np", clerk.id).await;
        let me = world.actor(org, clerk_user).await;
        let refused = world.services.roles.update(&me, clerk.id, scopes(&["roles:manage"]), Version(1)).await;
        assert!(matches!(refused, Err(Error::RankTooLow)), "{refused:?}");
        let refused = world.services.roles.delete(&me, clerk.id, Version(1)).await;
        assert!(matches!(refused, Err(Error::RankTooLow)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_change_of_scopes_makes_everybodys_rights_outdated_and_a_new_name_does_not() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let (by, roles) = (world.actor(org, owner).await, &world.services.roles);
        let support = make(&world, &by, role("Support", 40, &["tickets:read"])).await;
        let epoch = async || {
            let found = organization::Entity::find_by_id(org.uuid()).one(world.database.reader()).await;
            found.expect("read").expect("there").epoch
        };
        world.evicted();
        let renamed = UpdateRole { name: Some("Desk".to_owned()), ..UpdateRole::default() };
        roles.update(&by, support.id, renamed, Version(1)).await.expect("renamed");
        assert_eq!((epoch().await, world.evicted()), (1, vec![]));
        let widened = roles.update(&by, support.id, scopes(&["tickets:write"]), Version(2)).await;
        assert_eq!(widened.expect("changed").role.version, Version(3));
        assert_eq!((epoch().await, world.evicted()), (2, vec![Eviction::Organization(org)]));
        let stale = roles.update(&by, support.id, scopes(&[]), Version(2)).await;
        assert!(matches!(stale, Err(Error::Stale { current: Version(3) })), "{stale:?}");
        let same = roles.update(&by, support.id, scopes(&["tickets:write"]), Version(3)).await;
        assert_eq!(same.expect("no change").role.version, Version(3));
    })
    .await;
}

#[tokio::test]
async fn a_role_that_somebody_has_or_is_offered_stays() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let (by, roles) = (world.actor(org, owner).await, &world.services.roles);
        let support = make(&world, &by, role("Support", 40, &["tickets:read"])).await;
        let asha = world.member(org, "asha@himal.np", support.id).await;
        let in_use = async || {
            let refused = roles.delete(&by, support.id, Version(1)).await;
            assert!(matches!(refused, Err(Error::RoleInUse)), "{refused:?}");
        };
        in_use().await;
        let listed = roles.list(&by, &PageRequest::default()).await.expect("read").rows;
        let counted = listed.iter().find(|listed| listed.role.id == support.id).expect("listed");
        assert_eq!(counted.members, 1);
        world
            .services
            .members
            .update(&by, asha, role_of(SystemRole::Guest), Version(1))
            .await
            .expect("moved");
        let invite = CreateInvitation { email: "new@himal.np".to_owned(), role: support.id };
        world.services.invitations.create(&by, vec![invite]).await.expect("invited");
        in_use().await;
        world.env().advance(TimeDelta::days(7));
        let by = world.actor(org, owner).await;
        roles.delete(&by, support.id, Version(1)).await.expect("the invitation has expired");
        let gone = roles.delete(&by, support.id, Version(1)).await;
        assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_left_does_not_keep_a_role_alive_and_comes_back_without_it() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        let support = make(&world, &by, role("Support", 40, &["tickets:read"])).await;
        let asha = world.member(org, "asha@himal.np", support.id).await;
        world.services.members.remove(&by, asha, Version(1)).await.expect("removed");
        world.services.roles.delete(&by, support.id, Version(1)).await.expect("free");
        let former = world.membership(org, asha).await;
        assert_eq!((former.status.as_str(), former.role_id), ("left", SystemRole::Guest.id().uuid()));
    })
    .await;
}

#[tokio::test]
async fn while_a_role_is_deleted_nobody_gets_it() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        let asha = world.member(org, "asha@himal.np", SystemRole::Member.id()).await;
        for round in 0..20 {
            let support = make(&world, &by, role(&format!("Support {round}"), 40, &[])).await;
            let version = world.version(org, asha).await;
            let giving = {
                let (world, by) = (world.clone(), by.clone());
                let update = UpdateMember { role: Some(support.id), status: None };
                tokio::spawn(async move { world.services.members.update(&by, asha, update, version).await })
            };
            let deleted = world.services.roles.delete(&by, support.id, Version(1)).await;
            let given = giving.await.expect("no panic");
            match (&deleted, &given) {
                (Ok(()), Err(Error::Invalid(_))) | (Err(Error::RoleInUse), Ok(_)) => {}
                other => panic!("{other:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_hundred_roles_are_enough_and_a_name_stands_once() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        for n in 0..100 {
            make(&world, &by, role(&format!("Role {n}"), 10, &[])).await;
        }
        let refused = world.services.roles.create(&by, role("One more", 10, &[])).await;
        assert!(matches!(refused, Err(Error::TooManyRoles)), "{refused:?}");
        let listed = world.services.roles.list(&by, &PageRequest::default()).await.expect("read").rows;
        let first = listed.iter().find(|listed| listed.role.name == "Role 1").expect("listed").role.id;
        let renamed = UpdateRole { name: Some("ROLE 2".to_owned()), ..UpdateRole::default() };
        let refused = world.services.roles.update(&by, first, renamed, Version(1)).await;
        assert!(matches!(refused, Err(Error::RoleNameTaken)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn roles_come_highest_first_in_pages() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        for (name, rank) in [("b", 50), ("a", 50), ("z", 99), ("\u{928}", 50)] {
            make(&world, &by, role(name, rank, &[])).await;
        }
        let (mut names, mut after) = (Vec::new(), None);
        loop {
            let page = PageRequest { limit: Limit::parse(2).expect("in range"), after, count: false };
            let page = world.services.roles.list(&by, &page).await.expect("read");
            names.extend(page.rows.into_iter().map(|row| row.role.name));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(names, ["Owner", "z", "Admin", "Member", "a", "b", "\u{928}", "Guest"]);
        let guest = world.services.roles.get(&by, SystemRole::Guest.id()).await.expect("there");
        assert_eq!((guest.role.name.as_str(), guest.members), ("Guest", 0));
    })
    .await;
}

#[tokio::test]
async fn roles_of_another_organization_do_not_exist_here() {
    run(async |world| {
        let (himal, owner) = world.himal().await;
        let foreign = make(&world, &world.actor(himal, owner).await, role("Support", 40, &[])).await;
        let terai = world.try_found(owner, "Terai").await.expect("founded");
        let (by, roles) = (world.actor(terai, owner).await, &world.services.roles);
        let get = roles.get(&by, foreign.id).await.map(drop);
        let update = roles.update(&by, foreign.id, scopes(&[]), Version(1)).await.map(drop);
        let delete = roles.delete(&by, foreign.id, Version(1)).await;
        for refused in [get, update, delete] {
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
        make(&world, &by, role("Support", 40, &[])).await;
    })
    .await;
}

#[tokio::test]
async fn the_registry_says_which_system_roles_hold_a_scope() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let (by, mut entries, mut after) = (world.actor(org, owner).await, Vec::new(), None);
        loop {
            let page = PageRequest { limit: Limit::parse(20).expect("in range"), after, count: false };
            let page = world.services.roles.scopes(&by, &page).await.expect("read");
            entries.extend(page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let scopes: Vec<_> = entries.iter().map(|entry| entry.scope).collect();
        assert_eq!(scopes, Scope::all().collect::<Vec<_>>());
        let of = |scope| &entries.iter().find(|entry| entry.scope == scope).expect("listed").system_roles;
        assert_eq!(of(Scope::BillingManage), &[SystemRole::Owner]);
        assert_eq!(of(Scope::TicketsRead), &SystemRole::ALL);
        let guest = world.member(org, "guest@himal.np", SystemRole::Guest.id()).await;
        let refused =
            world.services.roles.scopes(&world.actor(org, guest).await, &PageRequest::default()).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::ScopeMissing(Scope::RolesRead)))), "{refused:?}");
    })
    .await;
}
