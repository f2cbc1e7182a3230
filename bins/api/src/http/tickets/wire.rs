//! What clients send about tickets.

use kernel::{ColumnId, Patch, TicketId, UserId, Version};
use serde::Deserialize;
use tickets::{
    Assignee, BulkUpdate, Direction, MoveTicket, OpenTicket, Sort, SortKey, TicketFilter, UpdateTicket,
};
use utoipa::ToSchema;

use super::words::{KindWord, PriorityWord, StatusWord};
use crate::{Instant, patch};

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct TicketsQuery {
    /// Any of these.
    #[serde(default)]
    status: Vec<StatusWord>,
    /// Any of these.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    column_id: Vec<ColumnId>,
    /// Any of these.
    #[serde(default)]
    priority: Vec<PriorityWord>,
    /// Any of these.
    #[serde(default, rename = "type")]
    kind: Vec<KindWord>,
    #[schema(value_type = Option<Uuid>)]
    assignee_id: Option<UserId>,
    /// `true`: only those that nobody has.
    unassigned: Option<bool>,
    #[schema(value_type = Option<Uuid>)]
    requester_id: Option<UserId>,
    /// Watched by this person.
    #[schema(value_type = Option<Uuid>)]
    watcher_id: Option<UserId>,
    #[schema(min_length = 1, max_length = 40)]
    tag: Option<String>,
    due_after: Option<Instant>,
    due_before: Option<Instant>,
    created_after: Option<Instant>,
    created_before: Option<Instant>,
    updated_since: Option<Instant>,
    /// Part of the title, or the number with or without `#`.
    #[schema(min_length = 1, max_length = 100)]
    search: Option<String>,
    /// The newest first unless told.
    sort: Option<SortWord>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[schema(as = TicketSort)]
enum SortWord {
    #[serde(rename = "number")]
    Number,
    #[serde(rename = "-number")]
    NumberDown,
    #[serde(rename = "createdAt")]
    CreatedAt,
    #[serde(rename = "-createdAt")]
    CreatedAtDown,
    #[serde(rename = "updatedAt")]
    UpdatedAt,
    #[serde(rename = "-updatedAt")]
    UpdatedAtDown,
    #[serde(rename = "dueAt")]
    DueAt,
    #[serde(rename = "-dueAt")]
    DueAtDown,
    #[serde(rename = "priority")]
    Priority,
    #[serde(rename = "-priority")]
    PriorityDown,
    #[serde(rename = "rank")]
    Rank,
    #[serde(rename = "-rank")]
    RankDown,
}

impl From<SortWord> for Sort {
    fn from(word: SortWord) -> Self {
        use Direction::{Ascending as Up, Descending as Down};
        let (by, direction) = match word {
            SortWord::Number => (SortKey::Number, Up),
            SortWord::NumberDown => (SortKey::Number, Down),
            SortWord::CreatedAt => (SortKey::CreatedAt, Up),
            SortWord::CreatedAtDown => (SortKey::CreatedAt, Down),
            SortWord::UpdatedAt => (SortKey::UpdatedAt, Up),
            SortWord::UpdatedAtDown => (SortKey::UpdatedAt, Down),
            SortWord::DueAt => (SortKey::DueAt, Up),
            SortWord::DueAtDown => (SortKey::DueAt, Down),
            SortWord::Priority => (SortKey::Priority, Up),
            SortWord::PriorityDown => (SortKey::Priority, Down),
            SortWord::Rank => (SortKey::Rank, Up),
            SortWord::RankDown => (SortKey::Rank, Down),
        };
        Self { by, direction }
    }
}

impl TicketsQuery {
    /// What is sought, in which order.
    pub(super) fn parts(self) -> (TicketFilter, Sort) {
        let nobody = self.unassigned.unwrap_or_default().then_some(Assignee::Nobody);
        let filter = TicketFilter {
            statuses: self.status.into_iter().map(Into::into).collect(),
            columns: self.column_id,
            priorities: self.priority.into_iter().map(Into::into).collect(),
            kinds: self.kind.into_iter().map(Into::into).collect(),
            assignee: self.assignee_id.map(Assignee::User).or(nobody),
            requester: self.requester_id,
            watcher: self.watcher_id,
            tag: self.tag,
            due_after: self.due_after.map(Into::into),
            due_before: self.due_before.map(Into::into),
            created_after: self.created_after.map(Into::into),
            created_before: self.created_before.map(Into::into),
            updated_since: self.updated_since.map(Into::into),
            text: self.search,
        };
        (filter, self.sort.map(Sort::from).unwrap_or_default())
    }
}

/// Which end of a ticket's history or conversation comes first.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrderQuery {
    /// The oldest first unless told.
    sort: Option<OrderWord>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[schema(as = TimeOrder)]
enum OrderWord {
    #[serde(rename = "createdAt")]
    Up,
    #[serde(rename = "-createdAt")]
    Down,
}

impl OrderQuery {
    pub(super) fn direction(&self) -> Direction {
        match self.sort {
            Some(OrderWord::Down) => Direction::Descending,
            Some(OrderWord::Up) | None => Direction::Ascending,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OpenTicket)]
pub(super) struct OpenBody {
    #[schema(min_length = 1, max_length = 200)]
    title: String,
    /// Markdown.
    #[schema(max_length = 20_000)]
    description: Option<String>,
    #[serde(rename = "type")]
    kind: Option<KindWord>,
    priority: Option<PriorityWord>,
    /// The first open column unless told.
    #[schema(value_type = Option<Uuid>)]
    column_id: Option<ColumnId>,
    /// The caller unless told.
    #[schema(value_type = Option<Uuid>)]
    requester_id: Option<UserId>,
    #[schema(value_type = Option<Uuid>)]
    assignee_id: Option<UserId>,
    #[serde(default)]
    #[schema(max_items = 20)]
    tags: Vec<String>,
    due_at: Option<Instant>,
    #[schema(minimum = 0)]
    estimate_minutes: Option<i64>,
}

impl From<OpenBody> for OpenTicket {
    fn from(body: OpenBody) -> Self {
        Self {
            title: body.title,
            description: body.description,
            kind: body.kind.map(Into::into).unwrap_or_default(),
            priority: body.priority.map(Into::into).unwrap_or_default(),
            column: body.column_id,
            requester: body.requester_id,
            assignee: body.assignee_id,
            tags: body.tags,
            due_at: body.due_at.map(Into::into),
            estimate_minutes: body.estimate_minutes,
        }
    }
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UpdateTicket)]
pub(super) struct UpdateBody {
    #[schema(min_length = 1, max_length = 200)]
    title: Option<String>,
    /// Markdown.
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 20_000, extensions(("x-clearable" = json!(true))))]
    description: Patch<String>,
    #[serde(rename = "type")]
    kind: Option<KindWord>,
    priority: Option<PriorityWord>,
    /// Puts it at the end of this column.
    #[schema(value_type = Option<Uuid>)]
    column_id: Option<ColumnId>,
    #[schema(value_type = Option<Uuid>)]
    requester_id: Option<UserId>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<Uuid>, extensions(("x-clearable" = json!(true))))]
    assignee_id: Patch<UserId>,
    /// All tags; the ones there stay if absent.
    #[schema(max_items = 20)]
    tags: Option<Vec<String>>,
    /// Tags on top of those.
    #[serde(default)]
    #[schema(max_items = 20)]
    add_tags: Vec<String>,
    #[serde(default)]
    #[schema(max_items = 20)]
    remove_tags: Vec<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, format = DateTime, extensions(("x-clearable" = json!(true))))]
    due_at: Patch<Instant>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<i64>, minimum = 0, extensions(("x-clearable" = json!(true))))]
    estimate_minutes: Patch<i64>,
    /// In all, not on top.
    #[schema(minimum = 0)]
    spent_minutes: Option<i64>,
}

impl From<UpdateBody> for UpdateTicket {
    fn from(body: UpdateBody) -> Self {
        Self {
            title: body.title,
            description: body.description,
            kind: body.kind.map(Into::into),
            priority: body.priority.map(Into::into),
            column: body.column_id,
            requester: body.requester_id,
            assignee: body.assignee_id,
            tags: body.tags,
            add_tags: body.add_tags,
            remove_tags: body.remove_tags,
            due_at: match body.due_at {
                Patch::Keep => Patch::Keep,
                Patch::Clear => Patch::Clear,
                Patch::Set(at) => Patch::Set(at.into()),
            },
            estimate_minutes: body.estimate_minutes,
            spent_minutes: body.spent_minutes,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MoveTicket)]
pub(super) struct MoveBody {
    #[schema(value_type = Uuid)]
    column_id: ColumnId,
    /// Directly before this ticket.
    #[schema(value_type = Option<Uuid>)]
    before_id: Option<TicketId>,
    /// Directly after this ticket.
    #[schema(value_type = Option<Uuid>)]
    after_id: Option<TicketId>,
}

impl From<MoveBody> for MoveTicket {
    fn from(body: MoveBody) -> Self {
        Self { column: body.column_id, before: body.before_id, after: body.after_id }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BulkUpdateTickets)]
pub(super) struct BulkUpdateBody {
    #[schema(min_items = 1, max_items = 100)]
    tickets: Vec<BulkTicket>,
    change: UpdateBody,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BulkTicket {
    #[schema(value_type = Uuid)]
    id: TicketId,
    /// The version the client has seen.
    #[schema(minimum = 1)]
    version: i64,
}

impl From<BulkUpdateBody> for BulkUpdate {
    fn from(body: BulkUpdateBody) -> Self {
        let tickets = body.tickets.into_iter().map(|ticket| (ticket.id, Version(ticket.version)));
        Self { tickets: tickets.collect(), change: body.change.into() }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WatchTicket)]
pub(super) struct WatchBody {
    #[schema(value_type = Uuid)]
    pub(super) user_id: UserId,
}
