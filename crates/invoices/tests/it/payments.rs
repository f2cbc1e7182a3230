use invoices::{Error, PaymentKind, Refusal, Status, WriteCreditNote};
use kernel::{Fault, Version};

use crate::support::{all_pages, amount, cash, line, npr, run};

#[tokio::test]
async fn an_invoice_is_paid_in_parts_and_never_beyond_what_is_due() {
    run(async |world| {
        let (asha, full) = (&world.acme.asha, world.issued_over(10_000).await);
        let id = full.invoice.id;
        world.invoices.pay(asha, id, cash(4_000)).await.expect("paid");
        let seen = world.get(&full).await.invoice;
        assert_eq!((seen.life.status(), seen.version), (Status::PartiallyPaid, Version(3)));
        let refused = world.invoices.pay(asha, id, cash(6_001)).await.expect_err("refused");
        assert!(
            matches!(refused, Error::Refused(Refusal::Overpayment { due }) if due == amount(6_000)),
            "{refused:?}"
        );
        world.database.env().advance(chrono::TimeDelta::milliseconds(1));
        let last = world.invoices.pay(asha, id, cash(6_000)).await.expect("paid");
        let seen = world.get(&full).await.invoice;
        assert_eq!((seen.life.status(), seen.balance().expect("issued").due()), (Status::Paid, amount(0)));
        assert_eq!(world.invoices.payment(asha, last.id).await.expect("seen"), last);
        let list =
            all_pages(1, async |page| world.invoices.payments(asha, id, &page).await.expect("seen")).await;
        assert_eq!(
            list.iter().map(|payment| payment.amount).collect::<Vec<_>>(),
            [amount(4_000), amount(6_000)]
        );
    })
    .await;
}

#[tokio::test]
async fn a_payment_is_judged_before_it_is_booked() {
    run(async |world| {
        let (asha, full) = (&world.acme.asha, world.issued_over(10_000).await);
        let tomorrow = full.invoice.issue.as_ref().expect("issued").on.succ_opt();
        let late = invoices::RecordPayment { paid_on: tomorrow, amount: npr(0), ..cash(1) };
        let refused = world.invoices.pay(asha, full.invoice.id, late).await.expect_err("refused");
        let fields: Vec<_> = refused.fields().iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["amount", "paidOn"]);
        let draft = world.draft(vec![line("1", 100, None)]).await.invoice;
        let refused = world.invoices.pay(asha, draft.id, cash(1)).await.expect_err("refused");
        assert!(matches!(refused, Error::Refused(Refusal::NotIssued)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn only_what_a_credit_note_left_over_is_paid_back() {
    run(async |world| {
        let (owner, full) = (&world.acme.owner, world.issued_over(10_000).await);
        let id = full.invoice.id;
        world.invoices.pay(owner, id, cash(10_000)).await.expect("paid");
        let refused = world.invoices.refund(owner, id, cash(1)).await.expect_err("refused");
        assert!(matches!(refused, Error::Refused(Refusal::RefundTooLarge { .. })), "{refused:?}");
        let credit =
            WriteCreditNote { reason: "Broken".to_owned(), lines: Some(vec![line("1", 3_000, None)]) };
        world.invoices.write_credit_note(owner, id, credit).await.expect("credited");
        let refund = world.invoices.refund(owner, id, cash(3_000)).await.expect("paid back");
        assert_eq!(refund.kind, PaymentKind::Refund);
        let balance = world.get(&full).await.invoice.balance().expect("issued");
        assert_eq!(
            (balance.due(), balance.refundable(), balance.kept()),
            (amount(0), amount(0), amount(7_000))
        );
        assert!(world.invoices.refund(owner, id, cash(1)).await.is_err());
    })
    .await;
}
