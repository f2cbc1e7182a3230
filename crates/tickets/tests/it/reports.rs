use chrono::{Days, TimeDelta};
use futures_util::TryStreamExt;
use kernel::{FieldFault, Scope, Version};
use tickets::{CsvStream, DayRange, Direction, Error, OpenTicket, Sort, SortKey, TicketFilter};

use crate::support::{World, me, named, run, with_scopes};

const BY_NUMBER: Sort = Sort { by: SortKey::Number, direction: Direction::Ascending };

async fn sheet(export: CsvStream) -> Vec<Vec<String>> {
    let chunks: Vec<Vec<u8>> = export.try_collect().await.expect("a whole export");
    let bytes = chunks.concat();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
    let records = reader.records().map(|record| record.expect("RFC 4180"));
    records.map(|record| record.iter().map(str::to_owned).collect()).collect()
}

#[tokio::test]
async fn an_export_has_what_the_filter_shows_and_no_formula() {
    run(async |world| {
        let asha = &world.acme.asha;
        let evil =
            OpenTicket { tags: vec!["@sum".to_owned()], ..named("=HYPERLINK(\"http://evil\",\"a, b\")") };
        world.tickets.open(asha, evil).await.expect("opened");
        let due = world.database.env().now();
        let plain = OpenTicket { assignee: Some(me(asha)), due_at: Some(due), ..named("Plain") };
        world.tickets.open(asha, plain).await.expect("opened");
        world.open(&world.other.asha, "Theirs").await;

        let export = world.tickets.export(asha, TicketFilter::default(), BY_NUMBER).expect("permitted");
        let rows = sheet(export).await;
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0][..4], ["number", "title", "type", "status"]);
        assert_eq!(rows[1][..4], ["1", "'=HYPERLINK(\"http://evil\",\"a, b\")", "task", "open"]);
        assert_eq!((rows[1][4].as_str(), rows[1][8].as_str()), ("Open", "'@sum"));
        assert_eq!(rows[2][6..8], ["Person 102", "Person 102"]);
        assert_eq!(rows[2][9], "2026-01-15T09:00:00.000Z");

        let filter = TicketFilter { text: Some("plain".to_owned()), ..TicketFilter::default() };
        let export = world.tickets.export(asha, filter, BY_NUMBER).expect("permitted");
        assert_eq!(sheet(export).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_export_comes_in_chunks_of_a_thousand() {
    run(async |world| {
        copy_rows(&world, 2_300).await;
        let export = world.tickets.export(&world.acme.asha, TicketFilter::default(), BY_NUMBER);
        let chunks: Vec<Vec<u8>> = export.expect("permitted").try_collect().await.expect("a whole export");
        let lines: Vec<_> =
            chunks.iter().map(|chunk| chunk.iter().filter(|byte| **byte == b'\n').count()).collect();
        assert_eq!(lines, [1, 1_000, 1_000, 300]);
    })
    .await;
}

/// Many tickets, written directly: an export does not care how they came to be.
async fn copy_rows(world: &World, count: i64) {
    use database::entities::ticket;
    use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
    world.open(&world.acme.asha, "Pattern").await;
    let pattern = ticket::Entity::find().one(world.database.reader()).await.expect("read").expect("one");
    let env = world.database.env().clone();
    let copied: Result<(), database::StoreError> = world
        .database
        .commit(&world.acme.asha, move |tx| {
            Box::pin(async move {
                let copies = (2..=count).map(|number| ticket::ActiveModel {
                    id: Set(env.id()),
                    number: Set(number),
                    rank: Set([pattern.rank.as_slice(), &number.to_be_bytes()].concat()),
                    ..pattern.clone().into_active_model().reset_all()
                });
                let copies: Vec<_> = copies.collect();
                for some in copies.chunks(500) {
                    ticket::Entity::insert_many(some.to_vec())
                        .exec_without_returning(tx.connection())
                        .await?;
                }
                Ok(())
            })
        })
        .await;
    copied.expect("copied");
}

#[tokio::test]
async fn a_guest_exports_his_own_rows_and_nobody_without_the_scope() {
    run(async |world| {
        world.open(&world.acme.asha, "Hidden").await;
        world.open(&world.acme.guest, "His").await;
        let export = world.tickets.export(&world.acme.guest, TicketFilter::default(), BY_NUMBER);
        let rows = sheet(export.expect("permitted")).await;
        assert_eq!(rows.iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["title", "His"]);
        let blind = with_scopes(&world.acme.asha, &[Scope::TicketsWrite]);
        assert!(world.tickets.export(&blind, TicketFilter::default(), BY_NUMBER).is_err());
    })
    .await;
}

#[tokio::test]
async fn days_begin_at_midnight_in_kathmandu() {
    run(async |world| {
        let (asha, env, columns) = (&world.acme.asha, world.database.env(), world.columns().await);
        // Nine o'clock in Greenwich is a quarter to three in Kathmandu, so midnight is nine and a quarter hours off.
        let today = env.now().date_naive();
        let first = world.open(asha, "Today").await;
        env.advance(TimeDelta::hours(9) + TimeDelta::minutes(15) - TimeDelta::milliseconds(1));
        let second = world.open(asha, "Today, at the last moment").await;
        world.put(asha, &first, columns[3]).await;
        env.advance(TimeDelta::milliseconds(1));
        assert_eq!(env.now().date_naive(), today, "in Greenwich it is still today");
        world.open(asha, "Tomorrow").await;
        let closed = world.put(asha, &second, columns[4]).await;
        world.open(&world.other.asha, "Theirs").await;

        let range = DayRange { from: today - Days::new(1), to: today + Days::new(40) };
        let days = world.tickets.analytics(asha, range).await.expect("counted");
        assert_eq!(days.len(), 42);
        let counts: Vec<_> = days.iter().take(4).map(|day| (day.opened, day.resolved, day.closed)).collect();
        assert_eq!(counts, [(0, 0, 0), (2, 1, 0), (1, 1, 1), (0, 0, 0)]);
        assert_eq!((days[1].date, days[41].date), (today, today + Days::new(40)));

        // What is opened again was not closed.
        world.put(asha, &closed, columns[0]).await;
        let days = world.tickets.analytics(asha, range).await.expect("counted");
        assert_eq!(days.iter().map(|day| day.closed).sum::<u64>(), 0);
        assert_eq!(closed.ticket.version, Version(2));
    })
    .await;
}

#[tokio::test]
async fn a_range_of_days_has_bounds_and_needs_its_scope() {
    run(async |world| {
        let (asha, today) = (&world.acme.asha, world.database.env().now().date_naive());
        let backwards = DayRange { from: today, to: today - Days::new(1) };
        let Err(Error::Invalid(faults)) = world.tickets.analytics(asha, backwards).await else {
            panic!("refused")
        };
        let FieldFault { field, code, .. } = &faults[0];
        assert_eq!((field.as_str(), *code), ("to", "out_of_range"));
        let range = DayRange { from: today, to: today };
        for scopes in [[Scope::TicketsRead], [Scope::AnalyticsRead]] {
            let refused = world.tickets.analytics(&with_scopes(asha, &scopes), range).await;
            assert!(matches!(refused, Err(Error::Denied(_))), "{scopes:?}");
        }
    })
    .await;
}
