//! Tickets as a file and in numbers.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use chrono::NaiveDate;
use futures_util::TryStreamExt;
use kernel::Scope;
use serde::{Deserialize, Serialize};
use tickets::{DayCount, DayRange, Tickets};
use utoipa::ToSchema;

use super::wire::TicketsQuery;
use crate::{Answer, Caller, Endpoint, Problem, Query, Reply};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("tickets_export", "/tickets/export", "Export tickets as CSV")
            .scope(Scope::TicketsRead)
            .description("RFC 4180. Text cells cannot become formulas.")
            .query::<TicketsQuery>()
            .costs(10)
            .streams("text/csv")
            .to(export),
        Endpoint::get("analytics_tickets", "/analytics/tickets", "Count tickets opened and closed per day")
            .scopes(&[Scope::AnalyticsRead, Scope::TicketsRead])
            .description("Days begin and end by the organization's clock. At most 366 of them.")
            .query::<DaysQuery>()
            .returns::<DaysView>()
            .to(analytics),
    ]
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DaysQuery {
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TicketDays)]
struct DaysView {
    days: Vec<DayView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TicketDay)]
struct DayView {
    date: NaiveDate,
    opened: u64,
    /// Done for the last time, be it resolved or closed at once.
    resolved: u64,
    /// Closed for the last time.
    closed: u64,
}

impl From<DayCount> for DayView {
    fn from(day: DayCount) -> Self {
        Self { date: day.date, opened: day.opened, resolved: day.resolved, closed: day.closed }
    }
}

async fn export(
    Caller(actor): Caller,
    Query(query): Query<TicketsQuery>,
    tickets: Data<dyn Tickets>,
) -> Result<HttpResponse, Problem> {
    let (filter, sort) = query.parts();
    let chunks = tickets.export(&actor, filter, sort)?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"tickets.csv\""))
        .streaming(chunks.map_ok(Bytes::from)))
}

async fn analytics(
    Caller(actor): Caller,
    Query(query): Query<DaysQuery>,
    tickets: Data<dyn Tickets>,
) -> Answer {
    let range = DayRange { from: query.from, to: query.to };
    let days = tickets.analytics(&actor, range).await?;
    Ok(Reply::ok(DaysView { days: days.into_iter().map(DayView::from).collect() }))
}
