//! Finds mails that were sent long ago: the ledger keeps them for a while only.

use sea_orm_migration::prelude::{
    ConditionalStatement, DbErr, DeriveMigrationName, Expr, ExprTrait, SchemaManager,
};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut sent = index("email_messages", "ix_email_messages_sent_at", &["sent_at"]);
        manager.create_index(sent.and_where(Expr::col("sent_at").is_not_null()).take()).await
    }
}
