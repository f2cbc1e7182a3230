use async_trait::async_trait;
use chrono_tz::Tz;
use kernel::{OrganizationId, PortFault, UserId};

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
