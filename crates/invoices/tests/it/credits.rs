use invoices::{
    Error, Refusal, Standing, Status, UpdateTaxRate, WriteCreditNote, WriteDiscount, WriteDocumentLine,
};
use kernel::Fault;

use crate::support::{VAT, all_pages, amount, cash, drafted, line, npr, run};

fn of(lines: Vec<WriteDocumentLine>) -> WriteCreditNote {
    WriteCreditNote { reason: "Returned".to_owned(), lines: Some(lines) }
}

fn the_rest() -> WriteCreditNote {
    WriteCreditNote { reason: "All of it".to_owned(), lines: None }
}

#[tokio::test]
async fn a_whole_credit_is_the_invoice_itself() {
    run(async |world| {
        let owner = &world.acme.owner;
        let mut command =
            drafted(world.acme.customer.id, vec![line("2.5", 19_999, VAT), line("1", 7_500, None)]);
        command.document.discount = WriteDiscount::Amount(npr(10_000));
        let draft = world.invoices.draft(owner, command).await.expect("drafted").invoice;
        let full = world.invoices.issue(owner, draft.id, draft.version).await.expect("issued");
        let note = world.invoices.write_credit_note(owner, draft.id, the_rest()).await.expect("credited");
        assert_eq!(note.note.issue.number.to_string(), "CN-2082/83-000001");
        assert_eq!((&note.document, note.note.sums), (&full.document, full.invoice.sums));
        assert_eq!((note.note.reduced, note.note.refundable), (full.invoice.sums.total, amount(0)));
        assert_eq!(world.get(&full).await.invoice.life.status(), Status::Paid, "nothing is due");
        assert_eq!(world.invoices.credit_note(owner, note.note.id).await.expect("seen"), note);
        let refused =
            world.invoices.write_credit_note(owner, draft.id, the_rest()).await.expect_err("refused");
        assert!(matches!(refused, Error::Refused(Refusal::CreditTooLarge { .. })), "{refused:?}");
        let at = world.get(&full).await.invoice.version;
        let refused = world.invoices.void(owner, draft.id, at, "why").await.expect_err("refused");
        assert!(matches!(refused, Error::Refused(Refusal::HasCreditNotes)), "{refused:?}");
    })
    .await;
}

/// 13 % of 0.50 is 0.065: rounded each by itself, three notes would take 0.21 of a tax of 0.20.
#[tokio::test]
async fn the_last_note_takes_exactly_what_is_left() {
    run(async |world| {
        let owner = &world.acme.owner;
        for last in [the_rest(), of(vec![line("1", 50, VAT)])] {
            let full = world.issued(vec![line("3", 50, VAT)]).await;
            let id = full.invoice.id;
            assert_eq!(full.invoice.sums.tax, amount(20));
            for _ in 0..2 {
                world
                    .invoices
                    .write_credit_note(owner, id, of(vec![line("1", 50, VAT)]))
                    .await
                    .expect("credited");
            }
            let left = world.get(&full).await.invoice.balance().expect("issued").uncredited();
            let note = world.invoices.write_credit_note(owner, id, last).await.expect("credited").note;
            assert_eq!(note.sums.total, left);
            let balance = world.get(&full).await.invoice.balance().expect("issued");
            assert_eq!((balance.uncredited(), balance.credited()), (amount(0), full.invoice.sums.total));
            let notes =
                all_pages(2, async |page| world.invoices.credit_notes(owner, id, &page).await.expect("seen"))
                    .await;
            let tax: i64 = notes.iter().map(|note| note.sums.tax.minor()).sum();
            assert_eq!((notes.len(), tax), (3, 20));
        }
    })
    .await;
}

#[tokio::test]
async fn no_more_of_a_tax_rate_is_credited_than_was_invoiced_at_it() {
    run(async |world| {
        let (owner, full) =
            (&world.acme.owner, world.issued(vec![line("1", 1_000, VAT), line("1", 9_000, None)]).await);
        for lines in [
            vec![line("1", 1_001, VAT)],
            vec![line("1", 9_001, None)],
            vec![line("1", 1, Some(kernel::TaxRateId::first(3)))],
        ] {
            let refused = world
                .invoices
                .write_credit_note(owner, full.invoice.id, of(lines))
                .await
                .expect_err("refused");
            assert!(matches!(refused, Error::Refused(Refusal::NotInvoiced)), "{refused:?}");
        }
        let nothing =
            world.invoices.write_credit_note(owner, full.invoice.id, of(vec![line("1", 0, VAT)])).await;
        assert_eq!(nothing.expect_err("refused").fields()[0].field, "lines");
        assert_eq!(world.get(&full).await, full, "no number was drawn, nothing was written");
        let note =
            world.invoices.write_credit_note(owner, full.invoice.id, the_rest()).await.expect("credited");
        assert_eq!(note.note.issue.number.running.get(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_credit_reduces_what_is_due_first() {
    run(async |world| {
        let (owner, full) = (&world.acme.owner, world.issued_over(10_000).await);
        world.invoices.pay(owner, full.invoice.id, cash(6_000)).await.expect("paid");
        let note =
            world.invoices.write_credit_note(owner, full.invoice.id, of(vec![line("1", 7_000, None)])).await;
        let note = note.expect("credited").note;
        assert_eq!((note.reduced, note.refundable), (amount(4_000), amount(3_000)));
    })
    .await;
}

/// What was sold at a rate can be taken back at it after the rate was archived; nothing new is sold at it.
#[tokio::test]
async fn a_credit_note_may_name_an_archived_rate() {
    run(async |world| {
        let owner = &world.acme.owner;
        let full = world.issued(vec![line("2", 10_000, VAT)]).await;
        let rate = world.invoices.tax_rate(owner, VAT.expect("a rate")).await.expect("there");
        let archive = UpdateTaxRate { standing: Some(Standing::Archived), ..UpdateTaxRate::default() };
        world.invoices.update_tax_rate(owner, rate.id, rate.version, archive).await.expect("archived");
        let command = of(vec![line("1", 10_000, VAT)]);
        let note =
            world.invoices.write_credit_note(owner, full.invoice.id, command).await.expect("credited").note;
        assert_eq!(note.sums.total, amount(11_300));
        let drafted = drafted(world.acme.customer.id, vec![line("1", 10_000, VAT)]);
        let refused = world.invoices.draft(owner, drafted).await.expect_err("refused");
        assert_eq!(refused.fields().first().map(|fault| fault.code), Some("archived"));
    })
    .await;
}
