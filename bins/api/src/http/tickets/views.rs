//! What clients get of tickets.

use kernel::{ActivityId, ColumnId, Fault, TicketId, UserId};
use serde::Serialize;
use serde_json::Value;
use tickets::{Activity, BulkRow, FullTicket, Minutes, Ticket};
use utoipa::ToSchema;

use super::words::{KindWord, PriorityWord, StatusWord, VisibilityWord};
use crate::Instant;

/// A ticket without its description.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Ticket)]
pub(super) struct TicketView {
    #[schema(value_type = Uuid)]
    id: TicketId,
    /// Counted per organization: `#123`.
    number: i64,
    title: String,
    #[serde(rename = "type")]
    kind: KindWord,
    priority: PriorityWord,
    #[schema(value_type = Uuid)]
    column_id: ColumnId,
    /// The category of the column.
    status: StatusWord,
    #[schema(value_type = Uuid)]
    requester_id: UserId,
    #[schema(value_type = Option<Uuid>)]
    assignee_id: Option<UserId>,
    tags: Vec<String>,
    due_at: Option<Instant>,
    estimate_minutes: Option<i64>,
    spent_minutes: i64,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
    /// Since when nothing is left to do.
    resolved_at: Option<Instant>,
    closed_at: Option<Instant>,
}

impl From<&Ticket> for TicketView {
    fn from(ticket: &Ticket) -> Self {
        Self {
            id: ticket.id,
            number: ticket.number.0,
            title: ticket.title.as_str().to_owned(),
            kind: ticket.kind.into(),
            priority: ticket.priority.into(),
            column_id: ticket.column,
            status: ticket.status.into(),
            requester_id: ticket.requester,
            assignee_id: ticket.assignee,
            tags: ticket.tags.iter().map(str::to_owned).collect(),
            due_at: ticket.due_at.map(Instant::from),
            estimate_minutes: ticket.estimate.map(Minutes::get),
            spent_minutes: ticket.spent.get(),
            version: ticket.version.0,
            created_at: ticket.created_at.into(),
            updated_at: ticket.updated_at.into(),
            resolved_at: ticket.resolved_at.map(Instant::from),
            closed_at: ticket.closed_at.map(Instant::from),
        }
    }
}

/// A ticket with its description.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FullTicket)]
pub(super) struct FullTicketView {
    #[serde(flatten)]
    ticket: TicketView,
    /// Markdown.
    description: String,
}

impl From<&FullTicket> for FullTicketView {
    fn from(full: &FullTicket) -> Self {
        Self { ticket: TicketView::from(&full.ticket), description: full.description.as_str().to_owned() }
    }
}

/// A line of a ticket's history.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TicketActivity)]
pub(super) struct ActivityView {
    #[schema(value_type = Uuid)]
    id: ActivityId,
    /// The platform itself if null.
    #[schema(value_type = Option<Uuid>)]
    actor_id: Option<UserId>,
    /// `opened`, `changed`, `commented`, `comment_edited`, `comment_deleted`, `linked` or `unlinked`.
    kind: String,
    visibility: VisibilityWord,
    /// Of a change the values before and after, else ids.
    details: Value,
    at: Instant,
}

impl From<Activity> for ActivityView {
    fn from(line: Activity) -> Self {
        Self {
            id: line.id,
            actor_id: line.actor,
            kind: line.kind.name().to_owned(),
            visibility: line.visibility.into(),
            details: line.details,
            at: line.at.into(),
        }
    }
}

/// Somebody who watches.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TicketWatcher)]
pub(super) struct WatcherView {
    #[schema(value_type = Uuid)]
    user_id: UserId,
}

impl From<UserId> for WatcherView {
    fn from(user_id: UserId) -> Self {
        Self { user_id }
    }
}

/// What became of each ticket, in the order of the request.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BulkAnswer)]
pub(super) struct BulkAnswerView {
    results: Vec<BulkRowView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BulkRow)]
struct BulkRowView {
    #[schema(value_type = Uuid)]
    id: TicketId,
    /// The version now, if the ticket is as it was asked to be.
    version: Option<i64>,
    /// Why it was left out: a problem code.
    code: Option<String>,
    detail: Option<String>,
}

impl From<Vec<BulkRow>> for BulkAnswerView {
    fn from(rows: Vec<BulkRow>) -> Self {
        Self { results: rows.into_iter().map(BulkRowView::from).collect() }
    }
}

impl From<BulkRow> for BulkRowView {
    fn from(row: BulkRow) -> Self {
        match row.result {
            Ok(version) => Self { id: row.ticket, version: Some(version.0), code: None, detail: None },
            Err(error) => {
                let (code, detail) = (Some(error.code().to_owned()), Some(error.to_string()));
                Self { id: row.ticket, version: None, code, detail }
            }
        }
    }
}
