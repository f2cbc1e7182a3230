//! What a user would pick instead: installed, built and started from `benchmarks/peers`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use harness::{Doing, Outcome, OwnDatabase, Place, Process, until};
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;
use tokio::process::Command;
use uuid::Uuid;

use crate::papers::PROCESSOR;

/// The first BullMQ jobs are slow while Node compiles; enough of them that it does not matter.
const JOBS: &str = "50000";
/// Jobs that BullMQ has in hand at once; more did not make it faster.
const AT_ONCE: &str = "100";

/// Documents of pdfmake's run; more did not make it faster.
const DOCUMENTS: &str = "200";

/// The yardsticks' folder, with their packages installed.
pub(crate) struct Peers {
    folder: PathBuf,
    node: PathBuf,
}

/// What BullMQ reached, in jobs a second.
#[derive(Debug, Deserialize)]
pub(crate) struct BullMq {
    pub(crate) process: f64,
}

/// What pdfmake reached, in documents a second.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PdfMake {
    pub(crate) per_second: f64,
}

impl Peers {
    /// The yardsticks in this folder, run by this Node.
    pub(crate) const fn new(folder: PathBuf, node: PathBuf) -> Self {
        Self { folder, node }
    }

    /// BullMQ on no-op jobs.
    pub(crate) async fn bullmq(&self, redis: &str) -> Outcome<BullMq> {
        let mut command = Command::new(&self.node);
        said(command.arg("bullmq.mjs").args([JOBS, AT_ONCE]).env("REDIS_URL", redis), &self.folder).await
    }

    /// pdfmake on invoices of twelve lines, on the processor that our worker gets.
    pub(crate) async fn pdfmake(&self) -> Outcome<PdfMake> {
        let mut command = Command::new("taskset");
        let pinned = command.args(["--cpu-list", PROCESSOR]).arg(&self.node).args(["pdfmake.cjs", DOCUMENTS]);
        said(pinned, &self.folder).await
    }

    /// Starts the NestJS server on a database of its own.
    pub(crate) async fn nest(&self, server: &str, tickets: i64) -> Outcome<Nest> {
        let place = Place::new("bench-nest")?;
        let database = OwnDatabase::create(server).await?;
        let port = harness::free_port()?;
        let organization = Uuid::from_u128(7);
        let program = Path::new("dist/main.js");
        let log = place.folder().join("nest.log");
        let folder = self.folder.join("peer-nest");
        let script = folder.join(program).to_string_lossy().into_owned();
        let mut process = Process::new("nest", self.node.clone(), &[&script], log);
        process.set("NODE_ENV", "production");
        process.set("DATABASE_URL", database.url());
        process.set("PORT", port.to_string());
        process.set("PRINT_TOKEN", organization.to_string());
        process.start()?;
        let token = until(Duration::from_secs(60), "the NestJS server", || async {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
                return Ok(None);
            }
            let said = std::fs::read_to_string(process.log())?;
            Ok(said.lines().find(|line| line.starts_with("ey")).map(str::to_owned))
        });
        let token = token.await.doing(format!("log in {}", process.log().display()))?;
        let nest = Nest { address: format!("127.0.0.1:{port}"), token, process, database, _place: place };
        nest.fill(organization, tickets).await?;
        Ok(nest)
    }
}

/// Runs a yardstick to its end and reads its one line.
async fn said<T: DeserializeOwned>(command: &mut Command, folder: &Path) -> Outcome<T> {
    let output =
        command.current_dir(folder).kill_on_drop(true).output().await.doing("running a yardstick")?;
    let said = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    serde_json::from_str(said.trim()).doing(format!("reading what a yardstick said: {said}"))
}

/// A running NestJS server.
pub(crate) struct Nest {
    pub(crate) address: String,
    pub(crate) token: String,
    process: Process,
    database: OwnDatabase,
    _place: Place,
}

impl Nest {
    async fn fill(&self, organization: Uuid, tickets: i64) -> Outcome {
        let pool = self.database.pool().await?;
        let fill = sqlx::query(TICKETS).bind(organization).bind(tickets);
        fill.execute(&pool).await.doing("filling the yardstick's table")?;
        let counter = "INSERT INTO ticket_counters (organization_id, last) VALUES ($1, $2)";
        sqlx::query(counter).bind(organization).bind(i32::try_from(tickets)?).execute(&pool).await?;
        sqlx::query("VACUUM ANALYZE").execute(&pool).await?;
        Ok(())
    }

    /// A token for each of as many organizations, signed as the server itself does.
    pub(crate) fn tokens(&self, organizations: usize) -> Outcome<Vec<String>> {
        (1..=organizations).map(|number| signed(Uuid::from_u128(number as u128))).collect()
    }

    /// Ends it, so that it takes nothing from what is measured next.
    pub(crate) async fn end(mut self) -> Outcome {
        self.process.kill().await
    }
}

/// What `main.ts` signs with.
const SECRET: &[u8] = b"benchmark-secret-benchmark-secret";

fn signed(organization: Uuid) -> Outcome<String> {
    let claims = serde_json::json!({
        "userId": Uuid::from_u128(1), "orgId": organization, "scopes": ["tickets:read", "tickets:write"],
    });
    let parts = [r#"{"alg":"HS256","typ":"JWT"}"#.to_owned(), claims.to_string()];
    let text = parts.map(|part| URL_SAFE_NO_PAD.encode(part)).join(".");
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET)?;
    mac.update(text.as_bytes());
    Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())))
}

/// `$1` organization, `$2` how many.
const TICKETS: &str = "INSERT INTO tickets (id, organization_id, number, title, description, status, priority, \
       requester_id, created_at, updated_at) \
     SELECT gen_random_uuid(), $1, n, 'The printer on the second floor ' || n, 'It prints nothing.', 'open', \
       'medium', gen_random_uuid(), now() + n * interval '1 second', now() + n * interval '1 second' \
     FROM generate_series(1, $2::int) AS n";
