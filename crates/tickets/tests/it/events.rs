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
async fn every_change_tells_what_and_to_whom() {
    run(async |world| {
        let (asha, bina, guest) = (&world.acme.asha, &world.acme.bina, &world.acme.guest);
        let columns = world.columns().await;
        let command =
            OpenTicket { requester: Some(me(guest)), assignee: Some(me(bina)), ..named("Secret title") };
        let opened = world.tickets.open(asha, command).await.expect("opened").ticket;
        let change = UpdateTicket {
            title: Some("Another secret".to_owned()),
            priority: Some(Priority::Urgent),
            assignee: Patch::Set(me(asha)),
            ..UpdateTicket::default()
        };
        world.tickets.update(asha, opened.id, Version(1), change).await.expect("updated");
        let to = MoveTicket { column: columns[1], before: None, after: None };
        world.tickets.move_to(asha, opened.id, Version(2), to).await.expect("moved");

        let events = told(&world).await;
        let kinds: Vec<_> = events.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "tickets.ticket_created",
                "tickets.ticket_assigned",
                "tickets.ticket_updated",
                "tickets.ticket_assigned",
                "tickets.ticket_moved",
            ]
        );
        let (ticket, number) = (opened.id, 1);
        assert_eq!(
            events[2].data,
            json!({
                "ticketId": ticket, "number": number, "changed": ["title", "priority", "assigneeId"],
                "values": { "priority": "urgent", "assigneeId": me(asha) },
            })
        );
        assert_eq!(
            events[3].data,
            json!({
                "ticketId": ticket, "number": number,
                "previousAssigneeId": me(bina), "assigneeId": me(asha),
            })
        );
        assert_eq!(
            events[4].data,
            json!({
                "ticketId": ticket, "number": number, "fromColumnId": columns[0], "columnId": columns[1],
                "status": "in_progress", "afterId": null, "beforeId": null,
            })
        );
        assert_eq!(events[2].private["changes"]["before"]["title"], "Secret title");
        assert_eq!(events[2].private["changes"]["after"]["title"], "Another secret");
        assert!(events.iter().all(|event| !event.data.to_string().contains("ecret")));
        assert_eq!(events[2].subject_version, Some(2));
        let followers = vec![me(guest), me(asha), me(bina)];
        assert_eq!(events[4].audience, Audience::Scope { scope: Scope::TicketsRead, guests: followers });
        assert!(
            events
                .iter()
                .all(|event| event.topic == "tickets" && event.actor_user_id == Some(me(asha).uuid()))
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
