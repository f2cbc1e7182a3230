//! How a file comes in: judged by its beginning, looked at as a whole where that is needed, then kept.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use database::Tx;
use futures_util::{StreamExt, stream};
use image::ImageFormat;
use kernel::{Actor, Denied, FieldFault, Fields, FileId, OrganizationId, Stream, UserId};
use platform::ByteStream;
use sha2::{Digest, Sha256};
use tokio::sync::SemaphorePermit;

use super::FileService;
use crate::kind::{self, HEAD, Kind, Treatment};
use crate::picture::{self, Picture};
use crate::store::signed;
use crate::{Error, File, FileEvent, Rendition, Upload, archive, file, name, store};

/// How a picture is drawn anew.
pub(super) type Draw = fn(&[u8], ImageFormat) -> Result<Picture, Error>;

impl FileService {
    /// Brings a file to the store; no row points to it yet.
    pub(super) async fn take(
        &self,
        org: OrganizationId,
        uploaded_by: Option<UserId>,
        upload: Upload,
    ) -> Result<File, Error> {
        self.has_room(org).await?;
        let mut coming = Coming::begin(upload).await?;
        let kind = kind::judge(&coming.head, &coming.name, coming.declared.as_deref())?;
        let draft = self.draft(org, uploaded_by, &coming.name, kind.media_type);
        match kind.treatment {
            Treatment::Picture(format) => {
                let _permit = self.hold()?;
                let bytes = coming.whole(self.allowance.file).await?;
                self.keep_picture(draft, bytes, format, picture::redraw).await
            }
            Treatment::Archive => {
                let _permit = self.hold()?;
                let bytes = coming.whole(self.allowance.file).await?;
                let (held, is_document) = (bytes.clone(), kind.media_type != "application/zip");
                blocking(move || archive::judge(&held, is_document)).await?;
                self.keep_bytes(draft, one(bytes), kind).await
            }
            Treatment::Text | Treatment::Plain => self.keep_bytes(draft, coming.stream(), kind).await,
        }
    }

    /// Draws a picture anew and keeps it.
    pub(super) async fn keep_picture(
        &self,
        draft: File,
        bytes: Bytes,
        format: ImageFormat,
        draw: Draw,
    ) -> Result<File, Error> {
        let _permit = self.drawing.acquire().await.map_err(|_| Error::Busy)?;
        let picture = blocking(move || draw(&bytes, format)).await?;
        let (media_type, ending) = Kind::of_picture(picture.format).ok_or(Error::TypeRefused)?;
        let name = if picture.format == format { draft.name } else { name::with_ending(&draft.name, ending) };
        let size = picture.bytes.len() as u64;
        let small = picture.thumbnail.map(Bytes::from);
        let kept = File {
            name,
            media_type: media_type.to_owned(),
            size,
            stored: size + small.as_ref().map_or(0, |small| small.len() as u64),
            sha256: Sha256::digest(&picture.bytes).into(),
            pixels: Some(picture.pixels),
            has_thumbnail: small.is_some(),
            ..draft
        };
        // Drawn anew it may take more than it did: that is ours, and bounded by its pixels.
        self.put(&kept, Rendition::Original, one(picture.bytes.into())).await?;
        if let Some(small) = small {
            self.put(&kept, Rendition::Thumbnail, one(small)).await?;
        }
        Ok(kept)
    }

    async fn put(&self, file: &File, rendition: Rendition, content: ByteStream) -> Result<(), Error> {
        self.store.put(&file::key(file.org, file.id, rendition)?, content, u64::MAX).await?;
        Ok(())
    }

    /// Keeps bytes as they come.
    async fn keep_bytes(&self, draft: File, content: ByteStream, kind: Kind) -> Result<File, Error> {
        let witness = Arc::new(Mutex::new(Witness { hash: Sha256::new(), is_broken: false }));
        let (seen, must_be_text) = (witness.clone(), kind.treatment == Treatment::Text);
        let watched = content.map(move |piece| {
            let piece = piece?;
            let mut witness = seen.lock().unwrap_or_else(PoisonError::into_inner);
            witness.hash.update(&piece);
            if must_be_text && !kind::is_text(&piece) {
                witness.is_broken = true;
                return Err(io::Error::other("a text with bytes that are none"));
            }
            Ok(piece)
        });
        let key = file::key(draft.org, draft.id, Rendition::Original)?;
        let put = self.store.put(&key, watched.boxed(), self.allowance.file).await;
        let witness = witness.lock().unwrap_or_else(PoisonError::into_inner);
        if witness.is_broken {
            return Err(Error::TypeRefused);
        }
        let size = put?;
        Ok(File { size, stored: size, sha256: witness.hash.clone().finalize().into(), ..draft })
    }

    /// Refuses early what could not be kept; the commit is what counts.
    async fn has_room(&self, org: OrganizationId) -> Result<(), Error> {
        let kept = store::usage(self.database.reader(), org, 0).await?.bytes;
        if signed(kept) < self.allowed(org) { Ok(()) } else { Err(Error::StorageFull) }
    }

    pub(super) fn hold(&self) -> Result<SemaphorePermit<'_>, Error> {
        self.holding.try_acquire().map_err(|_| Error::Busy)
    }

    pub(super) fn draft(
        &self,
        org: OrganizationId,
        uploaded_by: Option<UserId>,
        name: &str,
        media_type: &str,
    ) -> File {
        let env = self.database.env();
        File {
            id: env.id(),
            org,
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            size: 0,
            stored: 0,
            sha256: [0; 32],
            pixels: None,
            has_thumbnail: false,
            uploaded_by,
            owner: None,
            created_at: env.now(),
            attached_at: None,
        }
    }

    /// The commit of an upload.
    pub(super) async fn commit_upload(&self, actor: &Actor, file: File) -> Result<File, Error> {
        if file.uploaded_by.is_none() {
            return Err(Denied::Unauthenticated.into());
        }
        let allowed = self.allowed(file.org);
        let keeping = self.database.commit(actor, move |tx: &Tx| {
            Box::pin(async move {
                store::insert(tx, &file).await?;
                store::count(tx, file.org, signed(file.stored), allowed).await?;
                let told = FileEvent::Uploaded { file: Box::new(file.clone()) };
                tx.tell(Stream::Organization(file.org), told);
                Ok::<_, Error>(file)
            })
        });
        keeping.await
    }

    /// Removes the bytes of a file that was surely not written down. Where the database does not say whether it was,
    /// they stay, and the sweep looks again.
    pub(super) async fn clean_up<T>(&self, file: &File, kept: Result<T, Error>) -> Result<T, Error> {
        let is_surely_not = matches!(&kept, Err(error) if !matches!(error, Error::Store(_)));
        if is_surely_not && let Err(error) = self.discard(file.org, file.id).await {
            tracing::warn!(%error, "the bytes of a refused file stay until the sweep");
        }
        kept
    }

    /// Removes all bytes of a file.
    pub(super) async fn discard(&self, org: OrganizationId, id: FileId) -> Result<(), Error> {
        for rendition in [Rendition::Original, Rendition::Thumbnail] {
            self.store.delete(&file::key(org, id, rendition)?).await?;
        }
        Ok(())
    }
}

/// An upload whose beginning has come.
pub(super) struct Coming {
    pub(super) name: String,
    pub(super) declared: Option<String>,
    pub(super) head: Bytes,
    rest: ByteStream,
}

impl Coming {
    /// Reads as much as tells the kind.
    pub(super) async fn begin(upload: Upload) -> Result<Self, Error> {
        let mut fields = Fields::new();
        let name = fields.check(name::parse("file", &upload.name));
        // Fused: its end is looked for more than once.
        let (mut head, mut rest) = (BytesMut::new(), upload.content.fuse().boxed());
        while head.len() < HEAD {
            let Some(piece) = rest.next().await else { break };
            head.extend_from_slice(&piece.map_err(Error::BrokenOff)?);
        }
        if head.is_empty() {
            fields.push(FieldFault::new("file", "required", "must not be empty"));
        }
        match name {
            Some(name) if fields.is_empty() => {
                Ok(Self { name, declared: upload.declared, head: head.freeze(), rest })
            }
            _ => Err(fields.into()),
        }
    }

    /// All of it, at most `limit` bytes.
    pub(super) async fn whole(&mut self, limit: u64) -> Result<Bytes, Error> {
        let mut whole = BytesMut::from(&self.head[..]);
        loop {
            if whole.len() as u64 > limit {
                return Err(Error::TooLarge { limit });
            }
            let Some(piece) = self.rest.next().await else { return Ok(whole.freeze()) };
            whole.extend_from_slice(&piece.map_err(Error::BrokenOff)?);
        }
    }

    fn stream(self) -> ByteStream {
        stream::iter([Ok(self.head)]).chain(self.rest).boxed()
    }
}

/// What was seen of bytes that passed by.
struct Witness {
    hash: Sha256,
    is_broken: bool,
}

fn one(bytes: Bytes) -> ByteStream {
    stream::iter([Ok(bytes)]).boxed()
}

/// Work that takes a processor for a while. A panic of a decoder is a fault of the file.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|stopped| {
        tracing::error!(error = %stopped, "a file could not be looked at");
        Err(Error::TypeRefused)
    })
}
