//! Invoices that recur: what each begins as, on which days, and which of them were made.

use sea_orm_migration::prelude::{
    ConditionalStatement, DbErr, DeriveMigrationName, Expr, ExprTrait, SchemaManager, Table,
};
use sea_orm_migration::{MigrationTrait, async_trait};

use crate::column::{
    composite_key, index, number, number_null, reference, text, text_null, time, unique, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schedules(manager).await?;
        lines(manager).await?;
        occurrences(manager).await
    }
}

const SCHEDULES: &str = "invoice_schedules";

async fn schedules(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut schedules = Table::create();
    schedules
        .table(SCHEDULES)
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(text("status"))
        .col(text_null("stop_reason"))
        .col(uuid("customer_id"))
        .col(text("currency"))
        .col(text("po_number"))
        .col(text("notes"))
        .col(text("terms"))
        .col(number("due_days"))
        .col(text("discount_kind"))
        .col(number("discount_value"))
        .col(number("subtotal"))
        .col(number("discount"))
        .col(number("tax"))
        .col(number("total"))
        .col(text("making"))
        .col(text("start_on"))
        .col(text("period"))
        .col(number("every"))
        .col(text("calendar"))
        .col(text_null("end_on"))
        .col(number_null("end_after"))
        .col(text_null("done_through"))
        .col(text_null("next_on"))
        .col(number("made"))
        .col(uuid_null("created_by"))
        .col(number("version"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .primary_key(&mut composite_key(
            "uq_invoice_schedules_organization_id_id",
            &["organization_id", "id"],
        ))
        .foreign_key(&mut reference(
            "fk_invoice_schedules_organization",
            (SCHEDULES, &["organization_id"]),
            ("organizations", &["id"]),
        ))
        .foreign_key(&mut reference(
            "fk_invoice_schedules_customer",
            (SCHEDULES, &["organization_id", "customer_id"]),
            ("customers", &["organization_id", "id"]),
        ))
        .foreign_key(&mut reference(
            "fk_invoice_schedules_created_by",
            (SCHEDULES, &["organization_id", "created_by"]),
            ("memberships", &["organization_id", "user_id"]),
        ));
    manager.create_table(schedules).await?;
    let newest =
        index(SCHEDULES, "ix_invoice_schedules_created_at", &["organization_id", "created_at", "id"]);
    manager.create_index(newest).await?;
    // What the timetable looks for, over all organizations.
    let mut due = index(SCHEDULES, "ix_invoice_schedules_next_on", &["next_on", "id"]);
    manager.create_index(due.and_where(Expr::col("next_on").is_not_null()).take()).await
}

async fn lines(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "invoice_schedule_lines";
    let mut lines = Table::create();
    lines
        .table(table)
        .col(uuid("organization_id"))
        .col(uuid("schedule_id"))
        .col(number("position"))
        .col(text("description"))
        .col(number("quantity"))
        .col(number("unit_price"))
        .col(text("discount_kind"))
        .col(number("discount_value"))
        .col(uuid_null("item_id"))
        .col(uuid_null("tax_rate_id"))
        .col(text_null("tax_name"))
        .col(text("tax_kind"))
        .col(number_null("tax_basis_points"))
        .col(number("gross"))
        .col(number("discount"))
        .col(number("amount"))
        .col(number("net"))
        .col(number("tax"))
        .col(number("total"))
        .primary_key(&mut composite_key(
            "uq_invoice_schedule_lines_organization_id_schedule_id_position",
            &["organization_id", "schedule_id", "position"],
        ))
        .foreign_key(&mut reference(
            "fk_invoice_schedule_lines_schedule",
            (table, &["organization_id", "schedule_id"]),
            (SCHEDULES, &["organization_id", "id"]),
        ))
        .foreign_key(&mut reference(
            "fk_invoice_schedule_lines_item",
            (table, &["organization_id", "item_id"]),
            ("catalogue_items", &["organization_id", "id"]),
        ))
        .foreign_key(&mut reference(
            "fk_invoice_schedule_lines_tax_rate",
            (table, &["organization_id", "tax_rate_id"]),
            ("tax_rates", &["organization_id", "id"]),
        ));
    manager.create_table(lines).await
}

/// A day of a schedule is made once; it stays made when its draft is deleted.
async fn occurrences(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "invoice_occurrences";
    let mut occurrences = Table::create();
    occurrences
        .table(table)
        .col(uuid("organization_id"))
        .col(uuid("schedule_id"))
        .col(text("occurs_on"))
        .col(uuid_null("invoice_id"))
        .col(time("made_at"))
        .primary_key(&mut composite_key(
            "uq_invoice_occurrences_organization_id_schedule_id_occurs_on",
            &["organization_id", "schedule_id", "occurs_on"],
        ))
        .foreign_key(&mut reference(
            "fk_invoice_occurrences_schedule",
            (table, &["organization_id", "schedule_id"]),
            (SCHEDULES, &["organization_id", "id"]),
        ))
        .foreign_key(&mut reference(
            "fk_invoice_occurrences_invoice",
            (table, &["organization_id", "invoice_id"]),
            ("invoices", &["organization_id", "id"]),
        ));
    manager.create_table(occurrences).await?;
    let of_invoice = ["organization_id", "invoice_id"];
    let name = "uq_invoice_occurrences_organization_id_invoice_id";
    manager.create_index(unique(table, name, &of_invoice)).await
}
