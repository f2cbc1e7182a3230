use async_trait::async_trait;
use tokio::sync::broadcast;

use super::{BACKLOG, Bus, BusMessage};

/// A bus inside one process.
#[derive(Clone, Debug)]
pub struct LocalBus {
    sender: broadcast::Sender<BusMessage>,
}

impl LocalBus {
    /// Nobody listens yet.
    pub fn new() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG) }
    }

    pub(super) fn deliver(&self, message: BusMessage) {
        // An error means that nobody listens, which is nobody's loss.
        let _ = self.sender.send(message);
    }
}

impl Default for LocalBus {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Bus for LocalBus {
    async fn publish(&self, message: &BusMessage) {
        self.deliver(message.clone());
    }

    fn subscribe(&self) -> broadcast::Receiver<BusMessage> {
        self.sender.subscribe()
    }

    fn is_healthy(&self) -> bool {
        true
    }
}
