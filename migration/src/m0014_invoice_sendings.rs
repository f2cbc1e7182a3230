//! Documents on their way to customers, what customers say they have paid, and when they are reminded.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, SchemaManager, Table};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::{
    bytes_null, composite_key, flag, index, number_null, reference, text, text_null, time, time_null, unique,
    uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One statement each: SQLite adds one column at a time.
        let enabled = flag("reminders_enabled").default(false).take();
        for column in [enabled, text("reminder_days").default("[]").take()] {
            manager.alter_table(Table::alter().table("invoice_settings").add_column(column).take()).await?;
        }
        sendings(manager).await?;
        claims(manager).await
    }
}

async fn sendings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "invoice_sendings";
    let mut sendings = Table::create();
    sendings
        .table(table)
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(uuid("invoice_id"))
        .col(text("kind"))
        .col(uuid("document_id"))
        .col(text("purpose"))
        .col(number_null("reminder_offset"))
        .col(text("recipients"))
        .col(text("cc"))
        .col(text("subject"))
        .col(text("message"))
        .col(uuid_null("link_id"))
        .col(bytes_null("link_nonce"))
        .col(text_null("variant"))
        .col(text("state"))
        .col(text_null("error"))
        .col(uuid_null("created_by"))
        .col(time("created_at"))
        .col(time_null("ended_at"))
        .primary_key(&mut composite_key("uq_invoice_sendings_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut reference(
            "fk_invoice_sendings_invoice",
            (table, &["organization_id", "invoice_id"]),
            ("invoices", &["organization_id", "id"]),
        ))
        .foreign_key(&mut reference(
            "fk_invoice_sendings_link",
            (table, &["organization_id", "link_id"]),
            ("invoice_links", &["organization_id", "id"]),
        ));
    manager.create_table(sendings).await?;
    // One reminder of each kind; what people send themselves has no offset, and rows without one are never equal.
    let once = ["organization_id", "invoice_id", "reminder_offset"];
    let name = "uq_invoice_sendings_organization_id_invoice_id_reminder_offset";
    manager.create_index(unique(table, name, &once)).await?;
    // The list of an invoice.
    let listed = ["organization_id", "invoice_id", "created_at", "id"];
    manager.create_index(index(table, "ix_invoice_sendings_created_at", &listed)).await
}

async fn claims(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "invoice_claims";
    let mut claims = Table::create();
    claims
        .table(table)
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(uuid("invoice_id"))
        .col(uuid("link_id"))
        .col(text("claimed_on"))
        .col(number_null("amount"))
        .col(text_null("paid_on"))
        .col(text("reference"))
        .col(text("note"))
        .col(time("created_at"))
        .primary_key(&mut composite_key("uq_invoice_claims_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut reference(
            "fk_invoice_claims_invoice",
            (table, &["organization_id", "invoice_id"]),
            ("invoices", &["organization_id", "id"]),
        ))
        .foreign_key(&mut reference(
            "fk_invoice_claims_link",
            (table, &["organization_id", "link_id"]),
            ("invoice_links", &["organization_id", "id"]),
        ));
    manager.create_table(claims).await?;
    // Said twice on a day it is said once.
    let once = ["organization_id", "link_id", "claimed_on"];
    let name = "uq_invoice_claims_organization_id_link_id_claimed_on";
    manager.create_index(unique(table, name, &once)).await?;
    let listed = ["organization_id", "invoice_id", "created_at", "id"];
    manager.create_index(index(table, "ix_invoice_claims_created_at", &listed)).await
}
