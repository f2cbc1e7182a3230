//! How a ticket is laid out in its table.

use database::StoreError;
use database::entities::ticket;
use kernel::{OrganizationId, Timestamp, Version};
use sea_orm::{ActiveValue::Set, DbErr, DerivePartialModel, FromQueryResult, QueryResult};
use uuid::Uuid;

use crate::rank::Rank;
use crate::{Category, FullTicket, Kind, Markdown, Minutes, Priority, Tags, Ticket, TicketNumber, Title};

/// What a list reads. Its columns are selected in this order.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "ticket::Entity", from_query_result = "false")]
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) number: i64,
    title: String,
    kind: String,
    pub(super) priority: i64,
    pub(super) column_id: Uuid,
    status: String,
    pub(super) rank: Vec<u8>,
    requester_id: Uuid,
    assignee_id: Option<Uuid>,
    tags: String,
    pub(super) due_at: Option<Timestamp>,
    estimate_minutes: Option<i64>,
    spent_minutes: i64,
    version: i64,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    resolved_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
}

/// What is read of a single ticket.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "ticket::Entity")]
pub(super) struct FullRow {
    #[sea_orm(nested)]
    row: Row,
    description: String,
}

/// By position: to look each column of each row up by its name took a tenth of the time of a list.
impl FromQueryResult for Row {
    fn from_query_result(result: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            id: result.try_get_by_index(0)?,
            number: result.try_get_by_index(1)?,
            title: result.try_get_by_index(2)?,
            kind: result.try_get_by_index(3)?,
            priority: result.try_get_by_index(4)?,
            column_id: result.try_get_by_index(5)?,
            status: result.try_get_by_index(6)?,
            rank: result.try_get_by_index(7)?,
            requester_id: result.try_get_by_index(8)?,
            assignee_id: result.try_get_by_index(9)?,
            tags: result.try_get_by_index(10)?,
            due_at: result.try_get_by_index(11)?,
            estimate_minutes: result.try_get_by_index(12)?,
            spent_minutes: result.try_get_by_index(13)?,
            version: result.try_get_by_index(14)?,
            created_at: result.try_get_by_index(15)?,
            updated_at: result.try_get_by_index(16)?,
            resolved_at: result.try_get_by_index(17)?,
            closed_at: result.try_get_by_index(18)?,
        })
    }
}

impl TryFrom<Row> for Ticket {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id.into(),
            number: TicketNumber(row.number),
            title: Title::from_stored(row.title),
            kind: stored("tickets.kind", &row.kind, Kind::named)?,
            priority: Priority::at_level(row.priority)
                .ok_or_else(|| StoreError::corrupt("tickets.priority", row.priority.to_string()))?,
            column: row.column_id.into(),
            status: stored("tickets.status", &row.status, Category::named)?,
            requester: row.requester_id.into(),
            assignee: row.assignee_id.map(Into::into),
            tags: Tags::from_stored(&row.tags),
            due_at: row.due_at,
            estimate: row.estimate_minutes.map(Minutes::from_stored),
            spent: Minutes::from_stored(row.spent_minutes),
            version: Version(row.version),
            created_at: row.created_at,
            updated_at: row.updated_at,
            resolved_at: row.resolved_at,
            closed_at: row.closed_at,
        })
    }
}

impl TryFrom<FullRow> for FullTicket {
    type Error = StoreError;

    fn try_from(full: FullRow) -> Result<Self, StoreError> {
        Ok(Self { ticket: full.row.try_into()?, description: Markdown::from_stored(full.description) })
    }
}

/// A whole new row.
pub(super) fn inserted(org: OrganizationId, full: &FullTicket, rank: &Rank) -> ticket::ActiveModel {
    ticket::ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(full.ticket.id.uuid()),
        number: Set(full.ticket.number.0),
        rank: Set(rank.to_bytes()),
        created_at: Set(full.ticket.created_at),
        ..updated(full)
    }
}

/// What a change may touch, the place on the board excepted.
pub(super) fn updated(full: &FullTicket) -> ticket::ActiveModel {
    let ticket = &full.ticket;
    ticket::ActiveModel {
        title: Set(ticket.title.as_str().to_owned()),
        title_folded: Set(ticket.title.folded()),
        description: Set(full.description.as_str().to_owned()),
        kind: Set(ticket.kind.name().to_owned()),
        priority: Set(ticket.priority.level()),
        column_id: Set(ticket.column.uuid()),
        status: Set(ticket.status.name().to_owned()),
        requester_id: Set(ticket.requester.uuid()),
        assignee_id: Set(ticket.assignee.map(Into::into)),
        tags: Set(ticket.tags.to_stored()),
        due_at: Set(ticket.due_at),
        due_order: Set(due_order(ticket.due_at)),
        estimate_minutes: Set(ticket.estimate.map(Minutes::get)),
        spent_minutes: Set(ticket.spent.get()),
        version: Set(ticket.version.0),
        updated_at: Set(ticket.updated_at),
        resolved_at: Set(ticket.resolved_at),
        closed_at: Set(ticket.closed_at),
        ..ticket::ActiveModel::default()
    }
}

/// Tickets without a due date come after all others: 9999-12-31T23:59:59Z is later than any can be due.
pub(super) fn due_order(due_at: Option<Timestamp>) -> Timestamp {
    due_at.or_else(|| Timestamp::from_timestamp(253_402_300_799, 0)).unwrap_or(Timestamp::MAX_UTC)
}

/// Reads a word that an enum wrote.
pub(super) fn stored<T>(
    column: &'static str,
    text: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, StoreError> {
    read(text).ok_or_else(|| StoreError::corrupt(column, text))
}
