#![doc = include_str!("../README.md")]

mod activity;
mod analytics;
mod attachment;
mod board;
mod boundary;
mod comment;
mod error;
mod event;
mod export;
mod link;
mod list;
mod ports;
mod rank;
mod service;
mod sight;
mod store;
mod ticket;

use std::sync::Arc;

use async_trait::async_trait;
use database::{Database, Tx};
use kernel::{Actor, OrganizationId, Page, PageRequest, TicketId, UserId, Version};

pub use activity::{Activity, ActivityKind};
pub use analytics::{DayCount, DayRange};
pub use attachment::{AttachFiles, Attachment};
pub use board::{AddColumn, Board, Column, ColumnName, Transition, Transitions, UpdateColumn};
pub use boundary::{TicketAttachments, TicketBoard, TicketComments, TicketLinks, TicketReports};
pub use comment::{Comment, CommentRevision, Visibility, WriteComment};
pub use error::Error;
pub use event::{BoardEvent, BoardHappening, TicketEvent, TicketHappening};
pub use export::CsvStream;
pub use link::{Link, LinkTicket, Relation};
pub use list::{Assignee, Direction, Sort, SortKey, TicketFilter};
pub use ports::{Attachments, Calendars, People};
pub use ticket::{
    BulkRow, BulkUpdate, Category, FullTicket, Kind, Markdown, Minutes, MoveTicket, OpenTicket, Priority,
    Tags, Ticket, TicketNumber, Title, UpdateTicket,
};

/// Tickets: opened, changed, moved over the board, watched, deleted. What else can be done with them stands in the
/// traits it extends.
#[async_trait]
pub trait Tickets:
    TicketComments + TicketAttachments + TicketLinks + TicketBoard + TicketReports + Send + Sync
{
    /// Opens a ticket at the end of a column.
    async fn open(&self, actor: &Actor, command: OpenTicket) -> Result<FullTicket, Error>;

    /// A ticket.
    async fn get(&self, actor: &Actor, id: TicketId) -> Result<FullTicket, Error>;

    /// Tickets without their descriptions.
    async fn list(
        &self,
        actor: &Actor,
        filter: &TicketFilter,
        sort: Sort,
        page: &PageRequest,
    ) -> Result<Page<Ticket>, Error>;

    /// Changes fields of a ticket; an update that changes nothing leaves its version alone.
    async fn update(
        &self,
        actor: &Actor,
        id: TicketId,
        expected: Version,
        command: UpdateTicket,
    ) -> Result<FullTicket, Error>;

    /// Changes fields of up to 100 tickets in one commit; a ticket that cannot be changed is left out and says why.
    async fn update_many(&self, actor: &Actor, command: BulkUpdate) -> Result<Vec<BulkRow>, Error>;

    /// Puts a ticket somewhere else on the board.
    async fn move_to(
        &self,
        actor: &Actor,
        id: TicketId,
        expected: Version,
        command: MoveTicket,
    ) -> Result<FullTicket, Error>;

    /// Deletes a ticket with all that hangs on it. Its number is never used again; the audit log keeps what it was.
    async fn delete(&self, actor: &Actor, id: TicketId, expected: Version) -> Result<(), Error>;

    /// Who watches a ticket.
    async fn watchers(&self, actor: &Actor, id: TicketId, page: &PageRequest) -> Result<Page<UserId>, Error>;

    /// Lets somebody watch: oneself, or with `tickets:assign` another, who sees the ticket from then on.
    async fn watch(&self, actor: &Actor, id: TicketId, user: UserId) -> Result<(), Error>;

    /// Ends that.
    async fn unwatch(&self, actor: &Actor, id: TicketId, user: UserId) -> Result<(), Error>;

    /// The history of a ticket.
    async fn history(
        &self,
        actor: &Actor,
        id: TicketId,
        direction: Direction,
        page: &PageRequest,
    ) -> Result<Page<Activity>, Error>;

    /// Gives a new organization its board, in the commit that founds it. Harmless when it has one.
    async fn prepare(&self, tx: &Tx, org: OrganizationId) -> Result<(), Error>;

    /// Erases the tickets of an organization, at most `limit` of them; says whether all are gone, and the board.
    async fn erase(&self, tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, Error>;
}

/// The service.
pub fn service(
    database: Database,
    people: Arc<dyn People>,
    calendars: Arc<dyn Calendars>,
    files: Arc<dyn Attachments>,
) -> Arc<dyn Tickets> {
    Arc::new(service::TicketService { database, people, calendars, files })
}
