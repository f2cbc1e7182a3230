//! The use cases, each: permit, load, decide, commit, return.

mod answers;
mod api_keys;
mod callers;
mod emails;
mod enrolments;
mod links;
mod mailings;
mod opening;
mod operating;
mod passwords;
mod proving;
mod refreshing;
mod second_factor;
mod sessions;
mod sign_in;
mod sign_up;
mod throttling;

use std::sync::Arc;

use database::{Database, StoreError, Tx};
use kernel::{Actor, Env, Event, Eviction, OrganizationId, Stream, Timestamp, UserId};
use platform::Keyring;

use crate::access::KeyRing;
use crate::event::{AuthEvent, SecurityChanged};
use crate::marks::Marks;
use crate::password::Hasher;
use crate::ports::{Accounts, Founding};
use crate::rights::RightsCache;
use crate::store;
use crate::{Error, Settings};

/// Accounts and sign-in. Cheap to clone: commits take a clone along.
#[derive(Clone)]
pub(crate) struct AuthService {
    database: Database,
    keys: Keyring,
    accounts: Arc<dyn Accounts>,
    founding: Arc<dyn Founding>,
    hasher: Hasher,
    ring: Arc<KeyRing>,
    rights: Arc<RightsCache>,
    marks: Arc<Marks>,
    settings: Settings,
}

impl AuthService {
    pub(crate) fn new(
        database: Database,
        keys: Keyring,
        accounts: Arc<dyn Accounts>,
        founding: Arc<dyn Founding>,
        settings: Settings,
    ) -> Result<Self, Error> {
        let hasher = Hasher::new(settings.password_cost, database.env().clone())?;
        let ring = KeyRing::new(database.clone(), keys.clone(), settings.issuer.clone());
        let rights = RightsCache::new(database.env().clone());
        Ok(Self {
            database,
            keys,
            accounts,
            founding,
            hasher,
            ring: Arc::new(ring),
            rights: Arc::new(rights),
            marks: Arc::default(),
            settings,
        })
    }

    fn env(&self) -> &Env {
        self.database.env()
    }

    fn now(&self) -> Timestamp {
        self.env().now()
    }

    /// One write transaction, with this service at hand.
    async fn commit<T, F>(&self, actor: &Actor, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(Self, &'t Tx) -> futures_util::future::BoxFuture<'t, Result<T, Error>>
            + Send
            + 'static,
    {
        let own = self.clone();
        self.database.commit(actor, move |tx| work(own, tx)).await
    }
}

/// Tells what happened to a person's account: to himself, and for their audit logs to his organizations. What was
/// kept of his rights is outdated.
async fn tell(tx: &Tx, user: UserId, event: AuthEvent) -> Result<(), StoreError> {
    for org in store::people::active_organizations(tx.connection(), user).await? {
        tx.tell(Stream::Organization(org), SecurityChanged { user, change: event.kind() });
    }
    tx.tell(Stream::User(user), event);
    tx.evict(Eviction::User(user));
    Ok(())
}

/// What happens before there is an account happens to the platform.
fn tell_platform(tx: &Tx, event: AuthEvent) {
    tx.tell(Stream::Organization(OrganizationId::PLATFORM), event);
}
