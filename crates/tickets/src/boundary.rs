//! What can be done around a ticket. [`Tickets`](crate::Tickets) extends all of these.

use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, ColumnId, CommentId, FileId, LinkId, Page, PageRequest, TicketId, Version};

use crate::{
    AddColumn, AttachFiles, Attachment, Board, Column, Comment, CommentRevision, CsvStream, DayCount,
    DayRange, Direction, Error, Link, LinkTicket, Sort, TicketFilter, Transition, UpdateColumn, WriteComment,
};

/// What is said about a ticket. Guests neither read nor write internal comments.
#[async_trait]
pub trait TicketComments: Send + Sync {
    /// The conversation; a deleted comment keeps its place in it.
    async fn comments(
        &self,
        actor: &Actor,
        ticket: TicketId,
        direction: Direction,
        page: &PageRequest,
    ) -> Result<Page<Comment>, Error>;

    /// One comment.
    async fn comment(&self, actor: &Actor, ticket: TicketId, id: CommentId) -> Result<Comment, Error>;

    /// Says something. The author and everybody mentioned watch the ticket from then on.
    async fn write_comment(
        &self,
        actor: &Actor,
        ticket: TicketId,
        command: WriteComment,
    ) -> Result<Comment, Error>;

    /// Says it in other words: the author, or whoever holds `tickets:manage`. What it said before is kept.
    async fn edit_comment(
        &self,
        actor: &Actor,
        ticket: TicketId,
        id: CommentId,
        expected: Version,
        body: String,
    ) -> Result<Comment, Error>;

    /// Takes it back, and what it said before: the author, or whoever holds `tickets:manage`.
    async fn delete_comment(
        &self,
        actor: &Actor,
        ticket: TicketId,
        id: CommentId,
        expected: Version,
    ) -> Result<(), Error>;

    /// What a comment said before it was edited, the latest first.
    async fn comment_revisions(
        &self,
        actor: &Actor,
        ticket: TicketId,
        id: CommentId,
        page: &PageRequest,
    ) -> Result<Page<CommentRevision>, Error>;
}

/// Files on tickets and comments. Whoever sees the place sees the file.
#[async_trait]
pub trait TicketAttachments: Send + Sync {
    /// The files of a ticket and of its comments that the actor sees.
    async fn attachments(
        &self,
        actor: &Actor,
        ticket: TicketId,
        page: &PageRequest,
    ) -> Result<Page<Attachment>, Error>;

    /// Hangs files that the actor uploaded on a ticket, or on a comment of his own.
    async fn attach(&self, actor: &Actor, ticket: TicketId, command: AttachFiles) -> Result<(), Error>;

    /// Whether the actor sees where a file hangs.
    async fn shows_attachment(&self, actor: &Actor, file: FileId) -> Result<bool, Error>;

    /// Takes a file from its ticket, in the commit that deletes it: whoever attached it, or holds `tickets:manage`.
    async fn let_go(&self, tx: &Tx, actor: &Actor, file: FileId) -> Result<(), Error>;
}

/// Links between tickets. Blocking and duplicating never go round in a circle.
#[async_trait]
pub trait TicketLinks: Send + Sync {
    /// The links of a ticket, whichever end it is; guests see those to tickets they see.
    async fn links(&self, actor: &Actor, ticket: TicketId, page: &PageRequest) -> Result<Page<Link>, Error>;

    /// One link, seen from the ticket.
    async fn one_link(&self, actor: &Actor, ticket: TicketId, id: LinkId) -> Result<Link, Error>;

    /// Links a ticket to another one.
    async fn link(&self, actor: &Actor, ticket: TicketId, command: LinkTicket) -> Result<Link, Error>;

    /// Undoes a link.
    async fn unlink(&self, actor: &Actor, ticket: TicketId, id: LinkId) -> Result<(), Error>;
}

/// The board of the actor's organization. To change it needs `tickets:manage`.
#[async_trait]
pub trait TicketBoard: Send + Sync {
    /// The columns and the moves between them.
    async fn board(&self, actor: &Actor) -> Result<Board, Error>;

    /// Adds a column.
    async fn add_column(&self, actor: &Actor, command: AddColumn) -> Result<Column, Error>;

    /// Changes a column. Its category is fixed while tickets stand in it.
    async fn update_column(
        &self,
        actor: &Actor,
        id: ColumnId,
        expected: Version,
        command: UpdateColumn,
    ) -> Result<Column, Error>;

    /// Removes a column in which no ticket stands, with the moves from and to it.
    async fn remove_column(&self, actor: &Actor, id: ColumnId, expected: Version) -> Result<(), Error>;

    /// Says which moves are allowed; `None` brings back the usual ones.
    async fn set_transitions(
        &self,
        actor: &Actor,
        expected: Version,
        moves: Option<Vec<Transition>>,
    ) -> Result<Board, Error>;
}

/// Tickets in bulk and in numbers.
#[async_trait]
pub trait TicketReports: Send + Sync {
    /// The tickets as CSV, a thousand at a time, safe for spreadsheets.
    fn export(&self, actor: &Actor, filter: TicketFilter, sort: Sort) -> Result<CsvStream, Error>;

    /// How many were opened, resolved and closed on each day, by the organization's clock. Not for guests.
    async fn analytics(&self, actor: &Actor, range: DayRange) -> Result<Vec<DayCount>, Error>;
}
