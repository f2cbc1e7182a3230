use std::time::Duration;

use async_trait::async_trait;

mod gcra;
mod local;
mod redis;

pub use local::LocalLimiter;
pub use redis::RedisLimiter;

/// Says how often somebody may do something: the generic cell rate algorithm (GCRA), a leaky bucket that
/// needs one number per key.
#[async_trait]
pub trait Limiter: Send + Sync {
    /// Asks for `cost` units on behalf of `key`, and takes them if they are allowed. A cost above the burst
    /// counts as the whole burst, so that it can pass at all. `key` should not be personal data: hash it.
    async fn check(&self, key: &str, rate: Rate, cost: u32) -> Decision;
}

/// `quota` units per `window`, of which `burst` may come at once. Zero counts as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Parts the keys of one rate from those of another; also the name in the `RateLimit` header.
    pub name: &'static str,
    pub quota: u32,
    pub window: Duration,
    pub burst: u32,
}

impl Rate {
    /// A rate whose whole quota may come at once.
    pub const fn new(name: &'static str, quota: u32, window: Duration) -> Self {
        Self { name, quota, window, burst: quota }
    }
}

/// The answer of a limiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    pub allowed: bool,
    /// Units that would be allowed right now.
    pub remaining: u32,
    /// After this long without use the whole burst is there again.
    pub reset: Duration,
    /// When to ask again; only where it was not allowed.
    pub retry_after: Option<Duration>,
}

/// Allows everything; what `MERO_LIMITS=off` means.
#[derive(Clone, Copy, Debug)]
pub struct NoLimits;

#[async_trait]
impl Limiter for NoLimits {
    async fn check(&self, _key: &str, rate: Rate, _cost: u32) -> Decision {
        Decision { allowed: true, remaining: rate.burst, reset: Duration::ZERO, retry_after: None }
    }
}
