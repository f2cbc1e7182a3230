use kernel::{Denied, Fault, FaultKind, Scope, Version};
use tickets::{AddColumn, Category, Error, Transition, Transitions, UpdateColumn};

use crate::support::{named, prepare, run, with_scopes};

fn review() -> AddColumn {
    AddColumn { name: "Review".to_owned(), category: Category::InProgress, position: Some(2_500) }
}

#[tokio::test]
async fn an_organization_begins_with_a_column_for_each_category() {
    run(async |world| {
        let board = world.tickets.board(&world.acme.guest).await.expect("a board");
        let columns: Vec<_> =
            board.columns.iter().map(|column| (column.name.as_str(), column.category)).collect();
        assert_eq!(
            columns,
            [
                ("Open", Category::Open),
                ("In progress", Category::InProgress),
                ("Waiting", Category::Waiting),
                ("Resolved", Category::Resolved),
                ("Closed", Category::Closed),
            ]
        );
        assert_eq!((board.transitions, board.version), (Transitions::Usual, Version::FIRST));
        prepare(&world.database, &world.tickets, world.acme.id).await;
        assert_eq!(world.columns().await.len(), 5, "prepared once");
        assert_eq!(world.kinds_since(0).await, ["board_prepared"]);
    })
    .await;
}

#[tokio::test]
async fn columns_are_added_changed_and_removed() {
    run(async |world| {
        let (owner, tickets) = (&world.acme.owner, &world.tickets);
        let added = tickets.add_column(owner, review()).await.expect("added");
        let names = async || {
            let board = tickets.board(owner).await.expect("a board");
            board.columns.into_iter().map(|column| column.name.as_str().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names().await, ["Open", "In progress", "Review", "Waiting", "Resolved", "Closed"]);
        let update = UpdateColumn {
            name: Some("QA".to_owned()),
            position: Some(10),
            category: Some(Category::Waiting),
        };
        let changed = tickets.update_column(owner, added.id, Version(1), update).await.expect("changed");
        assert_eq!((changed.version, changed.category), (Version(2), Category::Waiting));
        assert_eq!(names().await[0], "QA");
        let stale = tickets.remove_column(owner, added.id, Version(1)).await.expect_err("stale");
        assert_eq!(stale.kind(), FaultKind::Stale { current: Version(2) });
        tickets.remove_column(owner, added.id, Version(2)).await.expect("removed");
        assert_eq!(names().await.len(), 5);
        assert_eq!(world.kinds_since(1).await, ["column_added", "column_updated", "column_removed"]);
    })
    .await;
}

#[tokio::test]
async fn two_columns_of_one_name_cannot_be_told_apart() {
    run(async |world| {
        let (owner, tickets) = (&world.acme.owner, &world.tickets);
        let again = AddColumn { name: " Open ".to_owned(), ..review() };
        assert!(matches!(tickets.add_column(owner, again).await, Err(Error::ColumnNameTaken)));
        let added = tickets.add_column(owner, review()).await.expect("added");
        let rename = UpdateColumn { name: Some("Open".to_owned()), ..UpdateColumn::default() };
        let taken = tickets.update_column(owner, added.id, Version(1), rename).await;
        assert!(matches!(taken, Err(Error::ColumnNameTaken)));
        let theirs = tickets.add_column(&world.other.owner, review()).await;
        theirs.expect("other boards have their own names");
    })
    .await;
}

#[tokio::test]
async fn a_column_with_tickets_keeps_its_place_and_its_meaning() {
    run(async |world| {
        let (owner, tickets) = (&world.acme.owner, &world.tickets);
        let column = tickets.add_column(owner, review()).await.expect("added");
        let ticket = world.open(owner, "a").await;
        let moved = world.put(owner, &ticket, column.id).await;
        let removed = tickets.remove_column(owner, column.id, Version(1)).await;
        assert!(matches!(removed, Err(Error::ColumnNotEmpty)), "{removed:?}");
        let meaning = UpdateColumn { category: Some(Category::Closed), ..UpdateColumn::default() };
        let changed = tickets.update_column(owner, column.id, Version(1), meaning.clone()).await;
        assert!(matches!(changed, Err(Error::ColumnNotEmpty)), "{changed:?}");
        let name = UpdateColumn { name: Some("QA".to_owned()), ..UpdateColumn::default() };
        tickets.update_column(owner, column.id, Version(1), name).await.expect("a name is only a name");
        world.put(owner, &moved, world.columns().await[0]).await;
        tickets.update_column(owner, column.id, Version(2), meaning).await.expect("empty again");
        tickets.remove_column(owner, column.id, Version(3)).await.expect("empty again");
    })
    .await;
}

#[tokio::test]
async fn the_last_open_column_stays_open() {
    run(async |world| {
        let (owner, tickets) = (&world.acme.owner, &world.tickets);
        let open = world.columns().await[0];
        let removed = tickets.remove_column(owner, open, Version(1)).await;
        assert!(matches!(removed, Err(Error::LastOpenColumn)));
        let meaning = UpdateColumn { category: Some(Category::Closed), ..UpdateColumn::default() };
        let changed = tickets.update_column(owner, open, Version(1), meaning).await;
        assert!(matches!(changed, Err(Error::LastOpenColumn)));
    })
    .await;
}

#[tokio::test]
async fn a_board_has_room_for_fifty_columns() {
    run(async |world| {
        for number in 0..45 {
            let column = AddColumn { name: format!("Column {number}"), position: None, ..review() };
            world.tickets.add_column(&world.acme.owner, column).await.expect("room");
        }
        let full = world.tickets.add_column(&world.acme.owner, review()).await;
        assert!(matches!(full, Err(Error::BoardFull(50))));
    })
    .await;
}

#[tokio::test]
async fn own_transitions_replace_the_usual_ones_until_they_are_taken_back() {
    run(async |world| {
        let (owner, tickets, columns) = (&world.acme.owner, &world.tickets, world.columns().await);
        let forth = Transition { from: columns[0], to: columns[4] };
        let board = tickets.set_transitions(owner, Version(1), Some(vec![forth])).await.expect("set");
        assert_eq!(board, tickets.board(owner).await.expect("a board"));
        let ticket = world.open(owner, "a").await;
        let to = tickets::MoveTicket { column: columns[1], before: None, after: None };
        let refused = tickets.move_to(owner, ticket.ticket.id, Version(1), to).await;
        assert!(matches!(refused, Err(Error::TransitionNotAllowed)));
        let closed = world.put(owner, &ticket, columns[4]).await;
        let stale = tickets.set_transitions(owner, Version(1), None).await;
        assert!(matches!(stale, Err(Error::Stale { current: Version(2) })));
        let board = tickets.set_transitions(owner, Version(2), None).await.expect("taken back");
        assert_eq!((board.transitions, board.version), (Transitions::Usual, Version(3)));
        world.put(owner, &closed, columns[0]).await;
        let told = world.kinds_since(1).await;
        assert_eq!(told.iter().filter(|kind| *kind == "transitions_set").count(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_column_is_removed_with_the_moves_from_and_to_it() {
    run(async |world| {
        let (owner, tickets, columns) = (&world.acme.owner, &world.tickets, world.columns().await);
        let there = Transition { from: columns[0], to: columns[2] };
        let back = Transition { from: columns[2], to: columns[0] };
        let away = Transition { from: columns[0], to: columns[1] };
        tickets.set_transitions(owner, Version(1), Some(vec![there, back, away])).await.expect("set");
        tickets.remove_column(owner, columns[2], Version(1)).await.expect("removed");
        let board = tickets.board(owner).await.expect("a board");
        assert_eq!(board.transitions, Transitions::Only([away].into_iter().collect()));
    })
    .await;
}

#[tokio::test]
async fn to_change_the_board_needs_its_scope() {
    run(async |world| {
        let (asha, tickets, columns) = (&world.acme.asha, &world.tickets, world.columns().await);
        let denied = |error: Option<Error>| {
            assert!(matches!(error, Some(Error::Denied(Denied::ScopeMissing(Scope::TicketsManage)))));
        };
        denied(tickets.add_column(asha, review()).await.err());
        denied(tickets.update_column(asha, columns[0], Version(1), UpdateColumn::default()).await.err());
        denied(tickets.remove_column(asha, columns[0], Version(1)).await.err());
        denied(tickets.set_transitions(asha, Version(1), None).await.err());
        let blind = with_scopes(asha, &[Scope::TicketsWrite]);
        assert!(matches!(tickets.board(&blind).await, Err(Error::Denied(_))));
    })
    .await;
}

#[tokio::test]
async fn without_a_board_there_are_no_tickets() {
    run(async |world| {
        let mut nowhere = world.acme.owner.clone();
        nowhere.org = kernel::OrganizationId::PLATFORM;
        assert!(matches!(world.tickets.open(&nowhere, named("x")).await, Err(Error::BoardNotReady)));
        assert!(matches!(world.tickets.board(&nowhere).await, Err(Error::BoardNotReady)));
    })
    .await;
}
