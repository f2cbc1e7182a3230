//! Fewer index entries for each step of a job: only keys that are there are kept apart, and the few jobs that run are
//! found by one index.

use sea_orm_migration::prelude::{
    ConditionalStatement, DbErr, DeriveMigrationName, Expr, ExprTrait, Index, SchemaManager,
};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::unique;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let once = "uq_jobs_stream_id_kind_dedupe_key";
        for name in ["ix_jobs_lease", once] {
            manager.drop_index(Index::drop().name(name).table("jobs").to_owned()).await?;
        }
        let mut once = unique("jobs", once, &["stream_id", "kind", "dedupe_key"]);
        once.and_where(Expr::col("state").is_in(["ready", "running"]));
        once.and_where(Expr::col("dedupe_key").is_not_null());
        manager.create_index(once).await
    }
}
