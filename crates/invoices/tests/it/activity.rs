use invoices::{Error, Happened, WriteCreditNote};
use kernel::{InvoiceId, Page, Scope};

use crate::support::{World, all_pages, cash, run, with_scopes};

async fn activity(world: &World, invoice: InvoiceId) -> Vec<Happened> {
    all_pages(2, async |page| -> Page<_> {
        world.invoices.activity(&world.acme.asha, invoice, &page).await.expect("listed")
    })
    .await
}

#[tokio::test]
async fn everything_that_happens_to_an_invoice_is_told_in_order_and_nothing_else() {
    run(async |world| {
        let (asha, owner) = (&world.acme.asha, &world.acme.owner);
        let invoice = world.issued_over(10_000).await.invoice.id;
        let other = world.issued_over(500).await.invoice.id;
        world.invoices.pay(asha, invoice, cash(4_000)).await.expect("paid");
        world.invoices.pay(asha, other, cash(500)).await.expect("paid");
        let credit = WriteCreditNote { reason: "Returned".to_owned(), lines: None };
        world.invoices.write_credit_note(owner, invoice, credit).await.expect("credited");
        world.invoices.create_link(owner, invoice).await.expect("a link");
        let told = activity(&world, invoice).await;
        let kinds: Vec<_> = told.iter().map(|happened| happened.kind.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "invoices.link_created",
                "invoices.credit_note_issued",
                "invoices.payment_recorded",
                "invoices.invoice_issued",
                "invoices.invoice_drafted",
            ]
        );
        let paid = told.iter().find(|happened| happened.kind == "invoices.payment_recorded");
        let paid = paid.expect("told");
        assert_eq!((paid.actor, paid.actor_kind.as_str()), (asha.user_id(), "user"));
        assert_eq!(paid.data["amount"], 4_000);
    })
    .await;
}

#[tokio::test]
async fn what_happened_is_for_those_who_read_invoices_of_the_organization() {
    run(async |world| {
        let invoice = world.issued_over(10_000).await.invoice.id;
        let page = kernel::PageRequest::default();
        let stranger = world.invoices.activity(&world.other.owner, invoice, &page).await;
        assert!(matches!(stranger, Err(Error::NotFound)));
        let blind = with_scopes(&world.acme.asha, &[Scope::TicketsRead]);
        let unseen = world.invoices.activity(&blind, invoice, &page).await;
        assert!(matches!(unseen, Err(Error::Denied(_))));
    })
    .await;
}
