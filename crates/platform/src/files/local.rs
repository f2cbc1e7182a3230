use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use async_trait::async_trait;
use futures_util::stream::BoxStream;
use kernel::Timestamp;
use object_store::local::LocalFileSystem;

use super::store::Objects;
use super::{ByteStream, FileFault, FileKey, FileStore, StoredFile};
use crate::private_file;

/// Keeps files in a folder. A file is written beside its place, brought to the disk, and renamed.
pub struct LocalFiles {
    folder: PathBuf,
    objects: Objects,
}

impl LocalFiles {
    /// Makes the folder; only its owner may look into it.
    pub fn open(folder: PathBuf) -> Result<Self, FileFault> {
        let misplaced = |error: &dyn std::fmt::Display| {
            FileFault::Misplaced(format!("the folder {}: {error}", folder.display()))
        };
        private_file::create_folder(&folder).map_err(|error| misplaced(&error))?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(|error| misplaced(&error))?;
        let objects = Objects::new(Arc::new(store.with_fsync(true)), object_store::path::Path::default());
        Ok(Self { folder, objects })
    }
}

#[async_trait]
impl FileStore for LocalFiles {
    async fn put(&self, key: &FileKey, content: ByteStream, limit: u64) -> Result<u64, FileFault> {
        self.objects.put(key, content, limit).await
    }

    async fn get(&self, key: &FileKey) -> Result<(u64, ByteStream), FileFault> {
        self.objects.get(key).await
    }

    async fn head(&self, key: &FileKey) -> Result<Option<u64>, FileFault> {
        self.objects.head(key).await
    }

    async fn delete(&self, key: &FileKey) -> Result<(), FileFault> {
        self.objects.delete(key).await
    }

    fn list(&self, prefix: &str) -> BoxStream<'static, Result<StoredFile, FileFault>> {
        self.objects.list(prefix)
    }

    async fn forget_torn(&self, before: Timestamp) -> Result<u64, FileFault> {
        let folder = self.folder.clone();
        on_disk(move || remove_torn(&folder, before.into())).await
    }

    async fn check(&self) -> Result<(), FileFault> {
        let probe = self.folder.join(format!(".check-{}", std::process::id()));
        on_disk(move || {
            private_file::create_file(&probe, b"")?;
            fs::remove_file(&probe)
        })
        .await
    }
}

/// A file on its way stands beside its place as `<name>#<number>`, which no key can be. Folders that became empty go
/// with what was in them.
fn remove_torn(folder: &Path, before: SystemTime) -> io::Result<u64> {
    let mut removed = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            removed += remove_torn(&path, before)?;
            continue;
        }
        let is_on_its_way = entry.file_name().to_string_lossy().contains('#');
        if is_on_its_way && entry.metadata()?.modified()? < before {
            fs::remove_file(&path)?;
            removed += 1;
        }
    }
    Ok(removed)
}

async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, FileFault> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|fault| FileFault::Unavailable(fault.into())),
        Err(stopped) => Err(FileFault::Unavailable(stopped.into())),
    }
}
