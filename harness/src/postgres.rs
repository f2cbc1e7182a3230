use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, PgPool};

use crate::place::short;
use crate::{Dice, Doing, Outcome};

/// A new, empty database on a PostgreSQL server. It is removed at the end.
#[derive(Debug)]
pub struct OwnDatabase {
    server: String,
    name: String,
}

impl OwnDatabase {
    /// Creates it on the server that `url` names.
    pub async fn create(url: &str) -> Outcome<Self> {
        let name = format!("harness_{}", short(Dice::unforeseen().id()));
        administer(url, format!("CREATE DATABASE {name}")).await.doing("making a database")?;
        Ok(Self { server: url.to_owned(), name })
    }

    /// What `DATABASE_URL` says.
    pub fn url(&self) -> String {
        let base = self.server.rsplit_once('/').map_or(self.server.as_str(), |(base, _)| base);
        format!("{base}/{}", self.name)
    }

    /// Connections for the checkers.
    pub async fn pool(&self) -> Outcome<PgPool> {
        let pool = PgPoolOptions::new().max_connections(4);
        pool.connect(&self.url()).await.doing("connecting to the database")
    }
}

impl Drop for OwnDatabase {
    fn drop(&mut self) {
        let (server, sql) = (self.server.clone(), format!("DROP DATABASE {} WITH (FORCE)", self.name));
        // A drop may run inside a runtime, which cannot wait; a thread of its own can.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            // A database that cannot be dropped ends with its private server.
            drop(runtime.map(|runtime| runtime.block_on(administer(&server, sql))));
        });
        drop(dropping.join());
    }
}

async fn administer(url: &str, sql: String) -> Outcome {
    let options = PgConnectOptions::from_str(url)?;
    options.connect().await?.execute(AssertSqlSafe(sql)).await?;
    Ok(())
}
