use async_trait::async_trait;
use database::Tx;
use kernel::{OrganizationId, PortFault, UserId};

/// What the organizations know of a person.
#[async_trait]
pub trait Ownerships: Send + Sync {
    /// The organizations that would have no active owner without him. They are locked until the commit, so that
    /// no co-owner slips away meanwhile.
    async fn solely_owned(&self, tx: &Tx, user: UserId) -> Result<Vec<OrganizationId>, PortFault>;
}

/// What other domains keep of a person: memberships, credentials, sessions, preferences.
#[async_trait]
pub trait Traces: Send + Sync {
    /// Forgets it, in the same transaction.
    async fn erase(&self, tx: &Tx, user: UserId) -> Result<(), PortFault>;
}
