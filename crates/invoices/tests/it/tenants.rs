use database::Tx;
use invoices::{Error, UpdateCustomer, WriteCreditNote};
use kernel::{Actor, Fault, Version};
use sea_orm::{ConnectionTrait, Statement};

use crate::support::{VAT, World, cash, drafted, line, run};

#[tokio::test]
async fn nothing_of_another_organization_can_be_read_or_changed() {
    run(async |world| {
        let (owner, full) = (&world.acme.owner, world.issued(vec![line("1", 100, VAT)]).await);
        let id = full.invoice.id;
        let payment = world.invoices.pay(owner, id, cash(10)).await.expect("paid");
        let credit = WriteCreditNote { reason: "why".to_owned(), lines: None };
        let note = world.invoices.write_credit_note(owner, id, credit.clone()).await.expect("credited").note;
        let (invoices, them) = (&world.invoices, &world.other.owner);
        let customer = world.acme.customer.id;
        let page = kernel::PageRequest::default();
        let outcomes = [
            invoices.get(them, id).await.map(drop),
            invoices.issue(them, id, Version(2)).await.map(drop),
            invoices.void(them, id, Version(2), "why").await.map(drop),
            invoices.delete(them, id, Version(2)).await,
            invoices.pay(them, id, cash(1)).await.map(drop),
            invoices.payments(them, id, &page).await.map(drop),
            invoices.payment(them, payment.id).await.map(drop),
            invoices.write_credit_note(them, id, credit).await.map(drop),
            invoices.credit_notes(them, id, &page).await.map(drop),
            invoices.credit_note(them, note.id).await.map(drop),
            invoices.customer(them, customer).await.map(drop),
            invoices
                .update_customer(them, customer, Version::FIRST, UpdateCustomer::default())
                .await
                .map(drop),
        ];
        for (place, outcome) in outcomes.into_iter().enumerate() {
            assert!(matches!(outcome, Err(Error::NotFound)), "{place}: {outcome:?}");
        }
        let foreign = invoices.draft(them, drafted(customer, Vec::new())).await.expect_err("refused");
        assert_eq!(foreign.fields()[0].code, "unknown_customer");
    })
    .await;
}

#[tokio::test]
async fn organizations_count_by_themselves() {
    run(async |world| {
        world.issued_over(1).await;
        let draft = drafted(world.other.customer.id, vec![line("1", 1, None)]);
        let draft = world.invoices.draft(&world.other.owner, draft).await.expect("drafted").invoice;
        let full = world.invoices.issue(&world.other.owner, draft.id, draft.version).await.expect("issued");
        assert_eq!(full.invoice.issue.expect("issued").number.running.get(), 1);
    })
    .await;
}

async fn rows(world: &World, table: &str) -> i64 {
    let sql = format!("SELECT count(*) AS n FROM {table}");
    let statement = Statement::from_string(world.database.backend(), sql);
    let row = world.database.reader().query_one_raw(statement).await.expect("read").expect("a row");
    row.try_get("", "n").expect("a number")
}

#[tokio::test]
async fn an_organization_is_erased_whole_and_alone() {
    run(async |world| {
        for _ in 0..3 {
            let full = world.issued(vec![line("1", 100, VAT)]).await.invoice;
            world.invoices.pay(&world.acme.owner, full.id, cash(10)).await.expect("paid");
            let credit = WriteCreditNote { reason: "why".to_owned(), lines: None };
            world.invoices.write_credit_note(&world.acme.owner, full.id, credit).await.expect("credited");
        }
        world.draft(vec![line("1", 100, VAT)]).await;
        let mut rounds = 0;
        loop {
            rounds += 1;
            let (own, org) = (world.invoices.clone(), world.acme.id);
            let done: Result<bool, Error> = world
                .database
                .commit(&Actor::system(org), move |tx: &Tx| {
                    Box::pin(async move { own.erase(tx, org, 3).await })
                })
                .await;
            if done.expect("erased") {
                break;
            }
        }
        assert_eq!(rounds, 2);
        for table in [
            "invoices",
            "invoice_lines",
            "invoice_payments",
            "credit_notes",
            "credit_note_lines",
            "invoice_counters",
            "invoice_erasures",
        ] {
            assert_eq!(rows(&world, table).await, 0, "{table}");
        }
        assert_eq!((rows(&world, "customers").await, rows(&world, "tax_rates").await), (1, 3), "the other's");
    })
    .await;
}

#[tokio::test]
async fn to_prepare_twice_changes_nothing() {
    run(async |world| {
        let (own, org, told) = (world.invoices.clone(), world.acme.id, world.told(world.acme.id).await.len());
        let again: Result<(), Error> = world
            .database
            .commit(&Actor::system(org), move |tx: &Tx| Box::pin(async move { own.prepare(tx, org).await }))
            .await;
        again.expect("harmless");
        assert_eq!(world.told(org).await.len(), told);
    })
    .await;
}
