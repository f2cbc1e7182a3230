use std::error::Error;
use std::fmt;
use std::io;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use kernel::Timestamp;

mod local;
mod s3;
mod store;

pub use local::LocalFiles;
pub use s3::{S3Files, S3Place};

/// Pieces of a file, in order.
pub type ByteStream = BoxStream<'static, io::Result<Bytes>>;

/// Keeps the bytes of files under keys. It knows neither names nor types nor owners: those are rows of the database.
#[async_trait]
pub trait FileStore: Send + Sync {
    /// Keeps what comes, at most `limit` bytes, and says how much that was. What is put again is replaced. Others see
    /// the whole or nothing of it, and once this returns it is on the disk.
    async fn put(&self, key: &FileKey, content: ByteStream, limit: u64) -> Result<u64, FileFault>;

    /// The size of a file, and its pieces.
    async fn get(&self, key: &FileKey) -> Result<(u64, ByteStream), FileFault>;

    /// The size of a file without reading it; nothing if it is not there.
    async fn head(&self, key: &FileKey) -> Result<Option<u64>, FileFault>;

    /// Forgets a file. Harmless when it is not there.
    async fn delete(&self, key: &FileKey) -> Result<(), FileFault>;

    /// Every file whose key begins with these whole segments, in no order; all of them for the empty text.
    fn list(&self, prefix: &str) -> BoxStream<'static, Result<StoredFile, FileFault>>;

    /// Removes what puts left behind that were cut off before this time, and says how many of them there were.
    async fn forget_torn(&self, before: Timestamp) -> Result<u64, FileFault>;

    /// Whether a file could be kept now, for the doctor.
    async fn check(&self) -> Result<(), FileFault>;
}

/// Where a file is kept: segments parted by `/`, of small letters, digits, `-`, `_` and `.`, none of which begins with
/// a dot. So a key never leads out of its folder, and means the same to every store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileKey(String);

/// A file in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    pub key: FileKey,
    pub size: u64,
    pub changed_at: Timestamp,
}

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    #[error("a key has segments of small letters, digits, `-`, `_` and `.`, parted by `/`")]
    BadKey,
    #[error("no file is kept under this key")]
    Missing,
    /// Nothing of it was kept.
    #[error("the file has more than {limit} bytes")]
    TooLarge { limit: u64 },
    /// Whoever sent the file broke off. Nothing of it was kept.
    #[error("the content of the file broke off")]
    BrokenOff(#[source] io::Error),
    /// The configuration cannot be right.
    #[error("the place for files cannot be used: {0}")]
    Misplaced(String),
    /// Later it may work.
    #[error("the place for files does not answer as it should")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
}

impl FileKey {
    /// Judges a key.
    pub fn parse(text: impl Into<String>) -> Result<Self, FileFault> {
        let text = text.into();
        let is_good = |segment: &str| {
            !segment.is_empty()
                && !segment.starts_with('.')
                && segment.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
        };
        if text.split('/').all(is_good) { Ok(Self(text)) } else { Err(FileFault::BadKey) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_never_leads_out_of_its_folder() {
        for good in ["a", "0190/x-1/original", "a.b/c_d"] {
            assert_eq!(FileKey::parse(good).expect(good).as_str(), good);
        }
        let evil =
            ["", "/", "/a", "a/", "a//b", "..", "../a", "a/../b", "a/.b", "A", "a b", "a\\b", "a#1", "a%2f"];
        for evil in evil {
            assert!(matches!(FileKey::parse(evil), Err(FileFault::BadKey)), "{evil}");
        }
    }
}
