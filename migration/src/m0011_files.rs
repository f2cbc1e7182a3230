//! Files, how much of them an organization keeps, and which of them hang on tickets.

use sea_orm_migration::prelude::{
    ConditionalStatement, DbErr, DeriveMigrationName, Expr, ExprTrait, SchemaManager, Table,
};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::{
    bytes, composite_key, flag, index, number, number_null, reference, text, text_null, time, time_null,
    unique, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        files(manager).await?;
        usages(manager).await?;
        attachments(manager).await
    }
}

async fn files(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut files = Table::create();
    files
        .table("files")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(text("name"))
        .col(text("media_type"))
        .col(number("size"))
        .col(number("stored"))
        .col(bytes("sha256"))
        .col(number_null("width"))
        .col(number_null("height"))
        .col(flag("has_thumbnail"))
        .col(uuid_null("uploaded_by"))
        .col(text_null("owner_type"))
        .col(uuid_null("owner_id"))
        .col(time("created_at"))
        .col(time_null("attached_at"))
        .primary_key(&mut composite_key("uq_files_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut reference(
            "fk_files_organization",
            ("files", &["organization_id"]),
            ("organizations", &["id"]),
        ));
    manager.create_table(files).await?;
    let own = ["organization_id", "uploaded_by", "id"];
    manager.create_index(index("files", "ix_files_uploaded_by", &own)).await?;
    // A person shows himself with one picture.
    let mut avatar = unique("files", "uq_files_owner_id", &["owner_id"]);
    manager.create_index(avatar.and_where(Expr::col("owner_type").eq("avatar")).take()).await?;
    // The sweeps: what belongs to nothing, and whether bytes in the store have a row.
    let mut forsaken = index("files", "ix_files_forsaken", &["created_at"]);
    manager.create_index(forsaken.and_where(Expr::col("owner_type").is_null()).take()).await?;
    manager.create_index(index("files", "ix_files_id", &["id"])).await
}

async fn usages(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut usages = Table::create();
    usages
        .table("file_usages")
        .col(uuid("organization_id").primary_key().take())
        .col(number("files"))
        .col(number("bytes"))
        .foreign_key(&mut reference(
            "fk_file_usages_organization",
            ("file_usages", &["organization_id"]),
            ("organizations", &["id"]),
        ));
    manager.create_table(usages).await
}

async fn attachments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "ticket_attachments";
    let mut attachments = Table::create();
    attachments
        .table(table)
        .col(uuid("organization_id"))
        .col(uuid("file_id"))
        .col(uuid("ticket_id"))
        .col(uuid_null("comment_id"))
        .col(uuid_null("attached_by"))
        .col(time("attached_at"))
        .primary_key(&mut composite_key(
            "uq_ticket_attachments_organization_id_file_id",
            &["organization_id", "file_id"],
        ))
        .foreign_key(&mut reference(
            "fk_ticket_attachments_file",
            (table, &["organization_id", "file_id"]),
            ("files", &["organization_id", "id"]),
        ))
        .foreign_key(&mut reference(
            "fk_ticket_attachments_ticket",
            (table, &["organization_id", "ticket_id"]),
            ("tickets", &["organization_id", "id"]),
        ))
        .foreign_key(&mut reference(
            "fk_ticket_attachments_comment",
            (table, &["organization_id", "comment_id"]),
            ("ticket_comments", &["organization_id", "id"]),
        ));
    manager.create_table(attachments).await?;
    let of_ticket = ["organization_id", "ticket_id", "file_id"];
    manager.create_index(index(table, "ix_ticket_attachments_ticket_id", &of_ticket)).await
}
