use async_trait::async_trait;
use database::Tx;
use kernel::{EmailAddress, Locale, OrganizationId, PortFault, UserId};

/// Who keeps the people.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Makes a person whose address is verified. A conflict says that somebody has the address already.
    async fn create(&self, tx: &Tx, account: NewAccount) -> Result<(), PortFault>;

    /// Gives a person another verified address. A conflict says that somebody has it already.
    async fn change_email(&self, tx: &Tx, user: UserId, email: &EmailAddress) -> Result<(), PortFault>;
}

/// A person about to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub id: UserId,
    pub email: EmailAddress,
    pub full_name: String,
    pub locale: Locale,
}

/// Who keeps the organizations.
#[async_trait]
pub trait Founding: Send + Sync {
    /// Makes an organization with this owner.
    async fn found(&self, tx: &Tx, owner: UserId, name: &str) -> Result<OrganizationId, PortFault>;
}
