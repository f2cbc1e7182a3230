use kernel::PageRequest;
use tickets::{ActivityKind, Direction, Error, LinkTicket, Relation};

use crate::support::{all_pages, run};

const fn to(relation: Relation, other: kernel::TicketId) -> LinkTicket {
    LinkTicket { relation, other }
}

#[tokio::test]
async fn a_link_is_seen_from_both_ends() {
    run(async |world| {
        let (asha, tickets) = (&world.acme.asha, &world.tickets);
        let (a, b) = (world.open(asha, "a").await.ticket, world.open(asha, "b").await.ticket);
        let link = tickets.link(asha, a.id, to(Relation::Blocks, b.id)).await.expect("linked");
        assert_eq!((link.other, link.other_number, link.relation), (b.id, b.number, Relation::Blocks));
        assert_eq!(tickets.one_link(asha, a.id, link.id).await.expect("seen"), link);
        let back = tickets.one_link(asha, b.id, link.id).await.expect("seen");
        assert_eq!((back.other, back.relation), (a.id, Relation::BlockedBy));
        assert_eq!(back.other_title.as_str(), "a");
        let page = PageRequest::default();
        for (ticket, relation) in [(a.id, "blocks"), (b.id, "blocked_by")] {
            let lines = tickets.history(asha, ticket, Direction::Descending, &page).await.expect("seen").rows;
            let line = lines.iter().find(|line| line.kind == ActivityKind::Linked).expect("noted");
            assert_eq!(line.details["relation"], relation);
        }
        tickets.unlink(asha, b.id, link.id).await.expect("from the other end");
        assert!(tickets.links(asha, a.id, &page).await.expect("seen").rows.is_empty());
        assert!(matches!(tickets.unlink(asha, a.id, link.id).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn the_same_link_is_made_once_whichever_end_asks() {
    run(async |world| {
        let (asha, tickets) = (&world.acme.asha, &world.tickets);
        let (a, b) = (world.open(asha, "a").await.ticket.id, world.open(asha, "b").await.ticket.id);
        let pairs = [
            (Relation::Relates, Relation::Relates),
            (Relation::Blocks, Relation::BlockedBy),
            (Relation::DuplicatedBy, Relation::Duplicates),
        ];
        for (there, back) in pairs {
            tickets.link(asha, a, to(there, b)).await.expect("linked");
            for again in [tickets.link(asha, a, to(there, b)).await, tickets.link(asha, b, to(back, a)).await]
            {
                assert!(matches!(again, Err(Error::AlreadyLinked)), "{there:?} {again:?}");
            }
        }
        let links = all_pages(2, async |page| tickets.links(asha, a, &page).await.expect("seen")).await;
        assert_eq!(links.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn nothing_waits_for_itself() {
    run(async |world| {
        let (asha, tickets) = (&world.acme.asha, &world.tickets);
        let mut chain = Vec::new();
        for title in ["a", "b", "c", "d"] {
            chain.push(world.open(asha, title).await.ticket.id);
        }
        for pair in chain.windows(2) {
            tickets.link(asha, pair[0], to(Relation::Blocks, pair[1])).await.expect("linked");
        }
        let (first, last) = (chain[0], chain[3]);
        let closing = tickets.link(asha, last, to(Relation::Blocks, first)).await;
        assert!(matches!(closing, Err(Error::LinkCycle)));
        let closing = tickets.link(asha, first, to(Relation::BlockedBy, last)).await;
        assert!(matches!(closing, Err(Error::LinkCycle)));
        let itself = tickets.link(asha, first, to(Relation::Relates, first)).await;
        assert!(matches!(itself, Err(Error::Invalid(_))));
        tickets.link(asha, first, to(Relation::Blocks, last)).await.expect("a shorter way is no circle");
        tickets.link(asha, last, to(Relation::Duplicates, first)).await.expect("another kind is no circle");
    })
    .await;
}
