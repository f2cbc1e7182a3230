use audit::{Error, EventPage};
use database::testing;
use kernel::{Actor, Audience, Denied, Limit, Request, Scope, SystemRole};
use serde_json::json;

use crate::support::{ASHA, BIKASH, ORG, OTHER, Told, World, actor, auditor, key_of, member, named, told};

async fn events(world: &World, actor: &Actor, since: Option<i64>, limit: i64) -> EventPage {
    let limit = Limit::parse(limit).expect("in range");
    world.audit.events(actor, since, limit).await.expect("a stretch")
}

fn seqs(page: &EventPage) -> Vec<i64> {
    page.events.iter().map(|event| event.seq).collect()
}

fn heard_by(audience: Audience) -> Told {
    Told { audience, ..told("tests.thing_happened") }
}

#[tokio::test]
async fn a_client_follows_the_log_by_its_cursor() {
    testing::run(async |database| {
        let world = World::new(database).await;
        world.tell(&member(ASHA), vec![told("tests.thing_happened"); 5]).await;
        let (mut cursor, mut seen) = (None, Vec::new());
        loop {
            let page = events(&world, &member(BIKASH), cursor, 2).await;
            seen.extend(seqs(&page));
            cursor = Some(page.cursor);
            if !page.more {
                break;
            }
        }
        assert_eq!((seen, cursor), (vec![1, 2, 3, 4, 5], Some(5)));
        let idle = events(&world, &member(BIKASH), cursor, 2).await;
        assert_eq!((seqs(&idle), idle.cursor, idle.more), (vec![], 5, false));
        world.tell(&member(ASHA), [told("tests.thing_happened")]).await;
        assert_eq!(seqs(&events(&world, &member(BIKASH), cursor, 2).await), [6]);
    })
    .await;
}

#[tokio::test]
async fn each_actor_sees_what_is_for_him_and_the_cursor_covers_the_rest() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let files = |guests: &[_]| Audience::Scope { scope: Scope::FilesRead, guests: guests.to_vec() };
        let jobs = Audience::Scope { scope: Scope::JobsRead, guests: vec![ASHA] };
        let told = [
            Audience::Members,
            files(&[BIKASH]),
            files(&[]),
            jobs,
            Audience::Users(vec![ASHA]),
            Audience::Users(vec![BIKASH]),
        ];
        world.tell(&auditor(ORG), told.map(heard_by)).await;
        let guest = actor(ORG, BIKASH, SystemRole::Guest, &[Scope::FilesRead]);
        for (actor, expected) in [
            (member(ASHA), vec![1, 2, 3, 5]),
            (member(BIKASH), vec![1, 2, 3, 6]),
            (guest, vec![1, 2, 6]),
            (key_of(member(ASHA)), vec![1, 2, 3]),
            (actor(ORG, ASHA, SystemRole::Member, &[Scope::JobsRead]), vec![1, 4, 5]),
        ] {
            let page = events(&world, &actor, Some(0), 100).await;
            assert_eq!((seqs(&page), page.cursor, page.more), (expected, 6, false), "{:?}", actor.who);
        }
    })
    .await;
}

#[tokio::test]
async fn a_long_stretch_for_others_ends_in_a_cursor_and_not_in_a_scan_of_everything() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let for_asha = heard_by(Audience::Users(vec![ASHA]));
        for _ in 0..3 {
            world.tell_at_once(&auditor(ORG), vec![for_asha.clone(); 400]).await;
        }
        world.tell(&auditor(ORG), [heard_by(Audience::Members)]).await;
        let first = events(&world, &member(BIKASH), Some(0), 50).await;
        assert_eq!((seqs(&first), first.cursor, first.more), (vec![], 1_000, true));
        let second = events(&world, &member(BIKASH), Some(first.cursor), 50).await;
        assert_eq!((seqs(&second), second.cursor, second.more), (vec![1_201], 1_201, false));
    })
    .await;
}

#[tokio::test]
async fn what_is_for_the_audit_alone_stays_there() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let private = json!({ "before": { "title": "canary" }, "after": { "title": "canary" } });
        let event = Told { data: named(7), private, ..told("tests.thing_happened") };
        world.tell(&member(ASHA), [event]).await;
        let page = events(&world, &auditor(ORG), Some(0), 10).await;
        let shown = format!("{page:?}");
        assert!(!shown.contains("canary") && !shown.contains("203.0.113.7") && !shown.contains("Firefox"));
        let event = &page.events[0];
        assert_eq!((event.topic.as_str(), &event.data), ("tests", &named(7)));
        assert_eq!(event.origin_client, Some(uuid::Uuid::from_u128(901)));
        assert_eq!((event.by.user, event.organization), (Some(ASHA), ORG));
    })
    .await;
}

#[tokio::test]
async fn a_cursor_from_before_the_log_is_gone_and_one_from_beyond_it_is_refused() {
    testing::run(async |database| {
        let world = World::new(database).await;
        world.tell(&member(ASHA), vec![told("tests.thing_happened"); 6]).await;
        world.forget_up_to(3).await;
        let ask = async |since| world.audit.events(&member(ASHA), Some(since), Limit::default()).await;
        for old in [0, 1, 2] {
            assert!(matches!(ask(old).await, Err(Error::CursorExpired)), "{old}");
        }
        assert_eq!(seqs(&ask(3).await.expect("just kept")), [4, 5, 6]);
        assert_eq!(seqs(&events(&world, &member(ASHA), None, 10).await), [4, 5, 6]);
        for beyond in [7, i64::MAX, -1, i64::MIN] {
            let refused = ask(beyond).await;
            assert!(
                matches!(&refused, Err(Error::Invalid(faults)) if faults[0].field == "since"),
                "{beyond}"
            );
        }
        world.forget_up_to(6).await;
        assert!(matches!(ask(5).await, Err(Error::CursorExpired)));
        assert_eq!(ask(6).await.expect("nothing new").cursor, 6);
        assert_eq!(events(&world, &member(ASHA), None, 10).await.cursor, 6);
    })
    .await;
}

#[tokio::test]
async fn another_organizations_events_are_not_there() {
    testing::run(async |database| {
        let world = World::new(database).await;
        world.tell(&member(ASHA), [told("tests.thing_happened")]).await;
        let page = events(&world, &auditor(OTHER), None, 10).await;
        assert_eq!((seqs(&page), page.cursor), (vec![], 0));
        let nobody = Actor::anonymous(Request::default());
        let refused = world.audit.events(&nobody, None, Limit::default()).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::Unauthenticated))));
    })
    .await;
}

#[tokio::test]
async fn writers_at_work_leave_no_hole_for_a_reader() {
    testing::run(async |database| {
        let world = std::sync::Arc::new(World::new(database).await);
        let writers: Vec<_> = (0..16)
            .map(|_| {
                let world = world.clone();
                tokio::spawn(async move {
                    world.tell(&member(ASHA), vec![told("tests.thing_happened"); 5]).await;
                })
            })
            .collect();
        let (mut seen, mut cursor) = (Vec::new(), 0);
        for round in 0.. {
            if seen.len() >= 80 {
                break;
            }
            assert!(round < 100_000, "only {} events came", seen.len());
            let page = events(&world, &member(BIKASH), Some(cursor), 7).await;
            seen.extend(seqs(&page));
            cursor = page.cursor;
            tokio::task::yield_now().await;
        }
        for writer in writers {
            writer.await.expect("no panic");
        }
        assert_eq!(seen, (1..=80).collect::<Vec<_>>());
    })
    .await;
}
