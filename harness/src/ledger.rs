use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Doing, Outcome};

/// What a server has promised to keep, on a disk of our own: written through before the next step, so that it
/// survives whatever happens to anybody.
#[derive(Clone, Debug)]
pub struct Ledger {
    path: PathBuf,
    file: Arc<Mutex<File>>,
}

/// A promise: the request of this key made this thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acked {
    pub key: Uuid,
    pub id: Uuid,
    pub title: String,
}

impl Ledger {
    /// An empty one.
    pub fn create(path: &Path) -> Outcome<Self> {
        let file = File::create_new(path).doing(format!("making {}", path.display()))?;
        Ok(Self { path: path.to_owned(), file: Arc::new(Mutex::new(file)) })
    }

    /// Writes a promise down, and through to the disk.
    pub async fn append(&self, acked: &Acked) -> Outcome {
        let mut line = serde_json::to_vec(acked)?;
        line.push(b'\n');
        let file = Arc::clone(&self.file);
        let writing = tokio::task::spawn_blocking(move || {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.write_all(&line).and_then(|()| file.sync_data())
        });
        writing.await?.doing("writing the ledger")
    }

    /// All promises, read back from the disk.
    pub fn read(&self) -> Outcome<Vec<Acked>> {
        let text = std::fs::read_to_string(&self.path).doing("reading the ledger")?;
        text.lines().map(|line| serde_json::from_str(line).doing("reading a line of the ledger")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Place;

    #[tokio::test]
    async fn promises_are_read_back_in_order() {
        let place = Place::new("ledger").expect("a folder");
        let ledger = Ledger::create(&place.folder().join("acked")).expect("new");
        let acked = |title: &str| Acked { key: Uuid::nil(), id: Uuid::max(), title: title.to_owned() };
        for title in ["one", "two\nlines"] {
            ledger.append(&acked(title)).await.expect("written");
        }
        assert_eq!(ledger.read().expect("read"), [acked("one"), acked("two\nlines")]);
        assert!(Ledger::create(&place.folder().join("acked")).is_err(), "promises are never overwritten");
    }
}
