use database::entities::ticket;
use kernel::{ColumnId, Fault, TicketId, Version};
use sea_orm::EntityTrait;
use tickets::{Direction, Error, FullTicket, MoveTicket, Sort, SortKey, TicketFilter, UpdateTicket};

use crate::support::{World, all_pages, run};

const BOARD: Sort = Sort { by: SortKey::Rank, direction: Direction::Ascending };

/// The tickets of a column from top to bottom, by their titles.
async fn column(world: &World, column: ColumnId) -> Vec<String> {
    let filter = TicketFilter { columns: vec![column], ..TicketFilter::default() };
    let tickets = all_pages(100, async |page| {
        world.tickets.list(&world.acme.asha, &filter, BOARD, &page).await.expect("seen")
    });
    tickets.await.into_iter().map(|ticket| ticket.title.as_str().to_owned()).collect()
}

async fn beside(
    world: &World,
    full: &FullTicket,
    column: ColumnId,
    (after, before): (Option<TicketId>, Option<TicketId>),
) -> Result<FullTicket, Error> {
    let version = world.get(&world.acme.asha, full.ticket.id).await.ticket.version;
    let to = MoveTicket { column, before, after };
    world.tickets.move_to(&world.acme.asha, full.ticket.id, version, to).await
}

#[tokio::test]
async fn a_ticket_stands_where_it_is_put() {
    run(async |world| {
        let here = world.columns().await[0];
        let [a, b, c] = ["a", "b", "c"].map(|title| world.open(&world.acme.asha, title));
        let (a, b, c) = (a.await, b.await, c.await);
        let id = |full: &FullTicket| Some(full.ticket.id);
        assert_eq!(column(&world, here).await, ["a", "b", "c"]);
        let top = beside(&world, &c, here, (None, id(&a))).await.expect("moved");
        assert_eq!(column(&world, here).await, ["c", "a", "b"]);
        assert_eq!(top.ticket.version, Version(2));
        beside(&world, &c, here, (id(&a), None)).await.expect("moved");
        assert_eq!(column(&world, here).await, ["a", "c", "b"]);
        beside(&world, &a, here, (id(&b), None)).await.expect("moved");
        assert_eq!(column(&world, here).await, ["c", "b", "a"]);
        beside(&world, &a, here, (id(&c), id(&b))).await.expect("moved");
        assert_eq!(column(&world, here).await, ["c", "a", "b"]);
        beside(&world, &c, here, (None, None)).await.expect("moved");
        assert_eq!(column(&world, here).await, ["a", "b", "c"]);
        // Between two that are no neighbours any more: below the upper one.
        let d = world.open(&world.acme.asha, "d").await;
        beside(&world, &d, here, (id(&a), id(&c))).await.expect("moved");
        assert_eq!(column(&world, here).await, ["a", "d", "b", "c"]);
    })
    .await;
}

#[tokio::test]
async fn a_move_to_another_column_changes_the_status_and_its_times() {
    run(async |world| {
        let columns = world.columns().await;
        let ticket = world.open(&world.acme.asha, "a").await;
        let resolved = world.put(&world.acme.asha, &ticket, columns[3]).await.ticket;
        assert_eq!((resolved.status.name(), resolved.version), ("resolved", Version(2)));
        assert_eq!((resolved.resolved_at, resolved.closed_at), (Some(world.database.env().now()), None));
        assert!(column(&world, columns[0]).await.is_empty());
        assert_eq!(column(&world, columns[3]).await, ["a"]);
    })
    .await;
}

#[tokio::test]
async fn a_closed_ticket_is_only_opened_again() {
    run(async |world| {
        let (asha, columns) = (&world.acme.asha, world.columns().await);
        let opened = world.open(asha, "a").await;
        let closed = world.put(asha, &opened, columns[4]).await;
        for to in [columns[1], columns[2], columns[3]] {
            let refused = beside(&world, &closed, to, (None, None)).await.expect_err("closed");
            assert_eq!(refused.code(), "transition_not_allowed");
            let update = UpdateTicket { column: Some(to), ..UpdateTicket::default() };
            let refused = world.tickets.update(asha, closed.ticket.id, Version(2), update).await;
            assert!(matches!(refused, Err(Error::TransitionNotAllowed)));
        }
        let update = UpdateTicket { column: Some(columns[0]), ..UpdateTicket::default() };
        let reopened =
            world.tickets.update(asha, closed.ticket.id, Version(2), update).await.expect("opened");
        assert_eq!((reopened.ticket.status.name(), reopened.ticket.closed_at), ("open", None));
        assert_eq!(column(&world, columns[0]).await, ["a"]);
    })
    .await;
}

#[tokio::test]
async fn neighbours_must_stand_in_the_column() {
    run(async |world| {
        let columns = world.columns().await;
        let a = world.open(&world.acme.asha, "a").await;
        let b = world.open(&world.acme.asha, "b").await;
        let elsewhere = world.open(&world.acme.asha, "c").await;
        world.put(&world.acme.asha, &elsewhere, columns[1]).await;
        let foreign = world.open(&world.other.asha, "d").await;
        let foreign_columns = world.tickets.board(&world.other.asha).await.expect("a board").columns;
        for stranger in [elsewhere.ticket.id, foreign.ticket.id, a.ticket.id] {
            let refused = beside(&world, &a, columns[0], (Some(stranger), Some(b.ticket.id))).await;
            let Err(Error::Invalid(faults)) = refused else { panic!("refused") };
            assert_eq!((faults[0].field.as_str(), faults[0].code), ("afterId", "not_in_column"));
        }
        let refused = beside(&world, &a, foreign_columns[0].id, (None, None)).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        assert_eq!(column(&world, columns[0]).await, ["a", "b"]);
        assert_eq!(world.get(&world.acme.asha, a.ticket.id).await, a);
    })
    .await;
}

#[tokio::test]
async fn there_is_always_room_at_the_same_spot() {
    run(async |world| {
        let here = world.columns().await[0];
        let first = world.open(&world.acme.asha, "first").await;
        let mut expected = Vec::new();
        for number in 0..12 {
            world.open(&world.acme.asha, &format!("t{number}")).await;
            expected.push(format!("t{number}"));
        }
        let all = TicketFilter::default();
        let page = kernel::PageRequest::default();
        let tickets = world.tickets.list(&world.acme.asha, &all, BOARD, &page).await.expect("seen").rows;
        // Eight to a digit and 24 digits: long before the end of this the neighbourhood was spread anew.
        for round in 0..230 {
            let moving = &tickets[1 + round % 12];
            let full = world.get(&world.acme.asha, moving.id).await;
            beside(&world, &full, here, (Some(first.ticket.id), None)).await.expect("moved");
            expected.retain(|title| title != moving.title.as_str());
            expected.insert(0, moving.title.as_str().to_owned());
        }
        expected.insert(0, "first".to_owned());
        assert_eq!(column(&world, here).await, expected);
        assert_eq!(world.get(&world.acme.asha, first.ticket.id).await, first, "nobody can tell");
        let rows = ticket::Entity::find().all(world.database.reader()).await.expect("read");
        let longest = rows.iter().map(|row| row.rank.len()).max();
        assert!(longest <= Some(8 + 24), "{longest:?}");
    })
    .await;
}
