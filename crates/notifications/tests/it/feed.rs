use chrono::TimeDelta;
use database::testing;
use kernel::{Denied, Limit, OrganizationId, Page, PageRequest, ScopeSet, UserId};
use notifications::{Category, Error, FeedFilter, Notice, Notification};

use crate::support::{World, id, notice, person, with_scopes};

async fn feed(world: &World, user: UserId) -> Vec<Notification> {
    page(world, world.org, user, &FeedFilter::default(), &PageRequest::default()).await.rows
}

async fn page(
    world: &World,
    org: OrganizationId,
    user: UserId,
    filter: &FeedFilter,
    page: &PageRequest,
) -> Page<Notification> {
    world.service().list(&person(org, user), filter, page).await.expect("a page")
}

#[tokio::test]
async fn a_notice_reaches_each_member_once_however_often_it_is_told() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let event = world.happened(world.org, Some(world.chitra)).await;
        let told = notice(event, &[world.asha, world.bikash, world.asha]);
        for expected in [2, 0] {
            let worker = world.job(world.org).await;
            let made = world.service().notify(&worker, vec![told.clone()]).await.expect("told");
            assert_eq!(made.len(), expected);
            assert_eq!(world.job_state(&worker).await, "done");
        }
        for user in [world.asha, world.bikash] {
            let rows = feed(&world, user).await;
            assert_eq!(rows.len(), 1);
            assert_eq!((rows[0].event, rows[0].caused_by), (event, Some(world.chitra)));
            assert_eq!((rows[0].kind.as_str(), &rows[0].data), ("ticket_assigned", &told.data));
        }
        let created = world.events(world.org, "notifications.notification_created").await;
        assert_eq!(created.len(), 2);
        assert!(created.iter().all(|event| event.data["byMail"] == true && event.topic == "me"));
    })
    .await;
}

#[tokio::test]
async fn sixteen_workers_with_the_same_event_make_one_entry() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let event = world.happened(world.org, None).await;
        let mut workers = Vec::new();
        for _ in 0..16 {
            workers.push(world.job(world.org).await);
        }
        let runs = workers.into_iter().map(|worker| {
            let (service, told) = (world.service(), notice(event, &[world.asha, world.bikash]));
            tokio::spawn(async move { service.notify(&worker, vec![told]).await })
        });
        let mut made = 0;
        for run in runs.collect::<Vec<_>>() {
            made += run.await.expect("no panic").expect("told").len();
        }
        assert_eq!(made, 2);
        assert_eq!(feed(&world, world.asha).await.len(), 1);
        assert_eq!(world.events(world.org, "notifications.notification_created").await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_what_he_did_himself_unless_it_may_not_have_been_he() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let event = world.happened(world.org, Some(world.asha)).await;
        let worker = world.job(world.org).await;
        let made = world.service().notify(&worker, vec![notice(event, &[world.asha])]).await.expect("told");
        assert_eq!(made, []);
        let critical = Notice { category: Category::Security, ..notice(event, &[world.asha]) };
        let worker = world.job(world.org).await;
        let made = world.service().notify(&worker, vec![critical]).await.expect("told");
        assert_eq!(made.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn only_active_members_who_may_receive_are_told() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let event = world.happened(world.org, None).await;
        let stranger: UserId = id(404);
        let everybody = [world.asha, world.dhana, world.esha, stranger];
        let worker = world.job(world.org).await;
        world.service().notify(&worker, vec![notice(event, &everybody)]).await.expect("told");
        let told = |events: Vec<database::log::Recorded>| -> Vec<String> {
            events.iter().map(|event| event.data["userId"].as_str().expect("an id").to_owned()).collect()
        };
        let kind = "notifications.notification_created";
        assert_eq!(told(world.events(world.org, kind).await), [world.asha.to_string()]);

        let critical = Notice { critical: true, ..notice(event, &everybody) };
        let worker = world.job(world.org).await;
        world.service().notify(&worker, vec![critical]).await.expect("told");
        let all = told(world.events(world.org, kind).await);
        assert_eq!(all, [world.asha.to_string(), world.dhana.to_string()]);
    })
    .await;
}

#[tokio::test]
async fn of_several_notices_of_one_event_the_first_counts() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let event = world.happened(world.org, None).await;
        let mention =
            Notice { category: Category::Mentions, kind: "mentioned", ..notice(event, &[world.asha]) };
        let comment = Notice {
            category: Category::Comments,
            kind: "commented",
            ..notice(event, &[world.asha, world.bikash])
        };
        let worker = world.job(world.org).await;
        world.service().notify(&worker, vec![mention, comment]).await.expect("told");
        assert_eq!(feed(&world, world.asha).await[0].kind, "mentioned");
        assert_eq!(feed(&world, world.bikash).await[0].kind, "commented");
    })
    .await;
}

#[tokio::test]
async fn news_of_another_organizations_event_is_refused_whole() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let own = world.happened(world.org, None).await;
        let foreign = world.happened(world.other, None).await;
        let worker = world.job(world.org).await;
        let notices = vec![notice(own, &[world.asha]), notice(foreign, &[world.asha])];
        let refused = world.service().notify(&worker, notices).await.expect_err("not ours");
        assert!(matches!(refused, Error::UnknownEvent) && refused.is_permanent(), "{refused:?}");
        assert_eq!(feed(&world, world.asha).await.len(), 0);
        assert_eq!(world.job_state(&worker).await, "running");
    })
    .await;
}

#[tokio::test]
async fn only_the_platform_itself_notifies_and_asks_for_addresses() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let event = world.happened(world.org, None).await;
        let person = person(world.org, world.asha);
        let refused = world.service().notify(&person, vec![notice(event, &[world.bikash])]).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::Unauthenticated))));
        let refused = world.service().mailing(&person, id(1)).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::Unauthenticated))));
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_newest_first() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let mut events = Vec::new();
        for n in 0..5 {
            // Two of them in the same millisecond.
            world.database.env().advance(TimeDelta::milliseconds(n / 2));
            events.push(world.notify(&[world.asha], Category::Assignments).await);
        }
        let (mut seen, mut request) = (Vec::new(), PageRequest::default());
        request.limit = Limit::parse(2).expect("in range");
        for rows in [2, 2, 1] {
            let page = page(&world, world.org, world.asha, &FeedFilter::default(), &request).await;
            assert_eq!((page.rows.len(), page.next.is_some()), (rows, rows == 2 && seen.len() < 4));
            seen.extend(page.rows);
            request.after = page.next;
        }
        assert!(seen.windows(2).all(|pair| pair[0].created_at >= pair[1].created_at));
        let mut found: Vec<_> = seen.iter().map(|entry| entry.event).collect();
        found.sort();
        events.sort();
        assert_eq!(found, events);
    })
    .await;
}

#[tokio::test]
async fn a_feed_is_its_owners_in_its_organization() {
    testing::run(async |database| {
        let world = World::new(database).await;
        world.notify(&[world.asha], Category::Mentions).await;
        assert_eq!(feed(&world, world.bikash).await, []);
        let elsewhere =
            page(&world, world.other, world.asha, &FeedFilter::default(), &PageRequest::default()).await;
        assert_eq!(elsewhere.rows, []);
        let other = FeedFilter { category: Some(Category::Comments), ..FeedFilter::default() };
        assert_eq!(page(&world, world.org, world.asha, &other, &PageRequest::default()).await.rows, []);
        let same = FeedFilter { category: Some(Category::Mentions), ..FeedFilter::default() };
        assert_eq!(page(&world, world.org, world.asha, &same, &PageRequest::default()).await.rows.len(), 1);

        let may_not = with_scopes(world.org, world.asha, ScopeSet::EMPTY);
        let refused = world.service().list(&may_not, &FeedFilter::default(), &PageRequest::default()).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::ScopeMissing(_)))));
    })
    .await;
}

#[tokio::test]
async fn a_mail_about_an_entry_knows_whom_it_goes_to_as_long_as_he_is_a_member() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let event = world.happened(world.org, Some(world.chitra)).await;
        let worker = world.job(world.org).await;
        let made = world.service().notify(&worker, vec![notice(event, &[world.asha])]).await.expect("told");
        let worker = world.job(world.org).await;
        let mailing = world.service().mailing(&worker, made[0]).await.expect("found").expect("a member");
        assert_eq!((mailing.to.as_str(), mailing.to_name.as_str()), ("asha@example.com", "Asha Rai"));
        assert_eq!((mailing.locale.tag(), mailing.time_zone.as_str()), ("ne", "Asia/Kathmandu"));
        assert_eq!(mailing.organization_name, "Acme 1");
        assert_eq!(mailing.caused_by.as_deref(), Some("Chitra Lama"));
        assert_eq!(mailing.notification.id, made[0]);

        let elsewhere = world.service().mailing(&world.job(world.other).await, made[0]).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)));
        world.suspend(world.asha).await;
        assert!(world.service().mailing(&worker, made[0]).await.expect("found").is_none());
    })
    .await;
}
