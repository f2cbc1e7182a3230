use std::convert::Infallible;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use kernel::Queue;
use redis::aio::MultiplexedConnection;
use redis::streams::{StreamMaxlen, StreamReadReply};
use redis::{AsyncCommands, RedisError, RedisResult};
use tokio::sync::watch;

use super::{Bell, LocalBell};
use crate::redis::{Backoff, Health, RedisFault, RedisPool, Task};

const GROUP: &str = "workers";
/// All workers read under one name. Entries are not kept as pending, so Redis holds nothing in a consumer's
/// name, and a worker that is gone leaves none behind.
const CONSUMER: &str = "worker";
/// How long Redis holds a read open.
const BLOCK: Duration = Duration::from_secs(5);
/// The answer to a blocking read comes after `BLOCK`; only later is the connection dead.
const ANSWER: Duration = Duration::from_secs(7);
/// A ring more than this many is one too many: whoever hears the first empties the ledger.
const KEPT_RINGS: usize = 1000;
/// A backlog of rings is taken in one bite, because all of them mean the same.
const BITE: usize = 100;

/// A bell for many processes: one Redis stream per class, read by a consumer group.
///
/// A process that never waits never takes a ring away from one that does: reading begins with the first
/// [`Bell::wait`] and rests while nobody waits.
pub struct RedisBell {
    pool: RedisPool,
    local: Arc<LocalBell>,
    waiting: watch::Sender<usize>,
    reader: OnceLock<Task>,
}

impl RedisBell {
    /// Opens no connection yet.
    pub fn new(pool: RedisPool) -> Self {
        Self {
            pool,
            local: Arc::new(LocalBell::new()),
            waiting: watch::Sender::new(0),
            reader: OnceLock::new(),
        }
    }

    fn reader(&self) -> Task {
        let reader = Reader {
            keys: Queue::ALL.map(|queue| key(&self.pool, queue)),
            health: Health::new("the queue bell's connection to Redis"),
            pool: self.pool.clone(),
            local: Arc::clone(&self.local),
            waiting: self.waiting.subscribe(),
        };
        Task::spawn(reader.run())
    }
}

#[async_trait]
impl Bell for RedisBell {
    async fn ring(&self, queue: Queue) {
        let mut add = redis::cmd("XADD");
        add.arg(key(&self.pool, queue)).arg(StreamMaxlen::Approx(KEPT_RINGS)).arg("*").arg("q").arg("1");
        if self.pool.query::<String>(&add).await.is_err() {
            // The pool has logged it. Workers of this process still hear it; the others look unrung.
            self.local.strike(queue);
        }
    }

    async fn wait(&self, timeout: Duration) -> Option<Queue> {
        self.reader.get_or_init(|| self.reader());
        let _waiting = Waiting::new(&self.waiting);
        self.local.wait(timeout).await
    }
}

fn key(pool: &RedisPool, queue: Queue) -> String {
    pool.key(&format!("bell:{queue}"))
}

/// Counts one waiter for as long as it lives.
struct Waiting<'a>(&'a watch::Sender<usize>);

impl<'a> Waiting<'a> {
    fn new(count: &'a watch::Sender<usize>) -> Self {
        count.send_modify(|count| *count += 1);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

/// Blocks in Redis on a connection of its own and strikes the local bell for what it reads.
struct Reader {
    pool: RedisPool,
    keys: [String; 3],
    local: Arc<LocalBell>,
    waiting: watch::Receiver<usize>,
    health: Health,
}

impl Reader {
    async fn run(mut self) {
        let mut backoff = Backoff::new(self.pool.env());
        loop {
            let Err(fault) = self.listen(&mut backoff).await;
            self.health.down(&fault);
            backoff.pause().await;
        }
    }

    /// Reads until the connection breaks.
    async fn listen(&mut self, backoff: &mut Backoff) -> Result<Infallible, RedisFault> {
        let mut connection = self.pool.own_connection(ANSWER).await?;
        self.join(&mut connection).await?;
        loop {
            self.health.up();
            backoff.reset();
            // The sender lives in the bell, whose end ends this task.
            let _ = self.waiting.wait_for(|count| *count > 0).await;
            match self.read(&mut connection).await {
                Ok(Some(reply)) => self.forward(&mut connection, reply).await?,
                Ok(None) => {}
                Err(fault) if is_group_gone(&fault) => self.join(&mut connection).await?,
                Err(fault) => return Err(fault.into()),
            }
        }
    }

    /// Makes streams and group where they are missing: at the first start, and after Redis was wiped.
    async fn join(&self, connection: &mut MultiplexedConnection) -> RedisResult<()> {
        for key in &self.keys {
            match connection.xgroup_create_mkstream::<_, _, _, ()>(key, GROUP, "0").await {
                Err(fault) if fault.code() == Some("BUSYGROUP") => {}
                other => other?,
            }
        }
        Ok(())
    }

    async fn read(&self, connection: &mut MultiplexedConnection) -> RedisResult<Option<StreamReadReply>> {
        let mut read = redis::cmd("XREADGROUP");
        read.arg("GROUP").arg(GROUP).arg(CONSUMER).arg("COUNT").arg(BITE);
        read.arg("BLOCK").arg(BLOCK.as_secs() * 1000).arg("NOACK");
        read.arg("STREAMS").arg(&self.keys).arg(&[">"; 3]);
        read.query_async(connection).await
    }

    async fn forward(
        &self,
        connection: &mut MultiplexedConnection,
        reply: StreamReadReply,
    ) -> RedisResult<()> {
        for stream in &reply.keys {
            for (key, queue) in self.keys.iter().zip(Queue::ALL) {
                if *key == stream.key {
                    self.local.strike(queue);
                }
            }
        }
        let mut delete = redis::pipe();
        for stream in reply.keys {
            let ids: Vec<_> = stream.ids.into_iter().map(|entry| entry.id).collect();
            delete.xdel(stream.key, &ids).ignore();
        }
        delete.query_async(connection).await
    }
}

/// `NOGROUP`: the group is missing. `UNBLOCKED`: the stream was deleted under a blocked reader.
fn is_group_gone(fault: &RedisError) -> bool {
    matches!(fault.code(), Some("NOGROUP" | "UNBLOCKED"))
}
