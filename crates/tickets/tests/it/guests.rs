use kernel::{Denied, PageRequest, Patch, Scope, Version};
use tickets::{
    ActivityKind, DayRange, Direction, Error, LinkTicket, OpenTicket, Relation, Sort, TicketFilter,
    UpdateTicket, Visibility, WriteComment,
};

use crate::support::{World, me, named, run, titled};

fn saying(body: &str, visibility: Visibility) -> WriteComment {
    WriteComment { body: body.to_owned(), visibility }
}

async fn listed(world: &World) -> Vec<String> {
    let page = PageRequest { count: true, ..PageRequest::default() };
    let list = world.tickets.list(&world.acme.guest, &TicketFilter::default(), Sort::default(), &page).await;
    let list = list.expect("a list");
    assert_eq!(list.total, Some(list.rows.len() as u64));
    let mut titles: Vec<_> = list.rows.into_iter().map(|ticket| ticket.title.as_str().to_owned()).collect();
    titles.sort();
    titles
}

#[tokio::test]
async fn a_guest_sees_what_he_requested_or_watches() {
    run(async |world| {
        let (asha, guest, tickets) = (&world.acme.asha, &world.acme.guest, &world.tickets);
        let hidden = world.open(asha, "Hidden").await.ticket;
        let for_guest = OpenTicket { requester: Some(me(guest)), ..named("Requested") };
        let requested = tickets.open(asha, for_guest).await.expect("opened").ticket;
        let watched = world.open(asha, "Watched").await.ticket;
        tickets.watch(asha, watched.id, me(guest)).await.expect("shown to him");
        world.open(guest, "His own").await;
        assert_eq!(listed(&world).await, ["His own", "Requested", "Watched"]);
        for seen in [requested.id, watched.id] {
            tickets.get(guest, seen).await.expect("seen");
        }
        let page = PageRequest::default();
        let all = [
            tickets.get(guest, hidden.id).await.err(),
            tickets.update(guest, hidden.id, Version(1), titled("x")).await.err(),
            tickets.watch(guest, hidden.id, me(guest)).await.err(),
            tickets.history(guest, hidden.id, Direction::Ascending, &page).await.err(),
            tickets.comments(guest, hidden.id, Direction::Ascending, &page).await.err(),
            tickets.write_comment(guest, hidden.id, saying("x", Visibility::Public)).await.err(),
        ];
        for error in all {
            assert!(matches!(error, Some(Error::NotFound)), "{error:?}");
        }
        tickets.unwatch(guest, watched.id, me(guest)).await.expect("enough of it");
        tickets.unwatch(guest, requested.id, me(guest)).await.expect("no more mails");
        assert_eq!(listed(&world).await, ["His own", "Requested"]);
    })
    .await;
}

#[tokio::test]
async fn a_guest_neither_reads_nor_writes_internal_comments() {
    run(async |world| {
        let (asha, guest, tickets) = (&world.acme.asha, &world.acme.guest, &world.tickets);
        let id = world.open(guest, "Help").await.ticket.id;
        let internal =
            tickets.write_comment(asha, id, saying("Easy", Visibility::Internal)).await.expect("said");
        tickets.write_comment(asha, id, saying("On it", Visibility::Public)).await.expect("said");
        tickets.edit_comment(asha, id, internal.id, Version(1), "Hard".to_owned()).await.expect("edited");

        let page = PageRequest::default();
        let bodies = async |actor| {
            let comments = tickets.comments(actor, id, Direction::Ascending, &page).await.expect("seen").rows;
            comments
                .into_iter()
                .filter_map(|comment| comment.body)
                .map(|body| body.as_str().to_owned())
                .collect()
        };
        let seen: Vec<String> = bodies(guest).await;
        assert_eq!(seen, ["On it"]);
        let mut seen: Vec<String> = bodies(asha).await;
        seen.sort();
        assert_eq!(seen, ["Hard", "On it"]);
        assert!(matches!(tickets.comment(guest, id, internal.id).await, Err(Error::NotFound)));
        let revisions = tickets.comment_revisions(guest, id, internal.id, &page).await;
        assert!(matches!(revisions, Err(Error::NotFound)));
        let history = async |actor| {
            let lines = tickets.history(actor, id, Direction::Ascending, &page).await.expect("seen").rows;
            lines
                .iter()
                .filter(|line| line.visibility == Visibility::Internal)
                .map(|line| line.kind)
                .collect()
        };
        let hidden: Vec<ActivityKind> = history(guest).await;
        assert_eq!(hidden, []);
        let shown: Vec<ActivityKind> = history(asha).await;
        assert_eq!(shown.len(), 2);
        let refused = tickets.write_comment(guest, id, saying("Psst", Visibility::Internal)).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
    })
    .await;
}

#[tokio::test]
async fn a_guest_is_not_mentioned_where_he_does_not_read() {
    run(async |world| {
        let (asha, guest, tickets) = (&world.acme.asha, &world.acme.guest, &world.tickets);
        let id = world.open(asha, "Printer").await.ticket.id;
        let to_guest = format!("@[Guest]({}) knows", me(guest));
        let refused = tickets.write_comment(asha, id, saying(&to_guest, Visibility::Internal)).await;
        let Err(Error::Invalid(faults)) = refused else { panic!("refused") };
        assert_eq!(faults[0].code, "guest_mentioned");
        assert!(matches!(tickets.get(guest, id).await, Err(Error::NotFound)));
        tickets.write_comment(asha, id, saying(&to_guest, Visibility::Public)).await.expect("said");
        tickets.get(guest, id).await.expect("whoever is mentioned watches, and so sees it");
    })
    .await;
}

#[tokio::test]
async fn a_guest_assigns_nobody_and_asks_for_nobody_else() {
    run(async |world| {
        let (guest, tickets) = (&world.acme.guest, &world.tickets);
        let id = world.open(guest, "Help").await.ticket.id;
        let denied = |error: Option<Error>| {
            assert!(
                matches!(error, Some(Error::Denied(Denied::ScopeMissing(Scope::TicketsAssign)))),
                "{error:?}"
            );
        };
        let take = UpdateTicket { assignee: Patch::Set(me(guest)), ..UpdateTicket::default() };
        denied(tickets.update(guest, id, Version(1), take).await.err());
        let own = OpenTicket { assignee: Some(me(guest)), ..named("x") };
        denied(tickets.open(guest, own).await.err());
        let others = OpenTicket { requester: Some(me(&world.acme.asha)), ..named("x") };
        denied(tickets.open(guest, others).await.err());
        denied(tickets.watch(guest, id, me(&world.acme.asha)).await.err());
        tickets.update(guest, id, Version(1), titled("Help!")).await.expect("his own words");
    })
    .await;
}

#[tokio::test]
async fn a_guest_sees_links_to_tickets_he_sees() {
    run(async |world| {
        let (asha, guest, tickets) = (&world.acme.asha, &world.acme.guest, &world.tickets);
        let his = world.open(guest, "His").await.ticket.id;
        let also_his = world.open(guest, "Also his").await.ticket.id;
        let hidden = world.open(asha, "Hidden").await.ticket.id;
        let link = |other| LinkTicket { relation: Relation::BlockedBy, other };
        let secret = tickets.link(asha, his, link(hidden)).await.expect("linked");
        tickets.link(asha, his, link(also_his)).await.expect("linked");
        let page = PageRequest::default();
        let seen = tickets.links(guest, his, &page).await.expect("seen").rows;
        assert_eq!(seen.iter().map(|link| link.other).collect::<Vec<_>>(), [also_his]);
        assert_eq!(tickets.links(asha, his, &page).await.expect("seen").rows.len(), 2);
        assert!(matches!(tickets.one_link(guest, his, secret.id).await, Err(Error::NotFound)));
        assert!(matches!(tickets.unlink(guest, his, secret.id).await, Err(Error::NotFound)));
        let to_hidden = tickets.link(guest, his, link(hidden)).await;
        assert!(matches!(to_hidden, Err(Error::Invalid(_))));
    })
    .await;
}

#[tokio::test]
async fn a_guest_counts_no_tickets() {
    run(async |world| {
        let mut guest = world.acme.guest.clone();
        let day = world.database.env().now().date_naive();
        let range = DayRange { from: day, to: day };
        let refused = world.tickets.analytics(&guest, range).await;
        assert!(matches!(refused, Err(Error::Denied(_))));
        // Not even if his role were given the scope.
        guest.rights.scopes = world.acme.owner.rights.scopes;
        let refused = world.tickets.analytics(&guest, range).await;
        assert!(matches!(refused, Err(Error::Denied(_))));
        world.tickets.analytics(&world.acme.asha, range).await.expect("members do");
    })
    .await;
}
