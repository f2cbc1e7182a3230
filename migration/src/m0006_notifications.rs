//! A person's feed, what he wants to hear of and how, and the ledger of mails.

use sea_orm_migration::prelude::{
    ConditionalStatement, DbErr, DeriveMigrationName, Expr, ExprTrait, SchemaManager, Table,
};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::{
    composite_key, flag, index, number, reference, text, text_null, time, time_null, unique, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        feed(manager).await?;
        preferences(manager).await?;
        mails(manager).await?;
        audit(manager).await
    }
}

async fn feed(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut feed = Table::create();
    feed.table("notifications")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(uuid("user_id"))
        .col(uuid("event_id"))
        .col(text("category"))
        .col(text("kind"))
        .col(text("subject_type"))
        .col(uuid("subject_id"))
        .col(uuid_null("actor_user_id"))
        .col(text("data"))
        .col(flag("critical"))
        .col(flag("in_app"))
        .col(time("created_at"))
        .col(time("surfaced_at"))
        .col(time_null("seen_at"))
        .col(time_null("read_at"))
        .col(time_null("archived_at"))
        .primary_key(&mut composite_key("uq_notifications_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut member("fk_notifications_member", "notifications"));
    manager.create_table(feed).await?;
    let once = ["organization_id", "user_id", "event_id"];
    manager
        .create_index(unique("notifications", "uq_notifications_organization_id_user_id_event_id", &once))
        .await?;
    let newest = ["organization_id", "user_id", "surfaced_at", "id"];
    manager.create_index(index("notifications", "ix_notifications_feed", &newest)).await?;
    let mut unread = index("notifications", "ix_notifications_unread", &["organization_id", "user_id"]);
    let waiting = Expr::col("read_at").is_null().and(Expr::col("archived_at").is_null());
    manager.create_index(unread.and_where(waiting).take()).await
}

async fn preferences(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut own = Table::create();
    own.table("notification_preferences")
        .col(uuid("organization_id"))
        .col(uuid("user_id"))
        .col(text("choices"))
        .col(time("updated_at"))
        .primary_key(&mut composite_key(
            "uq_notification_preferences_organization_id_user_id",
            &["organization_id", "user_id"],
        ))
        .foreign_key(&mut member("fk_notification_preferences_member", "notification_preferences"));
    manager.create_table(own).await?;

    let mut defaults = Table::create();
    defaults
        .table("notification_defaults")
        .col(uuid("organization_id").primary_key().take())
        .col(text("choices"))
        .col(number("version"))
        .col(time("updated_at"))
        .foreign_key(&mut reference(
            "fk_notification_defaults_organization",
            ("notification_defaults", &["organization_id"]),
            ("organizations", &["id"]),
        ));
    manager.create_table(defaults).await
}

async fn mails(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut mails = Table::create();
    mails
        .table("email_messages")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(text("message_key"))
        .col(text("template"))
        .col(text("recipient"))
        .col(text("state"))
        .col(text("message_id"))
        .col(number("attempts"))
        .col(text_null("error"))
        .col(time("created_at"))
        .col(time_null("sent_at"))
        .primary_key(&mut composite_key("uq_email_messages_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut reference(
            "fk_email_messages_organization",
            ("email_messages", &["organization_id"]),
            ("organizations", &["id"]),
        ));
    manager.create_table(mails).await?;
    let once = ["organization_id", "message_key"];
    manager
        .create_index(unique("email_messages", "uq_email_messages_organization_id_message_key", &once))
        .await?;
    manager.create_index(index("email_messages", "ix_email_messages_recipient", &["recipient"])).await?;
    // Whose feed, whatever the organization: what is erased with a person.
    manager.create_index(index("notifications", "ix_notifications_user_id", &["user_id"])).await
}

/// What one person did, newest first: the audit log's most frequent question.
async fn audit(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut by_person = index("events", "ix_events_actor_user_id", &["stream_id", "actor_user_id", "seq"]);
    manager.create_index(by_person.and_where(Expr::col("actor_user_id").is_not_null()).take()).await
}

/// A person's rows point to his membership: nobody is notified in an organization he never joined.
fn member(name: &'static str, table: &'static str) -> sea_orm_migration::prelude::ForeignKeyCreateStatement {
    reference(
        name,
        (table, &["organization_id", "user_id"]),
        ("memberships", &["organization_id", "user_id"]),
    )
}
