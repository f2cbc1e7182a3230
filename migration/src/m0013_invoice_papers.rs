//! The papers of issued documents, and how they look.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, SchemaManager, Table};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::{composite_key, index, number, reference, text, time, time_null, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One statement each: SQLite adds one column at a time.
        for column in [text("design").default("classic").take(), text("payment_details").default("").take()] {
            manager.alter_table(Table::alter().table("invoice_settings").add_column(column).take()).await?;
        }
        papers(manager).await
    }
}

async fn papers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "invoice_papers";
    let mut papers = Table::create();
    papers
        .table(table)
        .col(uuid("organization_id"))
        .col(uuid("document_id"))
        .col(number("revision"))
        .col(text("variant"))
        .col(text("kind"))
        .col(uuid("invoice_id"))
        .col(uuid("file_id"))
        .col(time("created_at"))
        .col(time_null("taken_at"))
        .primary_key(&mut composite_key(
            "uq_invoice_papers_organization_id_document_id_revision_variant",
            &["organization_id", "document_id", "revision", "variant"],
        ))
        .foreign_key(&mut reference(
            "fk_invoice_papers_invoice",
            (table, &["organization_id", "invoice_id"]),
            ("invoices", &["organization_id", "id"]),
        ))
        .foreign_key(&mut reference(
            "fk_invoice_papers_file",
            (table, &["organization_id", "file_id"]),
            ("files", &["organization_id", "id"]),
        ));
    manager.create_table(papers).await?;
    // What goes with an invoice when its organization is erased.
    let of_invoice = ["organization_id", "invoice_id"];
    manager.create_index(index(table, "ix_invoice_papers_invoice_id", &of_invoice)).await
}
