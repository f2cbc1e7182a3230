use audit::{AuditFilter, ByKind, Entry, Error};
use chrono::TimeDelta;
use database::{StoreError, Tx, testing};
use kernel::{Actor, Denied, Limit, PageRequest, Version};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{ASHA, BIKASH, ORG, OTHER, Told, World, auditor, key_of, member, told};

async fn entries(world: &World, filter: &AuditFilter) -> Vec<Entry> {
    world.audit.list(&auditor(ORG), filter, &PageRequest::default()).await.expect("a page").rows
}

#[tokio::test]
async fn an_entry_says_who_did_what_to_what_from_where() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let private = json!({ "before": { "title": "Old" }, "after": { "title": "New" } });
        let event = Told { data: json!({ "fields": ["title"] }), private, ..told("tickets.ticket_changed") };
        world.tell(&member(ASHA), [event]).await;
        let entry = entries(&world, &AuditFilter::default()).await.remove(0);
        assert_eq!((entry.seq, entry.kind.as_str()), (1, "tickets.ticket_changed"));
        assert_eq!((entry.by.kind, entry.by.user, entry.by.key), (ByKind::User, Some(ASHA), None));
        assert_eq!(entry.by.name.as_deref(), Some("Asha Rai"));
        assert_eq!((entry.subject.kind.as_str(), entry.subject.version), ("ticket", Some(Version(3))));
        assert_eq!(
            (entry.before, entry.after, entry.data),
            (json!({ "title": "Old" }), json!({ "title": "New" }), json!({ "fields": ["title"] }))
        );
        assert_eq!(
            (entry.ip.as_deref(), entry.user_agent.as_deref()),
            (Some("203.0.113.7"), Some("@Firefox"))
        );
        assert_eq!(entry.request_id, Some(Uuid::from_u128(900).to_string()));
        assert_eq!(entry.trace.as_deref(), Some("0af7651916cd43dd8448eb211c80319c"));
        assert_eq!(entry.occurred_at, world.database.env().now());
    })
    .await;
}

#[tokio::test]
async fn a_key_is_told_from_its_person_and_from_the_system() {
    testing::run(async |database| {
        let world = World::new(database).await;
        world.tell(&key_of(member(ASHA)), [told("tests.by_key")]).await;
        world.tell(&Actor::system(ORG), [told("tests.by_system")]).await;
        let entries = entries(&world, &AuditFilter::default()).await;
        assert_eq!(
            (entries[0].by.kind, entries[0].by.user, &entries[0].by.name),
            (ByKind::System, None, &None)
        );
        let by_key = &entries[1].by;
        assert_eq!((by_key.kind, by_key.user), (ByKind::ApiKey, Some(ASHA)));
        assert_eq!(by_key.key.map(kernel::ApiKeyId::uuid), Some(Uuid::from_u128(77)));
        assert_eq!((&entries[0].before, &entries[0].ip), (&Value::Null, &None));
    })
    .await;
}

/// Four events, a minute between each, the newest one last.
async fn four_events(world: &World) {
    for (person, event) in [
        (ASHA, told("tickets.ticket_created")),
        (BIKASH, told("tickets.ticket_closed")),
        (ASHA, Told { subject: ("deal", 500), ..told("tickets_archive.ticket_kept") }),
        (ASHA, Told { subject: ("ticket", 501), ..told("crm.deal_won") }),
    ] {
        world.tell(&member(person), [event]).await;
        world.database.env().advance(TimeDelta::minutes(1));
    }
}

#[tokio::test]
async fn each_filter_narrows_the_log() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let start = world.database.env().now();
        four_events(&world).await;
        let minutes = |n| Some(start + TimeDelta::minutes(n));
        let all = AuditFilter::default;
        let text = |text: &str| Some(text.to_owned());
        let one_ticket =
            AuditFilter { subject_type: text("ticket"), subject_id: Some(Uuid::from_u128(501)), ..all() };
        for (filter, expected) in [
            (all(), vec![4, 3, 2, 1]),
            (AuditFilter { actor: Some(BIKASH), ..all() }, vec![2]),
            (AuditFilter { kind: text("crm.deal_won"), ..all() }, vec![4]),
            (AuditFilter { module: text("tickets"), ..all() }, vec![2, 1]),
            (AuditFilter { module: text("tickets_"), ..all() }, vec![]),
            (AuditFilter { module: text("tickets_archive"), ..all() }, vec![3]),
            (AuditFilter { module: text("tickets-archive"), ..all() }, vec![]),
            (AuditFilter { subject_type: text("deal"), ..all() }, vec![3]),
            (one_ticket, vec![4]),
            (AuditFilter { from: minutes(1), to: minutes(3), ..all() }, vec![3, 2]),
        ] {
            let found: Vec<i64> = entries(&world, &filter).await.iter().map(|entry| entry.seq).collect();
            assert_eq!(found, expected, "{filter:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_filter_that_cannot_be_meant_is_refused() {
    testing::run(async |database| {
        let world = World::new(database).await;
        let now = world.database.env().now();
        for (filter, field) in [
            (AuditFilter { from: Some(now), to: Some(now), ..AuditFilter::default() }, "to"),
            (AuditFilter { module: Some("tick%".to_owned()), ..AuditFilter::default() }, "module"),
        ] {
            let refused = world.audit.list(&auditor(ORG), &filter, &PageRequest::default()).await;
            assert!(
                matches!(&refused, Err(Error::Invalid(faults)) if faults[0].field == field),
                "{refused:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_while_the_log_grows() {
    testing::run(async |database| {
        let world = World::new(database).await;
        world.tell_at_once(&member(ASHA), vec![told("tests.thing_happened"); 5]).await;
        let limit = Limit::parse(2).expect("in range");
        let (mut request, mut seen) = (PageRequest { limit, ..PageRequest::default() }, Vec::new());
        loop {
            let page =
                world.audit.list(&auditor(ORG), &AuditFilter::default(), &request).await.expect("a page");
            seen.extend(page.rows.iter().map(|entry| entry.seq));
            world.tell(&member(ASHA), [told("tests.thing_happened")]).await;
            let Some(next) = page.next else { break };
            request.after = Some(next);
        }
        assert_eq!(seen, [5, 4, 3, 2, 1]);
    })
    .await;
}

#[tokio::test]
async fn the_log_is_its_organizations_and_needs_the_scope() {
    testing::run(async |database| {
        let world = World::new(database).await;
        world.tell(&member(ASHA), [told("tests.thing_happened")]).await;
        let elsewhere = auditor(OTHER);
        let page = world.audit.list(&elsewhere, &AuditFilter::default(), &PageRequest::default()).await;
        assert_eq!(page.expect("a page").rows, []);
        assert_eq!(world.audit.verify(&elsewhere).await.expect("checked").events, 0);
        let member = member(ASHA);
        let refused = world.audit.list(&member, &AuditFilter::default(), &PageRequest::default()).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::ScopeMissing(_)))));
        let refused = world.audit.verify(&member).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::ScopeMissing(_)))));
    })
    .await;
}

#[tokio::test]
async fn a_forged_event_is_found() {
    use database::entities::event;
    testing::run(async |database| {
        let world = World::new(database).await;
        world.tell_at_once(&member(ASHA), vec![told("tests.thing_happened"); 4]).await;
        let verified = world.audit.verify(&auditor(ORG)).await.expect("checked");
        assert_eq!((verified.events, verified.broken_at), (4, None));
        let forged: Result<(), StoreError> = world
            .database
            .commit(&Actor::system(ORG), |tx: &Tx| {
                Box::pin(async move {
                    event::Entity::update_many()
                        .col_expr(event::Column::Type, Expr::value("tests.nothing_happened"))
                        .filter(event::Column::StreamId.eq(ORG.uuid()))
                        .filter(event::Column::Seq.eq(3))
                        .exec(tx.connection())
                        .await?;
                    Ok(())
                })
            })
            .await;
        forged.expect("forged");
        assert_eq!(world.audit.verify(&auditor(ORG)).await.expect("checked").broken_at, Some(3));
    })
    .await;
}
