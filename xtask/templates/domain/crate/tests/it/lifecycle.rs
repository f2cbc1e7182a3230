use kernel::{Actor, OrganizationId, Patch, Version};
use __things__::{Create__Thing__, Error, Update__Thing__};

use crate::support::{World, run};

#[tokio::test]
async fn what_was_made_is_found_and_told() {
    run(async |world: World| {
        let command = Create__Thing__ {
            name: " First ".to_owned(),
            description: Some("Two\nlines".to_owned()),
            owner: Some(world.himal.1),
        };
        let made = world.__things__.create(&world.writer(), command).await.expect("made");
        assert_eq!((made.name.as_str(), made.owner, made.version), ("First", Some(world.himal.1), Version(1)));
        assert_eq!(world.__things__.get(&world.writer(), made.id).await.expect("found"), made);
        assert_eq!(world.told(world.himal.0).await, ["__things__.__thing___created"]);
    })
    .await;
}

#[tokio::test]
async fn two_cannot_have_one_name() {
    run(async |world: World| {
        let (first, second) = (world.make("First").await, world.make("Second").await);
        let again = Create__Thing__ { name: "First".to_owned(), ..Create__Thing__::default() };
        let refused = world.__things__.create(&world.writer(), again).await;
        assert!(matches!(refused, Err(Error::NameTaken)), "{refused:?}");
        let rename = Update__Thing__ { name: Some("First".to_owned()), ..Update__Thing__::default() };
        let refused = world.__things__.update(&world.writer(), second.id, Version(1), rename).await;
        assert!(matches!(refused, Err(Error::NameTaken)), "{refused:?}");
        world.__things__.delete(&world.writer(), first.id, Version(1)).await.expect("deleted");
        world.make("First").await;
    })
    .await;
}

#[tokio::test]
async fn a_change_counts_once_and_against_the_version_it_was_made_for() {
    run(async |world: World| {
        let made = world.make("First").await;
        let rename = |name: &str| Update__Thing__ { name: Some(name.to_owned()), ..Update__Thing__::default() };
        let changed =
            world.__things__.update(&world.writer(), made.id, Version(1), rename("Other")).await.expect("changed");
        assert_eq!((changed.name.as_str(), changed.version), ("Other", Version(2)));
        let late = world.__things__.update(&world.writer(), made.id, Version(1), rename("Late")).await;
        assert!(matches!(late, Err(Error::Stale { current: Version(2) })), "{late:?}");
        let nothing = Update__Thing__ { description: Patch::Clear, ..rename("Other") };
        let same = world.__things__.update(&world.writer(), made.id, Version(2), nothing).await.expect("the same");
        assert_eq!(same, changed, "what changes nothing is no change");
        let told = ["__things__.__thing___created", "__things__.__thing___updated"];
        assert_eq!(world.told(world.himal.0).await, told);
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_changes_of_one_version_one_counts() {
    run(async |world: World| {
        let made = world.make("First").await;
        let changes = (0..16).map(|number| {
            let (__things__, actor) = (world.__things__.clone(), world.writer());
            let update =
                Update__Thing__ { name: Some(format!("Name {number}")), ..Update__Thing__::default() };
            tokio::spawn(async move { __things__.update(&actor, made.id, Version(1), update).await })
        });
        let mut counted = 0;
        for change in changes.collect::<Vec<_>>() {
            match change.await.expect("no panic") {
                Ok(_) => counted += 1,
                Err(Error::Stale { current: Version(2) }) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(counted, 1);
    })
    .await;
}

#[tokio::test]
async fn what_was_deleted_is_gone_and_told() {
    run(async |world: World| {
        let made = world.make("First").await;
        let late = world.__things__.delete(&world.writer(), made.id, Version(2)).await;
        assert!(matches!(late, Err(Error::Stale { current: Version(1) })), "{late:?}");
        world.__things__.delete(&world.writer(), made.id, Version(1)).await.expect("deleted");
        let gone = world.__things__.get(&world.writer(), made.id).await;
        assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
        let told = ["__things__.__thing___created", "__things__.__thing___deleted"];
        assert_eq!(world.told(world.himal.0).await, told);
    })
    .await;
}

#[tokio::test]
async fn an_organization_is_forgotten_a_few_rows_at_a_time() {
    run(async |world: World| {
        for number in 0..3 {
            world.make(&format!("Name {number}")).await;
        }
        let kept = Create__Thing__ { name: "Kept".to_owned(), ..Create__Thing__::default() };
        let kept = world.__things__.create(&world.stranger(), kept).await.expect("made");
        let mut ends = Vec::new();
        for _ in 0..2 {
            let (__things__, org) = (world.__things__.clone(), world.himal.0);
            let erased: Result<bool, Error> = world
                .database
                .commit(&Actor::system(OrganizationId::PLATFORM), move |tx| {
                    Box::pin(async move { __things__.erase(tx, org, 2).await })
                })
                .await;
            ends.push(erased.expect("erased"));
        }
        assert_eq!(ends, [false, true]);
        world.__things__.get(&world.stranger(), kept.id).await.expect("another organization's");
    })
    .await;
}
