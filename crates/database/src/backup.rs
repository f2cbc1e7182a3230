//! Backups of an embedded database: one file that also carries the installation's secret key, without which half of
//! the database cannot be read.
//!
//! A backup is taken through a connection of its own, past the lock that keeps a second server out: `VACUUM INTO`
//! only reads, in one snapshot, so the server may go on writing.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kernel::Secret;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode};
use sea_orm::sqlx::{self, ConnectOptions, Connection};

use crate::StoreError;
use crate::connect::lock_out_others;

/// Why a backup was not written or not read.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("there is no database at {}", .0.display())]
    NoDatabase(PathBuf),
    #[error("{} exists; a backup never replaces a file", .0.display())]
    Exists(PathBuf),
    #[error("{} is no backup of Mero Jugx", .0.display())]
    NoBackup(PathBuf),
    #[error("the backup is damaged: {0}")]
    Damaged(String),
    #[error("stop the server first")]
    InUse(#[source] StoreError),
    #[error("a file cannot be read or written")]
    File(#[from] io::Error),
    #[error("SQLite refused")]
    Sqlite(#[from] sqlx::Error),
}

/// Copies the database at `database` to `target`, which only its owner may read.
pub async fn write(database: &Path, target: &Path, secret: &Secret) -> Result<(), BackupError> {
    if !database.try_exists()? {
        return Err(BackupError::NoDatabase(database.to_owned()));
    }
    if target.try_exists()? {
        return Err(BackupError::Exists(target.to_owned()));
    }
    let draft = beside(target);
    create_private(&draft)?;
    let copied = copy(database, &draft, secret).await;
    if let Err(error) = copied {
        fs::remove_file(&draft)?;
        return Err(error);
    }
    File::open(&draft)?.sync_all()?;
    Ok(fs::rename(&draft, target)?)
}

async fn copy(database: &Path, draft: &Path, secret: &Secret) -> Result<(), BackupError> {
    let mut live = open(database).connect().await?;
    let into = draft.to_string_lossy().into_owned();
    sqlx::query("VACUUM INTO ?").bind(into).execute(&mut live).await?;
    live.close().await?;
    let mut copy = open(draft).journal_mode(SqliteJournalMode::Delete).connect().await?;
    sqlx::query("CREATE TABLE backup_secret (secret TEXT NOT NULL)").execute(&mut copy).await?;
    sqlx::query("INSERT INTO backup_secret VALUES (?)").bind(secret.expose()).execute(&mut copy).await?;
    Ok(copy.close().await?)
}

/// A backup that was found whole and waits beside the database it is to replace.
#[derive(Debug)]
pub struct Unpacked {
    draft: PathBuf,
    database: PathBuf,
    secret: Secret,
    /// Nobody else opens the database meanwhile.
    _lock: File,
}

/// Copies a backup to where it belongs, checks it and takes the key out. Nothing is replaced yet.
pub async fn unpack(file: &Path, database: &Path) -> Result<Unpacked, BackupError> {
    let lock = lock_out_others(database).map_err(BackupError::InUse)?;
    let draft = beside(database);
    create_private(&draft)?;
    fs::copy(file, &draft)?;
    match take_secret(file, &draft).await {
        Ok(secret) => Ok(Unpacked { draft, database: database.to_owned(), secret, _lock: lock }),
        Err(error) => {
            fs::remove_file(&draft)?;
            Err(error)
        }
    }
}

async fn take_secret(file: &Path, draft: &Path) -> Result<Secret, BackupError> {
    let mut copy = open(draft).pragma("secure_delete", "ON").connect().await?;
    let found = whole(&mut copy, file).await;
    copy.close().await?;
    found
}

async fn whole(copy: &mut SqliteConnection, file: &Path) -> Result<Secret, BackupError> {
    let looked = sqlx::query_scalar::<_, String>("PRAGMA integrity_check").fetch_all(&mut *copy).await;
    let said = looked.map_err(|error| match error {
        sqlx::Error::Database(_) => BackupError::Damaged(error.to_string()),
        other => other.into(),
    })?;
    if said != ["ok"] {
        return Err(BackupError::Damaged(said.join("; ")));
    }
    let tables = "SELECT count(*) FROM sqlite_master WHERE name IN ('backup_secret', 'seaql_migrations')";
    if sqlx::query_scalar::<_, i64>(tables).fetch_one(&mut *copy).await? != 2 {
        return Err(BackupError::NoBackup(file.to_owned()));
    }
    let secret =
        sqlx::query_scalar::<_, String>("SELECT secret FROM backup_secret").fetch_one(&mut *copy).await?;
    sqlx::query("DROP TABLE backup_secret").execute(&mut *copy).await?;
    Ok(Secret::new(secret))
}

impl Unpacked {
    /// The key that the backup carried.
    pub const fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Replaces the database.
    pub fn put_in_place(self) -> Result<(), BackupError> {
        // The log of the replaced database must never be read into this one.
        for log in ["-wal", "-shm"] {
            remove_if_there(&suffixed(&self.database, log))?;
        }
        File::open(&self.draft)?.sync_all()?;
        Ok(fs::rename(&self.draft, &self.database)?)
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        // After a refusal between unpacking and putting in place; otherwise it is gone already.
        drop(remove_if_there(&self.draft));
    }
}

fn open(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).create_if_missing(false).busy_timeout(Duration::from_secs(5))
}

/// Where a file grows before it gets its name.
fn beside(path: &Path) -> PathBuf {
    suffixed(path, ".part")
}

fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// An empty file for its owner alone, in place of one that an interrupted attempt left.
fn create_private(path: &Path) -> io::Result<()> {
    remove_if_there(path)?;
    File::options().write(true).create_new(true).mode(0o600).open(path).map(drop)
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
