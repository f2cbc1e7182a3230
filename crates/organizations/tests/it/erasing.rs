use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use database::entities::{self, Visitor};
use database::log;
use kernel::{Actor, Denied, Eviction, OrganizationId, Stream, SystemRole, Version};
use organizations::{CreateRole, Error, UpdateOrganization};
use sea_orm::sea_query::{Alias, Asterisk, Expr, ExprTrait, Func, Query};
use sea_orm::{ConnectionTrait, EntityTrait, IdenStatic, Iterable};

use crate::inviting::invite;
use crate::support::{World, run, system};

async fn ask(world: &World, by: &Actor, name: &str) -> Result<(), Error> {
    world.services.organizations.request_deletion(by, name).await.map(drop)
}

async fn erase(world: &World, org: OrganizationId) -> bool {
    world.services.organizations.erase(&system(), org).await.expect("asked")
}

/// Every column of every table that says whose a row is.
#[derive(Default)]
struct Belonging(Vec<(String, String)>);

impl Visitor for Belonging {
    fn visit<E: EntityTrait>(&mut self) {
        for column in E::Column::iter() {
            let name = column.as_str();
            if ["organization_id", "stream_id"].contains(&name) {
                self.0.push((E::default().table_name().to_owned(), name.to_owned()));
            }
        }
    }
}

/// The tables that still have rows of an organization.
async fn left(world: &World, org: OrganizationId) -> Vec<String> {
    let mut belonging = Belonging::default();
    entities::each(&mut belonging);
    belonging.0.push(("streams".to_owned(), "id".to_owned()));
    belonging.0.push(("organizations".to_owned(), "id".to_owned()));
    let mut left = Vec::new();
    for (table, column) in belonging.0 {
        let count = Query::select()
            .expr_as(Func::count(Expr::col(Asterisk)), "found")
            .from(Alias::new(table.clone()))
            .and_where(Expr::col(Alias::new(column)).eq(org.uuid()))
            .to_owned();
        let row = world.database.reader().query_one(&count).await.expect("read").expect("a count");
        if row.try_get::<i64>("", "found").expect("a number") > 0 {
            left.push(table);
        }
    }
    left.sort();
    left.dedup();
    left
}

#[tokio::test]
async fn an_organization_is_erased_after_fourteen_days_with_everything_that_is_its_own() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        world.services.settings.get(&by).await.expect("remembered");
        let helper = CreateRole { name: "Helper".to_owned(), ..CreateRole::default() };
        let helper = world.services.roles.create(&by, helper).await.expect("made").role.id;
        world.member(org, "asha@himal.np", helper).await;
        invite(&world, &by, "x@himal.np", SystemRole::Member).await;
        let renamed =
            UpdateOrganization { slug: Some("himal-np".to_owned()), ..UpdateOrganization::default() };
        world.services.organizations.update(&by, renamed, Version(1)).await.expect("renamed");
        let terai = world.try_found(owner, "Terai").await.expect("founded");
        let before = left(&world, terai).await;
        ask(&world, &by, "Himal Traders").await.expect("asked");
        world.env().advance(TimeDelta::days(14) - TimeDelta::milliseconds(1));
        assert!(!erase(&world, org).await, "too early");
        world.env().advance(TimeDelta::milliseconds(1));
        let due = world.services.organizations.due_for_erasure(10).await.expect("read");
        assert_eq!(due, [org]);
        world.evicted();
        assert!(erase(&world, org).await);
        assert_eq!(left(&world, org).await, Vec::<String>::new());
        assert_eq!(left(&world, terai).await, before, "nobody else's row is touched");
        assert_eq!(
            world.others.erasures.load(Ordering::SeqCst),
            3,
            "the other domains were asked until all was gone"
        );
        assert!(world.evicted().contains(&Eviction::Organization(org)));
        let told = world.told(Stream::Organization(OrganizationId::PLATFORM)).await;
        assert_eq!(told, ["organizations.organization_erased"]);
        let verified = log::verify(&world.database, OrganizationId::PLATFORM.uuid()).await.expect("checked");
        assert_eq!(verified.broken_at, None);
        let gone = world.services.organizations.erase(&system(), org).await;
        assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
        let settings = world.services.settings.of(org).await;
        assert!(matches!(settings, Err(Error::NotFound)), "{settings:?}");
    })
    .await;
}

#[tokio::test]
async fn a_deletion_needs_the_typed_name_a_fresh_proof_and_the_scope() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let admin = world.member(org, "admin@himal.np", SystemRole::Admin.id()).await;
        let by = world.actor(org, owner).await;
        for typed in ["", "himal traders", "Himal"] {
            let refused = ask(&world, &by, typed).await;
            assert!(matches!(&refused, Err(Error::Invalid(faults)) if faults[0].code == "name_mismatch"));
        }
        let refused = ask(&world, &world.actor(org, admin).await, "Himal Traders").await;
        assert!(matches!(refused, Err(Error::Denied(Denied::ScopeMissing(_)))), "{refused:?}");
        world.env().advance(TimeDelta::minutes(10));
        let refused = ask(&world, &by, "Himal Traders").await;
        assert!(matches!(refused, Err(Error::Denied(Denied::StepUpRequired))), "{refused:?}");
        let by = world.actor(org, owner).await;
        ask(&world, &by, " Himal Traders ").await.expect("asked");
        let again = ask(&world, &by, "Himal Traders").await;
        assert!(matches!(again, Err(Error::DeletionRequested)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn a_deletion_can_be_taken_back_and_both_are_told() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        let organizations = &world.services.organizations;
        let refused = organizations.cancel_deletion(&by).await;
        assert!(matches!(refused, Err(Error::DeletionNotRequested)), "{refused:?}");
        ask(&world, &by, "Himal Traders").await.expect("asked");
        let staying = organizations.cancel_deletion(&by).await.expect("taken back");
        assert_eq!((staying.delete_after, staying.version), (None, Version(3)));
        world.env().advance(TimeDelta::days(15));
        assert!(!erase(&world, org).await);
        assert!(world.has_role(org, owner, SystemRole::Owner).await);
        let told = world.told(Stream::Organization(org)).await;
        assert_eq!(
            told.get(2..),
            Some(
                &[
                    "organizations.deletion_requested".to_owned(),
                    "organizations.deletion_cancelled".to_owned()
                ][..]
            )
        );
    })
    .await;
}

#[tokio::test]
async fn only_the_system_erases_and_never_the_platform() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let by = world.actor(org, owner).await;
        ask(&world, &by, "Himal Traders").await.expect("asked");
        world.env().advance(TimeDelta::days(14));
        let organizations = &world.services.organizations;
        let refused = organizations.erase(&by, org).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::Unauthenticated))), "{refused:?}");
        let refused = organizations.erase(&system(), OrganizationId::PLATFORM).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::Unauthenticated))), "{refused:?}");
        assert!(world.has_role(org, owner, SystemRole::Owner).await);
    })
    .await;
}
