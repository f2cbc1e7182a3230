use std::path::{Path, PathBuf};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, Cmd, FromRedisValue, Pipeline};

use crate::{Doing, Outcome, Process, port, programs, until};

const PATIENCE: Duration = Duration::from_secs(10);
const ANSWER: Duration = Duration::from_secs(2);

/// A Redis that writes nothing to disk: what it held is gone whenever it ends.
#[derive(Debug)]
pub struct Redis {
    url: String,
    server: Option<Process>,
}

impl Redis {
    /// One that runs already and that others may use too; it cannot be stopped.
    pub fn given(url: &str) -> Self {
        Self { url: url.to_owned(), server: None }
    }

    /// One of our own on a free port.
    pub async fn start(folder: &Path) -> Outcome<Self> {
        let port = port::free()?;
        let (program, before) = command()?;
        let settings = ["--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"];
        let port_text = port.to_string();
        let mut arguments: Vec<&str> = before.iter().map(String::as_str).collect();
        arguments.extend(["--port", &port_text, "--bind", "127.0.0.1"]);
        arguments.extend(settings);
        let server = Process::new("redis", program, &arguments, folder.join("redis.log"));
        let mut redis = Self { url: format!("redis://127.0.0.1:{port}"), server: Some(server) };
        redis.begin().await?;
        Ok(redis)
    }

    /// What `REDIS_URL` says.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Starts it, empty.
    pub async fn begin(&mut self) -> Outcome {
        self.server.as_mut().doing("a Redis of our own")?.start()?;
        let answered =
            until(PATIENCE, "Redis", || async { Ok(self.ask::<String>(&redis::cmd("PING")).await.ok()) });
        answered.await.map(drop)
    }

    /// Ends it with everything it holds. The command reaches it also where the process is a container's keeper.
    pub async fn end(&mut self) -> Outcome {
        // It answers by closing the connection.
        drop(self.ask::<String>(redis::cmd("SHUTDOWN").arg("NOSAVE")).await);
        self.server.as_mut().doing("a Redis of our own")?.kill().await
    }

    /// How many rings nobody has heard.
    pub async fn rings(&self, queue: &str) -> Outcome<u64> {
        self.ask(redis::cmd("XLEN").arg(format!("mero:bell:{queue}"))).await
    }

    /// Empties it.
    pub async fn wipe(&self) -> Outcome {
        self.ask::<String>(&redis::cmd("FLUSHALL")).await.map(drop)
    }

    /// Rings a queue's bell as the api does after a commit.
    pub async fn ring(&self, queue: &str) -> Outcome {
        self.ask::<String>(&ring(queue)).await.map(drop)
    }

    /// Rings and empties in one step, so that nobody can have heard it.
    pub async fn ring_unheard(&self, queue: &str) -> Outcome {
        let mut both = Pipeline::new();
        both.atomic().add_command(ring(queue)).ignore().cmd("FLUSHALL").ignore();
        let mut connection = self.connection().await?;
        both.query_async::<()>(&mut connection).await.doing("ringing and emptying")
    }

    async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Outcome<T> {
        let mut connection = self.connection().await?;
        command.query_async(&mut connection).await.doing("asking Redis")
    }

    async fn connection(&self) -> Outcome<MultiplexedConnection> {
        let limits = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(ANSWER))
            .set_response_timeout(Some(ANSWER));
        let client = Client::open(self.url.as_str())?;
        client.get_multiplexed_async_connection_with_config(&limits).await.doing("connecting to Redis")
    }
}

fn ring(queue: &str) -> Cmd {
    let mut ring = redis::cmd("XADD");
    ring.arg(format!("mero:bell:{queue}")).arg("*").arg("q").arg("1");
    ring
}

/// `TEST_REDIS_SERVER` names the program where it is not on `PATH`, and the words before its own, one a line.
fn command() -> Outcome<(PathBuf, Vec<String>)> {
    let words = std::env::var_os("TEST_REDIS_SERVER").map(|words| words.to_string_lossy().into_owned());
    let mut words = words.iter().flat_map(|words| words.lines()).map(str::to_owned);
    let program = words.next().map(PathBuf::from).or_else(|| programs::on_path("redis-server"));
    let program =
        program.doing("a Redis to disturb; install redis-server or name it in TEST_REDIS_SERVER")?;
    Ok((program, words.collect()))
}
