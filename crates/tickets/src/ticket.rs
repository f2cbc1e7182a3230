mod bulk;
mod edit;
mod moving;
mod open;
mod people;
mod revision;
mod text;
mod words;

use chrono::SecondsFormat;
use kernel::{Changes, ColumnId, TicketId, Timestamp, UserId, Version};

pub use bulk::{BulkRow, BulkUpdate};
pub use edit::UpdateTicket;
pub use moving::MoveTicket;
pub use open::OpenTicket;
pub use text::{Markdown, Minutes, Tags, Title};
pub use words::{Category, Kind, Priority, TicketNumber};

pub(crate) use edit::Edit;
pub(crate) use moving::no_neighbour;
pub(crate) use people::{Naming, no_member};
pub(crate) use revision::Revision;
pub(crate) use text::normalized;

use crate::{Column, Error};

/// A ticket without its description, as lists and the board show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub id: TicketId,
    pub number: TicketNumber,
    pub title: Title,
    pub kind: Kind,
    pub priority: Priority,
    pub column: ColumnId,
    /// The category of the column.
    pub status: Category,
    /// Who wants it.
    pub requester: UserId,
    /// Who does it.
    pub assignee: Option<UserId>,
    pub tags: Tags,
    pub due_at: Option<Timestamp>,
    pub estimate: Option<Minutes>,
    pub spent: Minutes,
    pub version: Version,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Since when nothing is left to do: resolved or closed.
    pub resolved_at: Option<Timestamp>,
    /// Since when it is closed.
    pub closed_at: Option<Timestamp>,
}

/// A ticket with its description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullTicket {
    pub ticket: Ticket,
    pub description: Markdown,
}

impl Ticket {
    /// Refuses a caller who has seen another version.
    pub(crate) fn must_be_at(&self, expected: Version) -> Result<(), Error> {
        if self.version == expected { Ok(()) } else { Err(Error::Stale { current: self.version }) }
    }

    /// Puts it into a column; the times at which it was done follow from the column's category.
    pub(crate) fn stand_in(&mut self, column: &Column, now: Timestamp) {
        let since = |holds: bool, before: Option<Timestamp>| holds.then(|| before.unwrap_or(now));
        self.column = column.id;
        self.status = column.category;
        self.resolved_at = since(column.category.is_done(), self.resolved_at);
        self.closed_at = since(column.category == Category::Closed, self.closed_at);
    }

    /// Which fields differ from another state of the same ticket.
    pub(crate) fn changes_since(&self, before: &Self) -> Changes {
        let mut changes = Changes::new();
        let tags = |ticket: &Self| ticket.tags.iter().map(str::to_owned).collect::<Vec<_>>();
        let minutes = |estimate: Option<Minutes>| estimate.map(Minutes::get);
        changes.note("title", before.title.as_str(), self.title.as_str());
        changes.note("type", before.kind.name(), self.kind.name());
        changes.note("priority", before.priority.name(), self.priority.name());
        changes.note("columnId", before.column, self.column);
        changes.note("status", before.status.name(), self.status.name());
        changes.note("requesterId", before.requester, self.requester);
        changes.note("assigneeId", before.assignee, self.assignee);
        changes.note("tags", tags(before), tags(self));
        changes.note("dueAt", before.due_at.map(instant), self.due_at.map(instant));
        changes.note("estimateMinutes", minutes(before.estimate), minutes(self.estimate));
        changes.note("spentMinutes", before.spent.get(), self.spent.get());
        changes
    }
}

/// An instant as the wire spells it.
pub(crate) fn instant(at: Timestamp) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
