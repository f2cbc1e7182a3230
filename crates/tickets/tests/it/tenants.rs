use database::entities::{ticket, ticket_link, ticket_watcher};
use kernel::{Actor, CommentId, Fault, FaultKind, PageRequest, Patch, TicketId, Version};
use sea_orm::EntityTrait;
use tickets::{
    BulkUpdate, Direction, Error, LinkTicket, MoveTicket, OpenTicket, Relation, Sort, TicketFilter,
    Transition, UpdateColumn, UpdateTicket, WriteComment,
};

use crate::support::{World, me, named, run, run_gullible, titled};

/// What the other organization must not be able to change.
async fn everything(world: &World) -> (Vec<ticket::Model>, usize, usize, usize) {
    let reader = world.database.reader();
    let tickets = ticket::Entity::find().all(reader).await.expect("read");
    let watchers = ticket_watcher::Entity::find().all(reader).await.expect("read").len();
    let links = ticket_link::Entity::find().all(reader).await.expect("read").len();
    (tickets, watchers, links, world.told(world.acme.id).await.len())
}

fn hi() -> WriteComment {
    WriteComment { body: "Hi".to_owned(), ..WriteComment::default() }
}

/// What becomes of everything that can be asked about a ticket and its comment.
async fn asked(world: &World, spy: &Actor, id: TicketId, said: CommentId) -> Vec<Option<Error>> {
    let (tickets, page) = (&world.tickets, PageRequest::default());
    let (one, down) = (Version::FIRST, Direction::Ascending);
    let column = world.columns().await.first().copied().expect("a column");
    let to = MoveTicket { column, before: None, after: None };
    let link = LinkTicket { relation: Relation::Relates, other: id };
    vec![
        tickets.get(spy, id).await.err(),
        tickets.update(spy, id, one, titled("Theirs")).await.err(),
        tickets.move_to(spy, id, one, to).await.err(),
        tickets.delete(spy, id, one).await.err(),
        tickets.watchers(spy, id, &page).await.err(),
        tickets.watch(spy, id, me(spy)).await.err(),
        tickets.unwatch(spy, id, me(spy)).await.err(),
        tickets.history(spy, id, down, &page).await.err(),
        tickets.comments(spy, id, down, &page).await.err(),
        tickets.write_comment(spy, id, hi()).await.err(),
        tickets.edit_comment(spy, id, said, one, "Theirs".to_owned()).await.err(),
        tickets.delete_comment(spy, id, said, one).await.err(),
        tickets.comment_revisions(spy, id, said, &page).await.err(),
        tickets.links(spy, id, &page).await.err(),
        tickets.link(spy, id, link).await.err(),
    ]
}

#[tokio::test]
async fn anothers_ticket_is_as_absent_as_none() {
    run(async |world| {
        let ticket = world.open(&world.acme.asha, "Ours").await.ticket;
        let said = world.tickets.write_comment(&world.acme.asha, ticket.id, hi()).await.expect("said");
        let before = everything(&world).await;
        let spy = &world.other.owner;
        for id in [ticket.id, TicketId::from_uuid(uuid::Uuid::from_u128(404))] {
            for (place, error) in asked(&world, spy, id, said.id).await.into_iter().enumerate() {
                assert!(matches!(error, Some(Error::NotFound)), "{place}: {error:?}");
            }
        }
        let bulk = BulkUpdate { tickets: vec![(ticket.id, Version(1))], change: titled("Theirs") };
        let rows = world.tickets.update_many(spy, bulk).await.expect("a row each");
        assert!(matches!(rows[0].result, Err(Error::NotFound)));
        let page = PageRequest::default();
        let list = world.tickets.list(spy, &TicketFilter::default(), Sort::default(), &page).await;
        assert!(list.expect("a list").rows.is_empty());
        assert_eq!(everything(&world).await, before);
    })
    .await;
}

#[tokio::test]
async fn anothers_column_is_as_absent_as_none() {
    run(async |world| {
        let (spy, column) = (&world.other.owner, world.columns().await[1]);
        let before = world.tickets.board(&world.acme.asha).await.expect("a board");
        let rename = UpdateColumn { name: Some("Theirs".to_owned()), ..UpdateColumn::default() };
        let refused = world.tickets.update_column(spy, column, Version(1), rename).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        let refused = world.tickets.remove_column(spy, column, Version(1)).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        let through = Transition { from: column, to: column };
        let refused = world.tickets.set_transitions(spy, Version(1), Some(vec![through])).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        assert_eq!(world.tickets.board(&world.acme.asha).await.expect("a board"), before);
    })
    .await;
}

#[tokio::test]
async fn a_comment_belongs_to_its_ticket() {
    run(async |world| {
        let (asha, tickets) = (&world.acme.asha, &world.tickets);
        let (one, two) = (world.open(asha, "One").await.ticket, world.open(asha, "Two").await.ticket);
        let said = tickets.write_comment(asha, one.id, hi()).await.expect("said");
        let elsewhere = tickets.edit_comment(asha, two.id, said.id, Version(1), "Ho".to_owned()).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)));
        let nowhere = CommentId::from_uuid(uuid::Uuid::from_u128(404));
        assert!(matches!(tickets.comment(asha, one.id, nowhere).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_reference_to_another_organization_is_refused_where_it_stands() {
    run(async |world| {
        let ours = world.open(&world.acme.asha, "Ours").await.ticket;
        let theirs = world.open(&world.other.asha, "Theirs").await.ticket;
        let before = everything(&world).await;
        let (tickets, asha, stranger) = (&world.tickets, &world.acme.asha, me(&world.other.bina));
        let column = tickets.board(&world.other.asha).await.expect("a board").columns[0].id;
        let update = UpdateTicket::default;
        let openings = [
            ("assigneeId", OpenTicket { assignee: Some(stranger), ..named("x") }),
            ("requesterId", OpenTicket { requester: Some(stranger), ..named("x") }),
            ("columnId", OpenTicket { column: Some(column), ..named("x") }),
        ];
        for (field, command) in openings {
            assert_eq!(field_of(tickets.open(asha, command).await.err()), field);
        }
        let updates = [
            ("assigneeId", UpdateTicket { assignee: Patch::Set(stranger), ..update() }),
            ("requesterId", UpdateTicket { requester: Some(stranger), ..update() }),
            ("columnId", UpdateTicket { column: Some(column), ..update() }),
        ];
        for (field, change) in updates {
            let refused = tickets.update(asha, ours.id, Version(1), change.clone()).await.err();
            assert_eq!(field_of(refused), field);
            let bulk = BulkUpdate { tickets: vec![(ours.id, Version(1))], change };
            let refused = match tickets.update_many(asha, bulk).await {
                Ok(rows) => rows.into_iter().find_map(|row| row.result.err()),
                Err(error) => Some(error),
            };
            assert_eq!(field_of(refused), field);
        }
        let link = LinkTicket { relation: Relation::Blocks, other: theirs.id };
        assert_eq!(field_of(tickets.link(asha, ours.id, link).await.err()), "ticketId");
        assert_eq!(field_of(tickets.watch(asha, ours.id, stranger).await.err()), "userId");
        let body = format!("Look @[Stranger]({stranger})");
        let mention = WriteComment { body, ..WriteComment::default() };
        assert_eq!(field_of(tickets.write_comment(asha, ours.id, mention).await.err()), "body");
        assert_eq!(everything(&world).await, before);
    })
    .await;
}

fn field_of(error: Option<Error>) -> String {
    let error = error.expect("refused");
    assert_eq!(error.kind(), FaultKind::Invalid, "{error:?}");
    error.fields().first().map(|fault| fault.field.clone()).expect("a field")
}

#[tokio::test]
async fn where_the_port_is_fooled_the_keys_of_the_database_are_the_wall() {
    run_gullible(async |world| {
        let ours = world.open(&world.acme.asha, "Ours").await.ticket;
        let before = everything(&world).await;
        let (tickets, asha, stranger) = (&world.tickets, &world.acme.asha, me(&world.other.bina));
        let opening = OpenTicket { assignee: Some(stranger), ..named("x") };
        tickets.open(asha, opening).await.expect_err("no such member");
        let giving = UpdateTicket { assignee: Patch::Set(stranger), ..UpdateTicket::default() };
        tickets.update(asha, ours.id, Version(1), giving).await.expect_err("no such member");
        tickets.watch(asha, ours.id, stranger).await.expect_err("no such member");
        assert_eq!(everything(&world).await, before);
    })
    .await;
}
