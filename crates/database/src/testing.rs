//! Databases for tests: a migrated one per test, copied from a template that is made once per process.
//!
//! PostgreSQL when `TEST_DATABASE_URL` names a server on which databases may be created, else SQLite.

pub mod tenant;

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::DateTime;
use futures_util::FutureExt;
use kernel::{Env, Reactions, Secret};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tokio::sync::OnceCell;

use crate::{AfterCommit, Choice, Database, Options, StoreError};

static TEMPLATE: OnceCell<()> = OnceCell::const_new();
static NEXT: AtomicU64 = AtomicU64::new(1);

/// A clock for tests: 2026-01-15T09:00:00Z, standing still.
pub fn frozen_env() -> Env {
    let at = DateTime::from_timestamp_millis(1_768_467_600_000).unwrap_or_default();
    Env::frozen(at, NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Runs a test against a migrated database of its own, with a frozen clock.
pub async fn run(test: impl AsyncFnOnce(Database)) {
    run_in(frozen_env(), test).await;
}

/// The same with an environment of the test's choice.
pub async fn run_in(env: Env, test: impl AsyncFnOnce(Database)) {
    let place = Place::new().await;
    let database = place.open(env).await;
    let outcome = AssertUnwindSafe(test(database.clone())).catch_unwind().await;
    must("close", database.close().await);
    place.remove().await;
    if let Err(panic) = outcome {
        std::panic::resume_unwind(panic);
    }
}

/// The same database, hearing events and commits; tests of reactions use it.
pub fn reacting(database: Database, reactions: Arc<dyn Reactions>, after: Arc<dyn AfterCommit>) -> Database {
    database.reacting(reactions, after)
}

/// Where a test's database lives; for tests that start processes of their own on it.
#[derive(Debug)]
pub enum Place {
    File(PathBuf),
    Server { admin: String, name: String },
}

impl Place {
    /// Copies the template.
    pub async fn new() -> Self {
        TEMPLATE.get_or_init(make_template).await;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let copy = Self::named(&format!("test_{}_{number}", std::process::id()));
        match &copy {
            Self::File(path) => {
                let Self::File(template) = Self::template() else { unreachable!("one kind per process") };
                if let Some(folder) = path.parent() {
                    must("make the folder", std::fs::create_dir_all(folder));
                }
                must("copy the template", std::fs::copy(template, path));
            }
            Self::Server { admin, name } => {
                let Self::Server { name: template, .. } = Self::template() else {
                    unreachable!("one kind per process")
                };
                administer(admin, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
            }
        }
        copy
    }

    /// What [`Database::connect`] needs.
    pub fn choice(&self) -> Choice {
        match self {
            Self::File(path) => Choice::Sqlite { path: path.clone() },
            Self::Server { admin, name } => Choice::Postgres { url: Secret::new(with_database(admin, name)) },
        }
    }

    /// Removes it.
    pub async fn remove(self) {
        match self {
            Self::File(path) => {
                for end in ["db", "db-wal", "db-shm", "lock"] {
                    // The files beside the database exist only sometimes.
                    let _ = std::fs::remove_file(path.with_extension(end));
                }
            }
            Self::Server { admin, name } => {
                administer(&admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
            }
        }
    }

    async fn open(&self, env: Env) -> Database {
        let options = Options { connections: 20, durable: false, ..Options::new(self.choice()) };
        must("connect", Database::connect(&options, env).await)
    }

    fn template() -> Self {
        Self::named(&format!("template_{}", std::process::id()))
    }

    fn named(name: &str) -> Self {
        match server() {
            Some(admin) => Self::Server { admin, name: format!("mero_{name}") },
            None => Self::File(std::env::temp_dir().join("mero-tests").join(format!("{name}.db"))),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "tests are told by their runner which server to use")]
fn server() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())
}

async fn make_template() {
    let template = Place::template();
    match &template {
        // A file that an earlier process of the same number left.
        Place::File(path) => drop(std::fs::remove_file(path)),
        Place::Server { admin, name } => {
            administer(admin, &format!("DROP DATABASE IF EXISTS {name}")).await;
            administer(admin, &format!("CREATE DATABASE {name}")).await;
        }
    }
    let database = template.open(frozen_env()).await;
    must("migrate", database.migrate().await);
    must("close", database.close().await);
}

async fn administer(admin: &str, sql: &str) {
    let choice = Choice::Postgres { url: Secret::new(admin) };
    let options = Options { connections: 1, ..Options::new(choice) };
    let server = must("reach the server", Database::connect(&options, frozen_env()).await);
    let statements = ["SET statement_timeout = 0", "SET lock_timeout = 0", sql];
    for statement in statements {
        let done = server.writer.execute_raw(Statement::from_string(DbBackend::Postgres, statement)).await;
        must(statement, done.map_err(StoreError::from));
    }
    must("close", server.close().await);
}

fn with_database(admin: &str, name: &str) -> String {
    let mut url = must("read TEST_DATABASE_URL", url::Url::parse(admin));
    url.set_path(name);
    url.into()
}

fn must<T, E: std::fmt::Debug>(what: &str, result: Result<T, E>) -> T {
    result.unwrap_or_else(|error| panic!("cannot {what}: {error:?}"))
}
