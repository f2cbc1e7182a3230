use database::log;
use kernel::{Audience, PageRequest, Patch, Scope, Version};
use serde_json::json;
use tickets::{
    LinkTicket, MoveTicket, OpenTicket, Priority, Relation, UpdateTicket, Visibility, WriteComment,
};

use crate::support::{World, me, named, run, titled};

/// What was told since the board was prepared, as receivers see it.
async fn told(world: &World) -> Vec<log::Recorded> {
    let told = log::since(&world.database, world.acme.id.uuid(), 1, 100).await.expect("read");
    told.into_iter().collect()
}

#[tokio::test]
async fn a_new_ticket_is_told_with_its_assignment() {
    run(async |world| {
        let (asha, bina, guest) = (&world.acme.asha, me(&world.acme.bina), me(&world.acme.guest));
        let command = OpenTicket { requester: Some(guest), assignee: Some(bina), ..named("Secret title") };
        let ticket = world.tickets.open(asha, command).await.expect("opened").ticket;
        let [created, assigned] = told(&world).await.try_into().expect("two events");
        assert_eq!((created.kind.as_str(), created.topic.as_str()), ("tickets.ticket_created", "tickets"));
        assert_eq!((created.subject_type.as_str(), created.subject_id), ("ticket", ticket.id.uuid()));
        assert_eq!(created.actor_user_id, Some(me(asha).uuid()));
        assert_eq!(
            created.data,
            json!({
                "ticketId": ticket.id, "number": 1, "columnId": ticket.column, "status": "open", "type": "task",
                "priority": "medium", "requesterId": guest, "assigneeId": bina,
            })
        );
        assert_eq!(created.private["changes"]["after"]["title"], "Secret title");
        assert_eq!(assigned.kind, "tickets.ticket_assigned");
        assert_eq!(
            assigned.data,
            json!({ "ticketId": ticket.id, "number": 1, "previousAssigneeId": null, "assigneeId": bina })
        );
        let audience = Audience::Scope { scope: Scope::TicketsRead, guests: vec![guest, bina] };
        assert_eq!((&created.audience, &assigned.audience), (&audience, &audience));
    })
    .await;
}

#[tokio::test]
async fn a_change_tells_the_fields_and_their_values_but_no_text() {
    run(async |world| {
        let (asha, bina) = (&world.acme.asha, me(&world.acme.bina));
        let id = world.open(asha, "Secret title").await.ticket.id;
        let change = UpdateTicket {
            title: Some("Another secret".to_owned()),
            description: Patch::Set("Most secret".to_owned()),
            priority: Some(Priority::Urgent),
            assignee: Patch::Set(bina),
            ..UpdateTicket::default()
        };
        world.tickets.update(asha, id, Version(1), change).await.expect("updated");
        let [_, updated, assigned] = told(&world).await.try_into().expect("three events");
        assert_eq!((updated.kind.as_str(), updated.subject_version), ("tickets.ticket_updated", Some(2)));
        assert_eq!(
            updated.data,
            json!({
                "ticketId": id, "number": 1, "changed": ["title", "priority", "assigneeId", "description"],
                "values": { "priority": "urgent", "assigneeId": bina },
            })
        );
        assert_eq!(updated.private["changes"]["before"]["title"], "Secret title");
        assert_eq!(updated.private["changes"]["after"]["description"], "Most secret");
        assert_eq!(assigned.kind, "tickets.ticket_assigned");
        let followers = Audience::Scope { scope: Scope::TicketsRead, guests: vec![me(asha), bina] };
        assert_eq!(assigned.audience, followers);
    })
    .await;
}

#[tokio::test]
async fn a_move_tells_where_from_and_where_to() {
    run(async |world| {
        let (asha, columns) = (&world.acme.asha, world.columns().await);
        let (a, b) = (world.open(asha, "a").await, world.open(asha, "b").await);
        let b = world.put(asha, &b, columns[1]).await;
        let beside = MoveTicket { column: columns[1], before: Some(b.ticket.id), after: None };
        world.tickets.move_to(asha, a.ticket.id, Version(1), beside).await.expect("moved");
        let away = UpdateTicket { column: Some(columns[2]), ..UpdateTicket::default() };
        world.tickets.update(asha, a.ticket.id, Version(2), away).await.expect("moved");
        let events: Vec<_> = told(&world).await.split_off(3);
        let kinds: Vec<_> = events.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, ["tickets.ticket_moved", "tickets.ticket_moved"]);
        assert_eq!(
            events[0].data,
            json!({
                "ticketId": a.ticket.id, "number": 1, "fromColumnId": columns[0], "columnId": columns[1],
                "status": "in_progress", "afterId": null, "beforeId": b.ticket.id,
            })
        );
        assert_eq!(
            (&events[1].data["columnId"], &events[1].data["beforeId"]),
            (&json!(columns[2]), &json!(null))
        );
    })
    .await;
}

#[tokio::test]
async fn an_internal_comment_is_told_to_no_guest() {
    run(async |world| {
        let (asha, bina, guest, tickets) =
            (&world.acme.asha, &world.acme.bina, &world.acme.guest, &world.tickets);
        let id = world.open(guest, "Help").await.ticket.id;
        let body = format!("Easy, @[Bina]({})", me(bina));
        let comment = WriteComment { body, visibility: Visibility::Internal };
        let said = tickets.write_comment(asha, id, comment).await.expect("said");
        tickets.edit_comment(asha, id, said.id, Version(1), "Hard".to_owned()).await.expect("edited");
        tickets.delete_comment(asha, id, said.id, Version(2)).await.expect("deleted");
        let loud = WriteComment { body: "On it".to_owned(), visibility: Visibility::Public };
        let loud = tickets.write_comment(asha, id, loud).await.expect("said");

        let events: Vec<_> = told(&world).await.split_off(1);
        assert_eq!(events.len(), 4);
        for event in &events[..3] {
            assert_eq!(event.audience, Audience::Scope { scope: Scope::TicketsRead, guests: vec![] });
            assert!(!event.audience.admits(guest) && event.audience.admits(asha));
            assert!(!event.data.to_string().contains("Easy"));
        }
        assert_eq!(
            events[0].data,
            json!({
                "ticketId": id, "number": 1, "commentId": said.id, "visibility": "internal",
                "mentions": [me(bina)], "watcherIds": [me(asha), me(bina)],
            })
        );
        assert!(events[3].audience.admits(guest));
        assert_eq!(events[3].data["watcherIds"], json!([me(guest), me(asha), me(bina)]));
        assert_eq!(events[3].subject_id, loud.id.uuid());
        assert_eq!(
            events[1].private["changes"],
            json!({ "before": format!("Easy, @[Bina]({})", me(bina)), "after": "Hard" })
        );
    })
    .await;
}

#[tokio::test]
async fn an_edit_mentions_only_whom_it_names_for_the_first_time() {
    run(async |world| {
        let (asha, bina, tickets) = (&world.acme.asha, &world.acme.bina, &world.tickets);
        let id = world.open(asha, "Printer").await.ticket.id;
        let to = |actor| format!("@[x]({})", me(actor));
        let said = WriteComment { body: to(asha), ..WriteComment::default() };
        let said = tickets.write_comment(asha, id, said).await.expect("said");
        let both = format!("{} {}", to(bina), to(asha));
        tickets.edit_comment(asha, id, said.id, Version(1), both).await.expect("edited");
        let events = told(&world).await;
        assert_eq!(events[2].data["mentions"], json!([me(bina)]));
        let watchers = tickets.watchers(asha, id, &PageRequest::default()).await.expect("seen");
        assert_eq!(watchers.rows, [me(asha), me(bina)]);
    })
    .await;
}

#[tokio::test]
async fn links_watchers_and_deletions_are_told() {
    run(async |world| {
        let (asha, bina, tickets) = (&world.acme.asha, &world.acme.bina, &world.tickets);
        let (a, b) = (world.open(asha, "a").await.ticket.id, world.open(asha, "b").await.ticket.id);
        let link = LinkTicket { relation: Relation::BlockedBy, other: b };
        let link = tickets.link(asha, a, link).await.expect("linked");
        tickets.unlink(asha, a, link.id).await.expect("unlinked");
        tickets.watch(bina, a, me(bina)).await.expect("watched");
        tickets.unwatch(bina, a, me(bina)).await.expect("unwatched");
        tickets.delete(&world.acme.owner, a, Version(1)).await.expect("deleted");
        let events: Vec<_> = told(&world).await.split_off(2);
        let kinds: Vec<_> =
            events.iter().map(|event| event.kind.trim_start_matches("tickets.ticket_")).collect();
        assert_eq!(kinds, ["linked", "unlinked", "watched", "unwatched", "deleted"]);
        assert_eq!(
            events[0].data,
            json!({
                "ticketId": a, "number": 1, "linkId": link.id, "relation": "blocked_by", "otherTicketId": b,
            })
        );
        assert_eq!(events[2].data["userId"], json!(me(bina)));
    })
    .await;
}

#[tokio::test]
async fn what_failed_is_not_told() {
    run(async |world| {
        let id = world.open(&world.acme.asha, "a").await.ticket.id;
        let before = told(&world).await.len();
        let refused = world.tickets.update(&world.acme.asha, id, Version(9), titled("b")).await;
        refused.expect_err("stale");
        assert_eq!(told(&world).await.len(), before);
        let verified = log::verify(&world.database, world.acme.id.uuid()).await.expect("checked");
        assert_eq!(verified.broken_at, None);
    })
    .await;
}
