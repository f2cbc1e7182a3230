//! What both adapters have in common: a store of objects, asked with patience that ends.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{MultipartUpload, ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload};
use tokio::time::timeout;

use super::{ByteStream, FileFault, FileKey, StoredFile};

/// What a single step may take: a piece written, a piece read, a question answered.
const STEP: Duration = Duration::from_secs(20);

/// The size of the pieces that are written: the least that S3 takes of a file in several pieces.
const PIECE: usize = 5 << 20;

/// A store below a prefix of its own.
#[derive(Clone)]
pub(super) struct Objects {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
}

impl Objects {
    pub(super) fn new(store: Arc<dyn ObjectStore>, prefix: Path) -> Self {
        Self { store, prefix }
    }

    fn path(&self, key: &str) -> Path {
        self.prefix.clone().join_all(key)
    }

    pub(super) async fn put(&self, key: &FileKey, content: ByteStream, limit: u64) -> Result<u64, FileFault> {
        let path = self.path(key.as_str());
        // Fused: its end is looked for once more than there are pieces.
        let mut pieces = Pieces { content: content.fuse().boxed(), limit, taken: 0 };
        let first = pieces.next().await?;
        if first.len() < PIECE {
            patient(self.store.put(&path, PutPayload::from_bytes(first))).await?;
            return Ok(pieces.taken);
        }
        let mut upload = patient(self.store.put_multipart(&path)).await?;
        match in_pieces(upload.as_mut(), &mut pieces, first).await {
            Ok(()) => Ok(pieces.taken),
            Err(fault) => {
                // What is left of it is found by the sweep, or by the rule of the bucket.
                if let Err(error) = patient(upload.abort()).await {
                    tracing::warn!(%error, "a file that was not put whole could not be taken back at once");
                }
                Err(fault)
            }
        }
    }

    pub(super) async fn get(&self, key: &FileKey) -> Result<(u64, ByteStream), FileFault> {
        let found = patient(self.store.get(&self.path(key.as_str()))).await?;
        let size = found.meta.size;
        Ok((size, patiently(found.into_stream()).map_err(io::Error::other).boxed()))
    }

    pub(super) async fn head(&self, key: &FileKey) -> Result<Option<u64>, FileFault> {
        match patient(self.store.head(&self.path(key.as_str()))).await {
            Ok(found) => Ok(Some(found.size)),
            Err(FileFault::Missing) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    pub(super) async fn delete(&self, key: &FileKey) -> Result<(), FileFault> {
        match patient(self.store.delete(&self.path(key.as_str()))).await {
            Err(FileFault::Missing) => Ok(()),
            other => other,
        }
    }

    pub(super) fn list(&self, prefix: &str) -> BoxStream<'static, Result<StoredFile, FileFault>> {
        let (home, below) = (self.prefix.clone(), self.path(prefix));
        let found = self.store.list(Some(&below).filter(|below| !below.as_ref().is_empty()));
        // What has a name that is none of ours is none of ours.
        patiently(found).try_filter_map(move |meta| std::future::ready(Ok(ours(&home, meta)))).boxed()
    }
}

fn ours(home: &Path, meta: ObjectMeta) -> Option<StoredFile> {
    let parts: Vec<_> = meta.location.prefix_match(home)?.map(|part| part.as_ref().to_owned()).collect();
    let key = FileKey::parse(parts.join("/")).ok()?;
    Some(StoredFile { key, size: meta.size, changed_at: meta.last_modified })
}

/// Joins a key, which may be empty, behind a prefix.
trait JoinAll {
    fn join_all(self, key: &str) -> Self;
}

impl JoinAll for Path {
    fn join_all(self, key: &str) -> Self {
        key.split('/').filter(|part| !part.is_empty()).fold(self, |path, part| path.join(part))
    }
}

async fn in_pieces(
    upload: &mut dyn MultipartUpload,
    pieces: &mut Pieces,
    first: Bytes,
) -> Result<(), FileFault> {
    let mut piece = first;
    while !piece.is_empty() {
        patient(upload.put_part(PutPayload::from_bytes(piece))).await?;
        piece = pieces.next().await?;
    }
    patient(upload.complete()).await?;
    Ok(())
}

/// Content as it comes, in pieces as they are written.
struct Pieces {
    content: ByteStream,
    limit: u64,
    taken: u64,
}

impl Pieces {
    /// The next one: a whole piece, or less at the end, or nothing after it.
    async fn next(&mut self) -> Result<Bytes, FileFault> {
        let mut piece = BytesMut::new();
        while piece.len() < PIECE {
            let Some(bytes) = self.content.next().await else { break };
            let bytes = bytes.map_err(FileFault::BrokenOff)?;
            self.taken += bytes.len() as u64;
            if self.taken > self.limit {
                return Err(FileFault::TooLarge { limit: self.limit });
            }
            piece.extend_from_slice(&bytes);
        }
        Ok(piece.freeze())
    }
}

/// Waits for an answer, but not for ever.
pub(super) async fn patient<T>(
    asking: impl Future<Output = Result<T, object_store::Error>>,
) -> Result<T, FileFault> {
    match timeout(STEP, asking).await {
        Ok(answer) => Ok(answer?),
        Err(late) => Err(FileFault::Unavailable(late.into())),
    }
}

/// The same for each item of a stream; after an error it ends.
fn patiently<T: Send + 'static>(
    stream: BoxStream<'static, Result<T, object_store::Error>>,
) -> BoxStream<'static, Result<T, FileFault>> {
    let next = async |mut stream: BoxStream<'static, Result<T, object_store::Error>>| {
        let item = match timeout(STEP, stream.next()).await {
            Ok(item) => item.transpose()?,
            Err(late) => return Err(FileFault::Unavailable(late.into())),
        };
        Ok(item.map(|item| (item, stream)))
    };
    futures_util::stream::try_unfold(stream, next).boxed()
}

impl From<object_store::Error> for FileFault {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            other => Self::Unavailable(other.into()),
        }
    }
}
