use database::testing;
use kernel::{Denied, PageRequest, UserId, Version};
use notifications::{Category, Channel, ChoosePreference, Error, FeedFilter, Notice, Preference};

use crate::support::{World, manager, notice, person};

fn choice(category: &str, channel: &str, enabled: impl Into<Option<bool>>) -> ChoosePreference {
    ChoosePreference { category: category.to_owned(), channel: channel.to_owned(), enabled: enabled.into() }
}

fn cell(table: &[Preference], category: Category, channel: Channel) -> Preference {
    *table.iter().find(|cell| (cell.category, cell.channel) == (category, channel)).expect("a cell")
}

/// Whether an assignment reaches a person: in the app, by mail.
async fn reaches(world: &World, user: UserId, critical: bool) -> (bool, bool) {
    let event = world.happened(world.org, None).await;
    let worker = world.job(world.org).await;
    let notice = Notice { critical, ..notice(event, &[user]) };
    let made = world.service().notify(&worker, vec![notice]).await.expect("told");
    let page = PageRequest::default();
    let feed = world.service().list(&person(world.org, user), &FeedFilter::default(), &page).await;
    let in_app = feed.expect("a page").rows.iter().any(|entry| entry.event == event);
    let told = world.events(world.org, "notifications.notification_created").await;
    let by_mail = told.last().is_some_and(|told| {
        made.iter().any(|id| id.uuid() == told.subject_id) && told.data["byMail"] == true
    });
    (in_app, by_mail)
}

#[tokio::test]
async fn a_person_chooses_what_reaches_him_and_how() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let (service, asha) = (world.service(), person(world.org, world.asha));
        assert_eq!(reaches(&world, world.asha, false).await, (true, true));
        service.choose(&asha, vec![choice("assignments", "email", false)]).await.expect("chosen");
        assert_eq!(reaches(&world, world.asha, false).await, (true, false));
        service.choose(&asha, vec![choice("assignments", "in_app", false)]).await.expect("chosen");
        assert_eq!(reaches(&world, world.asha, false).await, (false, false));
        assert_eq!(reaches(&world, world.asha, true).await, (true, true), "critical news");
        service.choose(&asha, vec![choice("assignments", "email", true)]).await.expect("chosen");
        assert_eq!(reaches(&world, world.asha, false).await, (false, true));
        assert_eq!(reaches(&world, world.bikash, false).await, (true, true), "another person");
    })
    .await;
}

#[tokio::test]
async fn the_organization_decides_for_those_who_have_not() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let (service, owner) = (world.service(), manager(world.org, world.chitra));
        let muted = vec![choice("assignments", "email", false)];
        let defaults = service.choose_defaults(&owner, Version::FIRST, muted).await.expect("set");
        assert_eq!(defaults.version, Version(2));
        assert_eq!(reaches(&world, world.asha, false).await, (true, false));
        let asha = person(world.org, world.asha);
        let own = service.choose(&asha, vec![choice("assignments", "email", true)]).await.expect("chosen");
        let mail = cell(&own, Category::Assignments, Channel::Email);
        assert_eq!((mail.enabled, mail.choice, mail.inherited), (true, Some(true), false));
        assert_eq!(reaches(&world, world.asha, false).await, (true, true));
        let own = service.choose(&asha, vec![choice("assignments", "email", None)]).await.expect("chosen");
        let mail = cell(&own, Category::Assignments, Channel::Email);
        assert_eq!((mail.enabled, mail.choice), (false, None));
        assert_eq!(service.preferences(&asha).await.expect("read"), own);
    })
    .await;
}

#[tokio::test]
async fn critical_cells_cannot_be_switched_off_by_anybody() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let (service, wish) = (world.service(), vec![choice("security", "email", false)]);
        let refused = service.choose(&person(world.org, world.asha), wish.clone()).await;
        assert!(matches!(&refused, Err(Error::Invalid(faults)) if faults[0].field == "choices/0/enabled"));
        let owner = manager(world.org, world.asha);
        let refused = service.choose_defaults(&owner, Version::FIRST, wish.clone()).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        let stale = service.choose_defaults(&owner, Version(9), wish).await;
        assert!(matches!(stale, Err(Error::Stale { .. })), "an old version comes before what is wished");
        let table = service.preferences(&person(world.org, world.asha)).await.expect("read");
        let mail = cell(&table, Category::Security, Channel::Email);
        assert!(mail.enabled && !mail.mutable);
        assert_eq!(table.len(), Category::ALL.len() * Channel::ALL.len());
    })
    .await;
}

#[tokio::test]
async fn choices_made_at_once_add_up() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let mutable = Category::ALL.into_iter().filter(|category| !category.is_critical());
        let cells: Vec<_> =
            mutable.flat_map(|category| Channel::ALL.map(|channel| (category, channel))).collect();
        let tabs = cells.iter().chain(&cells).map(|(category, channel)| {
            let (service, asha) = (world.service(), person(world.org, world.asha));
            let wish = choice(category.name(), channel.name(), false);
            tokio::spawn(async move { service.choose(&asha, vec![wish]).await })
        });
        for tab in tabs.collect::<Vec<_>>() {
            tab.await.expect("no panic").expect("chosen");
        }
        let table = world.service().preferences(&person(world.org, world.asha)).await.expect("read");
        let off = table.iter().filter(|cell| !cell.enabled).count();
        assert_eq!(off, cells.len());
        let told = world.events(world.org, "notifications.preferences_changed").await;
        assert_eq!(told.len(), cells.len(), "the second wish for a cell changes nothing");
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_editors_of_the_same_version_one_wins() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let editors = (0..16).map(|n| {
            let (service, owner) = (world.service(), manager(world.org, world.asha));
            let channel = if n % 2 == 0 { "email" } else { "in_app" };
            let wish = choice("mentions", channel, false);
            tokio::spawn(async move { service.choose_defaults(&owner, Version::FIRST, vec![wish]).await })
        });
        let mut won = 0;
        for editor in editors.collect::<Vec<_>>() {
            match editor.await.expect("no panic") {
                Ok(defaults) => {
                    assert_eq!(defaults.version, Version(2));
                    won += 1;
                }
                Err(error) => assert!(matches!(error, Error::Stale { current: Version(2) }), "{error:?}"),
            }
        }
        assert_eq!(won, 1);
        assert_eq!(world.events(world.org, "notifications.defaults_changed").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_audit_log_knows_before_and_after() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let wish = vec![choice("mentions", "email", false)];
        let owner = manager(world.org, world.asha);
        world.service().choose_defaults(&owner, Version::FIRST, wish).await.expect("set");
        let told = world.events(world.org, "notifications.defaults_changed").await.remove(0);
        assert_eq!(told.data, serde_json::json!({ "changed": ["mentions.email"] }));
        let changes = serde_json::json!({ "before": {}, "after": { "mentions.email": false } });
        assert_eq!(told.private["changes"], changes);
    })
    .await;
}

#[tokio::test]
async fn a_member_may_not_touch_the_organizations_defaults() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let (service, member) = (world.service(), person(world.org, world.asha));
        let denied = |error: Error| matches!(error, Error::Denied(Denied::ScopeMissing(_)));
        assert!(denied(service.defaults(&member).await.expect_err("not his")));
        let wish = vec![choice("mentions", "email", false)];
        assert!(denied(service.choose_defaults(&member, Version::FIRST, wish).await.expect_err("not his")));
        let owner = manager(world.other, world.asha);
        assert_eq!(service.defaults(&owner).await.expect("read").version, Version::FIRST);
    })
    .await;
}
