use kernel::{
    Audience, Changes, ColumnId, CommentId, Event, FileId, LinkId, Scope, Subject, TicketId, UserId, Version,
};
use serde_json::{Map, Value, json};

use crate::ticket::instant;
use crate::{Category, FullTicket, Relation, Ticket, TicketNumber, Visibility};

/// Something happened to a ticket.
#[derive(Clone, Debug)]
pub struct TicketEvent {
    pub ticket: TicketId,
    pub number: TicketNumber,
    pub version: Version,
    /// The requester and everybody who watches: the guests among them are the only ones who may know.
    pub followers: Vec<UserId>,
    pub what: TicketHappening,
}

/// What happened to it.
#[derive(Clone, Debug)]
pub enum TicketHappening {
    Created {
        ticket: Ticket,
    },
    /// Other fields than its column changed.
    Updated {
        changes: Changes,
    },
    /// It stands somewhere else: between these neighbours, or at the end of the column if there are none.
    Moved {
        from: ColumnId,
        to: ColumnId,
        status: Category,
        after: Option<TicketId>,
        before: Option<TicketId>,
    },
    /// Somebody has it from now on.
    Assigned {
        before: Option<UserId>,
        assignee: UserId,
    },
    Deleted {
        ticket: FullTicket,
    },
    Watched {
        user: UserId,
    },
    Unwatched {
        user: UserId,
    },
    CommentAdded {
        comment: CommentId,
        visibility: Visibility,
        mentions: Vec<UserId>,
        /// Who watches and may read it.
        watchers: Vec<UserId>,
    },
    CommentEdited {
        comment: CommentId,
        comment_version: Version,
        visibility: Visibility,
        /// Who was not mentioned before.
        mentions: Vec<UserId>,
        before: String,
        after: String,
    },
    CommentDeleted {
        comment: CommentId,
        comment_version: Version,
        visibility: Visibility,
        before: String,
    },
    FilesAttached {
        files: Vec<FileId>,
        comment: Option<CommentId>,
        visibility: Visibility,
    },
    FileRemoved {
        file: FileId,
        comment: Option<CommentId>,
        visibility: Visibility,
    },
    Linked {
        link: LinkId,
        relation: Relation,
        other: TicketId,
    },
    Unlinked {
        link: LinkId,
        relation: Relation,
        other: TicketId,
    },
}

impl Event for TicketEvent {
    fn kind(&self) -> &'static str {
        use TicketHappening as What;
        match &self.what {
            What::Created { .. } => "tickets.ticket_created",
            What::Updated { .. } => "tickets.ticket_updated",
            What::Moved { .. } => "tickets.ticket_moved",
            What::Assigned { .. } => "tickets.ticket_assigned",
            What::Deleted { .. } => "tickets.ticket_deleted",
            What::Watched { .. } => "tickets.ticket_watched",
            What::Unwatched { .. } => "tickets.ticket_unwatched",
            What::CommentAdded { .. } => "tickets.comment_added",
            What::CommentEdited { .. } => "tickets.comment_edited",
            What::CommentDeleted { .. } => "tickets.comment_deleted",
            What::FilesAttached { .. } => "tickets.files_attached",
            What::FileRemoved { .. } => "tickets.file_removed",
            What::Linked { .. } => "tickets.ticket_linked",
            What::Unlinked { .. } => "tickets.ticket_unlinked",
        }
    }

    /// A comment or a link is a subject of its own.
    fn subject(&self) -> Subject {
        use TicketHappening as What;
        match &self.what {
            What::CommentAdded { comment, .. } => Subject::new("ticket_comment", *comment).at(Version::FIRST),
            What::CommentEdited { comment, comment_version, .. }
            | What::CommentDeleted { comment, comment_version, .. } => {
                Subject::new("ticket_comment", *comment).at(*comment_version)
            }
            What::Linked { link, .. } | What::Unlinked { link, .. } => Subject::new("ticket_link", *link),
            _ => Subject::new("ticket", self.ticket).at(self.version),
        }
    }

    fn audience(&self) -> Audience {
        let guests = match self.what.visibility() {
            Visibility::Public => self.followers.clone(),
            Visibility::Internal => Vec::new(),
        };
        Audience::Scope { scope: Scope::TicketsRead, guests }
    }

    fn data(&self) -> Value {
        let mut data = Map::from_iter([
            ("ticketId".to_owned(), json!(self.ticket)),
            ("number".to_owned(), json!(self.number.0)),
        ]);
        if let Value::Object(own) = self.what.data() {
            data.extend(own);
        }
        Value::Object(data)
    }

    fn private(&self) -> Value {
        use TicketHappening as What;
        match &self.what {
            What::Created { ticket } => json!({ "after": described(ticket) }),
            What::Deleted { ticket: full } => {
                let description = full.description.as_str();
                json!({ "before": described(&full.ticket), "description": description })
            }
            What::Updated { changes } => changes.before_and_after(),
            What::CommentEdited { before, after, .. } => json!({ "before": before, "after": after }),
            What::CommentDeleted { before, .. } => json!({ "before": before }),
            _ => Value::Null,
        }
    }
}

impl TicketHappening {
    fn visibility(&self) -> Visibility {
        match self {
            Self::CommentAdded { visibility, .. }
            | Self::CommentEdited { visibility, .. }
            | Self::CommentDeleted { visibility, .. }
            | Self::FilesAttached { visibility, .. }
            | Self::FileRemoved { visibility, .. } => *visibility,
            _ => Visibility::Public,
        }
    }

    fn data(&self) -> Value {
        match self {
            Self::Created { ticket } => json!({
                "columnId": ticket.column, "status": ticket.status.name(), "type": ticket.kind.name(),
                "priority": ticket.priority.name(), "requesterId": ticket.requester, "assigneeId": ticket.assignee,
            }),
            Self::Updated { changes } => {
                json!({ "changed": changes.fields(), "values": changes.only(&SPOKEN_OF).after() })
            }
            Self::Moved { from, to, status, after, before } => json!({
                "fromColumnId": from, "columnId": to, "status": status.name(), "afterId": after, "beforeId": before,
            }),
            Self::Assigned { before, assignee } => {
                json!({ "previousAssigneeId": before, "assigneeId": assignee })
            }
            Self::Deleted { .. } => json!({}),
            Self::Watched { user } | Self::Unwatched { user } => json!({ "userId": user }),
            Self::CommentAdded { comment, visibility, mentions, watchers } => json!({
                "commentId": comment, "visibility": visibility.name(), "mentions": mentions, "watcherIds": watchers,
            }),
            Self::CommentEdited { comment, visibility, mentions, .. } => {
                json!({ "commentId": comment, "visibility": visibility.name(), "mentions": mentions })
            }
            Self::CommentDeleted { comment, visibility, .. } => {
                json!({ "commentId": comment, "visibility": visibility.name() })
            }
            Self::FilesAttached { files, comment, .. } => json!({ "fileIds": files, "commentId": comment }),
            Self::FileRemoved { file, comment, .. } => json!({ "fileId": file, "commentId": comment }),
            Self::Linked { link, relation, other } | Self::Unlinked { link, relation, other } => {
                json!({ "linkId": link, "relation": relation.name(), "otherTicketId": other })
            }
        }
    }
}

/// Fields whose values everybody who hears of the change may see at once; text is read at its source.
const SPOKEN_OF: [&str; 8] =
    ["type", "priority", "requesterId", "assigneeId", "tags", "dueAt", "estimateMinutes", "spentMinutes"];

fn described(ticket: &Ticket) -> Value {
    json!({
        "number": ticket.number.0, "title": ticket.title.as_str(), "type": ticket.kind.name(),
        "priority": ticket.priority.name(), "columnId": ticket.column, "status": ticket.status.name(),
        "requesterId": ticket.requester, "assigneeId": ticket.assignee, "tags": ticket.tags.iter().collect::<Vec<_>>(),
        "dueAt": ticket.due_at.map(instant), "estimateMinutes": ticket.estimate.map(crate::Minutes::get),
        "spentMinutes": ticket.spent.get(),
    })
}
