use async_trait::async_trait;
use kernel::{OrganizationId, PortFault, UserId};

/// What others know of people.
#[async_trait]
pub trait People: Send + Sync {
    /// Whether somebody is an active member of the organization.
    async fn is_member(&self, org: OrganizationId, user: UserId) -> Result<bool, PortFault>;
}
