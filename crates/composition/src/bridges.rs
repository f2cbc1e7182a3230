//! Ports of one domain, answered by another: one small type for each side that is asked.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use auth::{Enrolments, PreparedPassword};
use campaigns::Campaigns;
use chrono_tz::Tz;
use database::Tx;
use files::{Files, Owner, OwnerKind};
use invoices::Invoices;
use kernel::{Actor, EmailAddress, Env, FileId, OrganizationId, PortFault, Scope, Secret, TicketId, UserId};
use organizations::{Beginnings, Erased, Members, Settings};
use tickets::Tickets;
use tokio::sync::OnceCell;
use users::Users;

/// Made before the services it leads to: some domains ask each other in a circle.
pub(crate) type Later<T> = Arc<OnceCell<T>>;

/// Hands over a service that was awaited.
pub(crate) fn fulfil<T>(later: &Later<T>, service: T) {
    assert!(later.set(service).is_ok(), "a service is wired once");
}

pub(crate) fn ready<T>(later: &Later<T>) -> &T {
    later.get().expect("every service is wired before the first call")
}

/// `auth` asks `users`.
pub(crate) struct People {
    pub(crate) users: Arc<dyn Users>,
}

#[async_trait]
impl auth::Accounts for People {
    async fn create(&self, tx: &Tx, account: auth::NewAccount) -> Result<(), PortFault> {
        let auth::NewAccount { id, email, full_name, locale } = account;
        let new = users::NewUser { id, email, full_name, locale, time_zone: None };
        self.users.create(tx, new).await.map(drop).map_err(PortFault::new)
    }

    async fn change_email(&self, tx: &Tx, user: UserId, email: &EmailAddress) -> Result<(), PortFault> {
        self.users.change_email(tx, user, email.clone()).await.map(drop).map_err(PortFault::new)
    }
}

/// `auth` asks `organizations`, `tickets` and `invoices`: a new organization has its board and its tax rates from the
/// start.
pub(crate) struct Founding {
    pub(crate) env: Env,
    pub(crate) boards: Arc<Boards>,
}

#[async_trait]
impl auth::Founding for Founding {
    async fn found(&self, tx: &Tx, owner: UserId, name: &str) -> Result<OrganizationId, PortFault> {
        let org = organizations::found(&self.env, tx, owner, name).await.map_err(PortFault::new)?;
        self.boards.begin(tx, org).await?;
        Ok(org)
    }
}

/// `users` asks `organizations` and `auth`.
pub(crate) struct Belongings {
    pub(crate) members: Later<Arc<dyn Members>>,
    pub(crate) enrolments: Later<Arc<dyn Enrolments>>,
    pub(crate) notifications: Later<Arc<dyn notifications::Notifications>>,
    pub(crate) files: Later<Arc<dyn Files>>,
    pub(crate) campaigns: Later<Arc<dyn Campaigns>>,
}

#[async_trait]
impl users::Ownerships for Belongings {
    async fn solely_owned(&self, tx: &Tx, user: UserId) -> Result<Vec<OrganizationId>, PortFault> {
        ready(&self.members).solely_owned(tx, user).await.map_err(PortFault::new)
    }
}

#[async_trait]
impl users::Traces for Belongings {
    async fn erase(&self, tx: &Tx, user: UserId) -> Result<(), PortFault> {
        ready(&self.notifications).forget(tx, user).await.map_err(PortFault::new)?;
        ready(&self.files).forget(tx, user).await.map_err(PortFault::new)?;
        // It asks where he was a member.
        ready(&self.campaigns).forget(tx, user).await.map_err(PortFault::new)?;
        ready(&self.members).forget(tx, user).await.map_err(PortFault::new)?;
        ready(&self.enrolments).erase(tx, user).await.map_err(PortFault::new)
    }
}

/// `organizations` asks `auth` and `users`: who somebody new is, and who has a second factor.
pub(crate) struct Joining {
    pub(crate) enrolments: Arc<dyn Enrolments>,
    pub(crate) users: Arc<dyn Users>,
}

#[async_trait]
impl organizations::Accounts for Joining {
    async fn hash_password(
        &self,
        password: &Secret,
        email: &EmailAddress,
        organization: &str,
    ) -> Result<Secret, PortFault> {
        let prepared = self.enrolments.prepare("password", password.clone(), email, organization).await;
        prepared.map(|password| password.hash()).map_err(PortFault::new)
    }

    async fn create_account(&self, tx: &Tx, account: organizations::NewAccount) -> Result<(), PortFault> {
        let organizations::NewAccount { id, email, full_name, password_hash, locale } = account;
        let new = users::NewUser { id, email: email.clone(), full_name, locale, time_zone: None };
        self.users.create(tx, new).await.map_err(PortFault::new)?;
        let password = PreparedPassword::from_hash(&password_hash);
        self.enrolments.enrol(tx, id, &email, password).await.map_err(PortFault::new)
    }
}

#[async_trait]
impl organizations::SecondFactors for Joining {
    async fn enrolled(&self, users: &[UserId]) -> Result<HashSet<UserId>, PortFault> {
        self.enrolments.enrolled(users).await.map_err(PortFault::new)
    }
}

/// `organizations` asks `tickets` and `invoices`.
pub(crate) struct Boards {
    pub(crate) tickets: Later<Arc<dyn Tickets>>,
    pub(crate) invoices: Arc<dyn Invoices>,
}

#[async_trait]
impl organizations::Beginnings for Boards {
    async fn begin(&self, tx: &Tx, org: OrganizationId) -> Result<(), PortFault> {
        ready(&self.tickets).prepare(tx, org).await.map_err(PortFault::new)?;
        self.invoices.prepare(tx, org).await.map_err(PortFault::new)
    }
}

/// `organizations` asks everybody who keeps something of an organization.
pub(crate) struct Forgetting {
    pub(crate) tickets: Later<Arc<dyn Tickets>>,
    pub(crate) invoices: Arc<dyn Invoices>,
    pub(crate) campaigns: Arc<dyn Campaigns>,
    pub(crate) notifications: Later<Arc<dyn notifications::Notifications>>,
    pub(crate) files: Later<Arc<dyn Files>>,
    pub(crate) enrolments: Arc<dyn Enrolments>,
}

#[async_trait]
impl organizations::Erasers for Forgetting {
    async fn erase(&self, tx: &Tx, org: OrganizationId, limit: u64) -> Result<Erased, PortFault> {
        self.enrolments.erase_organization(tx, org).await.map_err(PortFault::new)?;
        let tickets = ready(&self.tickets).erase(tx, org, limit).await.map_err(PortFault::new)?;
        let invoices = self.invoices.erase(tx, org, limit).await.map_err(PortFault::new)?;
        let campaigns = self.campaigns.erase(tx, org, limit).await.map_err(PortFault::new)?;
        let feeds = ready(&self.notifications).erase(tx, org, limit).await.map_err(PortFault::new)?;
        // What hangs on tickets and invoices goes after them.
        let files =
            tickets && invoices && ready(&self.files).erase(tx, org, limit).await.map_err(PortFault::new)?;
        let kept = database::erase::organization(tx, org, limit);
        let log = files && campaigns && feeds && kept.await.map_err(PortFault::new)?;
        Ok(if log { Erased::All } else { Erased::Some })
    }
}

/// `tickets` asks `organizations`.
pub(crate) struct Staff {
    pub(crate) members: Arc<dyn Members>,
    pub(crate) settings: Arc<dyn Settings>,
}

#[async_trait]
impl tickets::People for Staff {
    async fn are_members(&self, org: OrganizationId, users: &[UserId]) -> Result<Vec<UserId>, PortFault> {
        let active = self.members.active_among(org, users).await.map_err(PortFault::new)?;
        Ok(users.iter().filter(|user| !active.contains(user)).copied().collect())
    }
}

#[async_trait]
impl tickets::Calendars for Staff {
    async fn time_zone(&self, org: OrganizationId) -> Result<Tz, PortFault> {
        Ok(self.settings.of(org).await.map_err(PortFault::new)?.time_zone)
    }
}

/// `tickets` asks `files`.
pub(crate) struct Hooks {
    pub(crate) files: Arc<dyn Files>,
}

#[async_trait]
impl tickets::Attachments for Hooks {
    async fn claim(&self, tx: &Tx, actor: &Actor, files: &[FileId], to: TicketId) -> Result<(), PortFault> {
        self.files.attach(tx, actor, files, Owner::ticket(to)).await.map_err(PortFault::new)
    }

    async fn release(&self, tx: &Tx, org: OrganizationId, files: &[FileId]) -> Result<(), PortFault> {
        self.files.release(tx, org, files).await.map_err(PortFault::new)
    }
}

/// `files` asks whoever a file belongs to.
pub(crate) struct FileOwners {
    pub(crate) tickets: Later<Arc<dyn Tickets>>,
}

#[async_trait]
impl files::Owners for FileOwners {
    async fn shows(&self, actor: &Actor, file: FileId, owner: Owner) -> Result<bool, PortFault> {
        match owner.kind {
            OwnerKind::Ticket => {
                ready(&self.tickets).shows_attachment(actor, file).await.map_err(PortFault::new)
            }
            OwnerKind::Invoice => Ok(actor.has(Scope::InvoicesRead)),
            OwnerKind::Avatar => Ok(true),
        }
    }

    /// An issued document is never deleted, and a person's picture by himself alone, another way.
    async fn let_go(&self, tx: &Tx, actor: &Actor, file: FileId, owner: Owner) -> Result<(), PortFault> {
        match owner.kind {
            OwnerKind::Ticket => ready(&self.tickets).let_go(tx, actor, file).await.map_err(PortFault::new),
            OwnerKind::Invoice | OwnerKind::Avatar => Err(PortFault::new(files::Error::AlreadyAttached)),
        }
    }
}
