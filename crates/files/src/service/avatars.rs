//! Pictures of people. They are the platform's files, as people are global.

use std::collections::HashMap;

use database::{StoreError, Tx};
use kernel::{Actor, OrganizationId, Stream, UserId};

use super::intake::Coming;
use super::{FileService, delete_all};
use crate::kind::{self, Treatment};
use crate::{Error, File, FileEvent, Link, Owner, OwnerKind, Rendition, Upload, link, picture, store};

const ORG: OrganizationId = OrganizationId::PLATFORM;

impl FileService {
    pub(super) async fn put_avatar(&self, actor: &Actor, upload: Upload) -> Result<(), Error> {
        let user = actor.require_person()?;
        actor.require_mfa()?;
        let mut coming = Coming::begin(upload).await?;
        let kind = kind::judge(&coming.head, &coming.name, coming.declared.as_deref())?;
        let Treatment::Picture(format) = kind.treatment else { return Err(Error::TypeRefused) };
        let _permit = self.hold()?;
        let bytes = coming.whole(self.allowance.file).await?;
        let draft = self.draft(ORG, Some(user), &coming.name, kind.media_type);
        let file = self.keep_picture(draft, bytes, format, picture::avatar).await?;
        let file = File { owner: Some(Owner::avatar(user)), attached_at: Some(file.created_at), ..file };
        let kept = self.commit_avatar(actor, user, Some(file.clone())).await;
        self.clean_up(&file, kept).await
    }

    pub(super) async fn take_avatar_away(&self, actor: &Actor) -> Result<(), Error> {
        let user = actor.require_person()?;
        actor.require_mfa()?;
        self.commit_avatar(actor, user, None).await
    }

    /// Replaces one picture by another, or by none. Of two at once one is told to try again.
    async fn commit_avatar(&self, actor: &Actor, user: UserId, new: Option<File>) -> Result<(), Error> {
        let allowed = self.allowed(ORG);
        let changing = self.database.commit(actor, move |tx: &Tx| {
            Box::pin(async move {
                let before = store::of_owners(tx.connection(), ORG, OwnerKind::Avatar, [user.uuid()]).await?;
                delete_all(tx, ORG, before).await?;
                if let Some(file) = &new {
                    store::insert(tx, file).await.map_err(judged)?;
                    store::count(tx, ORG, store::signed(file.stored), allowed).await?;
                }
                tx.tell(Stream::User(user), FileEvent::AvatarChanged { user });
                Ok::<_, Error>(())
            })
        });
        changing.await
    }

    pub(super) async fn avatar_links(&self, users: &[UserId]) -> Result<HashMap<UserId, Link>, Error> {
        let ids = users.iter().map(|user| user.uuid());
        let shown = store::of_owners(self.database.reader(), ORG, OwnerKind::Avatar, ids).await?;
        let now = self.database.env().now();
        let links = shown.into_iter().filter_map(|file| {
            let link = link::make(&self.keyring, ORG, file.id, Rendition::Shown, now);
            Some((UserId::from_uuid(file.owner?.id), link))
        });
        Ok(links.collect())
    }
}

fn judged(error: StoreError) -> Error {
    if error.violates("uq_files_owner_id") { Error::Busy } else { error.into() }
}
