use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use kernel::{Env, Reactions, Secret};
use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::{DatabaseConnection, DbBackend, DbErr, RuntimeErr, SqlxPostgresConnector, SqlxSqliteConnector};

use crate::commit::AfterCommit;
use crate::{StoreError, clock};

/// Which database.
#[derive(Clone, Debug)]
pub enum Choice {
    /// A file on this machine; this process alone writes it.
    Sqlite {
        path: PathBuf,
    },
    Postgres {
        url: Secret,
    },
}

/// How to connect.
#[derive(Clone, Debug)]
pub struct Options {
    pub choice: Choice,
    /// Connections of the pool (PostgreSQL), or of the read pool (SQLite).
    pub connections: u32,
    /// Whether a commit waits for the disk. Only tests say no.
    pub durable: bool,
}

impl Options {
    /// The usual pool.
    pub fn new(choice: Choice) -> Self {
        Self { choice, connections: 16, durable: true }
    }
}

/// The database, cheap to clone.
#[derive(Clone)]
pub struct Database {
    pub(crate) reader: DatabaseConnection,
    pub(crate) writer: DatabaseConnection,
    pub(crate) env: Env,
    pub(crate) reactions: Arc<dyn Reactions>,
    pub(crate) after: Arc<dyn AfterCommit>,
    /// Held as long as the embedded database is open.
    _lock: Option<Arc<File>>,
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database").field("backend", &self.backend()).finish_non_exhaustive()
    }
}

/// A bounded wait for everything that can block.
const ACQUIRE: Duration = Duration::from_secs(3);

impl Database {
    /// Connects. Nothing reacts to events and nobody is told of commits until [`Database::reacting`] says who.
    pub async fn connect(options: &Options, env: Env) -> Result<Self, StoreError> {
        let ((reader, writer), lock) = match &options.choice {
            Choice::Sqlite { path } => {
                let lock = lock_out_others(path)?;
                (sqlite(path, options).await?, Some(Arc::new(lock)))
            }
            Choice::Postgres { url } => {
                let pool = postgres(url, options).await?;
                ((pool.clone(), pool), None)
            }
        };
        let silent: Arc<Silent> = Arc::new(Silent);
        Ok(Self { reader, writer, env, reactions: silent.clone(), after: silent, _lock: lock })
    }

    /// The same database, with what follows from events and commits.
    pub fn reacting(self, reactions: Arc<dyn Reactions>, after: Arc<dyn AfterCommit>) -> Self {
        Self { reactions, after, ..self }
    }

    /// The connection for reads outside of a transaction. Never use it while a [`crate::Tx`] is open.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// The source of time, ids and randomness.
    pub fn env(&self) -> &Env {
        &self.env
    }

    /// Which of the two databases it is.
    pub fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// Brings the schema up to date. Safe from several processes at once.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        crate::dialect::migrate(self).await
    }

    /// The migrations that are not applied yet, oldest first; for the doctor.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        crate::dialect::pending(self).await
    }

    /// Measures how far the database's clock is ahead and lets the environment follow it.
    pub async fn synchronize_clock(&self) -> Result<chrono::TimeDelta, StoreError> {
        clock::synchronize(self).await
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.reader.ping().await?)
    }

    /// Closes all connections.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.reader.close_by_ref().await?;
        Ok(self.writer.close_by_ref().await?)
    }
}

/// An embedded database belongs to one process: its bell, bus and cache do not reach another.
pub(crate) fn lock_out_others(path: &Path) -> Result<File, StoreError> {
    let refuse = |what: &str, error: &dyn fmt::Display| {
        StoreError::Unavailable(DbErr::Custom(format!("{what} `{}`: {error}", path.display())))
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| refuse("cannot make the folder of", &error))?;
    }
    let lock = path.with_extension("lock");
    let file = File::options().create(true).truncate(false).write(true).open(lock);
    let file = file.map_err(|error| refuse("cannot open the lock of", &error))?;
    file.try_lock().map_err(|error| refuse("another process uses", &error))?;
    Ok(file)
}

async fn sqlite(
    path: &Path,
    options: &Options,
) -> Result<(DatabaseConnection, DatabaseConnection), StoreError> {
    let connect = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(if options.durable { SqliteSynchronous::Full } else { SqliteSynchronous::Off })
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(2));
    let pool = |connections| {
        SqlitePoolOptions::new()
            .max_connections(connections)
            .min_connections(1)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(ACQUIRE)
    };
    // One connection writes: writers queue in the pool, in order, instead of failing on the file's lock.
    let writer = pool(1).connect_with(connect.clone()).await.map_err(connect_error)?;
    let reader = pool(options.connections).connect_with(connect.pragma("query_only", "ON")).await;
    let reader = reader.map_err(connect_error)?;
    Ok((
        SqlxSqliteConnector::from_sqlx_sqlite_pool(reader),
        SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
    ))
}

async fn postgres(url: &Secret, options: &Options) -> Result<DatabaseConnection, StoreError> {
    let connect: PgConnectOptions = url.expose().parse().map_err(connect_error)?;
    let connect = connect.options([
        ("lock_timeout", "2s"),
        ("statement_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "10s"),
        ("synchronous_commit", if options.durable { "on" } else { "off" }),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(options.connections)
        .acquire_timeout(ACQUIRE)
        // A ping before every use would cost a fifth of the throughput of lists; a broken connection shows itself.
        .test_before_acquire(false);
    let pool = pool.connect_with(connect).await.map_err(connect_error)?;
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
}

fn connect_error(error: sea_orm::sqlx::Error) -> StoreError {
    StoreError::Unavailable(DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error))))
}

/// Nothing follows from anything.
struct Silent;

impl Reactions for Silent {
    fn react(&self, _: &kernel::Told<'_>) -> Vec<kernel::JobDraft> {
        Vec::new()
    }
}

#[async_trait::async_trait]
impl AfterCommit for Silent {
    async fn committed(&self, _: crate::Committed) {}
}
