use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use database::{Database, Tx};
use kernel::{Actor, FieldFault, FileId, OrganizationId, Page, PageRequest, Scope, Stream, UserId, Who};
use platform::{FileStore, Keyring};
use tokio::sync::Semaphore;

use crate::store::signed;
use crate::{
    Allowance, Download, Error, File, FileEvent, Files, Link, Owner, OwnerKind, Owners, Prepared, Rendition,
    Swept, Upload, Usage, file, link, store,
};

mod avatars;
mod intake;
mod sweep;

pub(crate) struct FileService {
    database: Database,
    store: Arc<dyn FileStore>,
    keyring: Keyring,
    owners: Arc<dyn Owners>,
    allowance: Allowance,
    /// Files that are held in memory at a time, to be looked at as a whole.
    holding: Semaphore,
    /// Pictures that are drawn at a time; each takes four bytes for every pixel.
    drawing: Semaphore,
}

impl FileService {
    pub(crate) fn new(
        database: Database,
        store: Arc<dyn FileStore>,
        keyring: Keyring,
        owners: Arc<dyn Owners>,
        allowance: Allowance,
    ) -> Self {
        let (holding, drawing) = (Semaphore::new(32), Semaphore::new(2));
        Self { database, store, keyring, owners, allowance, holding, drawing }
    }

    /// The file, if the actor sees it.
    async fn seen(&self, actor: &Actor, id: FileId) -> Result<File, Error> {
        let file = store::find(self.database.reader(), actor.org, id).await?.ok_or(Error::NotFound)?;
        let is_shown = match file.owner {
            _ if actor.who == Who::System => true,
            None => file.uploaded_by.is_some() && file.uploaded_by == actor.user_id(),
            Some(owner) => self.owners.shows(actor, id, owner).await?,
        };
        if is_shown { Ok(file) } else { Err(Error::NotFound) }
    }

    /// What an organization may keep. Pictures of people are the platform's, and bounded by their number.
    fn allowed(&self, org: OrganizationId) -> i64 {
        if org == OrganizationId::PLATFORM { i64::MAX } else { signed(self.allowance.organization) }
    }

    /// Writes a new file down, within what may be kept.
    async fn record(&self, tx: &Tx, file: &File) -> Result<(), Error> {
        store::insert(tx, file).await?;
        store::count(tx, file.org, signed(file.stored), self.allowed(file.org)).await
    }
}

/// Deletes rows that are locked, gives back what they took, and tells it: the bytes go by a job.
async fn delete_all(tx: &Tx, org: OrganizationId, files: Vec<File>) -> Result<(), Error> {
    if files.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = files.iter().map(|file| file.id).collect();
    let bytes = files.iter().map(|file| signed(file.stored)).sum();
    store::delete(tx, org, &ids).await?;
    store::uncount(tx, org, i64::try_from(files.len()).unwrap_or(i64::MAX), bytes).await?;
    for file in files {
        tx.tell(Stream::Organization(org), FileEvent::Deleted { file: Box::new(file) });
    }
    Ok(())
}

#[async_trait]
impl Files for FileService {
    async fn upload(&self, actor: &Actor, upload: Upload) -> Result<File, Error> {
        actor.require(Scope::FilesWrite)?;
        let file = self.take(actor.org, actor.user_id(), upload).await?;
        let kept = self.commit_upload(actor, file.clone()).await;
        self.clean_up(&file, kept).await
    }

    async fn get(&self, actor: &Actor, id: FileId) -> Result<File, Error> {
        actor.require(Scope::FilesRead)?;
        self.seen(actor, id).await
    }

    async fn list(&self, actor: &Actor, page: &PageRequest) -> Result<Page<File>, Error> {
        actor.require(Scope::FilesRead)?;
        let user = actor.user_id().ok_or(kernel::Denied::Unauthenticated)?;
        Ok(store::page(self.database.reader(), actor.org, user, page).await?)
    }

    async fn usage(&self, actor: &Actor) -> Result<Usage, Error> {
        actor.require(Scope::FilesRead)?;
        Ok(store::usage(self.database.reader(), actor.org, self.allowance.organization).await?)
    }

    async fn link(&self, actor: &Actor, id: FileId, rendition: Rendition) -> Result<Link, Error> {
        actor.require(Scope::FilesRead)?;
        let file = self.seen(actor, id).await?;
        if rendition == Rendition::Thumbnail && !file.has_thumbnail {
            return Err(Error::NotFound);
        }
        Ok(link::make(&self.keyring, file.org, id, rendition, self.database.env().now()))
    }

    async fn download(&self, link: &str) -> Result<Download, Error> {
        let opened = link::open(&self.keyring, link, self.database.env().now())?;
        let found = store::find(self.database.reader(), opened.org, opened.file).await?;
        let file = found.ok_or(Error::NotFound)?;
        let (size, content) = self.store.get(&file::key(file.org, file.id, opened.rendition)?).await?;
        let is_small = opened.rendition == Rendition::Thumbnail;
        Ok(Download {
            inline: opened.rendition != Rendition::Original && file.can_be_shown(),
            media_type: if is_small { "image/jpeg".to_owned() } else { file.media_type },
            name: file.name,
            size,
            content,
            seconds_left: opened.seconds_left,
        })
    }

    async fn delete(&self, actor: &Actor, id: FileId) -> Result<(), Error> {
        actor.require(Scope::FilesWrite)?;
        let file = self.seen(actor, id).await?;
        let (owners, by, org) = (self.owners.clone(), actor.clone(), actor.org);
        let deleting = self.database.commit(actor, move |tx: &Tx| {
            Box::pin(async move {
                if let Some(owner) = file.owner {
                    owners.let_go(tx, &by, id, owner).await?;
                }
                let mut locked = store::lock(tx, org, &[id]).await?;
                // Somebody may have attached it since it was looked at.
                locked.retain(|now| now.owner == file.owner);
                if locked.is_empty() {
                    return Err(Error::NotFound);
                }
                delete_all(tx, org, locked).await
            })
        });
        deleting.await
    }

    async fn attach(&self, tx: &Tx, actor: &Actor, files: &[FileId], to: Owner) -> Result<(), Error> {
        actor.require(Scope::FilesWrite)?;
        let mut ids = files.to_vec();
        ids.sort();
        ids.dedup();
        let now = self.database.env().now();
        let given = store::attach(tx, actor.org, actor.user_id(), &ids, to, now).await?;
        if given == ids.len() as u64 {
            return Ok(());
        }
        let detail = "must be files that you uploaded and that belong to nothing yet";
        Err(Error::Invalid(vec![FieldFault::new("fileIds", "unknown_file", detail)]))
    }

    async fn release(&self, tx: &Tx, org: OrganizationId, files: &[FileId]) -> Result<(), Error> {
        let locked = store::lock(tx, org, files).await?;
        delete_all(tx, org, locked).await
    }

    async fn prepare(&self, org: OrganizationId, upload: Upload) -> Result<Prepared, Error> {
        Ok(Prepared(self.take(org, None, upload).await?))
    }

    async fn keep(&self, tx: &Tx, prepared: Prepared, owner: Owner) -> Result<File, Error> {
        let now = self.database.env().now();
        let file = File { owner: Some(owner), attached_at: Some(now), ..prepared.0 };
        self.record(tx, &file).await?;
        Ok(file)
    }

    async fn content(&self, org: OrganizationId, id: FileId) -> Result<Download, Error> {
        let file = store::find(self.database.reader(), org, id).await?.ok_or(Error::NotFound)?;
        let (size, content) = self.store.get(&file::key(org, id, Rendition::Original)?).await?;
        let inline = file.can_be_shown();
        Ok(Download { name: file.name, media_type: file.media_type, size, content, inline, seconds_left: 0 })
    }

    async fn set_avatar(&self, actor: &Actor, upload: Upload) -> Result<(), Error> {
        self.put_avatar(actor, upload).await
    }

    async fn clear_avatar(&self, actor: &Actor) -> Result<(), Error> {
        self.take_avatar_away(actor).await
    }

    async fn avatars(&self, actor: &Actor, users: &[UserId]) -> Result<HashMap<UserId, Link>, Error> {
        actor.require_mfa()?;
        self.avatar_links(users).await
    }

    async fn remove_bytes(&self, actor: &Actor, id: FileId) -> Result<(), Error> {
        sweep::require_system(actor)?;
        if store::find(self.database.reader(), actor.org, id).await?.is_some() {
            return Ok(());
        }
        self.discard(actor.org, id).await
    }

    async fn sweep(&self, actor: &Actor) -> Result<Swept, Error> {
        sweep::require_system(actor)?;
        self.sweep_all().await
    }

    async fn forget(&self, tx: &Tx, user: UserId) -> Result<(), Error> {
        let org = OrganizationId::PLATFORM;
        let shown = store::of_owners(tx.connection(), org, OwnerKind::Avatar, [user.uuid()]).await?;
        delete_all(tx, org, shown).await
    }

    async fn erase(&self, tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, Error> {
        let files = store::some(tx, org, limit).await?;
        let ids: Vec<_> = files.iter().map(|file| file.id).collect();
        store::delete(tx, org, &ids).await?;
        if files.len() as u64 >= limit {
            return Ok(false);
        }
        store::forget_usage(tx, org).await?;
        Ok(true)
    }
}
