//! What hangs on an invoice: its lines, payments, credit notes, and links for customers.

use sea_orm_migration::prelude::{DbErr, SchemaManager, Table, TableCreateStatement};

use super::{issued, of_invoice, of_tax_rate, within};
use crate::column::{
    bytes, composite_key, index, number, number_null, text, text_null, time, time_null, unique, uuid,
    uuid_null,
};

pub(super) async fn create(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    invoice_lines(manager).await?;
    payments(manager).await?;
    credit_notes(manager).await?;
    links(manager).await
}

fn lines(table: &'static str, of: &'static str) -> TableCreateStatement {
    let mut lines = Table::create();
    lines
        .table(table)
        .col(uuid("organization_id"))
        .col(uuid(of))
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
        .col(number("total"));
    lines
}

async fn invoice_lines(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut lines = lines("invoice_lines", "invoice_id");
    lines
        .primary_key(&mut composite_key(
            "uq_invoice_lines_organization_id_invoice_id_position",
            &["organization_id", "invoice_id", "position"],
        ))
        .foreign_key(&mut of_invoice("fk_invoice_lines_invoice", "invoice_lines"))
        .foreign_key(&mut within(
            "invoice_lines",
            "fk_invoice_lines_item",
            "item_id",
            ("catalogue_items", "id"),
        ))
        .foreign_key(&mut of_tax_rate("fk_invoice_lines_tax_rate", "invoice_lines"));
    manager.create_table(lines).await
}

async fn payments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut payments = Table::create();
    payments
        .table("invoice_payments")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(uuid("invoice_id"))
        .col(text("kind"))
        .col(number("amount"))
        .col(text("method"))
        .col(text("reference"))
        .col(text("note"))
        .col(text("paid_on"))
        .col(uuid_null("recorded_by"))
        .col(time("recorded_at"))
        .primary_key(&mut composite_key("uq_invoice_payments_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut of_invoice("fk_invoice_payments_invoice", "invoice_payments"))
        .foreign_key(&mut within(
            "invoice_payments",
            "fk_invoice_payments_recorded_by",
            "recorded_by",
            ("memberships", "user_id"),
        ));
    manager.create_table(payments).await?;
    let of_invoice = ["organization_id", "invoice_id", "recorded_at", "id"];
    manager.create_index(index("invoice_payments", "ix_invoice_payments_invoice_id", &of_invoice)).await
}

async fn credit_notes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut notes = Table::create();
    notes
        .table("credit_notes")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(uuid("invoice_id"))
        .col(text("reason"))
        .col(text("currency"))
        .col(text("discount_kind"))
        .col(number("discount_value"))
        .col(number("subtotal"))
        .col(number("discount"))
        .col(number("tax"))
        .col(number("total"))
        .col(number("reduced"))
        .col(number("refundable"))
        .col(number("line_count"))
        .col(uuid_null("created_by"));
    issued(&mut notes);
    notes
        .primary_key(&mut composite_key("uq_credit_notes_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut of_invoice("fk_credit_notes_invoice", "credit_notes"))
        .foreign_key(&mut within(
            "credit_notes",
            "fk_credit_notes_created_by",
            "created_by",
            ("memberships", "user_id"),
        ));
    manager.create_table(notes).await?;
    let place = unique(
        "credit_notes",
        "uq_credit_notes_organization_id_series_fiscal_year_running",
        &["organization_id", "series", "fiscal_year", "running"],
    );
    manager.create_index(place).await?;
    let of_invoice = ["organization_id", "invoice_id", "issued_at", "id"];
    manager.create_index(index("credit_notes", "ix_credit_notes_invoice_id", &of_invoice)).await?;

    let mut lines = lines("credit_note_lines", "credit_note_id");
    lines
        .primary_key(&mut composite_key(
            "uq_credit_note_lines_organization_id_credit_note_id_position",
            &["organization_id", "credit_note_id", "position"],
        ))
        .foreign_key(&mut within(
            "credit_note_lines",
            "fk_credit_note_lines_credit_note",
            "credit_note_id",
            ("credit_notes", "id"),
        ))
        .foreign_key(&mut within(
            "credit_note_lines",
            "fk_credit_note_lines_item",
            "item_id",
            ("catalogue_items", "id"),
        ))
        .foreign_key(&mut of_tax_rate("fk_credit_note_lines_tax_rate", "credit_note_lines"));
    manager.create_table(lines).await
}

async fn links(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut links = Table::create();
    links
        .table("invoice_links")
        .col(uuid("organization_id"))
        .col(uuid("id"))
        .col(uuid("invoice_id"))
        .col(bytes("token_hash"))
        .col(uuid_null("created_by"))
        .col(time("created_at"))
        .col(time_null("revoked_at"))
        .primary_key(&mut composite_key("uq_invoice_links_organization_id_id", &["organization_id", "id"]))
        .foreign_key(&mut of_invoice("fk_invoice_links_invoice", "invoice_links"))
        .foreign_key(&mut within(
            "invoice_links",
            "fk_invoice_links_created_by",
            "created_by",
            ("memberships", "user_id"),
        ));
    manager.create_table(links).await?;
    manager.create_index(unique("invoice_links", "uq_invoice_links_token_hash", &["token_hash"])).await?;
    let of_invoice = ["organization_id", "invoice_id", "created_at", "id"];
    manager.create_index(index("invoice_links", "ix_invoice_links_invoice_id", &of_invoice)).await
}
