//! What an installation knows of itself.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, SchemaManager, Table};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::text;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut facts = Table::create();
        facts.table("installation_facts").col(text("name").primary_key().take()).col(text("value"));
        manager.create_table(facts).await
    }
}
