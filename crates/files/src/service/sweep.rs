//! What was left lying about.

use chrono::TimeDelta;
use database::Tx;
use futures_util::StreamExt;
use kernel::{Actor, Denied, FileId, OrganizationId, Timestamp, Who};
use platform::StoredFile;

use super::{FileService, delete_all};
use crate::{Error, Swept, file, store};

/// How long an upload may belong to nothing.
const FORSAKEN: TimeDelta = TimeDelta::hours(24);

/// How old bytes without a row must be: the row of what is being uploaded is still to come.
const ORPHANED: TimeDelta = TimeDelta::hours(1);

/// Files that are looked at together.
const HANDFUL: usize = 200;

/// Permits the platform alone: what jobs do.
pub(super) fn require_system(actor: &Actor) -> Result<(), Denied> {
    if actor.who == Who::System { Ok(()) } else { Err(Denied::Unauthenticated) }
}

impl FileService {
    pub(super) async fn sweep_all(&self) -> Result<Swept, Error> {
        let now = self.database.env().now();
        let forsaken = self.sweep_forsaken(now - FORSAKEN).await?;
        let orphans = self.sweep_orphans(now - ORPHANED).await?;
        let torn = self.store.forget_torn(now - ORPHANED).await?;
        Ok(Swept { forsaken, orphans, torn })
    }

    async fn sweep_forsaken(&self, before: Timestamp) -> Result<u64, Error> {
        let mut swept = 0;
        loop {
            let found = store::forsaken(self.database.reader(), before, HANDFUL as u64).await?;
            for (org, id) in &found {
                self.delete_forsaken(*org, *id, before).await?;
            }
            swept += found.len() as u64;
            if found.len() < HANDFUL {
                return Ok(swept);
            }
        }
    }

    /// Deletes one, unless it was attached in the meantime.
    async fn delete_forsaken(&self, org: OrganizationId, id: FileId, before: Timestamp) -> Result<(), Error> {
        let system = Actor::system(org);
        let deleting = self.database.commit(&system, move |tx: &Tx| {
            Box::pin(async move {
                let mut locked = store::lock(tx, org, &[id]).await?;
                locked.retain(|file| file.owner.is_none() && file.created_at < before);
                delete_all(tx, org, locked).await
            })
        });
        deleting.await
    }

    async fn sweep_orphans(&self, before: Timestamp) -> Result<u64, Error> {
        let mut handfuls = self.store.list("").ready_chunks(HANDFUL);
        let mut swept = 0;
        while let Some(handful) = handfuls.next().await {
            let handful: Result<Vec<_>, _> = handful.into_iter().collect();
            let old = handful?.into_iter().filter(|stored| stored.changed_at < before);
            swept += self.delete_orphans(old.collect()).await?;
        }
        Ok(swept)
    }

    /// Deletes those that no row points to. What has a key of another form is not ours.
    async fn delete_orphans(&self, stored: Vec<StoredFile>) -> Result<u64, Error> {
        let ids: Vec<_> = stored.iter().filter_map(|one| file::of_key(&one.key)).collect();
        let known = store::known(self.database.reader(), &ids).await?;
        let mut deleted = 0;
        for one in stored {
            if file::of_key(&one.key).is_some_and(|ids| !known.contains(&ids)) {
                self.store.delete(&one.key).await?;
                deleted += 1;
            }
        }
        Ok(deleted)
    }
}
