//! Invoices that are issued while workers die: each gets its original and its copy, once, and what is kept is whole.

use std::path::Path;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::findings::Findings;
use super::office::{Office, PATIENCE};
use super::scene::Scene;
use crate::checker::{FileRow, PaperRow};
use crate::{Doing, Outcome};

const PAUSE: Duration = Duration::from_millis(250);

/// One who issues invoices, one after the other.
pub(super) struct Issuing {
    clerk: JoinHandle<Outcome>,
    count: usize,
}

impl Issuing {
    pub(super) async fn start(scene: &mut Scene, count: usize) -> Outcome<Self> {
        let office = Office::open(scene).await?;
        let drafts = office.drafts(scene, count).await?;
        let keys: Vec<_> = drafts.iter().map(|_| scene.dice.id()).collect();
        let clerk = tokio::spawn(async move {
            for (draft, key) in drafts.into_iter().zip(keys) {
                office.client.insist(&office.issue(draft, key), PATIENCE).await?.with(200)?;
                tokio::time::sleep(PAUSE).await;
            }
            Ok(())
        });
        Ok(Self { clerk, count })
    }

    /// Waits until the last one is issued.
    pub(super) async fn end(self) -> Outcome<usize> {
        self.clerk.await.doing("issuing invoices")??;
        Ok(self.count)
    }
}

/// Looks at what was printed of so many invoices. Returns the figures.
pub(super) async fn check(scene: &Scene, issued: usize, findings: &mut Findings) -> Outcome<String> {
    let checker = &scene.cluster.checker;
    let rows = checker.papers(scene.organization()).await?;
    findings.equal("invoices issued", rows.len() as i64, issued as i64);
    let is_wrong = |row: &&PaperRow| (row.originals, row.copies, row.told) != (1, 1, 1);
    let wrong: Vec<_> = rows.iter().filter(is_wrong).map(|row| format!("{row:?}")).collect();
    let doubles = findings.none("invoices were not printed exactly once", &wrong);
    let store = scene.cluster.place().folder().join("data/files");
    let files = checker.files(scene.organization()).await?;
    findings.equal("files kept", files.len() as i64, 2 * issued as i64);
    let broken = broken(&store, scene.organization(), &files);
    let torn = findings.none("files are missing or torn", &broken);
    Ok(format!("{} PDFs, {doubles} not exactly once, {torn} torn", files.len()))
}

fn broken(store: &Path, organization: Uuid, files: &[FileRow]) -> Vec<String> {
    let fault = |file: &FileRow| {
        let path = store.join(organization.to_string()).join(file.id.to_string()).join("original");
        match std::fs::read(&path) {
            Ok(bytes) if Sha256::digest(&bytes)[..] == file.sha256 => None,
            Ok(bytes) => Some(format!("{} has {} other bytes", file.id, bytes.len())),
            Err(error) => Some(format!("{}: {error}", path.display())),
        }
    };
    files.iter().filter_map(fault).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_when_its_bytes_are_the_ones_that_were_kept() {
        let (organization, id) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let store = std::env::temp_dir().join(format!("papers-{}", std::process::id()));
        let folder = store.join(organization.to_string()).join(id.to_string());
        let files = [FileRow { id, sha256: Sha256::digest("whole").to_vec() }];
        assert_eq!(broken(&store, organization, &files).len(), 1, "it is not there");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("original"), "who").expect("written");
        assert_eq!(broken(&store, organization, &files).len(), 1, "it is torn");
        std::fs::write(folder.join("original"), "whole").expect("written");
        assert_eq!(broken(&store, organization, &files), Vec::<String>::new());
        std::fs::remove_dir_all(&store).expect("removed");
    }
}
