use kernel::{Denied, Fault, FaultKind, PageRequest, Scope, Version};
use tickets::{Direction, Error, Visibility, WriteComment};

use crate::support::{all_pages, me, run};

fn saying(body: &str) -> WriteComment {
    WriteComment { body: body.to_owned(), visibility: Visibility::Public }
}

#[tokio::test]
async fn who_speaks_and_who_is_spoken_to_watch_from_then_on() {
    run(async |world| {
        let (asha, bina, owner) = (&world.acme.asha, &world.acme.bina, &world.acme.owner);
        let id = world.open(asha, "Printer").await.ticket.id;
        let body = format!("Ask @[Bina Rai]({}), please", me(bina));
        let said = world.tickets.write_comment(owner, id, saying(&body)).await.expect("said");
        assert_eq!((said.author, said.mentions()), (Some(me(owner)), vec![me(bina)]));
        let watchers = world.tickets.watchers(asha, id, &PageRequest::default()).await.expect("seen").rows;
        assert_eq!(watchers, [me(owner), me(asha), me(bina)]);
        assert_eq!(world.tickets.comment(asha, id, said.id).await.expect("seen"), said);
        assert_eq!(world.get(asha, id).await.ticket.version, Version(1), "the ticket is as it was");
    })
    .await;
}

#[tokio::test]
async fn an_edit_keeps_what_was_said_before() {
    run(async |world| {
        let (asha, bina, tickets) = (&world.acme.asha, &world.acme.bina, &world.tickets);
        let id = world.open(asha, "Printer").await.ticket.id;
        let said = tickets.write_comment(asha, id, saying("One")).await.expect("said");
        let edit = async |version, body: &str| {
            tickets.edit_comment(asha, id, said.id, Version(version), body.to_owned()).await
        };
        edit(1, "Two").await.expect("edited");
        let third = edit(2, "Three").await.expect("edited");
        assert_eq!((third.version, third.edited_at), (Version(3), Some(world.database.env().now())));
        assert_eq!(edit(3, "Three").await.expect("the same"), third);
        let stale = edit(1, "Four").await.expect_err("stale");
        assert_eq!(stale.kind(), FaultKind::Stale { current: Version(3) });
        let revisions = all_pages(1, async |page| {
            tickets.comment_revisions(bina, id, said.id, &page).await.expect("seen")
        });
        let before: Vec<_> =
            revisions.await.into_iter().map(|it| (it.version, it.body, it.replaced_by)).collect();
        let bodies: Vec<_> = before.iter().map(|(version, body, _)| (version.0, body.as_str())).collect();
        assert_eq!(bodies, [(2, "Two"), (1, "One")]);
        assert!(before.iter().all(|(_, _, by)| *by == Some(me(asha))));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_comment_keeps_its_place_and_nothing_else() {
    run(async |world| {
        let (asha, tickets) = (&world.acme.asha, &world.tickets);
        let id = world.open(asha, "Printer").await.ticket.id;
        let said = tickets.write_comment(asha, id, saying("Oops")).await.expect("said");
        tickets.edit_comment(asha, id, said.id, Version(1), "Ooops".to_owned()).await.expect("edited");
        tickets.delete_comment(asha, id, said.id, Version(2)).await.expect("deleted");
        let gone = tickets.comment(asha, id, said.id).await.expect("its place");
        assert_eq!((gone.body, gone.version), (None, Version(3)));
        assert_eq!(gone.deleted_at, Some(world.database.env().now()));
        let page = PageRequest::default();
        let revisions = tickets.comment_revisions(asha, id, said.id, &page).await.expect("seen");
        assert!(revisions.rows.is_empty());
        let again = tickets.delete_comment(asha, id, said.id, Version(3)).await;
        assert!(matches!(again, Err(Error::CommentDeleted)));
        let edit = tickets.edit_comment(asha, id, said.id, Version(3), "Hm".to_owned()).await;
        assert!(matches!(edit, Err(Error::CommentDeleted)));
    })
    .await;
}

#[tokio::test]
async fn only_the_author_or_whoever_manages_changes_a_comment() {
    run(async |world| {
        let (asha, bina, owner) = (&world.acme.asha, &world.acme.bina, &world.acme.owner);
        let tickets = &world.tickets;
        let id = world.open(asha, "Printer").await.ticket.id;
        let said = tickets.write_comment(asha, id, saying("Mine")).await.expect("said");
        let denied = |error: Option<Error>| {
            assert!(matches!(error, Some(Error::Denied(Denied::ScopeMissing(Scope::TicketsManage)))));
        };
        denied(tickets.edit_comment(bina, id, said.id, Version(1), "Ours".to_owned()).await.err());
        denied(tickets.delete_comment(bina, id, said.id, Version(1)).await.err());
        tickets.edit_comment(owner, id, said.id, Version(1), "Moderated".to_owned()).await.expect("manages");
        tickets.delete_comment(asha, id, said.id, Version(2)).await.expect("his own");
    })
    .await;
}

#[tokio::test]
async fn the_conversation_reads_both_ways_page_by_page() {
    run(async |world| {
        let (asha, tickets) = (&world.acme.asha, &world.tickets);
        let id = world.open(asha, "Printer").await.ticket.id;
        for number in 0..7 {
            tickets.write_comment(asha, id, saying(&format!("{number}"))).await.expect("said");
            // Some fall into the same millisecond.
            world.database.env().advance(chrono::TimeDelta::milliseconds(number % 2));
        }
        let read = async |direction| {
            let comments =
                all_pages(2, async |page| tickets.comments(asha, id, direction, &page).await.expect("seen"));
            comments.await.into_iter().map(|comment| comment.id).collect::<Vec<_>>()
        };
        let (down, up) = (read(Direction::Ascending).await, read(Direction::Descending).await);
        assert_eq!(down.len(), 7);
        assert!(down.iter().rev().eq(up.iter()));
    })
    .await;
}
