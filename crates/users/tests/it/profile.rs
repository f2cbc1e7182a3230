use std::sync::Arc;

use database::log;
use kernel::{Patch, Stream, Version};
use serde_json::json;
use users::{Error, Theme, UpdateProfile};

use crate::support::run;

fn renamed(name: &str) -> UpdateProfile {
    UpdateProfile { full_name: Some(name.to_owned()), ..UpdateProfile::default() }
}

#[tokio::test]
async fn a_profile_changes_in_what_is_told_and_in_nothing_else() {
    run(async |world| {
        let asha = world.person("asha@example.com", "Asha Rai").await;
        let actor = world.signed_in(asha.id);
        let update = UpdateProfile {
            display_name: Patch::Set("Asha".to_owned()),
            theme: Some("dark".to_owned()),
            ..UpdateProfile::default()
        };
        let after = world.users.update_me(&actor, update, Version(1)).await.expect("changed");
        assert_eq!((after.theme, after.version), (Theme::Dark, Version(2)));
        assert_eq!((after.full_name.as_str(), after.time_zone), ("Asha Rai", asha.time_zone));
        let cleared = UpdateProfile { display_name: Patch::Clear, ..UpdateProfile::default() };
        let after = world.users.update_me(&actor, cleared, Version(2)).await.expect("changed");
        assert_eq!(after.display_name, None);
        assert_eq!(world.users.me(&actor).await.expect("read"), after);
    })
    .await;
}

#[tokio::test]
async fn colleagues_learn_of_a_name_and_not_of_a_theme() {
    run(async |world| {
        let asha = world.person("asha@example.com", "Asha Rai").await;
        let org = world.organization().await;
        world.join(org, asha.id, "active").await;
        let update = UpdateProfile { theme: Some("dark".to_owned()), ..renamed("Asha Gurung") };
        world.users.update_me(&world.signed_in(asha.id), update, Version(1)).await.expect("changed");
        let events = log::since(&world.database, org.uuid(), 0, 10).await.expect("read");
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].data, json!({ "changed": ["fullName"] }));
        assert_eq!(
            events[0].private["changes"],
            json!({ "before": { "fullName": "Asha Rai" }, "after": { "fullName": "Asha Gurung" } })
        );
        let own = log::since(&world.database, asha.id.uuid(), 1, 10).await.expect("read");
        assert_eq!(own[0].data, json!({ "changed": ["fullName", "theme"] }));
    })
    .await;
}

#[tokio::test]
async fn a_change_upon_an_old_version_is_refused_and_an_empty_one_writes_nothing() {
    run(async |world| {
        let asha = world.person("asha@example.com", "Asha").await;
        let actor = world.signed_in(asha.id);
        world.users.update_me(&actor, renamed("Asha Rai"), Version(1)).await.expect("changed");
        let stale = world.users.update_me(&actor, renamed("Asha Gurung"), Version(1)).await;
        assert!(matches!(stale, Err(Error::Stale { current: Version(2) })), "{stale:?}");
        let same = world.users.update_me(&actor, renamed("Asha Rai"), Version(2)).await.expect("no change");
        assert_eq!(same.version, Version(2));
        assert_eq!(world.told(Stream::User(asha.id)).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_editors_at_once_none_overwrites_another_silently() {
    run(async |world| {
        let asha = world.person("asha@example.com", "Asha").await;
        let world = Arc::new(world);
        let editors = (0..16).map(|n| {
            let (world, actor) = (world.clone(), world.signed_in(asha.id));
            tokio::spawn(async move {
                let me = world.users.me(&actor).await.expect("read");
                world.users.update_me(&actor, renamed(&format!("Asha {n}")), me.version).await
            })
        });
        let mut changed = 0;
        for editor in editors.collect::<Vec<_>>() {
            match editor.await.expect("no panic") {
                Ok(_) => changed += 1,
                Err(error) => assert!(matches!(error, Error::Stale { .. }), "{error:?}"),
            }
        }
        let me = world.users.me(&world.signed_in(asha.id)).await.expect("read");
        assert_eq!(me.version, Version(1 + changed));
        assert!(changed >= 1);
    })
    .await;
}
