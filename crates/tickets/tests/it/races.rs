use std::sync::Arc;

use kernel::{CommentId, LinkId, TicketId, Version};
use tickets::{
    Direction, Error, LinkTicket, MoveTicket, OpenTicket, Relation, Sort, SortKey, TicketFilter, WriteComment,
};
use uuid::Uuid;

use crate::support::{World, all_pages, me, named, run, run_gullible, titled};

const CALLERS: usize = 16;

/// Runs a task for each of sixteen callers at once.
async fn at_once<T: Send + 'static, F>(world: &Arc<World>, task: impl Fn(Arc<World>, usize) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
{
    let tasks: Vec<_> = (0..CALLERS).map(|caller| tokio::spawn(task(Arc::clone(world), caller))).collect();
    let mut done = Vec::new();
    for task in tasks {
        done.push(task.await.expect("no panic"));
    }
    done
}

#[tokio::test]
async fn numbers_have_no_gaps_whoever_fails_meanwhile() {
    run_gullible(async |world| {
        let world = Arc::new(world);
        let numbers = at_once(&world, |world, caller| async move {
            let mut numbers = Vec::new();
            for round in 0..6 {
                // Only the database knows that this is nobody, and only after the number was drawn.
                let nobody = OpenTicket { assignee: Some(Uuid::from_u128(404).into()), ..named("Lost") };
                let lost = world.tickets.open(&world.acme.asha, nobody).await;
                assert!(matches!(lost, Err(Error::Store(_))), "{lost:?}");
                let title = format!("Ticket {round} of {caller}");
                numbers.push(world.open(&world.acme.asha, &title).await.ticket.number.0);
            }
            numbers
        });
        let mut numbers = numbers.await.concat();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=96).collect::<Vec<_>>());
        let told = world.told(world.acme.id).await;
        let created = told.iter().filter(|event| event.r#type == "tickets.ticket_created");
        let in_order: Vec<_> = created.map(|event| number_of(&event.data)).collect();
        assert_eq!(in_order, (1..=96).collect::<Vec<_>>(), "the numbers grow in the order of the commits");
    })
    .await;
}

fn number_of(data: &str) -> i64 {
    let json: serde_json::Value = serde_json::from_str(data.split_at(32).1).expect("JSON after the salt");
    json.get("number").and_then(serde_json::Value::as_i64).expect("a number")
}

#[tokio::test]
async fn no_update_is_lost() {
    run(async |world| {
        let world = Arc::new(world);
        let id = world.open(&world.acme.asha, "Wanted by all").await.ticket.id;
        let successes = at_once(&world, move |world, caller| async move {
            let mut successes = 0;
            for round in 0..25 {
                let version = world.get(&world.acme.asha, id).await.ticket.version;
                let title = titled(&format!("{round} by {caller}"));
                match world.tickets.update(&world.acme.bina, id, version, title).await {
                    Ok(_) => successes += 1,
                    Err(Error::Stale { current }) => assert!(current > version),
                    Err(other) => panic!("{other:?}"),
                }
            }
            successes
        });
        let successes: i64 = successes.await.into_iter().sum();
        let last = world.get(&world.acme.asha, id).await.ticket.version;
        assert!(successes > 0);
        assert_eq!(successes, last.0 - Version::FIRST.0);
    })
    .await;
}

#[tokio::test]
async fn sixteen_moves_at_once_keep_a_strict_order() {
    run(async |world| {
        let world = Arc::new(world);
        let column = world.columns().await[1];
        let anchor = world.open(&world.acme.asha, "Anchor").await;
        world.put(&world.acme.asha, &anchor, column).await;
        let mut moved = at_once(&world, move |world, caller| async move {
            let asha = &world.acme.asha;
            let mut ticket = world.open(asha, &format!("Ticket {caller}")).await.ticket;
            for round in 0..4 {
                let anchor = Some(anchor.ticket.id);
                let to = match (caller + round) % 3 {
                    0 => MoveTicket { column, after: anchor, before: None },
                    1 => MoveTicket { column, after: None, before: anchor },
                    _ => MoveTicket { column, after: None, before: None },
                };
                let moved = world.tickets.move_to(asha, ticket.id, ticket.version, to).await;
                ticket = moved.expect("moved").ticket;
            }
            ticket.id
        })
        .await;
        let board = Sort { by: SortKey::Rank, direction: Direction::Ascending };
        let filter = TicketFilter { columns: vec![column], ..TicketFilter::default() };
        let on_board = all_pages(3, async |page| {
            world.tickets.list(&world.acme.asha, &filter, board, &page).await.expect("seen")
        });
        let mut seen: Vec<_> = on_board.await.into_iter().map(|ticket| ticket.id).collect();
        seen.sort();
        moved.push(anchor.ticket.id);
        moved.sort();
        assert_eq!(seen, moved, "each once, and none behind another's place");
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_links_that_would_close_a_circle_one_stays_out() {
    run(async |world| {
        let world = Arc::new(world);
        let mut ring = Vec::new();
        for number in 0..CALLERS {
            ring.push(world.open(&world.acme.asha, &format!("Ticket {number}")).await.ticket.id);
        }
        let results = at_once(&world, move |world, caller| {
            let link = LinkTicket { relation: Relation::Blocks, other: ring[(caller + 1) % CALLERS] };
            let from = ring[caller];
            async move { world.tickets.link(&world.acme.asha, from, link).await }
        });
        let refused: Vec<_> = results.await.into_iter().filter_map(Result::err).collect();
        assert!(matches!(refused.as_slice(), [Error::LinkCycle]), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_who_remove_an_open_column_each_one_column_stays() {
    run(async |world| {
        let world = Arc::new(world);
        let owner = &world.acme.owner;
        for number in 1..CALLERS {
            let column = tickets::AddColumn {
                name: format!("Open {number}"),
                category: tickets::Category::Open,
                position: None,
            };
            world.tickets.add_column(owner, column).await.expect("added");
        }
        let board = world.tickets.board(owner).await.expect("a board");
        let open: Vec<_> =
            board.columns.into_iter().filter(|column| column.category == tickets::Category::Open).collect();
        assert_eq!(open.len(), CALLERS);
        let results = at_once(&world, move |world, caller| {
            let column = open[caller].id;
            async move { world.tickets.remove_column(&world.acme.owner, column, Version::FIRST).await }
        });
        let refused: Vec<_> = results.await.into_iter().filter_map(Result::err).collect();
        assert!(matches!(refused.as_slice(), [Error::LastOpenColumn]), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn whatever_is_done_to_a_ticket_that_is_being_deleted_finds_it_gone() {
    run(async |world| {
        let world = Arc::new(world);
        for _ in 0..3 {
            let (doomed, link, said) = doomed(&world).await;
            let results = at_once(&world, move |world, caller| async move {
                let (tickets, asha) = (&world.tickets, &world.acme.asha);
                let first = Version::FIRST;
                match caller % 6 {
                    0 => tickets.delete(&world.acme.owner, doomed, first).await,
                    1 => tickets.write_comment(asha, doomed, saying("Wait")).await.map(|_| ()),
                    2 => {
                        tickets.edit_comment(asha, doomed, said, first, "Wait!".to_owned()).await.map(|_| ())
                    }
                    3 => tickets.delete_comment(asha, doomed, said, first).await,
                    4 => tickets.unlink(asha, doomed, link).await,
                    _ => tickets.watch(&world.acme.bina, doomed, me(&world.acme.bina)).await,
                }
            });
            for error in results.await.into_iter().filter_map(Result::err) {
                let lost = matches!(error, Error::NotFound | Error::Stale { .. } | Error::CommentDeleted);
                assert!(lost, "{error:?}");
            }
            assert!(matches!(world.tickets.get(&world.acme.asha, doomed).await, Err(Error::NotFound)));
        }
    })
    .await;
}

fn saying(body: &str) -> WriteComment {
    WriteComment { body: body.to_owned(), ..WriteComment::default() }
}

/// A ticket with a link and a comment.
async fn doomed(world: &World) -> (TicketId, LinkId, CommentId) {
    let asha = &world.acme.asha;
    let (doomed, other) =
        (world.open(asha, "Doomed").await.ticket.id, world.open(asha, "Other").await.ticket.id);
    let link = LinkTicket { relation: Relation::Relates, other };
    let link = world.tickets.link(asha, doomed, link).await.expect("linked").id;
    let said = world.tickets.write_comment(asha, doomed, saying("Hi")).await.expect("said").id;
    (doomed, link, said)
}
