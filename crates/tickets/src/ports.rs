use async_trait::async_trait;
use chrono_tz::Tz;
use database::Tx;
use kernel::{Actor, FileId, OrganizationId, PortFault, TicketId, UserId};

/// The people of an organization.
#[async_trait]
pub trait People: Send + Sync {
    /// Those of the users who are no active members.
    async fn are_members(&self, org: OrganizationId, users: &[UserId]) -> Result<Vec<UserId>, PortFault>;
}

/// When a day begins and ends.
#[async_trait]
pub trait Calendars: Send + Sync {
    /// The time zone of an organization.
    async fn time_zone(&self, org: OrganizationId) -> Result<Tz, PortFault>;
}

/// Files that people uploaded.
#[async_trait]
pub trait Attachments: Send + Sync {
    /// Gives files to a ticket that the actor uploaded and that belong to nothing yet, in this commit; refuses others.
    async fn claim(&self, tx: &Tx, actor: &Actor, files: &[FileId], to: TicketId) -> Result<(), PortFault>;

    /// Deletes files that their ticket let go of, in this commit.
    async fn release(&self, tx: &Tx, org: OrganizationId, files: &[FileId]) -> Result<(), PortFault>;
}
