//! Customers, what is sold and how it is taxed, invoices, what was paid and credited. Issued documents never change: that
//! is [`immutability`]'s.

mod immutability;
mod papers;
mod seeds;

use sea_orm_migration::prelude::{
    ConditionalStatement, DbErr, DeriveMigrationName, Expr, ExprTrait, ForeignKeyCreateStatement,
    SchemaManager, Table, TableCreateStatement,
};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::{
    composite_key, index, number, number_null, reference, text, text_null, time, time_null, unique, uuid,
    uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        settings(manager).await?;
        customers(manager).await?;
        catalogue(manager).await?;
        invoices(manager).await?;
        indexes(manager).await?;
        papers::create(manager).await?;
        immutability::guard(manager).await?;
        seeds::plant(manager).await
    }
}

async fn settings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut settings = Table::create();
    settings
        .table("invoice_settings")
        .col(uuid("organization_id").primary_key().take())
        .col(text("invoice_series"))
        .col(text("credit_note_series"))
        .col(number("due_days"))
        .col(text("notes"))
        .col(text("terms"))
        .col(number("version"))
        .col(time("updated_at"))
        .foreign_key(&mut of_organization("fk_invoice_settings_organization", "invoice_settings"));
    manager.create_table(settings).await?;

    let mut counters = Table::create();
    counters
        .table("invoice_counters")
        .col(uuid("organization_id"))
        .col(text("series"))
        .col(text("fiscal_year"))
        .col(number("last_number"))
        .primary_key(&mut composite_key(
            "uq_invoice_counters_organization_id_series_fiscal_year",
            &["organization_id", "series", "fiscal_year"],
        ))
        .foreign_key(&mut of_organization("fk_invoice_counters_organization", "invoice_counters"));
    manager.create_table(counters).await?;

    // Only while an organization stands here may its issued documents be deleted; see the triggers.
    let mut erasures = Table::create();
    erasures
        .table("invoice_erasures")
        .col(uuid("organization_id").primary_key().take())
        .col(time("begun_at"))
        .foreign_key(&mut of_organization("fk_invoice_erasures_organization", "invoice_erasures"));
    manager.create_table(erasures).await
}

async fn customers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut customers = Table::create();
    customers
        .table("customers")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(text("name"))
        .col(text("name_folded"))
        .col(text_null("email"))
        .col(text_null("phone"))
        .col(text_null("tax_id"))
        .col(text_null("address"))
        .col(text("notes"))
        .col(number("version"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .col(time_null("archived_at"))
        .primary_key(&mut composite_key("uq_customers_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut of_organization("fk_customers_organization", "customers"));
    manager.create_table(customers).await?;
    let by_name = index("customers", "ix_customers_name_folded", &["organization_id", "name_folded", "id"]);
    manager.create_index(by_name).await
}

async fn catalogue(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut rates = Table::create();
    rates
        .table("tax_rates")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(text("name"))
        .col(text("kind"))
        .col(number_null("basis_points"))
        .col(number("version"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .col(time_null("archived_at"))
        .primary_key(&mut composite_key("uq_tax_rates_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut of_organization("fk_tax_rates_organization", "tax_rates"));
    manager.create_table(rates).await?;
    let name = unique("tax_rates", "uq_tax_rates_organization_id_name", &["organization_id", "name"]);
    manager.create_index(name).await?;

    let mut items = Table::create();
    items
        .table("catalogue_items")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(text("name"))
        .col(text("name_folded"))
        .col(text("description"))
        .col(number("unit_price"))
        .col(text("currency"))
        .col(uuid_null("tax_rate_id"))
        .col(number("version"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .col(time_null("archived_at"))
        .primary_key(&mut composite_key("uq_catalogue_items_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut of_organization("fk_catalogue_items_organization", "catalogue_items"))
        .foreign_key(&mut of_tax_rate("fk_catalogue_items_tax_rate", "catalogue_items"));
    manager.create_table(items).await?;
    let by_name =
        index("catalogue_items", "ix_catalogue_items_name_folded", &["organization_id", "name_folded", "id"]);
    manager.create_index(by_name).await
}

async fn invoices(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut invoices = Table::create();
    invoices
        .table("invoices")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(text("status"))
        .col(uuid("customer_id"))
        .col(text("currency"))
        .col(text("po_number"))
        .col(text("notes"))
        .col(text("terms"))
        .col(number("due_days"))
        .col(text("discount_kind"))
        .col(number("discount_value"))
        .col(number("subtotal"))
        .col(number("discount"))
        .col(number("tax"))
        .col(number("total"))
        .col(number("paid"))
        .col(number("credited"))
        .col(number("refunded"))
        .col(number("due"))
        .col(text_null("void_reason"))
        .col(time_null("voided_at"))
        .col(uuid_null("created_by"))
        .col(number("version"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .col(text_null("due_on"))
        .col(text("due_order"));
    issued(&mut invoices);
    invoices
        .primary_key(&mut composite_key("uq_invoices_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut within("invoices", "fk_invoices_customer", "customer_id", ("customers", "id")))
        .foreign_key(&mut within(
            "invoices",
            "fk_invoices_created_by",
            "created_by",
            ("memberships", "user_id"),
        ));
    manager.create_table(invoices).await
}

/// What a document has from the moment it is issued: its name, its days, both sides as they were.
fn issued(table: &mut TableCreateStatement) {
    table
        .col(text_null("series"))
        .col(text_null("fiscal_year"))
        .col(number_null("running"))
        .col(text_null("number"))
        .col(time_null("issued_at"))
        .col(text_null("issued_on"))
        .col(text_null("issued_on_bs"))
        .col(text_null("seller_name"))
        .col(text_null("seller_tax_id"))
        .col(text_null("seller_address"))
        .col(text_null("seller_phone"))
        .col(text_null("seller_email"))
        .col(text_null("buyer_name"))
        .col(text_null("buyer_tax_id"))
        .col(text_null("buyer_address"))
        .col(text_null("buyer_phone"))
        .col(text_null("buyer_email"));
}

/// One index per sort of the list, ending in what makes it unique, and one for what is due.
async fn indexes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let place = unique(
        "invoices",
        "uq_invoices_organization_id_series_fiscal_year_running",
        &["organization_id", "series", "fiscal_year", "running"],
    );
    manager.create_index(place).await?;
    let plain: [(&'static str, &[&'static str]); 4] = [
        ("ix_invoices_created_at", &["organization_id", "created_at", "id"]),
        ("ix_invoices_due_order", &["organization_id", "due_order", "id"]),
        ("ix_invoices_total", &["organization_id", "total", "id"]),
        ("ix_invoices_customer_id", &["organization_id", "customer_id", "created_at", "id"]),
    ];
    for (name, columns) in plain {
        manager.create_index(index("invoices", name, columns)).await?;
    }
    let mut open = index("invoices", "ix_invoices_due_on", &["organization_id", "due_on"]);
    manager.create_index(open.and_where(Expr::col("due").gt(0)).take()).await
}

fn of_organization(name: &'static str, table: &'static str) -> ForeignKeyCreateStatement {
    reference(name, (table, &["organization_id"]), ("organizations", &["id"]))
}

fn of_invoice(name: &'static str, table: &'static str) -> ForeignKeyCreateStatement {
    within(table, name, "invoice_id", ("invoices", "id"))
}

fn of_tax_rate(name: &'static str, table: &'static str) -> ForeignKeyCreateStatement {
    within(table, name, "tax_rate_id", ("tax_rates", "id"))
}

/// A key that holds the organization of both rows together.
fn within(
    table: &'static str,
    name: &'static str,
    column: &'static str,
    to: (&'static str, &'static str),
) -> ForeignKeyCreateStatement {
    reference(name, (table, &["organization_id", column]), (to.0, &["organization_id", to.1]))
}
