use std::sync::Arc;

use chrono::TimeDelta;
use kernel::{Actor, Denied, Fault, FaultKind, PageRequest, Patch, Scope, Version};
use tickets::{ActivityKind, Category, Direction, Error, Kind, OpenTicket, Priority, UpdateTicket};

use crate::support::{me, named, run, titled, with_scopes};

#[tokio::test]
async fn a_ticket_opens_in_the_first_open_column_for_whoever_asks() {
    run(async |world| {
        let asha = &world.acme.asha;
        let opened = world.open(asha, "  Printer on fire ").await;
        let ticket = &opened.ticket;
        assert_eq!((ticket.number.0, ticket.title.as_str()), (1, "Printer on fire"));
        assert_eq!((ticket.status, ticket.column), (Category::Open, world.columns().await[0]));
        assert_eq!((ticket.kind, ticket.priority), (Kind::Task, Priority::Medium));
        assert_eq!((ticket.requester, ticket.assignee), (me(asha), None));
        assert_eq!((ticket.version, ticket.created_at), (Version::FIRST, world.database.env().now()));
        assert_eq!(world.get(asha, ticket.id).await, opened);
        assert_eq!(world.open(asha, "And another").await.ticket.number.0, 2);
    })
    .await;
}

#[tokio::test]
async fn everything_that_was_said_of_a_ticket_reads_back() {
    run(async |world| {
        let (asha, bina) = (&world.acme.asha, me(&world.acme.bina));
        let due = world.database.env().now() + TimeDelta::days(3);
        let command = OpenTicket {
            title: "नेपाली शीर्षक".to_owned(),
            description: Some("# Why\n\n`code`".to_owned()),
            kind: Kind::Incident,
            priority: Priority::Urgent,
            column: Some(world.columns().await[2]),
            requester: Some(bina),
            assignee: Some(me(asha)),
            tags: vec!["VIP".to_owned(), "#late payment".to_owned()],
            due_at: Some(due),
            estimate_minutes: Some(90),
        };
        let opened = world.tickets.open(asha, command).await.expect("opened");
        assert_eq!(world.get(asha, opened.ticket.id).await, opened);
        assert_eq!(opened.ticket.tags.iter().collect::<Vec<_>>(), ["late-payment", "vip"]);
        assert_eq!((opened.ticket.status, opened.ticket.due_at), (Category::Waiting, Some(due)));
        assert_eq!(opened.description.as_str(), "# Why\n\n`code`");
        let watchers = world.tickets.watchers(asha, opened.ticket.id, &PageRequest::default()).await;
        assert_eq!(watchers.expect("seen").rows, [me(asha), bina]);
    })
    .await;
}

#[tokio::test]
async fn all_faults_are_told_at_once_and_nothing_is_kept() {
    run(async |world| {
        let command = OpenTicket {
            title: " ".to_owned(),
            description: Some("x".repeat(20_001)),
            tags: vec!["\u{7}".to_owned()],
            estimate_minutes: Some(-1),
            ..OpenTicket::default()
        };
        let error = world.tickets.open(&world.acme.asha, command).await.expect_err("refused");
        let fields: Vec<_> = error.fields().iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["title", "description", "tags/0", "estimateMinutes"]);
        assert_eq!(world.open(&world.acme.asha, "First").await.ticket.number.0, 1);
    })
    .await;
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_counts_one_version() {
    run(async |world| {
        let asha = &world.acme.asha;
        let before = world.open(asha, "Printer").await;
        world.database.env().advance(TimeDelta::seconds(5));
        let update = UpdateTicket {
            description: Patch::Set("It burns".to_owned()),
            priority: Some(Priority::High),
            add_tags: vec!["fire".to_owned()],
            spent_minutes: Some(30),
            ..UpdateTicket::default()
        };
        let after = world.tickets.update(asha, before.ticket.id, Version(1), update).await.expect("updated");
        assert_eq!((after.ticket.version, after.ticket.updated_at), (Version(2), world.database.env().now()));
        assert_eq!((after.ticket.title.as_str(), after.description.as_str()), ("Printer", "It burns"));
        assert_eq!(after.ticket.created_at, before.ticket.created_at);
        assert_eq!(world.get(asha, before.ticket.id).await, after);
    })
    .await;
}

#[tokio::test]
async fn an_update_that_changes_nothing_leaves_no_trace() {
    run(async |world| {
        let asha = &world.acme.asha;
        let opened = world.open(asha, "Printer").await;
        let told = world.told(world.acme.id).await.len();
        let same = world.tickets.update(asha, opened.ticket.id, Version(1), titled("Printer")).await;
        assert_eq!(same.expect("accepted"), opened);
        assert_eq!(world.told(world.acme.id).await.len(), told);
    })
    .await;
}

#[tokio::test]
async fn who_saw_an_older_version_is_told_the_present_one() {
    run(async |world| {
        let (asha, bina) = (&world.acme.asha, &world.acme.bina);
        let id = world.open(asha, "Printer").await.ticket.id;
        world.tickets.update(asha, id, Version(1), titled("Scanner")).await.expect("first");
        let late = world.tickets.update(bina, id, Version(1), titled("Copier")).await.expect_err("stale");
        assert_eq!(late.kind(), FaultKind::Stale { current: Version(2) });
        let gone = world.tickets.delete(&world.acme.owner, id, Version(1)).await.expect_err("stale");
        assert_eq!(gone.kind(), FaultKind::Stale { current: Version(2) });
        assert_eq!(world.get(asha, id).await.ticket.title.as_str(), "Scanner");
    })
    .await;
}

#[tokio::test]
async fn to_name_others_needs_the_scope_to_assign() {
    run(async |world| {
        let bina = me(&world.acme.bina);
        let writer = &with_scopes(&world.acme.asha, &[Scope::TicketsRead, Scope::TicketsWrite]);
        let denied = |result: Result<tickets::FullTicket, Error>| {
            matches!(result, Err(Error::Denied(Denied::ScopeMissing(Scope::TicketsAssign))))
        };
        let (tickets, update) = (&world.tickets, UpdateTicket::default);
        let for_bina = OpenTicket { requester: Some(bina), ..named("x") };
        assert!(denied(tickets.open(writer, for_bina).await));
        let by_bina = OpenTicket { assignee: Some(bina), ..named("x") };
        assert!(denied(tickets.open(writer, by_bina).await));

        let id = world.open(writer, "Mine").await.ticket.id;
        let give = UpdateTicket { assignee: Patch::Set(bina), ..update() };
        assert!(denied(tickets.update(writer, id, Version(1), give.clone()).await));
        let take = UpdateTicket { assignee: Patch::Set(me(writer)), ..update() };
        tickets.update(writer, id, Version(1), take.clone()).await.expect("nobody had it");
        let drop = UpdateTicket { assignee: Patch::Clear, ..update() };
        tickets.update(writer, id, Version(2), drop.clone()).await.expect("it was his");
        tickets.update(&world.acme.asha, id, Version(3), give).await.expect("with the scope");
        assert!(denied(tickets.update(writer, id, Version(4), take).await), "taken from another");
        assert!(denied(tickets.update(writer, id, Version(4), drop).await), "put down for another");
    })
    .await;
}

#[tokio::test]
async fn every_use_case_asks_for_its_scope() {
    run(async |world| {
        let id = world.open(&world.acme.asha, "Printer").await.ticket.id;
        let reader = &with_scopes(&world.acme.asha, &[Scope::TicketsRead]);
        let writer = &with_scopes(&world.acme.asha, &[Scope::TicketsWrite]);
        let lacks = |error: Error, scope| {
            assert!(matches!(error, Error::Denied(Denied::ScopeMissing(s)) if s == scope))
        };
        let tickets = &world.tickets;
        lacks(tickets.get(writer, id).await.expect_err("no"), Scope::TicketsRead);
        lacks(tickets.open(reader, named("x")).await.expect_err("no"), Scope::TicketsWrite);
        let update = tickets.update(reader, id, Version(1), titled("x")).await;
        lacks(update.expect_err("no"), Scope::TicketsWrite);
        lacks(tickets.delete(writer, id, Version(1)).await.expect_err("no"), Scope::TicketsDelete);
        let watch = tickets.watch(reader, id, me(&world.acme.bina)).await;
        lacks(watch.expect_err("no"), Scope::TicketsAssign);
        tickets.watch(reader, id, me(reader)).await.expect("oneself");
    })
    .await;
}

#[tokio::test]
async fn a_deleted_ticket_is_gone_with_all_that_hung_on_it_and_its_number() {
    run(async |world| {
        use tickets::{LinkTicket, Relation, WriteComment};
        let (owner, asha, tickets) = (&world.acme.owner, &world.acme.asha, &world.tickets);
        let (doomed, other) =
            (world.open(asha, "Doomed").await.ticket, world.open(asha, "Other").await.ticket);
        let comment = WriteComment { body: "Bye".to_owned(), ..WriteComment::default() };
        let said = tickets.write_comment(asha, doomed.id, comment).await.expect("said");
        tickets
            .edit_comment(asha, doomed.id, said.id, Version(1), "Farewell".to_owned())
            .await
            .expect("edited");
        let link = LinkTicket { relation: Relation::BlockedBy, other: other.id };
        tickets.link(asha, doomed.id, link).await.expect("linked");

        tickets.delete(owner, doomed.id, Version(1)).await.expect("deleted");
        assert!(matches!(tickets.get(owner, doomed.id).await, Err(Error::NotFound)));
        assert!(matches!(tickets.delete(owner, doomed.id, Version(1)).await, Err(Error::NotFound)));
        let links = tickets.links(asha, other.id, &PageRequest::default()).await.expect("seen");
        assert!(links.rows.is_empty());
        assert_eq!(world.open(asha, "Next").await.ticket.number.0, 3);
        let told = world.told(world.acme.id).await;
        let deletion = told.iter().find(|event| event.r#type == "tickets.ticket_deleted").expect("audited");
        assert!(deletion.private.contains("Doomed") && !deletion.data.contains("Doomed"));
    })
    .await;
}

#[tokio::test]
async fn the_history_tells_every_field_in_order() {
    run(async |world| {
        let asha = &world.acme.asha;
        let opened = world.open(asha, "Printer").await;
        let id = opened.ticket.id;
        world.database.env().advance(TimeDelta::seconds(1));
        let update = UpdateTicket {
            title: Some("Scanner".to_owned()),
            description: Patch::Set("Secret".to_owned()),
            assignee: Patch::Set(me(&world.acme.bina)),
            ..UpdateTicket::default()
        };
        let after = world.tickets.update(asha, id, Version(1), update).await.expect("updated");
        world.database.env().advance(TimeDelta::seconds(1));
        world.put(&world.acme.bina, &after, world.columns().await[1]).await;

        let page = PageRequest::default();
        let history = world.tickets.history(asha, id, Direction::Ascending, &page).await.expect("seen").rows;
        let kinds: Vec<_> = history.iter().map(|line| (line.kind, line.actor)).collect();
        let (asha_id, bina_id) = (Some(me(asha)), Some(me(&world.acme.bina)));
        use ActivityKind::{Changed, Opened};
        assert_eq!(kinds, [(Opened, asha_id), (Changed, asha_id), (Changed, bina_id)]);
        let after = &history[1].details["after"];
        assert_eq!(after["title"], "Scanner");
        assert_eq!(after["assigneeId"], me(&world.acme.bina).to_string());
        assert!(after["description"].is_null() && after.get("description").is_some());
        assert_eq!(history[1].details["before"]["title"], "Printer");
        assert_eq!(history[2].details["after"]["status"], "in_progress");

        let newest = world.tickets.history(asha, id, Direction::Descending, &page).await.expect("seen").rows;
        assert!(newest.iter().rev().eq(history.iter()));
    })
    .await;
}

#[tokio::test]
async fn people_watch_and_stop_watching() {
    run(async |world| {
        let (asha, bina, tickets) = (&world.acme.asha, &world.acme.bina, &world.tickets);
        let id = world.open(asha, "Printer").await.ticket.id;
        let watchers = async || tickets.watchers(asha, id, &PageRequest::default()).await.expect("seen").rows;
        tickets.watch(bina, id, me(bina)).await.expect("watched");
        assert_eq!(watchers().await, [me(asha), me(bina)]);
        let told = world.told(world.acme.id).await.len();
        tickets.watch(bina, id, me(bina)).await.expect("again");
        assert_eq!(world.kinds_since(told).await, [""; 0], "nothing happened");
        tickets.unwatch(bina, id, me(bina)).await.expect("stopped");
        tickets.unwatch(bina, id, me(bina)).await.expect("again");
        assert_eq!(world.kinds_since(told).await, ["ticket_unwatched"]);
        assert_eq!(watchers().await, [me(asha)]);
    })
    .await;
}

#[tokio::test]
async fn an_organization_is_erased_bit_by_bit_and_no_other_is() {
    run(async |world| {
        for title in ["a", "b", "c"] {
            let full = world.open(&world.acme.asha, title).await;
            let comment = tickets::WriteComment { body: "Hi".to_owned(), ..Default::default() };
            world.tickets.write_comment(&world.acme.asha, full.ticket.id, comment).await.expect("said");
        }
        let theirs = world.open(&world.other.asha, "Theirs").await;
        let erase = async || {
            let (tickets, org) = (Arc::clone(&world.tickets), world.acme.id);
            let system = Actor::system(org);
            let erased = world
                .database
                .commit(&system, move |tx| Box::pin(async move { tickets.erase(tx, org, 2).await }));
            erased.await.expect("erased")
        };
        assert!(!erase().await, "one is left");
        assert!(erase().await, "none is left");
        assert!(erase().await, "harmless when there is nothing");
        assert!(matches!(world.tickets.board(&world.acme.asha).await, Err(Error::BoardNotReady)));
        assert_eq!(world.get(&world.other.asha, theirs.ticket.id).await, theirs);
    })
    .await;
}
