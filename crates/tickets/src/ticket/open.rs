use kernel::{ColumnId, FieldFault, Fields, TicketId, Timestamp, UserId, Version};

use super::edit::parse_due;
use super::{FullTicket, Kind, Markdown, Minutes, Naming, Priority, Tags, Ticket, TicketNumber, Title};
use crate::{Column, Error};

/// Opens a ticket.
#[derive(Clone, Debug, Default)]
pub struct OpenTicket {
    pub title: String,
    pub description: Option<String>,
    pub kind: Kind,
    pub priority: Priority,
    /// The first open one if absent.
    pub column: Option<ColumnId>,
    /// Oneself if absent.
    pub requester: Option<UserId>,
    pub assignee: Option<UserId>,
    pub tags: Vec<String>,
    pub due_at: Option<Timestamp>,
    pub estimate_minutes: Option<i64>,
}

/// What [`OpenTicket`] says, judged.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    title: Title,
    description: Markdown,
    kind: Kind,
    priority: Priority,
    pub(crate) column: Option<ColumnId>,
    requester: UserId,
    assignee: Option<UserId>,
    tags: Tags,
    due_at: Option<Timestamp>,
    estimate: Option<Minutes>,
}

impl OpenTicket {
    /// Who is named in it.
    pub(crate) fn naming(&self, me: Option<UserId>) -> Naming {
        Naming::new(me).requester(None, self.requester).assignee(None, self.assignee)
    }

    /// Judges everything at once.
    pub(crate) fn parse(self, me: Option<UserId>) -> Result<Draft, Error> {
        let mut fields = Fields::new();
        let title = fields.check(Title::parse(&self.title));
        let description = self.description.unwrap_or_default();
        let description = fields.check(Markdown::parse("description", &description));
        let tags = fields.check_all(Tags::parse("tags", &self.tags));
        let due_at = self.due_at.and_then(|due| fields.check(parse_due(due)));
        let estimate = self.estimate_minutes.map(|minutes| Minutes::parse("estimateMinutes", minutes));
        let estimate = estimate.and_then(|parsed| fields.check(parsed));
        let requester = fields.check(self.requester.or(me).ok_or_else(nobody));
        let (Some(title), Some(description), Some(tags), Some(requester), true) =
            (title, description, tags, requester, fields.is_empty())
        else {
            return Err(fields.into());
        };
        let Self { kind, priority, column, assignee, .. } = self;
        Ok(Draft { title, description, kind, priority, column, requester, assignee, tags, due_at, estimate })
    }
}

impl FullTicket {
    /// A new ticket in the column where it was given a place.
    pub(crate) fn open(
        draft: Draft,
        id: TicketId,
        number: TicketNumber,
        column: &Column,
        now: Timestamp,
    ) -> Self {
        let mut ticket = Ticket {
            id,
            number,
            title: draft.title,
            kind: draft.kind,
            priority: draft.priority,
            column: column.id,
            status: column.category,
            requester: draft.requester,
            assignee: draft.assignee,
            tags: draft.tags,
            due_at: draft.due_at,
            estimate: draft.estimate,
            spent: Minutes::default(),
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
            resolved_at: None,
            closed_at: None,
        };
        ticket.stand_in(column, now);
        Self { ticket, description: draft.description }
    }
}

/// The platform itself wants nothing; it opens tickets for somebody.
fn nobody() -> FieldFault {
    FieldFault::new("requesterId", "required", "say who wants it")
}
