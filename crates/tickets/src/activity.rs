use kernel::{ActivityId, TicketId, Timestamp, UserId};
use serde_json::{Value, json};

use crate::link::Edge;
use crate::ticket::Revision;
use crate::{Comment, Visibility};

/// A line of a ticket's history.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    pub id: ActivityId,
    pub ticket: TicketId,
    /// The platform itself if absent.
    pub actor: Option<UserId>,
    pub kind: ActivityKind,
    pub visibility: Visibility,
    /// What exactly: of a change the values before and after, else ids.
    pub details: Value,
    pub at: Timestamp,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActivityKind {
    Opened,
    Changed,
    Commented,
    CommentEdited,
    CommentDeleted,
    Linked,
    Unlinked,
}

/// A line to be written.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) ticket: TicketId,
    pub(crate) kind: ActivityKind,
    pub(crate) visibility: Visibility,
    pub(crate) details: Value,
}

impl ActivityKind {
    /// Every one.
    pub const ALL: [Self; 7] = [
        Self::Opened,
        Self::Changed,
        Self::Commented,
        Self::CommentEdited,
        Self::CommentDeleted,
        Self::Linked,
        Self::Unlinked,
    ];

    /// The word on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Changed => "changed",
            Self::Commented => "commented",
            Self::CommentEdited => "comment_edited",
            Self::CommentDeleted => "comment_deleted",
            Self::Linked => "linked",
            Self::Unlinked => "unlinked",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Line {
    pub(crate) fn opened(ticket: TicketId) -> Self {
        Self::public(ticket, ActivityKind::Opened, json!({}))
    }

    /// The description is too long for a line; that it changed is enough. `None` if nothing but the place did.
    pub(crate) fn changed(revision: &Revision) -> Option<Self> {
        let mut details = revision.changes.before_and_after();
        for side in ["before", "after"] {
            if let Some(description) = details.get_mut(side).and_then(|side| side.get_mut("description")) {
                *description = Value::Null;
            }
        }
        let line = Self::public(revision.after.ticket.id, ActivityKind::Changed, details);
        (!revision.changes.is_empty()).then_some(line)
    }

    /// Who does not see a comment does not see what happens to it either.
    pub(crate) fn of_comment(kind: ActivityKind, comment: &Comment) -> Self {
        let details = json!({ "commentId": comment.id });
        Self { visibility: comment.visibility, ..Self::public(comment.ticket, kind, details) }
    }

    /// A link belongs to the history of both its tickets.
    pub(crate) fn of_link(kind: ActivityKind, edge: Edge) -> [Self; 2] {
        [edge, edge.reversed()].map(|end| {
            let relation = edge.seen_from(end.source).name();
            Self::public(end.source, kind, json!({ "relation": relation, "ticketId": end.target }))
        })
    }

    const fn public(ticket: TicketId, kind: ActivityKind, details: Value) -> Self {
        Self { ticket, kind, visibility: Visibility::Public, details }
    }
}
