use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use database::Tx;
use kernel::{EmailAddress, Locale, OrganizationId, PortFault, Secret, UserId};

/// Who keeps the accounts of people.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Judges and hashes the password of somebody new. Slow on purpose, so it comes before the transaction.
    async fn hash_password(
        &self,
        password: &Secret,
        email: &EmailAddress,
        organization: &str,
    ) -> Result<Secret, PortFault>;

    /// Makes a person whose address is verified, with his password's hash. A conflict says that somebody has the
    /// address already.
    async fn create_account(&self, tx: &Tx, account: NewAccount) -> Result<(), PortFault>;
}

/// Somebody who joins by an invitation and has no account yet.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub id: UserId,
    pub email: EmailAddress,
    pub full_name: String,
    pub password_hash: Secret,
    pub locale: Locale,
}

/// Who knows the second factors of people.
#[async_trait]
pub trait SecondFactors: Send + Sync {
    /// Those of them who have a confirmed second factor.
    async fn enrolled(&self, users: &[UserId]) -> Result<HashSet<UserId>, PortFault>;
}

/// The other domains, asked to forget an organization: tickets, notifications, sessions' memory of it, keys.
#[async_trait]
pub trait Erasers: Send + Sync {
    /// Deletes at most about `limit` rows of the organization; says whether none are left. In one transaction, in
    /// the order the foreign keys demand.
    async fn erase(&self, tx: &Tx, org: OrganizationId, limit: u64) -> Result<Erased, PortFault>;
}

/// How far an erasure went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erased {
    /// There may be more; come again.
    Some,
    All,
}

/// The other domains, told that an organization begins: its ticket board.
#[async_trait]
pub trait Beginnings: Send + Sync {
    /// Prepares what every organization has from the start, in the commit that founds it.
    async fn begin(&self, tx: &Tx, org: OrganizationId) -> Result<(), PortFault>;
}

/// Everything this crate asks of others.
#[derive(Clone)]
pub struct Ports {
    pub accounts: Arc<dyn Accounts>,
    pub second_factors: Arc<dyn SecondFactors>,
    pub beginnings: Arc<dyn Beginnings>,
    pub erasers: Arc<dyn Erasers>,
}
