//! What every write shares: event streams, the ledger of jobs, runs of schedules, idempotency keys.

use sea_orm_migration::prelude::{
    ConditionalStatement, DbErr, DeriveMigrationName, Expr, ExprTrait, SchemaManager, Table,
};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::{
    bytes, bytes_null, composite_key, index, key, number, number_null, reference, text, text_null, time,
    time_null, unique, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        events(manager).await?;
        jobs(manager).await?;
        idempotency(manager).await
    }
}

async fn events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut streams = Table::create();
    streams.table("streams").col(key("id")).col(text("kind")).col(number("last_seq")).col(bytes("last_hash"));
    manager.create_table(streams).await?;

    let mut events = Table::create();
    events
        .table("events")
        .col(uuid("stream_id"))
        .col(number("seq"))
        .col(uuid("id"))
        .col(text("type"))
        .col(text("topic"))
        .col(text("audience"))
        .col(text("actor_kind"))
        .col(uuid_null("actor_id"))
        .col(uuid_null("actor_user_id"))
        .col(uuid_null("origin_client_id"))
        .col(text("subject_type"))
        .col(uuid("subject_id"))
        .col(number_null("subject_version"))
        .col(text("data"))
        .col(bytes("data_hash"))
        .col(text("private"))
        .col(bytes("private_hash"))
        .col(text_null("trace"))
        .col(time("occurred_at"))
        .col(bytes("hash"))
        .primary_key(&mut composite_key("uq_events_stream_id_seq", &["stream_id", "seq"]))
        .foreign_key(&mut reference("fk_events_stream", ("events", &["stream_id"]), ("streams", &["id"])));
    manager.create_table(events).await?;
    manager.create_index(unique("events", "uq_events_id", &["id"])).await?;
    let subject = ["stream_id", "subject_type", "subject_id", "seq"];
    manager.create_index(index("events", "ix_events_subject", &subject)).await
}

async fn jobs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut jobs = Table::create();
    jobs.table("jobs")
        .col(key("id"))
        .col(uuid("stream_id"))
        .col(uuid("organization_id"))
        .col(text("kind"))
        .col(text("queue"))
        .col(text("payload"))
        .col(text("state"))
        .col(time("run_at"))
        .col(number("attempt"))
        .col(number("max_attempts"))
        .col(number("crashes"))
        .col(uuid_null("lease_token"))
        .col(time_null("lease_until"))
        .col(text_null("dedupe_key"))
        .col(text("errors"))
        .col(text_null("trace"))
        .col(time("created_at"))
        .col(time_null("finished_at"))
        .foreign_key(&mut reference("fk_jobs_stream", ("jobs", &["stream_id"]), ("streams", &["id"])));
    manager.create_table(jobs).await?;

    let mut ready = index("jobs", "ix_jobs_ready", &["queue", "stream_id", "run_at"]);
    manager.create_index(ready.and_where(Expr::col("state").eq("ready")).take()).await?;
    let mut running = index("jobs", "ix_jobs_lease", &["lease_until"]);
    manager.create_index(running.and_where(Expr::col("state").eq("running")).take()).await?;
    let mut busy = index("jobs", "ix_jobs_running_stream", &["stream_id"]);
    manager.create_index(busy.and_where(Expr::col("state").eq("running")).take()).await?;
    let mut suspect = index("jobs", "ix_jobs_suspect", &["run_at"]);
    suspect.and_where(Expr::col("state").eq("ready")).and_where(Expr::col("crashes").gte(2));
    manager.create_index(suspect).await?;
    manager.create_index(index("jobs", "ix_jobs_organization_id_id", &["organization_id", "id"])).await?;
    let mut once = unique("jobs", "uq_jobs_stream_id_kind_dedupe_key", &["stream_id", "kind", "dedupe_key"]);
    manager.create_index(once.and_where(Expr::col("state").is_in(["ready", "running"])).take()).await?;

    let mut runs = Table::create();
    runs.table("cron_runs")
        .col(text("name"))
        .col(time("scheduled_for"))
        .col(uuid("job_id"))
        .primary_key(&mut composite_key("uq_cron_runs_name_scheduled_for", &["name", "scheduled_for"]));
    manager.create_table(runs).await
}

async fn idempotency(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut keys = Table::create();
    keys.table("idempotency_keys")
        .col(uuid("organization_id"))
        .col(uuid("user_id"))
        .col(text("key"))
        .col(text("operation"))
        .col(bytes("request_hash"))
        .col(text_null("subject_type"))
        .col(uuid_null("subject_id"))
        .col(number_null("status"))
        .col(bytes_null("body"))
        .col(time("created_at"))
        .primary_key(&mut composite_key(
            "uq_idempotency_keys_organization_id_user_id_key",
            &["organization_id", "user_id", "key"],
        ));
    manager.create_table(keys).await?;
    manager.create_index(index("idempotency_keys", "ix_idempotency_keys_created_at", &["created_at"])).await
}
