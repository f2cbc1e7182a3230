use chrono::TimeDelta;
use kernel::{PageRequest, Patch, Timestamp, Version};
use tickets::{
    Assignee, Category, Direction, Kind, OpenTicket, Priority, Sort, SortKey, Ticket, TicketFilter,
    UpdateTicket,
};

use crate::support::{World, all_pages, me, named, run, titled};

/// The value a list is sorted by, as text that sorts the same way.
fn sorted_by(by: SortKey, ticket: &Ticket) -> String {
    let at = |at: Timestamp| format!("{:020}", at.timestamp_millis());
    match by {
        SortKey::Number => format!("{:020}", ticket.number.0),
        SortKey::CreatedAt => at(ticket.created_at),
        SortKey::UpdatedAt => at(ticket.updated_at),
        SortKey::DueAt => ticket.due_at.map_or_else(|| "never".to_owned(), at),
        SortKey::Priority => format!("{}", ticket.priority as u8),
        SortKey::Rank => ticket.column.to_string(),
    }
}

/// Tickets of every kind, many of which share a value.
async fn many(world: &World, count: i64) {
    let columns = world.columns().await;
    let cycles = Priority::ALL.into_iter().cycle().zip(columns.into_iter().cycle());
    for (number, (priority, column)) in (0..count).zip(cycles) {
        let due = world.database.env().now() + TimeDelta::days(number % 3);
        let command = OpenTicket {
            priority,
            column: Some(column),
            due_at: (number % 4 != 0).then_some(due),
            ..named(&format!("Ticket {number}"))
        };
        world.tickets.open(&world.acme.asha, command).await.expect("opened");
        world.database.env().advance(TimeDelta::milliseconds(number % 2));
    }
}

#[tokio::test]
async fn every_sort_shows_each_ticket_once_and_in_order_while_others_are_opened() {
    run(async |world| {
        many(&world, 30).await;
        let unfiltered = TicketFilter::default();
        let all = async || {
            let page = PageRequest { limit: kernel::Limit::EXPORT, ..PageRequest::default() };
            let list = world.tickets.list(&world.acme.asha, &unfiltered, Sort::default(), &page);
            list.await.expect("a list").rows
        };
        for by in SortKey::ALL {
            for direction in [Direction::Ascending, Direction::Descending] {
                let before = all().await;
                let sort = Sort { by, direction };
                let seen = all_pages(7, async |page| {
                    // Somebody opens one between any two pages.
                    let meanwhile = OpenTicket { priority: Priority::High, ..named("Meanwhile") };
                    world.tickets.open(&world.acme.bina, meanwhile).await.expect("opened");
                    let list = world.tickets.list(&world.acme.asha, &unfiltered, sort, &page);
                    list.await.expect("a list")
                });
                let seen = seen.await;
                let mut values: Vec<_> = seen.iter().map(|ticket| sorted_by(by, ticket)).collect();
                if direction == Direction::Descending {
                    values.reverse();
                }
                assert!(values.is_sorted(), "{sort:?} {values:?}");
                let times = |ticket: &Ticket| seen.iter().filter(|other| other.id == ticket.id).count();
                assert!(before.iter().all(|ticket| times(ticket) == 1), "{sort:?}");
                assert!(seen.iter().all(|ticket| times(ticket) == 1), "{sort:?}");
            }
        }
    })
    .await;
}

async fn found(world: &World, filter: TicketFilter) -> Vec<i64> {
    let sort = Sort { by: SortKey::Number, direction: Direction::Ascending };
    let page = PageRequest { count: filter.text.is_none(), ..PageRequest::default() };
    let list = world.tickets.list(&world.acme.asha, &filter, sort, &page).await.expect("a list");
    assert!(list.total.is_none_or(|total| total == list.rows.len() as u64), "{filter:?}");
    list.rows.into_iter().map(|ticket| ticket.number.0).collect()
}

/// Three tickets on three days, the first of them changed on the last one.
async fn three(world: &World) -> Timestamp {
    let (asha, bina, env) = (&world.acme.asha, me(&world.acme.bina), world.database.env());
    let (start, day) = (env.now(), TimeDelta::days(1));
    let one = OpenTicket {
        kind: Kind::Bug,
        priority: Priority::High,
        assignee: Some(bina),
        due_at: Some(start + day),
        tags: vec!["Fire".to_owned(), "vip".to_owned()],
        ..named("Printer on fire")
    };
    let first = world.tickets.open(asha, one).await.expect("opened").ticket;
    env.advance(day);
    let two = OpenTicket {
        requester: Some(bina),
        column: world.columns().await.get(1).copied(),
        tags: vec!["vip".to_owned()],
        ..named("100% छाप्ने_मेसिन")
    };
    world.tickets.open(asha, two).await.expect("opened");
    env.advance(day);
    world.open(asha, "12 angry printers").await;
    world.tickets.update(asha, first.id, Version(1), titled("PRINTER on fire")).await.expect("updated");
    start
}

fn some() -> TicketFilter {
    TicketFilter::default()
}

fn tag(tag: &str) -> TicketFilter {
    TicketFilter { tag: Some(tag.to_owned()), ..some() }
}

fn text(text: &str) -> TicketFilter {
    TicketFilter { text: Some(text.to_owned()), ..some() }
}

#[tokio::test]
async fn what_a_ticket_is_restricts_a_list() {
    run(async |world| {
        three(&world).await;
        let columns = world.columns().await;
        let cases = [
            (some(), vec![1, 2, 3]),
            (TicketFilter { statuses: vec![Category::InProgress], ..some() }, vec![2]),
            (TicketFilter { statuses: vec![Category::Open, Category::InProgress], ..some() }, vec![1, 2, 3]),
            (TicketFilter { columns: vec![columns[1]], ..some() }, vec![2]),
            (TicketFilter { columns: vec![columns[2]], ..some() }, vec![]),
            (TicketFilter { priorities: vec![Priority::High, Priority::Urgent], ..some() }, vec![1]),
            (TicketFilter { kinds: vec![Kind::Bug], ..some() }, vec![1]),
            (tag("#VIP"), vec![1, 2]),
            (tag("fire"), vec![1]),
            (tag("fir"), vec![]),
        ];
        for (filter, expected) in cases {
            assert_eq!(found(&world, filter.clone()).await, expected, "{filter:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn people_and_times_restrict_a_list() {
    run(async |world| {
        let (start, day) = (three(&world).await, TimeDelta::days(1));
        let bina = me(&world.acme.bina);
        let cases = [
            (TicketFilter { assignee: Some(Assignee::User(bina)), ..some() }, vec![1]),
            (TicketFilter { assignee: Some(Assignee::Nobody), ..some() }, vec![2, 3]),
            (TicketFilter { requester: Some(bina), ..some() }, vec![2]),
            (TicketFilter { watcher: Some(bina), ..some() }, vec![1, 2]),
            (TicketFilter { watcher: Some(bina), ..tag("fire") }, vec![1]),
            (TicketFilter { due_after: Some(start + day), ..some() }, vec![1]),
            (TicketFilter { due_before: Some(start + day), ..some() }, vec![]),
            (TicketFilter { created_after: Some(start + day), ..some() }, vec![2, 3]),
            (TicketFilter { created_before: Some(start + day), ..some() }, vec![1]),
            (TicketFilter { updated_since: Some(start + day * 2), ..some() }, vec![1, 3]),
        ];
        for (filter, expected) in cases {
            assert_eq!(found(&world, filter.clone()).await, expected, "{filter:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_text_is_looked_for_in_titles_and_numbers_letter_by_letter() {
    run(async |world| {
        three(&world).await;
        let bina = me(&world.acme.bina);
        let cases = [
            (text("printer"), vec![1, 3]),
            (text(" #2 "), vec![2]),
            (text("2"), vec![2, 3]),
            (text("छाप्ने"), vec![2]),
            (text("0%"), vec![2]),
            (text("%"), vec![2]),
            (text("_"), vec![2]),
            (text("\\"), vec![]),
            (text("' OR 1=1 --"), vec![]),
            (TicketFilter { requester: Some(bina), ..text("printer") }, vec![]),
        ];
        for (filter, expected) in cases {
            assert_eq!(found(&world, filter.clone()).await, expected, "{filter:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_filter_follows_the_changes() {
    run(async |world| {
        let asha = &world.acme.asha;
        let tagged = OpenTicket { tags: vec!["old".to_owned()], ..named("a") };
        let id = world.tickets.open(asha, tagged).await.expect("opened").ticket.id;
        let change = UpdateTicket {
            title: Some("Ärger".to_owned()),
            tags: Some(vec!["new".to_owned()]),
            due_at: Patch::Clear,
            ..UpdateTicket::default()
        };
        world.tickets.update(asha, id, Version(1), change).await.expect("updated");
        assert_eq!(found(&world, tag("new")).await, [1]);
        assert_eq!(found(&world, tag("old")).await, [0; 0]);
        assert_eq!(found(&world, text("äRG")).await, [1], "in any case, on both databases");
    })
    .await;
}

#[tokio::test]
async fn a_keyset_of_another_sort_is_refused_not_misread() {
    run(async |world| {
        many(&world, 3).await;
        let page = PageRequest { limit: kernel::Limit::parse(1).expect("one"), ..PageRequest::default() };
        let (asha, all) = (&world.acme.asha, TicketFilter::default());
        let first = world.tickets.list(asha, &all, Sort::default(), &page).await.expect("a list");
        let by_number = Sort { by: SortKey::Number, direction: Direction::Ascending };
        let next = PageRequest { after: first.next, ..page };
        world.tickets.list(asha, &all, by_number, &next).await.expect_err("no number");
    })
    .await;
}
