use std::time::Duration;

use async_trait::async_trait;
use kernel::{Actor, Eviction, OrganizationId, Scope, Stream, Version};

mod event;
mod remembered;
mod values;

pub use event::SettingsUpdated;
pub use values::{AccentColor, OrganizationSettings, UpdateSettings};

use crate::{Error, OrganizationService, store};

/// What an organization has set for all of its people and documents.
#[async_trait]
pub trait Settings: Send + Sync {
    /// The settings of the actor's organization.
    async fn get(&self, actor: &Actor) -> Result<OrganizationSettings, Error>;

    /// Changes them.
    async fn update(
        &self,
        actor: &Actor,
        update: UpdateSettings,
        expected: Version,
    ) -> Result<OrganizationSettings, Error>;

    /// The settings of any organization, for other domains; no permission is asked.
    async fn of(&self, org: OrganizationId) -> Result<OrganizationSettings, Error>;
}

/// Bounds how long a reader who was overtaken by a change can leave an old copy in the cache.
const REMEMBERED: Duration = Duration::from_secs(60);

#[async_trait]
impl Settings for OrganizationService {
    async fn get(&self, actor: &Actor) -> Result<OrganizationSettings, Error> {
        actor.require(Scope::SettingsRead)?;
        self.of(actor.org).await
    }

    async fn update(
        &self,
        actor: &Actor,
        update: UpdateSettings,
        expected: Version,
    ) -> Result<OrganizationSettings, Error> {
        actor.require(Scope::SettingsManage)?;
        let (org, now) = (actor.org, self.database.env().now());
        let change = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::settings::lock(tx, org).await?.ok_or(Error::NotFound)?;
                if before.version != expected {
                    return Err(Error::Stale { current: before.version });
                }
                let (after, changes) = before.updated(update, now)?;
                if changes.is_empty() {
                    return Ok(before);
                }
                store::settings::save(tx, org, &after).await?;
                tx.evict(Eviction::Key(key(org)));
                let version = after.version;
                tx.tell(Stream::Organization(org), SettingsUpdated { org, version, changes });
                Ok(after)
            })
        });
        change.await
    }

    async fn of(&self, org: OrganizationId) -> Result<OrganizationSettings, Error> {
        let key = key(org);
        if let Some(settings) = self.cache.get(&key).await.as_deref().and_then(remembered::read) {
            return Ok(settings);
        }
        let found = store::settings::find(self.database.reader(), org).await?;
        let settings = found.ok_or(Error::NotFound)?;
        if let Some(text) = remembered::write(&settings) {
            self.cache.put(&key, &text, REMEMBERED).await;
        }
        Ok(settings)
    }
}

/// Where the cache keeps them.
pub(crate) fn key(org: OrganizationId) -> String {
    format!("org:{org}:settings")
}
