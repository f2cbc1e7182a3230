use chrono::TimeDelta;
use invoices::{CustomerFilter, Direction, InvoiceFilter, InvoiceSort, InvoiceSortKey, Status};
use kernel::PageRequest;

use crate::support::{World, all_pages, cash, drafted, line, run};

async fn found(world: &World, filter: InvoiceFilter) -> Vec<i64> {
    let sort = InvoiceSort { by: InvoiceSortKey::Total, direction: Direction::Ascending };
    let list = all_pages(2, async |page| {
        world.invoices.list(&world.acme.asha, &filter, sort, &page).await.expect("seen")
    });
    list.await.into_iter().map(|invoice| invoice.sums.total.minor()).collect()
}

/// A draft over 1, one issued and overdue over 2, one half paid over 3, one paid over 4, one void over 5.
async fn of_every_kind(world: &World) {
    let owner = &world.acme.owner;
    world.issued_over(2).await;
    let half = world.issued_over(3).await;
    world.invoices.pay(owner, half.invoice.id, cash(1)).await.expect("paid");
    world.database.env().advance(TimeDelta::days(16));
    let paid = world.issued_over(4).await;
    world.invoices.pay(owner, paid.invoice.id, cash(4)).await.expect("paid");
    let void = world.issued_over(5).await.invoice;
    world.invoices.void(owner, void.id, void.version, "why").await.expect("void");
    world.draft(vec![line("1", 1, None)]).await;
}

#[tokio::test]
async fn lists_are_filtered() {
    run(async |world| {
        of_every_kind(&world).await;
        let all = InvoiceFilter::default;
        assert_eq!(found(&world, all()).await, [1, 2, 3, 4, 5]);
        let statuses = vec![Status::Draft, Status::PartiallyPaid];
        assert_eq!(found(&world, InvoiceFilter { statuses, ..all() }).await, [1, 3]);
        assert_eq!(found(&world, InvoiceFilter { overdue: true, ..all() }).await, [2, 3]);
        assert_eq!(
            found(&world, InvoiceFilter { text: Some("inv-2082/83-000003".to_owned()), ..all() }).await,
            [4]
        );
        assert_eq!(found(&world, InvoiceFilter { text: Some("himal".to_owned()), ..all() }).await.len(), 5);
        assert_eq!(found(&world, InvoiceFilter { text: Some("%".to_owned()), ..all() }).await.len(), 0);
        let issued_to = "2026-01-15".parse().ok();
        assert_eq!(found(&world, InvoiceFilter { issued_to, ..all() }).await, [2, 3]);
        let due_from = "2026-02-01".parse().ok();
        assert_eq!(found(&world, InvoiceFilter { due_from, ..all() }).await, [4, 5]);
        let customer = Some(world.other.customer.id);
        assert_eq!(found(&world, InvoiceFilter { customer, ..all() }).await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn every_sort_goes_through_all_pages_both_ways() {
    run(async |world| {
        of_every_kind(&world).await;
        for by in InvoiceSortKey::ALL {
            let ids = async |direction| {
                let filter = InvoiceFilter::default();
                let list = all_pages(2, async |page| {
                    let sort = InvoiceSort { by, direction };
                    world.invoices.list(&world.acme.asha, &filter, sort, &page).await.expect("seen")
                });
                list.await.into_iter().map(|invoice| invoice.id).collect::<Vec<_>>()
            };
            let mut down = ids(Direction::Descending).await;
            down.reverse();
            assert_eq!(ids(Direction::Ascending).await, down, "{by:?}");
            assert_eq!(down.len(), 5);
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_can_be_counted_and_names_customers_as_they_are() {
    run(async |world| {
        of_every_kind(&world).await;
        let page = PageRequest { count: true, ..PageRequest::default() };
        let (filter, sort) = (InvoiceFilter::default(), InvoiceSort::default());
        let seen = world.invoices.list(&world.acme.asha, &filter, sort, &page).await.expect("seen");
        assert_eq!(seen.total, Some(5));
        assert!(seen.rows.iter().all(|invoice| invoice.customer_name == "Himal Traders"), "{seen:?}");
    })
    .await;
}

#[tokio::test]
async fn customers_are_listed_by_name_without_the_archived_ones() {
    run(async |world| {
        let asha = &world.acme.asha;
        for name in ["zebra", "Alpha", "beta"] {
            let create = invoices::CreateCustomer { name: name.to_owned(), ..Default::default() };
            world.invoices.create_customer(asha, create).await.expect("made");
        }
        let names = async |filter: CustomerFilter| {
            let list = all_pages(2, async |page| {
                world.invoices.customers(asha, &filter, &page).await.expect("seen")
            });
            list.await.into_iter().map(|customer| customer.name).collect::<Vec<_>>()
        };
        assert_eq!(names(CustomerFilter::default()).await, ["Alpha", "beta", "Himal Traders", "zebra"]);
        let found = CustomerFilter { text: Some("ET".to_owned()), ..CustomerFilter::default() };
        assert_eq!(names(found).await, ["beta"]);
        let customer = &world.acme.customer;
        let archive =
            invoices::UpdateCustomer { standing: Some(invoices::Standing::Archived), ..Default::default() };
        world.invoices.update_customer(asha, customer.id, customer.version, archive).await.expect("archived");
        let active =
            CustomerFilter { standing: Some(invoices::Standing::Active), ..CustomerFilter::default() };
        assert_eq!(names(active).await, ["Alpha", "beta", "zebra"]);
        let refused = world.invoices.draft(asha, drafted(customer.id, Vec::new())).await;
        assert!(refused.is_err(), "an archived customer gets no new invoices");
    })
    .await;
}
