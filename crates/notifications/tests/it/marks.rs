use chrono::TimeDelta;
use database::testing;
use kernel::{NotificationId, PageRequest, Timestamp, UserId};
use notifications::{Category, Counts, Error, FeedFilter, MarkAll, MarkNotification, Notification, View};

use crate::support::{World, person};

fn mark(word: &str) -> MarkNotification {
    MarkNotification { mark: word.to_owned(), until: None }
}

fn snooze(until: Timestamp) -> MarkNotification {
    MarkNotification { mark: "snoozed".to_owned(), until: Some(until) }
}

fn all(word: &str) -> MarkAll {
    MarkAll { mark: mark(word), category: None, up_to: None }
}

async fn view(world: &World, user: UserId, view: View) -> Vec<Notification> {
    let filter = FeedFilter { view, ..FeedFilter::default() };
    let page = world.service().list(&person(world.org, user), &filter, &PageRequest::default()).await;
    page.expect("a page").rows
}

async fn only(world: &World) -> NotificationId {
    view(world, world.asha, View::Inbox).await[0].id
}

async fn counts(world: &World) -> (u64, u64) {
    let Counts { unseen, unread } =
        world.service().counts(&person(world.org, world.asha)).await.expect("counted");
    (unseen, unread)
}

#[tokio::test]
async fn what_is_read_was_seen_and_what_is_unread_again_stays_seen() {
    testing::run(async |database| {
        let world = World::new(database).await;
        world.notify(&[world.asha], Category::Mentions).await;
        world.notify(&[world.asha], Category::Mentions).await;
        let (service, asha, id) = (world.service(), person(world.org, world.asha), only(&world).await);
        assert_eq!(counts(&world).await, (2, 2));
        service.mark(&asha, id, mark("seen")).await.expect("marked");
        assert_eq!(counts(&world).await, (1, 2));
        let read = service.mark(&asha, id, mark("read")).await.expect("marked");
        assert_eq!((counts(&world).await, read.read_at.is_some()), ((1, 1), true));
        let unread = service.mark(&asha, id, mark("unread")).await.expect("marked");
        assert_eq!((counts(&world).await, unread.read_at, unread.seen_at.is_some()), ((1, 2), None, true));

        let filter = FeedFilter { unread_only: true, ..FeedFilter::default() };
        service.mark(&asha, id, mark("read")).await.expect("marked");
        let page = service.list(&asha, &filter, &PageRequest::default()).await.expect("a page");
        assert!(page.rows.len() == 1 && page.rows[0].id != id);
    })
    .await;
}

#[tokio::test]
async fn the_first_reading_keeps_its_time_and_the_second_tells_nothing() {
    testing::run(async |database| {
        let world = World::new(database).await;
        world.notify(&[world.asha], Category::Mentions).await;
        let (service, asha, id) = (world.service(), person(world.org, world.asha), only(&world).await);
        let first = service.mark(&asha, id, mark("read")).await.expect("marked");
        world.database.env().advance(TimeDelta::minutes(1));
        let second = service.mark(&asha, id, mark("read")).await.expect("marked");
        assert_eq!(first, second);
        let told = world.events(world.org, "notifications.notification_marked").await;
        assert_eq!(told.len(), 1);
        assert_eq!(
            (&told[0].data["mark"], &told[0].data["until"]),
            (&"read".into(), &serde_json::Value::Null)
        );
    })
    .await;
}

#[tokio::test]
async fn an_archived_entry_leaves_the_inbox_and_can_be_restored() {
    testing::run(async |database| {
        let world = World::new(database).await;
        world.notify(&[world.asha], Category::Mentions).await;
        let (service, asha, id) = (world.service(), person(world.org, world.asha), only(&world).await);
        service.mark(&asha, id, mark("archived")).await.expect("marked");
        assert_eq!(counts(&world).await, (0, 0));
        assert_eq!(view(&world, world.asha, View::Inbox).await, []);
        assert_eq!(view(&world, world.asha, View::Archived).await.len(), 1);
        service.mark(&asha, id, mark("restored")).await.expect("marked");
        assert_eq!(view(&world, world.asha, View::Archived).await, []);
        assert_eq!((only(&world).await, counts(&world).await), (id, (0, 1)));
    })
    .await;
}

#[tokio::test]
async fn what_is_put_off_comes_back_unread_and_on_top() {
    testing::run(async |database| {
        let world = World::new(database).await;
        world.notify(&[world.asha], Category::Mentions).await;
        let (service, asha, id) = (world.service(), person(world.org, world.asha), only(&world).await);
        world.database.env().advance(TimeDelta::minutes(1));
        world.notify(&[world.asha], Category::Comments).await;
        service.mark(&asha, id, mark("read")).await.expect("marked");
        let until = world.database.env().now() + TimeDelta::hours(3);
        let snoozed = service.mark(&asha, id, snooze(until)).await.expect("marked");
        assert_eq!((snoozed.snoozed_until, snoozed.read_at), (Some(until), None));
        assert_eq!((view(&world, world.asha, View::Inbox).await.len(), counts(&world).await), (1, (1, 1)));
        assert_eq!(view(&world, world.asha, View::Snoozed).await[0].id, id);

        world.database.env().advance(TimeDelta::hours(3));
        assert_eq!(view(&world, world.asha, View::Snoozed).await, []);
        assert_eq!((only(&world).await, counts(&world).await), (id, (2, 2)));

        let past = snooze(world.database.env().now());
        assert!(matches!(service.mark(&asha, id, past).await, Err(Error::Invalid(_))));
    })
    .await;
}

#[tokio::test]
async fn an_entry_of_somebody_else_is_not_there() {
    testing::run(async |database| {
        let world = World::new(database).await;
        world.notify(&[world.asha], Category::Mentions).await;
        let (service, id) = (world.service(), only(&world).await);
        let before = view(&world, world.asha, View::Inbox).await;
        for stranger in [person(world.org, world.bikash), person(world.other, world.asha)] {
            let refused = service.mark(&stranger, id, mark("read")).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
            let refused = service.mark(&stranger, id, mark("burnt")).await;
            assert!(
                matches!(refused, Err(Error::NotFound)),
                "that it is not there comes before what is wished"
            );
            assert_eq!(service.mark_all(&stranger, all("archived")).await.expect("marked"), 0);
        }
        assert_eq!(view(&world, world.asha, View::Inbox).await, before);
        assert_eq!(world.events(world.org, "notifications.notification_marked").await, []);
    })
    .await;
}

#[tokio::test]
async fn all_means_what_he_had_before_him() {
    testing::run(async |database| {
        let world = World::new(database).await;
        for category in [Category::Mentions, Category::Comments, Category::Mentions, Category::Mentions] {
            world.notify(&[world.asha, world.bikash], category).await;
            world.database.env().advance(TimeDelta::minutes(1));
        }
        let (service, asha) = (world.service(), person(world.org, world.asha));
        let inbox = view(&world, world.asha, View::Inbox).await;
        service.mark(&asha, inbox[3].id, mark("archived")).await.expect("marked");
        // He saw all but the newest one.
        let up_to = Some(inbox[1].id);
        let mentions = MarkAll { category: Some(Category::Mentions), up_to, ..all("read") };
        assert_eq!(service.mark_all(&asha, mentions.clone()).await.expect("marked"), 1);
        assert_eq!(service.mark_all(&asha, mentions).await.expect("marked"), 0);
        let read: Vec<_> =
            view(&world, world.asha, View::Inbox).await.iter().map(|n| n.read_at.is_some()).collect();
        assert_eq!(read, [false, true, false]);
        assert_eq!(service.mark_all(&asha, all("archived")).await.expect("marked"), 3);
        assert_eq!(service.mark_all(&asha, all("restored")).await.expect("marked"), 4);
        assert_eq!(
            view(&world, world.bikash, View::Inbox).await.iter().filter(|n| n.read_at.is_none()).count(),
            4
        );
        let told = world.events(world.org, "notifications.feed_marked").await;
        let counted: Vec<_> = told.iter().map(|event| event.data["count"].as_u64()).collect();
        assert_eq!(counted, [Some(1), Some(3), Some(4)]);
    })
    .await;
}
