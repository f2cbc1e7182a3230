use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use deadpool_redis::{Connection, Manager, Pool, PoolError, Runtime, Timeouts};
use kernel::{Env, Secret};
use redis::aio::{MultiplexedConnection, PubSub};
use redis::{AsyncConnectionConfig, Client, Cmd, FromRedisValue, RedisError, RedisResult};

mod backoff;
mod breaker;
mod health;
mod task;

pub(crate) use backoff::Backoff;
use breaker::Breaker;
pub(crate) use health::Health;
pub(crate) use task::{Task, within};

const SIZE: usize = 16;
const WAIT: Duration = Duration::from_millis(250);
const CONNECT: Duration = Duration::from_secs(1);
const RECYCLE: Duration = Duration::from_millis(250);
const ANSWER: Duration = Duration::from_millis(500);

/// The connections to Redis that short commands share. Every step has a time limit, and a Redis that is
/// away is asked once a second only, so that nobody waits for it again and again.
#[derive(Clone)]
pub struct RedisPool {
    inner: Arc<Inner>,
}

struct Inner {
    pool: Pool,
    client: Client,
    prefix: String,
    env: Env,
    breaker: Mutex<Breaker>,
    health: Health,
}

/// Why Redis did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum RedisFault {
    #[error("the Redis address is not usable")]
    Address(#[source] RedisError),
    #[error("no connection to Redis")]
    Connect(#[from] PoolError),
    #[error("Redis refused a command or did not answer it")]
    Command(#[from] RedisError),
    #[error("Redis did not answer in time")]
    Late,
    #[error("Redis closed the connection")]
    Closed,
    #[error("Redis was away a moment ago and is asked again within a second")]
    Resting,
}

impl RedisPool {
    /// The prefix of every key and channel.
    pub const PREFIX: &'static str = "mero:";

    /// Opens no connection yet; an address that makes no sense is refused.
    pub fn open(url: &Secret, prefix: &str, env: &Env) -> Result<Self, RedisFault> {
        let limits = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(Some(ANSWER));
        let client = Client::open(url.expose()).map_err(RedisFault::Address)?;
        let manager = Manager::new_with_config(url.expose(), limits).map_err(RedisFault::Address)?;
        let pool = Pool::builder(manager)
            .max_size(SIZE)
            .timeouts(Timeouts { wait: Some(WAIT), create: Some(CONNECT), recycle: Some(RECYCLE) })
            .runtime(Runtime::Tokio1)
            .build()
            .expect("a pool with a runtime may have time limits");
        let inner = Inner {
            pool,
            client,
            prefix: prefix.to_owned(),
            env: env.clone(),
            breaker: Mutex::default(),
            health: Health::new("the pool of connections to Redis"),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Whether Redis answers, for readiness and the doctor.
    pub async fn ping(&self) -> Result<(), RedisFault> {
        self.query::<String>(&redis::cmd("PING")).await.map(drop)
    }

    /// What Redis does when its memory is full, for the doctor: anything but `noeviction` drops doorbells and limits.
    /// `None` where it does not say.
    pub async fn eviction_policy(&self) -> Result<Option<String>, RedisFault> {
        let told: String = self.query(redis::cmd("INFO").arg("memory")).await?;
        let policy = told.lines().find_map(|line| line.strip_prefix("maxmemory_policy:"));
        Ok(policy.map(|policy| policy.trim().to_owned()))
    }

    /// Sends one command.
    pub(crate) async fn query<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, RedisFault> {
        let mut connection = self.connection().await?;
        self.settle(command.query_async(&mut connection).await)
    }

    /// A connection for one command, whose result goes through [`RedisPool::settle`].
    pub(crate) async fn connection(&self) -> Result<Connection, RedisFault> {
        if !self.breaker(|breaker| breaker.admits(Instant::now())) {
            return Err(RedisFault::Resting);
        }
        let connection = self.inner.pool.get().await.map_err(RedisFault::from);
        connection.inspect_err(|fault| self.failed(fault))
    }

    /// Takes note of how a command went. An answer that refuses the command is an answer all the same.
    pub(crate) fn settle<T>(&self, result: RedisResult<T>) -> Result<T, RedisFault> {
        match result {
            Err(fault) if fault.is_io_error() => {
                let fault = RedisFault::from(fault);
                self.failed(&fault);
                Err(fault)
            }
            answered => {
                self.breaker(Breaker::succeeded);
                self.inner.health.up();
                answered.map_err(RedisFault::from)
            }
        }
    }

    /// A connection outside the pool, for commands that block: `answer` is the time limit of each.
    pub(crate) async fn own_connection(&self, answer: Duration) -> Result<MultiplexedConnection, RedisFault> {
        let limits = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(Some(answer));
        Ok(self.inner.client.get_multiplexed_async_connection_with_config(&limits).await?)
    }

    /// A connection that hears a channel.
    pub(crate) async fn own_subscription(&self, channel: &str) -> Result<PubSub, RedisFault> {
        let mut connection = within(CONNECT, self.inner.client.get_async_pubsub()).await?;
        within(ANSWER, connection.subscribe(channel)).await?;
        Ok(connection)
    }

    /// A key or channel of this installation.
    pub(crate) fn key(&self, name: &str) -> String {
        format!("{}{name}", self.inner.prefix)
    }

    pub(crate) fn env(&self) -> Env {
        self.inner.env.clone()
    }

    fn failed(&self, fault: &RedisFault) {
        self.breaker(|breaker| breaker.failed(Instant::now()));
        self.inner.health.down(fault);
    }

    fn breaker<T>(&self, use_it: impl FnOnce(&mut Breaker) -> T) -> T {
        use_it(&mut self.inner.breaker.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
