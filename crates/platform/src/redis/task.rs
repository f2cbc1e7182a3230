use std::future::Future;
use std::time::Duration;

use redis::RedisResult;
use tokio::task::JoinHandle;

use super::RedisFault;

/// A background task that ends with its owner.
pub(crate) struct Task(JoinHandle<()>);

impl Task {
    pub(crate) fn spawn(work: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(tokio::spawn(work))
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A command on a connection that has no time limit of its own.
pub(crate) async fn within<T>(
    limit: Duration,
    command: impl Future<Output = RedisResult<T>>,
) -> Result<T, RedisFault> {
    match tokio::time::timeout(limit, command).await {
        Ok(answer) => answer.map_err(RedisFault::from),
        Err(_) => Err(RedisFault::Late),
    }
}
