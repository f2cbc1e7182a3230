use chrono::TimeDelta;
use database::StoreError;
use database::entities::organization_settings as row;
use kernel::{Denied, Eviction, OrganizationId, Scope, Stream, SystemRole, Version};
use organizations::{Error, UpdateSettings};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::{World, run, system};

fn rupees_of_india() -> UpdateSettings {
    UpdateSettings { currency: Some("INR".to_owned()), ..UpdateSettings::default() }
}

/// Changes the row behind everybody's back.
async fn tamper(world: &World, org: OrganizationId, currency: &'static str) {
    let done: Result<(), StoreError> = world
        .database
        .commit(&system(), move |tx| {
            Box::pin(async move {
                row::Entity::update_many()
                    .col_expr(row::Column::Currency, Expr::value(currency))
                    .filter(row::Column::OrganizationId.eq(org.uuid()))
                    .exec(tx.connection())
                    .await?;
                Ok(())
            })
        })
        .await;
    done.expect("written");
}

#[tokio::test]
async fn settings_are_remembered_until_they_change_or_a_minute_passed() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let actor = world.actor(org, owner).await;
        let settings = &world.services.settings;
        let currency = async || settings.get(&actor).await.expect("read").currency.code();
        assert_eq!(currency().await, "NPR");
        tamper(&world, org, "USD").await;
        assert_eq!(currency().await, "NPR", "from memory");
        settings.update(&actor, rupees_of_india(), Version(1)).await.expect("changed");
        assert_eq!(currency().await, "INR", "the change evicted the memory");
        tamper(&world, org, "EUR").await;
        assert_eq!(currency().await, "INR", "from memory again");
        world.env().advance(TimeDelta::seconds(60));
        assert_eq!(currency().await, "EUR");
    })
    .await;
}

#[tokio::test]
async fn a_change_is_told_and_evicted_in_one_commit() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let actor = world.actor(org, owner).await;
        world.evicted();
        let after = world.services.settings.update(&actor, rupees_of_india(), Version(1)).await;
        assert_eq!(after.expect("changed").version, Version(2));
        assert_eq!(world.evicted(), [Eviction::Key(format!("org:{org}:settings"))]);
        let told = world.told(Stream::Organization(org)).await;
        assert_eq!(told.last().map(String::as_str), Some("settings.settings_updated"));
        let stale = world.services.settings.update(&actor, rupees_of_india(), Version(1)).await;
        assert!(matches!(stale, Err(Error::Stale { current: Version(2) })), "{stale:?}");
    })
    .await;
}

#[tokio::test]
async fn members_read_settings_and_do_not_change_them() {
    run(async |world| {
        let (org, _) = world.himal().await;
        for (role, may_read) in [(SystemRole::Member, true), (SystemRole::Guest, false)] {
            let user = world.member(org, &format!("{}@himal.np", role.name()), role.id()).await;
            let actor = world.actor(org, user).await;
            assert_eq!(world.services.settings.get(&actor).await.is_ok(), may_read);
            let refused = world.services.settings.update(&actor, rupees_of_india(), Version(1)).await;
            let missing = Denied::ScopeMissing(Scope::SettingsManage);
            assert!(matches!(refused, Err(Error::Denied(denied)) if denied == missing));
        }
    })
    .await;
}
