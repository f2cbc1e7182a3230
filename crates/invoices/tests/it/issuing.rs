use calendar::FiscalStart;
use chrono::TimeDelta;
use invoices::{Error, Refusal, Status, UpdateInvoiceSettings};
use kernel::{Fault, Patch, Version};

use crate::support::{VAT, amount, cash, line, run};

#[tokio::test]
async fn an_issued_invoice_has_number_days_and_both_sides_as_they_were() {
    run(async |world| {
        let full = world.issued(vec![line("2", 10_000, VAT)]).await;
        let issue = full.invoice.issue.clone().expect("issued");
        // 2026-01-15 is in the year from Shrawan 2082.
        assert_eq!(issue.number.to_string(), "INV-2082/83-000001");
        assert_eq!(
            (issue.on.to_string().as_str(), full.invoice.due_on.expect("due").to_string().as_str()),
            ("2026-01-15", "2026-01-30")
        );
        assert_eq!(issue.on_bs.expect("in the table").to_string(), "2082-10-01");
        let sides = full.sides.clone().expect("both");
        assert_eq!(
            (sides.seller.name.as_str(), sides.seller.tax_id.as_deref()),
            ("Acme Private Limited", Some("301234567"))
        );
        assert_eq!(
            (sides.buyer.name.as_str(), sides.buyer.tax_id.as_deref()),
            ("Himal Traders", Some("609876543"))
        );
        assert_eq!(full.invoice.life.status(), Status::Issued);
        assert_eq!(full.invoice.balance().expect("issued").due(), amount(22_600));
        assert_eq!(world.get(&full).await, full);

        let update = invoices::UpdateCustomer {
            name: Some("Other".to_owned()),
            tax_id: Patch::Clear,
            ..Default::default()
        };
        let customer = &world.acme.customer;
        world
            .invoices
            .update_customer(&world.acme.asha, customer.id, customer.version, update)
            .await
            .expect("renamed");
        assert_eq!(world.get(&full).await, full, "the document keeps what it says");
    })
    .await;
}

#[tokio::test]
async fn numbers_begin_anew_with_each_fiscal_year_of_the_organizations_clock() {
    run(async |world| {
        let first = FiscalStart::NEPAL.year_from(2083).expect("known").first_day;
        let midnight = first.and_hms_opt(0, 0, 0).expect("a time").and_utc() - TimeDelta::minutes(345);
        let env = world.database.env();
        env.advance(midnight - env.now() - TimeDelta::milliseconds(1));
        let mut numbers = Vec::new();
        for _ in 0..2 {
            numbers.push(number(&world.issued_over(100).await));
        }
        env.advance(TimeDelta::milliseconds(1));
        for _ in 0..2 {
            numbers.push(number(&world.issued_over(100).await));
        }
        let expected =
            ["INV-2082/83-000001", "INV-2082/83-000002", "INV-2083/84-000001", "INV-2083/84-000002"];
        assert_eq!(numbers, expected);
    })
    .await;
}

fn number(full: &invoices::FullInvoice) -> String {
    full.invoice.issue.as_ref().expect("issued").number.to_string()
}

#[tokio::test]
async fn a_series_counts_by_itself() {
    run(async |world| {
        world.issued_over(100).await;
        let owner = &world.acme.owner;
        let update = UpdateInvoiceSettings {
            invoice_series: Some("PKR".to_owned()),
            due_days: Some(0),
            ..Default::default()
        };
        world.invoices.update_settings(owner, Version::FIRST, update).await.expect("changed");
        let full = world.issued_over(100).await;
        assert_eq!(number(&full), "PKR-2082/83-000001");
        assert_eq!(full.invoice.due_on, full.invoice.issue.map(|issue| issue.on));
        let same = UpdateInvoiceSettings { credit_note_series: Some("PKR".to_owned()), ..Default::default() };
        let refused = world.invoices.update_settings(owner, Version(2), same).await.expect_err("refused");
        assert_eq!(refused.fields()[0].code, "series_taken");
    })
    .await;
}

#[tokio::test]
async fn only_a_draft_with_lines_is_issued_and_once() {
    run(async |world| {
        let (owner, empty) = (&world.acme.owner, world.draft(Vec::new()).await.invoice);
        let refused = world.invoices.issue(owner, empty.id, empty.version).await.expect_err("refused");
        assert!(matches!(refused, Error::Refused(Refusal::NoLines)), "{refused:?}");
        let issued = world.issued_over(100).await.invoice;
        assert_eq!(
            issued.issue.as_ref().expect("issued").number.running.get(),
            1,
            "the refused one took no number"
        );
        let refused = world.invoices.issue(owner, issued.id, issued.version).await.expect_err("refused");
        assert!(matches!(refused, Error::Refused(Refusal::NotDraft)), "{refused:?}");
        let stale = world.invoices.issue(owner, issued.id, Version::FIRST).await.expect_err("stale");
        assert!(matches!(stale, Error::Stale { .. }), "{stale:?}");
    })
    .await;
}

#[tokio::test]
async fn a_void_invoice_keeps_its_number_and_takes_nothing_more() {
    run(async |world| {
        let (owner, full) = (&world.acme.owner, world.issued_over(100).await);
        let (id, at) = (full.invoice.id, full.invoice.version);
        let blank = world.invoices.void(owner, id, at, "  ").await.expect_err("refused");
        assert_eq!(blank.fields()[0].field, "reason");
        let void = world.invoices.void(owner, id, at, "Wrong customer").await.expect("void");
        assert_eq!(void.invoice.life.status(), Status::Void);
        assert_eq!(void.invoice.issue, full.invoice.issue);
        assert_eq!(void.voided.as_ref().expect("said why").reason.as_str(), "Wrong customer");
        assert_eq!(world.get(&full).await, void);
        let refused = world.invoices.pay(owner, id, cash(1)).await.expect_err("refused");
        assert!(matches!(refused, Error::Refused(Refusal::Void)), "{refused:?}");
        let paid = world.issued_over(100).await.invoice;
        world.invoices.pay(owner, paid.id, cash(1)).await.expect("paid");
        let refused =
            world.invoices.void(owner, paid.id, paid.version.next(), "why").await.expect_err("refused");
        assert!(matches!(refused, Error::Refused(Refusal::HasPayments)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn beyond_the_calendar_nothing_is_issued() {
    run(async |world| {
        let draft = world.draft(vec![line("1", 1, None)]).await.invoice;
        world.database.env().advance(TimeDelta::days(365 * 6));
        let refused =
            world.invoices.issue(&world.acme.owner, draft.id, draft.version).await.expect_err("refused");
        assert_eq!(refused.code(), "outside_calendar");
    })
    .await;
}
