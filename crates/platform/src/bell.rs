use std::time::Duration;

use async_trait::async_trait;
use kernel::Queue;

mod local;
mod redis;

pub use local::LocalBell;
pub use redis::RedisBell;

/// Wakes workers. The ledger of jobs is in the database, so a lost ring costs time and never work, and an
/// extra one costs a look into an empty queue: nothing here can fail.
#[async_trait]
pub trait Bell: Send + Sync {
    /// Says that a job of this class may be ready. Wakes at most one waiting worker of all processes.
    async fn ring(&self, queue: Queue);

    /// Waits for a ring. The class that was rung, the most urgent one first; `None` after `timeout`.
    async fn wait(&self, timeout: Duration) -> Option<Queue>;
}
