//! What organizations that are there already get: the settings, the tax rates of Nepal, and the app itself.

use sea_orm_migration::prelude::{DbErr, Expr, Query, SchemaManager, SelectStatement};
use sea_orm_migration::sea_orm::prelude::Uuid;

/// Number of the fixed id, name, kind, basis points.
const TAX_RATES: [(u128, &str, &str, Option<i64>); 3] =
    [(1, "VAT 13 %", "rated", Some(1_300)), (2, "Zero-rated", "zero", None), (3, "Exempt", "exempt", None)];

/// Ids 1 to 3 of the fixed tax rates, the same in each organization.
const FIRST_ID: u128 = 0x0000_0000_0000_7000_8000_0000_0002_0000;

pub(super) async fn plant(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (number, name, kind, points) in TAX_RATES {
        let id = Uuid::from_u128(FIRST_ID | number);
        let rows = everybody()
            .expr(Expr::val(id))
            .expr(Expr::val(name))
            .expr(Expr::val(kind))
            .expr(Expr::val(points))
            .expr(Expr::val(1_i64))
            .column("updated_at")
            .column("updated_at")
            .take();
        let columns =
            ["organization_id", "id", "name", "kind", "basis_points", "version", "created_at", "updated_at"];
        insert(manager, "tax_rates", &columns, rows).await?;
    }
    let settings = everybody()
        .expr(Expr::val("INV"))
        .expr(Expr::val("CN"))
        .expr(Expr::val(15_i64))
        .expr(Expr::val(""))
        .expr(Expr::val(""))
        .expr(Expr::val(1_i64))
        .column("updated_at")
        .take();
    let columns = [
        "organization_id",
        "invoice_series",
        "credit_note_series",
        "due_days",
        "notes",
        "terms",
        "version",
        "updated_at",
    ];
    insert(manager, "invoice_settings", &columns, settings).await?;
    let installed = everybody().expr(Expr::val("invoices")).column("updated_at").take();
    insert(manager, "app_installations", &["organization_id", "app", "installed_at"], installed).await
}

/// The organizations that people work in: all that have settings.
fn everybody() -> SelectStatement {
    Query::select().column("organization_id").from("organization_settings").take()
}

async fn insert(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    rows: SelectStatement,
) -> Result<(), DbErr> {
    let mut insert = Query::insert();
    insert.into_table(table).columns(columns.iter().copied());
    insert.select_from(rows).map_err(|error| DbErr::Migration(error.to_string()))?;
    manager.execute(insert).await
}
