use kernel::{ColumnId, FieldFault, Fields, Patch, Timestamp, UserId};

use super::{FullTicket, Kind, Markdown, Minutes, Naming, Priority, Tags, Ticket, Title};
use crate::Error;

/// Changes a ticket; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateTicket {
    pub title: Option<String>,
    pub description: Patch<String>,
    pub kind: Option<Kind>,
    pub priority: Option<Priority>,
    /// Puts it at the end of this column.
    pub column: Option<ColumnId>,
    pub requester: Option<UserId>,
    pub assignee: Patch<UserId>,
    /// All tags; with `None` the ones there are stay.
    pub tags: Option<Vec<String>>,
    /// Tags on top of those.
    pub add_tags: Vec<String>,
    pub remove_tags: Vec<String>,
    pub due_at: Patch<Timestamp>,
    pub estimate_minutes: Patch<i64>,
    /// In all, not on top.
    pub spent_minutes: Option<i64>,
}

/// What [`UpdateTicket`] says, judged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edit {
    title: Option<Title>,
    description: Option<Markdown>,
    kind: Option<Kind>,
    priority: Option<Priority>,
    pub(crate) column: Option<ColumnId>,
    requester: Option<UserId>,
    assignee: Patch<UserId>,
    tags: Option<Tags>,
    add_tags: Tags,
    remove_tags: Tags,
    due_at: Patch<Timestamp>,
    estimate: Patch<Minutes>,
    spent: Option<Minutes>,
}

impl UpdateTicket {
    /// Who would be named by it.
    pub(crate) fn naming(&self, ticket: &Ticket, me: Option<UserId>) -> Naming {
        Naming::new(me)
            .requester(Some(ticket.requester), self.requester)
            .assignee(ticket.assignee, self.assignee.clone().apply(ticket.assignee))
    }

    /// Everybody named in it, whatever ticket it is for.
    pub(crate) fn people(&self, me: Option<UserId>) -> Naming {
        Naming::new(me).requester(None, self.requester).assignee(None, self.assignee.set().copied())
    }

    /// Judges everything at once.
    pub(crate) fn parse(self) -> Result<Edit, Error> {
        let mut fields = Fields::new();
        let title = self.title.and_then(|title| fields.check(Title::parse(&title)));
        let description = match self.description {
            Patch::Keep => None,
            Patch::Clear => Some(Markdown::default()),
            Patch::Set(text) => fields.check(Markdown::parse("description", &text)),
        };
        let tags = self.tags.and_then(|tags| fields.check_all(Tags::parse("tags", &tags)));
        let add_tags = fields.check_all(Tags::parse("addTags", &self.add_tags)).unwrap_or_default();
        let remove_tags = fields.check_all(Tags::parse("removeTags", &self.remove_tags)).unwrap_or_default();
        let due_at = fields.check(self.due_at.try_map(parse_due)).unwrap_or_default();
        let estimate = self.estimate_minutes.try_map(|minutes| Minutes::parse("estimateMinutes", minutes));
        let estimate = fields.check(estimate).unwrap_or_default();
        let spent = self.spent_minutes.map(|minutes| Minutes::parse("spentMinutes", minutes));
        let spent = spent.and_then(|parsed| fields.check(parsed));
        if !fields.is_empty() {
            return Err(fields.into());
        }
        let Self { kind, priority, column, requester, assignee, .. } = self;
        Ok(Edit {
            title,
            description,
            kind,
            priority,
            column,
            requester,
            assignee,
            tags,
            add_tags,
            remove_tags,
            due_at,
            estimate,
            spent,
        })
    }
}

impl Edit {
    /// The ticket after it; the column is another matter.
    pub(crate) fn applied(&self, before: &FullTicket) -> Result<FullTicket, Error> {
        let ticket = &before.ticket;
        let tags = self.tags.as_ref().unwrap_or(&ticket.tags).changed(&self.add_tags, &self.remove_tags)?;
        let ticket = Ticket {
            title: self.title.as_ref().unwrap_or(&ticket.title).clone(),
            kind: self.kind.unwrap_or(ticket.kind),
            priority: self.priority.unwrap_or(ticket.priority),
            requester: self.requester.unwrap_or(ticket.requester),
            assignee: self.assignee.clone().apply(ticket.assignee),
            tags,
            due_at: self.due_at.clone().apply(ticket.due_at),
            estimate: self.estimate.clone().apply(ticket.estimate),
            spent: self.spent.unwrap_or(ticket.spent),
            ..*ticket
        };
        let description = self.description.as_ref().unwrap_or(&before.description).clone();
        Ok(FullTicket { ticket, description })
    }
}

/// A ticket is due in a year of four digits, from 1970 on.
pub(super) fn parse_due(due: Timestamp) -> Result<Timestamp, FieldFault> {
    if (0..LAST_DUE_MILLIS).contains(&due.timestamp_millis()) {
        return Ok(due);
    }
    Err(FieldFault::new("dueAt", "out_of_range", "must be between the years 1970 and 9999"))
}

/// 9999-12-31T00:00:00Z; the last day of all stands for tickets that are not due at all.
const LAST_DUE_MILLIS: i64 = 253_402_214_400_000;
