use std::time::Duration;

use async_trait::async_trait;
use kernel::Queue;
use tokio::sync::Notify;

use super::Bell;

/// A bell inside one process. Rings of one class that nobody awaits become one.
#[derive(Debug, Default)]
pub struct LocalBell {
    high: Notify,
    default: Notify,
    bulk: Notify,
}

impl LocalBell {
    /// Nothing rung yet.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn strike(&self, queue: Queue) {
        match queue {
            Queue::High => self.high.notify_one(),
            Queue::Default => self.default.notify_one(),
            Queue::Bulk => self.bulk.notify_one(),
        }
    }

    async fn rung(&self) -> Queue {
        tokio::select! {
            biased;
            () = self.high.notified() => Queue::High,
            () = self.default.notified() => Queue::Default,
            () = self.bulk.notified() => Queue::Bulk,
        }
    }
}

#[async_trait]
impl Bell for LocalBell {
    async fn ring(&self, queue: Queue) {
        self.strike(queue);
    }

    async fn wait(&self, timeout: Duration) -> Option<Queue> {
        tokio::time::timeout(timeout, self.rung()).await.ok()
    }
}
