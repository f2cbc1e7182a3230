use invoices::{
    CreateCustomer, CreateItem, CreateTaxRate, Error, ItemFilter, Standing, TaxClass, UpdateCustomer,
    UpdateItem, UpdateTaxRate, WriteDocumentLine,
};
use kernel::{Fault, Patch, TaxRateId, Version};

use crate::support::{VAT, all_pages, amount, line, npr, run};

#[tokio::test]
async fn every_organization_begins_with_the_rates_of_nepal() {
    run(async |world| {
        let asha = &world.other.asha;
        let rates =
            all_pages(2, async |page| world.invoices.tax_rates(asha, &page).await.expect("seen")).await;
        let known: Vec<_> = rates
            .iter()
            .map(|rate| (rate.name.as_str(), rate.class.name(), rate.class.rate().get()))
            .collect();
        assert_eq!(known, [("Exempt", "exempt", 0), ("VAT 13 %", "rated", 1_300), ("Zero-rated", "zero", 0)]);
        assert_eq!(world.invoices.settings(asha).await.expect("there").due_days.get(), 15);
    })
    .await;
}

#[tokio::test]
async fn a_customer_is_changed_at_his_version_and_all_faults_are_told() {
    run(async |world| {
        let (asha, customer) = (&world.acme.asha, &world.acme.customer);
        let update = UpdateCustomer {
            phone: Patch::Set("01-4000000".to_owned()),
            email: Patch::Clear,
            ..Default::default()
        };
        let after = world
            .invoices
            .update_customer(asha, customer.id, customer.version, update.clone())
            .await
            .expect("changed");
        assert_eq!(
            (after.phone.as_deref(), after.email.as_ref(), after.version),
            (Some("01-4000000"), None, Version(2))
        );
        assert_eq!(world.invoices.customer(asha, customer.id).await.expect("seen"), after);
        let stale = world
            .invoices
            .update_customer(asha, customer.id, customer.version, update)
            .await
            .expect_err("stale");
        assert!(matches!(stale, Error::Stale { current: Version(2) }), "{stale:?}");
        let bad = CreateCustomer {
            name: " ".to_owned(),
            email: Some("nobody".to_owned()),
            tax_id: Some("1\r\nBcc: x".to_owned()),
            ..Default::default()
        };
        let refused = world.invoices.create_customer(asha, bad).await.expect_err("refused");
        let fields: Vec<_> = refused.fields().iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["name", "email", "taxId"]);
    })
    .await;
}

#[tokio::test]
async fn a_tax_rate_has_one_name_and_its_rate_never_changes() {
    run(async |world| {
        let owner = &world.acme.owner;
        let create = |name: &str| CreateTaxRate {
            name: name.to_owned(),
            kind: "rated".to_owned(),
            basis_points: Some(500),
        };
        let rate = world.invoices.create_tax_rate(owner, create("Luxury")).await.expect("made");
        let twice = world.invoices.create_tax_rate(owner, create("Luxury")).await.expect_err("refused");
        assert!(matches!(twice, Error::TaxRateNameTaken), "{twice:?}");
        let renamed = UpdateTaxRate { name: Some("Exempt".to_owned()), ..UpdateTaxRate::default() };
        let taken =
            world.invoices.update_tax_rate(owner, rate.id, rate.version, renamed).await.expect_err("refused");
        assert!(matches!(taken, Error::TaxRateNameTaken), "{taken:?}");
        let archive = UpdateTaxRate { standing: Some(Standing::Archived), ..UpdateTaxRate::default() };
        let after =
            world.invoices.update_tax_rate(owner, rate.id, rate.version, archive).await.expect("archived");
        assert_eq!(after.class, rate.class);
        let command = crate::support::drafted(world.acme.customer.id, vec![line("1", 1, Some(rate.id))]);
        let refused = world.invoices.draft(owner, command).await.expect_err("refused");
        assert_eq!(
            (refused.fields()[0].field.as_str(), refused.fields()[0].code),
            ("lines/0/taxRateId", "archived")
        );
        let odd = CreateTaxRate { basis_points: None, ..create("Odd") };
        assert_eq!(
            world.invoices.create_tax_rate(owner, odd).await.expect_err("refused").fields()[0].code,
            "invalid_rate"
        );
        let member = world.invoices.create_tax_rate(&world.acme.asha, create("Mine")).await;
        assert!(matches!(member, Err(Error::Denied(_))), "settings are the managers'");
    })
    .await;
}

#[tokio::test]
async fn items_are_offered_until_they_are_archived() {
    run(async |world| {
        let asha = &world.acme.asha;
        let create =
            CreateItem { name: "Tea".to_owned(), description: None, unit_price: npr(12_000), tax_rate: VAT };
        let item = world.invoices.create_item(asha, create.clone()).await.expect("made");
        let foreign = CreateItem { tax_rate: Some(TaxRateId::first(9)), ..create };
        assert!(world.invoices.create_item(asha, foreign).await.is_err());
        let update =
            UpdateItem { unit_price: Some(npr(13_000)), tax_rate: Patch::Clear, ..UpdateItem::default() };
        let after = world.invoices.update_item(asha, item.id, item.version, update).await.expect("changed");
        assert_eq!((after.unit_price, after.tax_rate), (amount(13_000), None));
        assert_eq!(world.invoices.item(asha, item.id).await.expect("seen"), after);
        let line = WriteDocumentLine { item: Some(item.id), ..line("1", 12_000, VAT) };
        let full = world.issued(vec![line]).await;
        assert_eq!(full.document.lines[0].item, Some(item.id));
        assert_eq!(full.document.lines[0].line.tax.name(), TaxClass::Rated(Default::default()).name());
        let archive = UpdateItem { standing: Some(Standing::Archived), ..UpdateItem::default() };
        world.invoices.update_item(asha, item.id, after.version, archive).await.expect("archived");
        let active = ItemFilter { standing: Some(Standing::Active), text: None };
        let list = world.invoices.items(asha, &active, &Default::default()).await.expect("seen");
        assert_eq!(list.rows.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn every_change_tells_what_it_was() {
    run(async |world| {
        let before = world.told(world.acme.id).await.len();
        let full = world.issued_over(100).await;
        world.invoices.pay(&world.acme.asha, full.invoice.id, crate::support::cash(100)).await.expect("paid");
        let told = world.told(world.acme.id).await;
        let kinds: Vec<_> = told.iter().skip(before).map(|event| event.r#type.as_str()).collect();
        assert_eq!(
            kinds,
            ["invoices.invoice_drafted", "invoices.invoice_issued", "invoices.payment_recorded"]
        );
    })
    .await;
}
