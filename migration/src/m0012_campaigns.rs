//! Lists of contacts, who is not written to, campaigns and the ledger of their recipients.

use sea_orm_migration::prelude::{
    ConditionalStatement, DbErr, DeriveMigrationName, Expr, ExprTrait, Query, SchemaManager, Table,
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
        lists(manager).await?;
        contacts(manager).await?;
        suppressions(manager).await?;
        campaigns(manager).await?;
        tests(manager).await?;
        recipients(manager).await?;
        install(manager).await
    }
}

async fn lists(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "contact_lists";
    let mut lists = Table::create();
    lists
        .table(table)
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(text("name"))
        .col(text("name_folded"))
        .col(text("opt_in"))
        .col(number("version"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .primary_key(&mut composite_key("uq_contact_lists_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut reference(
            "fk_contact_lists_organization",
            (table, &["organization_id"]),
            ("organizations", &["id"]),
        ));
    manager.create_table(lists).await?;
    let name = ["organization_id", "name_folded"];
    manager.create_index(unique(table, "uq_contact_lists_organization_id_name_folded", &name)).await
}

async fn contacts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "contacts";
    let mut contacts = Table::create();
    contacts
        .table(table)
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(uuid("list_id"))
        .col(text("email"))
        .col(text_null("first_name"))
        .col(text_null("last_name"))
        .col(text("state"))
        .col(time("created_at"))
        .col(time_null("confirmed_at"))
        .primary_key(&mut composite_key("uq_contacts_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut reference(
            "fk_contacts_list",
            (table, &["organization_id", "list_id"]),
            ("contact_lists", &["organization_id", "id"]),
        ));
    manager.create_table(contacts).await?;
    let once = ["organization_id", "list_id", "email"];
    manager.create_index(unique(table, "uq_contacts_organization_id_list_id_email", &once)).await?;
    // A campaign walks a list; a mailed link names nothing but the contact.
    manager.create_index(index(table, "ix_contacts_list_id", &["organization_id", "list_id", "id"])).await?;
    manager.create_index(index(table, "ix_contacts_id", &["id"])).await
}

async fn suppressions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "suppressions";
    let mut suppressions = Table::create();
    suppressions
        .table(table)
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(text("email"))
        .col(text("reason"))
        .col(uuid_null("campaign_id"))
        .col(time("created_at"))
        .primary_key(&mut composite_key("uq_suppressions_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut reference(
            "fk_suppressions_organization",
            (table, &["organization_id"]),
            ("organizations", &["id"]),
        ));
    manager.create_table(suppressions).await?;
    let address = ["organization_id", "email"];
    manager.create_index(unique(table, "uq_suppressions_organization_id_email", &address)).await
}

async fn campaigns(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "campaigns";
    let mut campaigns = Table::create();
    campaigns
        .table(table)
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(text("name"))
        .col(text("subject"))
        .col(text("body"))
        .col(text("audience"))
        .col(uuid_null("list_id"))
        .col(uuid_null("role_id"))
        .col(text("state"))
        .col(uuid_null("run"))
        .col(flag("planned"))
        .col(uuid_null("planned_to"))
        .col(time_null("scheduled_at"))
        .col(time_null("started_at"))
        .col(time_null("finished_at"))
        .col(uuid_null("created_by"))
        .col(uuid_null("scheduled_by"))
        .col(number("version"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .primary_key(&mut composite_key("uq_campaigns_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut reference(
            "fk_campaigns_organization",
            (table, &["organization_id"]),
            ("organizations", &["id"]),
        ))
        .foreign_key(&mut reference(
            "fk_campaigns_list",
            (table, &["organization_id", "list_id"]),
            ("contact_lists", &["organization_id", "id"]),
        ));
    manager.create_table(campaigns).await?;
    // Jobs name a run; the timetable asks for what is due.
    manager.create_index(index(table, "ix_campaigns_run", &["organization_id", "run"])).await?;
    let mut due = index(table, "ix_campaigns_scheduled_at", &["scheduled_at"]);
    manager.create_index(due.and_where(Expr::col("state").eq("scheduled")).take()).await?;
    let mut sending = index(table, "ix_campaigns_updated_at", &["updated_at"]);
    manager.create_index(sending.and_where(Expr::col("state").eq("sending")).take()).await
}

async fn tests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "campaign_tests";
    let mut tests = Table::create();
    tests
        .table(table)
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(uuid("campaign_id"))
        .col(text("email"))
        .col(text("full_name"))
        .col(text("state"))
        .col(text_null("error"))
        .col(time("created_at"))
        .col(time_null("finished_at"))
        .primary_key(&mut composite_key("uq_campaign_tests_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut reference(
            "fk_campaign_tests_campaign",
            (table, &["organization_id", "campaign_id"]),
            ("campaigns", &["organization_id", "id"]),
        ));
    manager.create_table(tests).await
}

async fn recipients(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "campaign_recipients";
    let mut recipients = Table::create();
    recipients
        .table(table)
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(uuid("campaign_id"))
        .col(text("email"))
        .col(text_null("first_name"))
        .col(text_null("last_name"))
        .col(text("state"))
        .col(number("attempts"))
        .col(time("due_at"))
        .col(uuid_null("claim_job"))
        .col(uuid_null("claim"))
        .col(text_null("error"))
        .col(time_null("finished_at"))
        .col(time_null("unsubscribed_at"))
        .primary_key(&mut composite_key(
            "uq_campaign_recipients_organization_id_id",
            &["organization_id", "id"],
        ))
        .foreign_key(&mut reference(
            "fk_campaign_recipients_campaign",
            (table, &["organization_id", "campaign_id"]),
            ("campaigns", &["organization_id", "id"]),
        ));
    manager.create_table(recipients).await?;
    let once = ["organization_id", "campaign_id", "email"];
    let unique = unique(table, "uq_campaign_recipients_organization_id_campaign_id_email", &once);
    manager.create_index(unique).await?;
    // What is to be sent next, what was left in its middle, and the list by state; then the whole list.
    let next = ["organization_id", "campaign_id", "state", "id"];
    manager.create_index(index(table, "ix_campaign_recipients_state", &next)).await?;
    let all = ["organization_id", "campaign_id", "id"];
    manager.create_index(index(table, "ix_campaign_recipients_campaign_id", &all)).await?;
    // What workers that went down left in its middle.
    let mut begun = index(table, "ix_campaign_recipients_claim", &["claim"]);
    manager.create_index(begun.and_where(Expr::col("state").eq("sending")).take()).await?;
    // Whoever leaves takes his address out of all ledgers.
    let address = ["organization_id", "email"];
    manager.create_index(index(table, "ix_campaign_recipients_email", &address)).await?;
    // A mailed link and a bounce name nothing but the recipient.
    manager.create_index(index(table, "ix_campaign_recipients_id", &["id"])).await
}

/// Organizations that are there already get the app as new ones do: all that have settings are worked in.
async fn install(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let everybody = Query::select()
        .column("organization_id")
        .expr(Expr::val("campaigns"))
        .column("updated_at")
        .from("organization_settings")
        .take();
    let mut insert = Query::insert();
    insert.into_table("app_installations").columns(["organization_id", "app", "installed_at"]);
    insert.select_from(everybody).map_err(|error| DbErr::Migration(error.to_string()))?;
    manager.execute(insert).await
}
