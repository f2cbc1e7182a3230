//! __Things__ of an organization.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, SchemaManager, Table};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::{composite_key, index, number, reference, text, text_null, time, unique, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("__table__")
            .col(uuid("organization_id"))
            .col(uuid("id"))
            .col(text("name"))
            .col(text_null("description"))
            .col(uuid_null("owner_id"))
            .col(number("version"))
            .col(time("created_at"))
            .col(time("updated_at"))
            .primary_key(&mut composite_key("uq___table___organization_id_id", &["organization_id", "id"]))
            .foreign_key(&mut reference(
                "fk___table___organization",
                ("__table__", &["organization_id"]),
                ("organizations", &["id"]),
            ))
            .foreign_key(&mut reference(
                "fk___table___owner",
                ("__table__", &["organization_id", "owner_id"]),
                ("memberships", &["organization_id", "user_id"]),
            ));
        manager.create_table(table).await?;
        let name = ["organization_id", "name"];
        manager.create_index(unique("__table__", "uq___table___organization_id_name", &name)).await?;
        let owner = ["organization_id", "owner_id", "id"];
        manager.create_index(index("__table__", "ix___table___owner_id", &owner)).await
    }
}
