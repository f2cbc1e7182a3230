use invoices::{Amount, Error, Refusal, Status, UpdateDraft, WriteDiscount, WriteDocument};
use kernel::{Currency, Denied, FieldFault, Money, Patch, Scope, Version};

use crate::support::{VAT, amount, drafted, line, npr, run, with_scopes};

fn codes(error: &Error) -> Vec<(&str, &str)> {
    let Error::Invalid(faults) = error else { panic!("{error:?}") };
    faults.iter().map(|FieldFault { field, code, .. }| (field.as_str(), *code)).collect()
}

#[tokio::test]
async fn a_draft_is_added_up_and_has_no_number() {
    run(async |world| {
        let full = world.draft(vec![line("2.5", 10_000, VAT), line("1", 5_000, None)]).await;
        assert_eq!(full.invoice.life.status(), Status::Draft);
        assert_eq!(full.invoice.issue, None);
        let sums = full.invoice.sums;
        assert_eq!((sums.subtotal, sums.tax, sums.total), (amount(30_000), amount(3_250), amount(33_250)));
        assert_eq!(full.invoice.customer_name, "Himal Traders");
        assert_eq!(full.invoice.due_days.get(), 15, "as the organization has it");
        assert_eq!(full.document.lines[0].tax_rate.as_ref().expect("named").1, "VAT 13 %");
        assert_eq!(world.get(&full).await, full, "what is stored reads back");
    })
    .await;
}

#[tokio::test]
async fn a_preview_says_the_same_and_keeps_nothing() {
    run(async |world| {
        let lines = vec![line("2.5", 10_000, VAT), line("1", 5_000, None)];
        let told = world.told(world.acme.id).await.len();
        let write = WriteDocument { lines: lines.clone(), discount: WriteDiscount::Share(1_000) };
        let seen = world.invoices.preview(&world.acme.asha, "NPR", write.clone()).await.expect("added up");
        assert_eq!(seen.totals.discount, amount(3_000));
        assert_eq!(world.told(world.acme.id).await.len(), told);
        let command = invoices::DraftInvoice { document: write, ..drafted(world.acme.customer.id, lines) };
        let full = world.invoices.draft(&world.acme.asha, command).await.expect("drafted");
        assert_eq!(full.document, seen);
    })
    .await;
}

#[tokio::test]
async fn every_fault_of_a_draft_is_told_at_once() {
    run(async |world| {
        let usd = Currency::parse("currency", "USD").expect("a code");
        let mut bad = line("0", 100, Some(world.database.env().id()));
        bad.unit_price = Money { amount: 1, currency: usd };
        bad.item = Some(world.database.env().id());
        let mut command = drafted(world.database.env().id(), vec![line("1", 1, None), bad]);
        command.due_days = Some(400);
        let refused = world.invoices.draft(&world.acme.asha, command).await.expect_err("refused");
        assert_eq!(
            codes(&refused),
            [
                ("customerId", "unknown_customer"),
                ("lines/1/taxRateId", "unknown_tax_rate"),
                ("lines/1/itemId", "unknown_item"),
                ("lines/1/quantity", "out_of_range"),
                ("lines/1/unitPrice", "currency_mismatch"),
                ("dueDays", "out_of_range"),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_draft_changes_at_its_version_only() {
    run(async |world| {
        let (asha, full) = (&world.acme.asha, world.draft(vec![line("1", 10_000, VAT)]).await);
        let id = full.invoice.id;
        let same =
            world.invoices.update(asha, id, Version::FIRST, UpdateDraft::default()).await.expect("read");
        assert_eq!(same.invoice.version, Version::FIRST, "nothing changed");
        let update = UpdateDraft {
            lines: Some(vec![line("3", 10_000, None), line("1", 1, VAT)]),
            discount: Some(WriteDiscount::Amount(npr(1_000))),
            po_number: Patch::Set("PO-7".to_owned()),
            ..UpdateDraft::default()
        };
        let after = world.invoices.update(asha, id, Version::FIRST, update.clone()).await.expect("changed");
        assert_eq!((after.invoice.version, after.document.lines.len()), (Version(2), 2));
        assert_eq!(after.invoice.sums.subtotal, amount(30_001));
        assert_eq!(world.get(&full).await, after);
        let kept = UpdateDraft { notes: Patch::Set("Thanks".to_owned()), ..UpdateDraft::default() };
        let kept = world.invoices.update(asha, id, Version(2), kept).await.expect("changed");
        assert_eq!(kept.document, after.document, "lines and discount stay");
        let stale = world.invoices.update(asha, id, Version::FIRST, update).await.expect_err("stale");
        assert!(matches!(stale, Error::Stale { current: Version(3) }), "{stale:?}");
    })
    .await;
}

#[tokio::test]
async fn another_currency_needs_the_lines_anew() {
    run(async |world| {
        let (asha, full) = (&world.acme.asha, world.draft(vec![line("1", 10_000, VAT)]).await);
        let update = UpdateDraft { currency: Some("USD".to_owned()), ..UpdateDraft::default() };
        let refused = world.invoices.update(asha, full.invoice.id, Version::FIRST, update).await;
        assert_eq!(codes(&refused.expect_err("refused")), [("lines", "required")]);
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_deleted_and_an_issued_invoice_is_not() {
    run(async |world| {
        let (asha, draft) = (&world.acme.asha, world.draft(vec![line("1", 1, None)]).await.invoice);
        world.invoices.delete(asha, draft.id, draft.version).await.expect("deleted");
        assert!(matches!(world.invoices.get(asha, draft.id).await, Err(Error::NotFound)));
        let issued = world.issued_over(100).await.invoice;
        let refused = world.invoices.delete(asha, issued.id, issued.version).await.expect_err("refused");
        assert!(matches!(refused, Error::Refused(Refusal::NotDraft)), "{refused:?}");
        let update = UpdateDraft { notes: Patch::Set("x".to_owned()), ..UpdateDraft::default() };
        let refused =
            world.invoices.update(asha, issued.id, issued.version, update).await.expect_err("refused");
        assert!(matches!(refused, Error::Refused(Refusal::NotDraft)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn each_act_needs_its_own_scope() {
    run(async |world| {
        let draft = world.draft(vec![line("1", 100, None)]).await.invoice;
        let all_but = |scope: Scope| {
            let others: Vec<_> = Scope::all().filter(|other| *other != scope).collect();
            with_scopes(&world.acme.owner, &others)
        };
        let lacks = |error: Error, scope: Scope| {
            assert!(
                matches!(error, Error::Denied(Denied::ScopeMissing(missing)) if missing == scope),
                "{error:?}"
            );
        };
        let (invoices, id, at) = (&world.invoices, draft.id, draft.version);
        let actor = all_but(Scope::InvoicesRead);
        lacks(invoices.get(&actor, id).await.expect_err("refused"), Scope::InvoicesRead);
        let actor = all_but(Scope::InvoicesWrite);
        lacks(invoices.delete(&actor, id, at).await.expect_err("refused"), Scope::InvoicesWrite);
        let actor = all_but(Scope::InvoicesIssue);
        lacks(invoices.issue(&actor, id, at).await.expect_err("refused"), Scope::InvoicesIssue);
        let actor = all_but(Scope::InvoicesVoid);
        lacks(invoices.void(&actor, id, at, "why").await.expect_err("refused"), Scope::InvoicesVoid);
        lacks(invoices.get(&world.acme.guest, id).await.expect_err("refused"), Scope::InvoicesRead);
        assert_eq!(world.draft(Vec::new()).await.invoice.sums.total, Amount::ZERO);
    })
    .await;
}
