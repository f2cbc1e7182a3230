use async_trait::async_trait;
use kernel::Eviction;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;
use uuid::Uuid;

mod local;
mod redis;

pub use local::LocalBus;
pub use redis::RedisBus;

/// A receiver that falls further behind than this is told so (`RecvError::Lagged`).
const BACKLOG: usize = 1024;

/// Tells every process at once, at most once. Whoever listens must live with a lost or doubled message:
/// hints have gapless numbers, evictions have a short time to live behind them.
#[async_trait]
pub trait Bus: Send + Sync {
    /// Tells every subscriber of every process, this one at once.
    async fn publish(&self, message: &BusMessage);

    /// Hears what is published from now on. A receiver that lagged has lost messages, and must act as on
    /// [`Eviction::All`].
    fn subscribe(&self) -> broadcast::Receiver<BusMessage>;

    /// Whether messages of other processes arrive at present.
    fn is_healthy(&self) -> bool;
}

/// What processes tell each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "snake_case")]
pub enum BusMessage {
    /// The stream has events up to this number.
    Hint { stream: Uuid, seq: i64 },
    /// What was cached about this is out of date.
    Evict(Eviction),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_have_a_form_that_another_version_can_read() {
        let id = Uuid::from_u128(7);
        for (message, text) in [
            (
                BusMessage::Hint { stream: id, seq: 5 },
                r#"{"kind":"hint","body":{"stream":"00000000-0000-0000-0000-000000000007","seq":5}}"#,
            ),
            (
                BusMessage::Evict(Eviction::User(id.into())),
                r#"{"kind":"evict","body":{"of":"user","id":"00000000-0000-0000-0000-000000000007"}}"#,
            ),
            (
                BusMessage::Evict(Eviction::Key("settings".to_owned())),
                r#"{"kind":"evict","body":{"of":"key","id":"settings"}}"#,
            ),
            (BusMessage::Evict(Eviction::All), r#"{"kind":"evict","body":{"of":"all"}}"#),
        ] {
            assert_eq!(serde_json::to_string(&message).expect("JSON"), text);
            assert_eq!(serde_json::from_str::<BusMessage>(text).expect("a message"), message);
        }
    }
}
