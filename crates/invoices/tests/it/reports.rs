use chrono::{Days, NaiveDate, TimeDelta};
use futures_util::TryStreamExt;
use invoices::{EntryKind, InvoiceFilter, InvoiceSort, Owed, StatementDays, UpdateCustomer, WriteCreditNote};
use kernel::Fault;

use crate::support::{World, all_pages, cash, line, run};

async fn exported(world: &World) -> Vec<Vec<String>> {
    let chunks = world.invoices.export(&world.acme.asha, InvoiceFilter::default(), InvoiceSort::default());
    let chunks: Vec<_> = chunks.expect("permitted").try_collect().await.expect("read");
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(std::io::Cursor::new(chunks.concat()));
    reader.records().map(|record| record.expect("RFC 4180").iter().map(str::to_owned).collect()).collect()
}

#[tokio::test]
async fn an_export_has_every_invoice_once_and_no_formula() {
    run(async |world| {
        let customer = &world.acme.customer;
        let name = Some("=HYPERLINK(\"x\")".to_owned());
        let rename = UpdateCustomer { name, ..UpdateCustomer::default() };
        world
            .invoices
            .update_customer(&world.acme.asha, customer.id, customer.version, rename)
            .await
            .expect("renamed");
        for minor in 1..=3 {
            world.issued_over(minor * 12_345).await;
        }
        world.draft(vec![line("1", 1, None)]).await;
        let rows = exported(&world).await;
        assert_eq!((rows.len(), rows[0][0].as_str()), (5, "number"));
        let mut totals: Vec<_> = rows.iter().skip(1).map(|row| row[12].as_str()).collect();
        totals.sort_unstable();
        assert_eq!(totals, ["0.01", "123.45", "246.90", "370.35"]);
        assert!(rows.iter().skip(1).all(|row| row[3] == "'=HYPERLINK(\"x\")"), "{rows:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_owed_is_grouped_by_age_on_the_very_day() {
    run(async |world| {
        // Due 15 days after the first day; then looked at on the days where the groups end.
        let full = world.issued_over(1_000).await;
        world.invoices.pay(&world.acme.asha, full.invoice.id, cash(100)).await.expect("paid");
        let paid = world.issued_over(5).await;
        world.invoices.pay(&world.acme.asha, paid.invoice.id, cash(5)).await.expect("paid");
        let mut passed = 0;
        let nothing = Owed::default();
        for (days, expected) in [
            (15, Owed { current: 900, ..nothing }),
            (16, Owed { days_30: 900, ..nothing }),
            (45, Owed { days_30: 900, ..nothing }),
            (46, Owed { days_60: 900, ..nothing }),
            (76, Owed { days_90: 900, ..nothing }),
            (105, Owed { days_90: 900, ..nothing }),
            (106, Owed { older: 900, ..nothing }),
        ] {
            world.database.env().advance(TimeDelta::days(days - passed));
            passed = days;
            let rows = all_pages(1, async |page| {
                world.invoices.ageing(&world.acme.asha, &page).await.expect("seen")
            })
            .await;
            assert_eq!(rows.len(), 1);
            assert_eq!((rows[0].owed, rows[0].owed.total()), (expected, 900), "after {days} days");
            assert_eq!(rows[0].customer_name, "Himal Traders");
        }
        let theirs = world.invoices.ageing(&world.other.asha, &Default::default()).await.expect("seen");
        assert!(theirs.rows.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_statement_runs_from_opening_to_closing() {
    run(async |world| {
        let (owner, customer) = (&world.acme.owner, world.acme.customer.id);
        let first = world.issued_over(1_000).await;
        world.invoices.pay(owner, first.invoice.id, cash(400)).await.expect("paid");
        world.database.env().advance(TimeDelta::days(10));
        let second = world.issued_over(500).await;
        world.invoices.pay(owner, second.invoice.id, cash(500)).await.expect("paid");
        let lines = Some(vec![line("1", 200, None)]);
        let credit = WriteCreditNote { reason: "Broken".to_owned(), lines };
        world.invoices.write_credit_note(owner, second.invoice.id, credit).await.expect("credited");
        world.invoices.refund(owner, second.invoice.id, cash(150)).await.expect("paid back");
        let void = world.issued_over(77).await.invoice;
        world.invoices.void(owner, void.id, void.version, "why").await.expect("void");
        let from: NaiveDate = "2026-01-20".parse().expect("a day");
        let days = StatementDays { from, to: from + Days::new(30) };
        let seen = world.invoices.statement(owner, customer, days, None).await.expect("seen");
        assert_eq!((seen.opening, seen.closing), (600, 550));
        let entries: Vec<_> =
            seen.entries.iter().map(|entry| (entry.kind, entry.amount, entry.balance)).collect();
        assert_eq!(
            entries,
            [
                (EntryKind::Invoice, 500, 1_100),
                (EntryKind::CreditNote, -200, 900),
                (EntryKind::Payment, -500, 400),
                (EntryKind::Refund, 150, 550),
            ]
        );
        let whole = StatementDays { from: from - Days::new(30), to: from + Days::new(30) };
        let whole = world.invoices.statement(owner, customer, whole, None).await.expect("seen");
        assert_eq!((whole.opening, whole.closing, whole.entries.len()), (0, 550, 6));
        let usd = kernel::Currency::parse("currency", "USD").expect("a code");
        let dollars = world.invoices.statement(owner, customer, days, Some(usd)).await.expect("seen");
        assert_eq!((dollars.closing, dollars.entries.len()), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_statement_has_at_most_a_year_and_a_customer_of_ones_own() {
    run(async |world| {
        let from: NaiveDate = "2026-01-01".parse().expect("a day");
        let customer = world.acme.customer.id;
        for to in [from - Days::new(1), from + Days::new(366)] {
            let days = StatementDays { from, to };
            let refused =
                world.invoices.statement(&world.acme.asha, customer, days, None).await.expect_err("refused");
            assert_eq!(refused.fields()[0].field, "to");
        }
        let days = StatementDays { from, to: from };
        let foreign =
            world.invoices.statement(&world.other.asha, customer, days, None).await.expect_err("refused");
        assert!(matches!(foreign, invoices::Error::NotFound), "{foreign:?}");
    })
    .await;
}
