use kernel::{Patch, Scope, TicketId, Version};
use tickets::{BulkUpdate, Error, Priority, UpdateTicket, WriteComment};

use crate::support::{me, run, titled, with_scopes};

fn bulk(tickets: &[(TicketId, i64)], change: UpdateTicket) -> BulkUpdate {
    let tickets = tickets.iter().map(|(id, version)| (*id, Version(*version))).collect();
    BulkUpdate { tickets, change }
}

#[tokio::test]
async fn who_is_stale_or_gone_is_left_out_and_the_others_are_written() {
    run(async |world| {
        let (asha, tickets) = (&world.acme.asha, &world.tickets);
        let mut ids = Vec::new();
        for number in 0..4 {
            ids.push(world.open(asha, &format!("Ticket {number}")).await.ticket.id);
        }
        tickets.update(asha, ids[1], Version(1), titled("Changed")).await.expect("changed");
        tickets.delete(&world.acme.owner, ids[2], Version(1)).await.expect("deleted");
        let told = world.told(world.acme.id).await.len();
        let urgent = UpdateTicket { priority: Some(Priority::Urgent), ..UpdateTicket::default() };
        let all = [(ids[3], 1), (ids[2], 1), (ids[1], 1), (ids[0], 1)];
        let rows = tickets.update_many(asha, bulk(&all, urgent)).await.expect("a row each");
        assert_eq!(rows.iter().map(|row| row.ticket).collect::<Vec<_>>(), [ids[3], ids[2], ids[1], ids[0]]);
        assert!(matches!(rows[0].result, Ok(Version(2))));
        assert!(matches!(rows[1].result, Err(Error::NotFound)));
        assert!(matches!(rows[2].result, Err(Error::Stale { current: Version(2) })));
        assert!(matches!(rows[3].result, Ok(Version(2))));
        for (id, priority) in
            [(ids[0], Priority::Urgent), (ids[1], Priority::Medium), (ids[3], Priority::Urgent)]
        {
            assert_eq!(world.get(asha, id).await.ticket.priority, priority);
        }
        assert_eq!(world.kinds_since(told).await, ["ticket_updated", "ticket_updated"]);
    })
    .await;
}

#[tokio::test]
async fn tickets_are_moved_and_given_away_together() {
    run(async |world| {
        let (asha, bina, tickets) = (&world.acme.asha, me(&world.acme.bina), &world.tickets);
        let columns = world.columns().await;
        let [a, b, closed] = ["a", "b", "closed"].map(|title| world.open(asha, title));
        let (a, b, closed) = (a.await, b.await, closed.await);
        world.put(asha, &closed, columns[4]).await;
        let change = UpdateTicket {
            column: Some(columns[1]),
            assignee: Patch::Set(bina),
            add_tags: vec!["sprint-1".to_owned()],
            ..UpdateTicket::default()
        };
        let all = [(b.ticket.id, 1), (closed.ticket.id, 2), (a.ticket.id, 1)];
        let rows = tickets.update_many(asha, bulk(&all, change)).await.expect("a row each");
        assert!(matches!(rows[1].result, Err(Error::TransitionNotAllowed)));
        let board = tickets::Sort { by: tickets::SortKey::Rank, direction: tickets::Direction::Ascending };
        let filter = tickets::TicketFilter { columns: vec![columns[1]], ..Default::default() };
        let moved = tickets.list(asha, &filter, board, &Default::default()).await.expect("seen").rows;
        assert_eq!(moved.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), [b.ticket.id, a.ticket.id]);
        for ticket in moved {
            assert_eq!((ticket.status.name(), ticket.assignee), ("in_progress", Some(bina)));
            assert_eq!(ticket.tags.iter().collect::<Vec<_>>(), ["sprint-1"]);
            let watchers = tickets.watchers(asha, ticket.id, &Default::default()).await.expect("seen").rows;
            assert_eq!(watchers, [me(asha), bina]);
        }
    })
    .await;
}

#[tokio::test]
async fn what_one_may_not_do_to_one_ticket_one_may_not_do_to_many() {
    run(async |world| {
        let writer = &with_scopes(&world.acme.asha, &[Scope::TicketsRead, Scope::TicketsWrite]);
        let id = world.open(writer, "a").await.ticket.id;
        let give = UpdateTicket { assignee: Patch::Set(me(&world.acme.bina)), ..UpdateTicket::default() };
        let rows = world.tickets.update_many(writer, bulk(&[(id, 1)], give)).await.expect("a row");
        assert!(matches!(rows[0].result, Err(Error::Denied(_))));
        let reader = &with_scopes(&world.acme.asha, &[Scope::TicketsRead]);
        let refused = world.tickets.update_many(reader, bulk(&[(id, 1)], titled("b"))).await;
        assert!(matches!(refused, Err(Error::Denied(_))));
        assert_eq!(world.get(writer, id).await.ticket.version, Version(1));
    })
    .await;
}

#[tokio::test]
async fn a_fault_of_the_change_refuses_all_of_it() {
    run(async |world| {
        let asha = &world.acme.asha;
        let id = world.open(asha, "a").await.ticket.id;
        let refused = world.tickets.update_many(asha, bulk(&[(id, 1)], titled(""))).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        let same = world.tickets.update_many(asha, bulk(&[(id, 1)], titled("a"))).await.expect("a row");
        assert!(matches!(same[0].result, Ok(Version(1))), "nothing to change");
        let comment = WriteComment { body: "Still here".to_owned(), ..WriteComment::default() };
        world.tickets.write_comment(asha, id, comment).await.expect("said");
    })
    .await;
}
