//! After a commit: bells, hints, evictions. Best effort; whoever missed them finds out from the database.

use std::sync::{Arc, OnceLock};

use database::{AfterCommit, Committed};
use kernel::Eviction;
use platform::{Bell, Bus, BusMessage, Cache};

/// Forgets what was cached in this process.
pub trait Forgets: Send + Sync {
    /// Drops whatever the eviction concerns.
    fn forget(&self, eviction: &Eviction);
}

/// Tells this process and the others of every commit.
pub struct Announcer {
    bell: Arc<dyn Bell>,
    bus: Arc<dyn Bus>,
    cache: Arc<dyn Cache>,
    forgetful: OnceLock<Arc<dyn Forgets>>,
}

impl Announcer {
    /// An announcer; [`Announcer::listen`] connects it to the caches of this process.
    pub fn new(bell: Arc<dyn Bell>, bus: Arc<dyn Bus>, cache: Arc<dyn Cache>) -> Self {
        Self { bell, bus, cache, forgetful: OnceLock::new() }
    }

    /// Lets the caches of this process hear evictions: own ones at once, those of others from the bus.
    /// Without effect the second time.
    pub fn listen(&self, forgetful: Arc<dyn Forgets>) {
        if self.forgetful.set(forgetful.clone()).is_err() {
            return;
        }
        let (mut messages, cache) = (self.bus.subscribe(), self.cache.clone());
        tokio::spawn(async move {
            loop {
                match messages.recv().await {
                    Ok(BusMessage::Evict(Eviction::Key(key))) => cache.forget(&key).await,
                    Ok(BusMessage::Evict(eviction)) => forgetful.forget(&eviction),
                    Ok(BusMessage::Hint { .. }) => {}
                    Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {
                        forgetful.forget(&Eviction::All);
                    }
                    Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
                }
            }
        });
    }
}

#[async_trait::async_trait]
impl AfterCommit for Announcer {
    async fn committed(&self, outcome: Committed) {
        for eviction in outcome.evictions {
            if let Some(forgetful) = self.forgetful.get() {
                forgetful.forget(&eviction);
            }
            if let Eviction::Key(key) = &eviction {
                self.cache.forget(key).await;
            }
            self.bus.publish(&BusMessage::Evict(eviction)).await;
        }
        for (stream, seq) in outcome.grown {
            self.bus.publish(&BusMessage::Hint { stream: stream.id(), seq }).await;
        }
        for queue in outcome.queues {
            self.bell.ring(queue).await;
        }
    }
}
