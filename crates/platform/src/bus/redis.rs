use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::StreamExt;
use kernel::Eviction;
use redis::aio::{PubSub, PubSubSink, PubSubStream};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;
use tokio::time::{Instant, sleep_until};
use uuid::Uuid;

use super::{Bus, BusMessage, LocalBus};
use crate::redis::{Backoff, Health, RedisFault, RedisPool, Task, within};

/// A subscriber sends nothing by itself, so only asking tells a silent connection from a dead one.
const PING_EVERY: Duration = Duration::from_secs(5);
const PONG: Duration = Duration::from_secs(1);

/// A bus for many processes: one Redis pub/sub channel, heard on a connection of its own.
pub struct RedisBus {
    pool: RedisPool,
    local: LocalBus,
    health: Arc<Health>,
    /// Tells our own messages, which were delivered at once, from those of others.
    origin: Uuid,
    _subscriber: Task,
}

#[derive(Serialize, Deserialize)]
struct Envelope<M> {
    from: Uuid,
    message: M,
}

impl RedisBus {
    /// Subscribes, or goes on trying in the background if Redis is away.
    pub async fn start(pool: RedisPool) -> Self {
        let health = Arc::new(Health::new("the bus's subscription to Redis"));
        let subscriber = Subscriber {
            local: LocalBus::new(),
            origin: pool.env().id(),
            pool: pool.clone(),
            health: Arc::clone(&health),
        };
        let local = subscriber.local.clone();
        let origin = subscriber.origin;
        let first = subscriber.connect().await;
        Self { pool, local, health, origin, _subscriber: Task::spawn(subscriber.run(first)) }
    }
}

#[async_trait]
impl Bus for RedisBus {
    async fn publish(&self, message: &BusMessage) {
        self.local.deliver(message.clone());
        let envelope = Envelope { from: self.origin, message };
        let text = serde_json::to_string(&envelope).expect("ids, numbers and text make JSON");
        let mut publish = redis::cmd("PUBLISH");
        publish.arg(channel(&self.pool)).arg(text);
        // The pool has logged a failure. Other processes catch up when they reconnect, and by polling.
        let _ = self.pool.query::<i64>(&publish).await;
    }

    fn subscribe(&self) -> broadcast::Receiver<BusMessage> {
        self.local.subscribe()
    }

    fn is_healthy(&self) -> bool {
        self.health.is_up()
    }
}

fn channel(pool: &RedisPool) -> String {
    pool.key("bus")
}

struct Subscriber {
    pool: RedisPool,
    local: LocalBus,
    health: Arc<Health>,
    origin: Uuid,
}

impl Subscriber {
    async fn run(self, first: Result<PubSub, RedisFault>) {
        let mut backoff = Backoff::new(self.pool.env());
        let mut connection = first;
        loop {
            let Err(fault) = self.listen(connection, &mut backoff).await;
            self.health.down(&fault);
            backoff.pause().await;
            connection = self.connect().await;
            if connection.is_ok() {
                self.local.deliver(BusMessage::Evict(Eviction::All));
            }
        }
    }

    async fn connect(&self) -> Result<PubSub, RedisFault> {
        let connection = self.pool.own_subscription(&channel(&self.pool)).await;
        match &connection {
            Ok(_) => self.health.up(),
            Err(fault) => self.health.down(fault),
        }
        connection
    }

    async fn listen(
        &self,
        connection: Result<PubSub, RedisFault>,
        backoff: &mut Backoff,
    ) -> Result<Infallible, RedisFault> {
        let (mut sink, mut messages) = connection?.split();
        backoff.reset();
        loop {
            self.hear_until(Instant::now() + PING_EVERY, &mut messages).await?;
            ping(&mut sink).await?;
        }
    }

    async fn hear_until(&self, deadline: Instant, messages: &mut PubSubStream) -> Result<(), RedisFault> {
        loop {
            tokio::select! {
                () = sleep_until(deadline) => return Ok(()),
                message = messages.next() => self.hear(message.ok_or(RedisFault::Closed)?.get_payload_bytes()),
            }
        }
    }

    /// A message that cannot be read comes from another version and may have been an eviction.
    fn hear(&self, payload: &[u8]) {
        match serde_json::from_slice::<Envelope<BusMessage>>(payload) {
            Ok(envelope) if envelope.from == self.origin => {}
            Ok(envelope) => self.local.deliver(envelope.message),
            Err(_) => self.local.deliver(BusMessage::Evict(Eviction::All)),
        }
    }
}

async fn ping(sink: &mut PubSubSink) -> Result<(), RedisFault> {
    within(PONG, sink.ping::<redis::Value>()).await.map(drop)
}
