//! Invoices as a file and in numbers.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Bytes, Data, Path};
use chrono::NaiveDate;
use futures_util::TryStreamExt;
use invoices::{Ageing, EntryKind, Invoices, Statement, StatementDays};
use kernel::{Currency, CustomerId, Scope};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::wire::InvoicesQuery;
use crate::http::money::{CurrencyWord, SumWord};
use crate::{Answer, Caller, Endpoint, PageQuery, Problem, Query, Reply};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![export_endpoint(), ageing_endpoint(), statement_endpoint()]
}

fn export_endpoint() -> Endpoint {
    Endpoint::get("invoices_export", "/invoices/export", "Export invoices as CSV")
        .scope(Scope::InvoicesRead)
        .description("RFC 4180. Text cells cannot become formulas.")
        .query::<InvoicesQuery>()
        .costs(10)
        .streams("text/csv")
        .to(export)
}

fn ageing_endpoint() -> Endpoint {
    Endpoint::get("invoices_ageing", "/invoices/ageing", "List what customers owe, by age")
        .scope(Scope::InvoicesRead)
        .description("One row for each customer and currency, by how long ago it should have been paid.")
        .lists::<AgeingView>()
        .to(ageing)
}

fn statement_endpoint() -> Endpoint {
    Endpoint::get("customers_statement", "/customers/{id}/statement", "Show the statement of a customer")
        .scope(Scope::InvoicesRead)
        .description("Without void invoices. At most 366 days.")
        .query::<StatementQuery>()
        .returns::<StatementView>()
        .to(statement)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct StatementQuery {
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
    /// The organization's unless told.
    currency: Option<CurrencyWord>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InvoiceAgeing)]
struct AgeingView {
    #[schema(value_type = Uuid)]
    customer_id: CustomerId,
    customer_name: String,
    currency: String,
    /// Not due before today.
    current: SumWord,
    /// Overdue for 1 to 30 days.
    days_30: SumWord,
    /// For 31 to 60.
    days_60: SumWord,
    /// For 61 to 90.
    days_90: SumWord,
    /// For longer.
    older: SumWord,
    total: SumWord,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CustomerStatement)]
struct StatementView {
    #[schema(value_type = Uuid)]
    customer_id: CustomerId,
    customer_name: String,
    currency: String,
    /// What was owed before the first day.
    opening: SumWord,
    entries: Vec<EntryView>,
    /// What is owed after the last one.
    closing: SumWord,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StatementEntry)]
struct EntryView {
    on: NaiveDate,
    kind: EntryWord,
    /// Of the document, or of the invoice that was paid.
    number: String,
    /// By how much more is owed; below zero for payments and credit notes.
    amount: SumWord,
    /// What is owed after it.
    balance: SumWord,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = StatementEntryKind)]
enum EntryWord {
    Invoice,
    CreditNote,
    Payment,
    Refund,
}

impl From<EntryKind> for EntryWord {
    fn from(kind: EntryKind) -> Self {
        match kind {
            EntryKind::Invoice => Self::Invoice,
            EntryKind::CreditNote => Self::CreditNote,
            EntryKind::Payment => Self::Payment,
            EntryKind::Refund => Self::Refund,
        }
    }
}

impl From<Ageing> for AgeingView {
    fn from(ageing: Ageing) -> Self {
        let sum = |minor| SumWord::of(minor, ageing.currency);
        let owed = ageing.owed;
        Self {
            customer_id: ageing.customer,
            customer_name: ageing.customer_name,
            currency: ageing.currency.code().to_owned(),
            current: sum(owed.current),
            days_30: sum(owed.days_30),
            days_60: sum(owed.days_60),
            days_90: sum(owed.days_90),
            older: sum(owed.older),
            total: sum(owed.total()),
        }
    }
}

impl From<Statement> for StatementView {
    fn from(statement: Statement) -> Self {
        let currency: Currency = statement.currency;
        let sum = |minor| SumWord::of(minor, currency);
        let entries = statement.entries.into_iter().map(|entry| EntryView {
            on: entry.on,
            kind: entry.kind.into(),
            number: entry.number,
            amount: sum(entry.amount),
            balance: sum(entry.balance),
        });
        Self {
            customer_id: statement.customer,
            customer_name: statement.customer_name,
            currency: currency.code().to_owned(),
            opening: sum(statement.opening),
            entries: entries.collect(),
            closing: sum(statement.closing),
        }
    }
}

async fn export(
    Caller(actor): Caller,
    Query(query): Query<InvoicesQuery>,
    invoices: Data<dyn Invoices>,
) -> Result<HttpResponse, Problem> {
    let (filter, sort) = query.parts();
    let chunks = invoices.export(&actor, filter, sort)?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"invoices.csv\""))
        .streaming(chunks.map_ok(Bytes::from)))
}

async fn ageing(Caller(actor): Caller, page: PageQuery, invoices: Data<dyn Invoices>) -> Answer {
    let found = invoices.ageing(&actor, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(AgeingView::from))))
}

async fn statement(
    Caller(actor): Caller,
    id: Path<CustomerId>,
    Query(query): Query<StatementQuery>,
    invoices: Data<dyn Invoices>,
) -> Answer {
    let days = StatementDays { from: query.from, to: query.to };
    let currency = query.currency.map(|currency| currency.0);
    let statement = invoices.statement(&actor, *id, days, currency).await?;
    Ok(Reply::ok(StatementView::from(statement)))
}
