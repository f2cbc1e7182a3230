//! The only rooms here that name the database. Every function takes the organization.

pub(crate) mod activity;
pub(crate) mod catalogue;
pub(crate) mod claims;
pub(crate) mod credits;
pub(crate) mod customers;
pub(crate) mod erase;
pub(crate) mod invoices;
pub(crate) mod leaders;
mod lines;
pub(crate) mod links;
pub(crate) mod list;
pub(crate) mod occurrences;
pub(crate) mod papers;
pub(crate) mod payments;
pub(crate) mod people;
pub(crate) mod recurring;
pub(crate) mod reports;
mod row;
mod schedule_row;
pub(crate) mod seller;
pub(crate) mod sendings;
pub(crate) mod settings;
pub(crate) mod tax_rates;

use database::StoreError;

use sea_orm::IntoSimpleExpr;
use sea_orm::sea_query::ExprTrait;
use sea_orm::sea_query::{Expr, LikeExpr, SimpleExpr};

/// Reads a word that an enum wrote.
fn stored<T>(
    column: &'static str,
    text: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, StoreError> {
    read(text).ok_or_else(|| StoreError::corrupt(column, text))
}

/// A column that has this text in it, in any case; the column is folded already.
fn containing(column: impl IntoSimpleExpr, text: &str) -> SimpleExpr {
    let escaped = text.trim().to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Expr::expr(column.into_simple_expr()).like(LikeExpr::new(format!("%{escaped}%")).escape('\\'))
}
