use database::entities::{app_installation, role};
use kernel::{
    Actor, ApiKeyId, Denied, Eviction, OrganizationId, Page, PageRequest, Stream, SystemRole, Version, Who,
};
use organizations::{CreateOrganization, Error, MyOrganization, OrganizationFilter, UpdateOrganization};
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::support::{World, run};

fn named(name: &str) -> CreateOrganization {
    CreateOrganization { name: name.to_owned(), slug: None }
}

fn with_slug(slug: &str) -> CreateOrganization {
    CreateOrganization { name: "Some".to_owned(), slug: Some(slug.to_owned()) }
}

async fn mine(world: &World, actor: &Actor, page: &PageRequest) -> Page<MyOrganization> {
    let all = OrganizationFilter::default();
    world.services.organizations.list_mine(actor, all, page).await.expect("open to him")
}

async fn find(world: &World, actor: &Actor, slug: &str) -> Option<OrganizationId> {
    let filter = OrganizationFilter { slug: Some(slug.to_owned()) };
    let found = world.services.organizations.list_mine(actor, filter, &PageRequest::default()).await;
    found.expect("open to him").rows.first().map(|row| row.id)
}

async fn rename(world: &World, actor: &Actor, slug: &str) -> Result<(), Error> {
    let now = world.services.organizations.current(actor).await?;
    let update = UpdateOrganization { slug: Some(slug.to_owned()), ..UpdateOrganization::default() };
    world.services.organizations.update(actor, update, now.version).await.map(drop)
}

#[tokio::test]
async fn a_new_organization_has_all_it_needs() {
    run(async |world| {
        let owner = world.person("asha@himal.np").await;
        let created = world.services.organizations.create(&world.signed_in(owner), named("Himal")).await;
        let created = created.expect("founded");
        assert_eq!((created.slug.as_str(), created.version), ("himal", Version(1)));
        let actor = world.actor(created.id, owner).await;
        let roles = world.services.roles.list(&actor, &PageRequest::default()).await.expect("read").rows;
        assert_eq!(roles.iter().map(|r| r.role.system_role()).collect::<Vec<_>>(), SystemRole::ALL.map(Some));
        assert_eq!(roles.iter().map(|r| r.members).collect::<Vec<_>>(), [1, 0, 0, 0]);
        let settings = world.services.settings.get(&actor).await.expect("read");
        assert_eq!((settings.currency.code(), settings.time_zone.name()), ("NPR", "Asia/Kathmandu"));
        let apps = app_installation::Entity::find().all(world.database.reader()).await.expect("read");
        let mut apps: Vec<_> = apps.iter().map(|row| row.app.as_str()).collect();
        apps.sort_unstable();
        assert_eq!(apps, ["campaigns", "invoices", "tickets"]);
        assert!(world.has_role(created.id, owner, SystemRole::Owner).await);
        let told = world.told(Stream::Organization(created.id)).await;
        assert_eq!(told, ["organizations.organization_created", "members.member_joined"]);
        assert_eq!(world.told(Stream::User(owner)).await, ["members.membership_changed"]);
        assert_eq!(world.evicted(), [Eviction::User(owner)]);
        assert_eq!(*world.others.begun.lock().expect("not poisoned"), [created.id]);
    })
    .await;
}

#[tokio::test]
async fn stored_system_roles_grant_what_the_code_says() {
    run(async |world| {
        world.himal().await;
        let rows = role::Entity::find().all(world.database.reader()).await.expect("read");
        assert_eq!(rows.len(), 4);
        for row in rows {
            let system = SystemRole::from_id(row.id.into()).expect("a system role");
            assert_eq!(row.scopes, system.scopes().to_stored());
            assert!(row.is_system);
        }
    })
    .await;
}

#[tokio::test]
async fn sixteen_organizations_of_one_name_get_sixteen_slugs() {
    run(async |world| {
        let owner = world.person("asha@himal.np").await;
        let founders = (0..16).map(|_| {
            let world = world.clone();
            tokio::spawn(async move {
                world.services.organizations.create(&world.signed_in(owner), named("Himal")).await
            })
        });
        let mut slugs = Vec::new();
        for founder in founders.collect::<Vec<_>>() {
            let created = founder.await.expect("no panic").expect("founded");
            slugs.push(created.slug.as_str().to_owned());
        }
        slugs.sort();
        slugs.dedup();
        assert_eq!(slugs.len(), 16);
        assert!(slugs.contains(&"himal".to_owned()));
        let page = PageRequest::default();
        assert_eq!(mine(&world, &world.signed_in(owner), &page).await.rows.len(), 16);
    })
    .await;
}

#[tokio::test]
async fn a_slug_that_was_used_once_stays_with_its_organization() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let actor = world.actor(org, owner).await;
        let organizations = &world.services.organizations;
        rename(&world, &actor, "himal-np").await.expect("free");
        let taken = organizations.create(&world.signed_in(owner), with_slug("himal-traders")).await;
        assert!(matches!(taken, Err(Error::SlugTaken)), "{taken:?}");
        let other = organizations.create(&world.signed_in(owner), named("Himal Traders")).await;
        let other = other.expect("another slug");
        assert_eq!(other.slug.as_str(), "himal-traders-2");
        let thief = world.actor(other.id, owner).await;
        for slug in ["himal-traders", "himal-np"] {
            let refused = rename(&world, &thief, slug).await;
            assert!(matches!(refused, Err(Error::SlugTaken)), "{refused:?}");
        }
        for slug in ["himal-np", "himal-traders"] {
            assert_eq!(find(&world, &actor, slug).await, Some(org));
        }
        rename(&world, &actor, "himal-traders").await.expect("its own");
        assert_eq!(find(&world, &actor, "himal-np").await, Some(org));
        rename(&world, &actor, "himal-np").await.expect("its own again");
    })
    .await;
}

#[tokio::test]
async fn a_slug_that_is_given_up_while_others_reach_for_it_does_not_change_hands() {
    run(async |world| {
        for round in 0..20 {
            let owner = world.person(&format!("o{round}@himal.np")).await;
            let slug = format!("wanted-{round}");
            let founded =
                world.services.organizations.create(&world.signed_in(owner), with_slug(&slug)).await;
            let org = founded.expect("free").id;
            let actor = world.actor(org, owner).await;
            let reachers = (0..4).map(|_| {
                let (world, slug) = (world.clone(), slug.clone());
                tokio::spawn(async move {
                    world.services.organizations.create(&world.signed_in(owner), with_slug(&slug)).await
                })
            });
            let reachers = reachers.collect::<Vec<_>>();
            rename(&world, &actor, &format!("other-{round}")).await.expect("free");
            for reacher in reachers {
                let refused = reacher.await.expect("no panic");
                assert!(matches!(refused, Err(Error::SlugTaken)), "{refused:?}");
            }
            assert_eq!(find(&world, &actor, &slug).await, Some(org));
        }
    })
    .await;
}

#[tokio::test]
async fn a_slug_tells_strangers_nothing() {
    run(async |world| {
        world.himal().await;
        let stranger = world.person("bina@terai.np").await;
        for slug in ["himal-traders", "no-such-thing", "mero-jugx"] {
            assert_eq!(find(&world, &world.signed_in(stranger), slug).await, None);
        }
    })
    .await;
}

#[tokio::test]
async fn only_a_person_with_his_demanded_factor_founds() {
    run(async |world| {
        let owner = world.person("asha@himal.np").await;
        let mut key = world.signed_in(owner);
        key.who = Who::ApiKey { key: ApiKeyId::from_uuid(Uuid::from_u128(1)), user: owner };
        let refused = world.services.organizations.create(&key, named("Himal")).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::Unauthenticated))), "{refused:?}");
        let mut bare = world.signed_in(owner);
        (bare.rights.assurance.mfa_demanded, bare.rights.assurance.mfa_proven) = (true, false);
        let refused = world.services.organizations.create(&bare, named("Himal")).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::MfaSetupRequired))), "{refused:?}");
        let page = PageRequest::default();
        assert!(mine(&world, &bare, &page).await.rows.is_empty());
        let refused = world.services.organizations.create(&world.signed_in(owner), named("a\nb")).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn ones_own_organizations_come_by_name_in_pages_and_without_those_one_left() {
    run(async |world| {
        let owner = world.person("asha@himal.np").await;
        for name in ["Cholo", "Annapurna", "Bardia", "Annapurna"] {
            world.try_found(owner, name).await.expect("founded");
        }
        let left = world.try_found(owner, "Aaa").await.expect("founded");
        let heir = world.member(left, "heir@himal.np", SystemRole::Owner.id()).await;
        world.services.members.leave(&world.actor(left, owner).await).await.expect("left");
        let (mut names, mut after) = (Vec::new(), None);
        loop {
            let page = PageRequest { limit: kernel::Limit::parse(1).expect("in range"), after, count: false };
            let page = mine(&world, &world.signed_in(owner), &page).await;
            names.extend(page.rows.iter().map(|row| row.name.to_string()));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(names, ["Annapurna", "Annapurna", "Bardia", "Cholo"]);
        let page = PageRequest::default();
        let his = mine(&world, &world.signed_in(heir), &page).await;
        assert_eq!(his.rows.iter().map(|row| row.role_name.as_str()).collect::<Vec<_>>(), ["Owner"]);
    })
    .await;
}
