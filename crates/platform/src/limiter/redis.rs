use async_trait::async_trait;
use kernel::Env;
use redis::Script;

use super::gcra::Gcra;
use super::{Decision, Limiter, LocalLimiter, Rate};
use crate::redis::{RedisFault, RedisPool};

/// The arithmetic of [`Gcra::ask`] by the server's clock, so that skewed clocks of processes do not matter.
const SCRIPT: &str = r"
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local interval, burst, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local tat = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local new = tat + interval * cost
local allow_at = new - interval * burst
if allow_at > now then return {0, allow_at - now, tat - now} end
redis.call('SET', KEYS[1], string.format('%.0f', new), 'PX', math.ceil((new - now) / 1000) + 1)
return {1, math.floor((now - allow_at) / interval), new - now}
";

/// A limiter that all processes share. While Redis is away each process counts for itself, with the whole
/// quota; the pool logs that.
pub struct RedisLimiter {
    pool: RedisPool,
    script: Script,
    fallback: LocalLimiter,
}

impl RedisLimiter {
    /// Opens no connection yet.
    pub fn new(pool: RedisPool, env: Env) -> Self {
        Self { pool, script: Script::new(SCRIPT), fallback: LocalLimiter::new(env) }
    }

    async fn ask(&self, key: &str, rate: Rate, gcra: Gcra) -> Result<Decision, RedisFault> {
        let mut connection = self.pool.connection().await?;
        let answer = self
            .script
            .key(self.pool.key(&format!("limit:{}:{key}", rate.name)))
            .arg(gcra.interval)
            .arg(gcra.burst)
            .arg(gcra.cost)
            .invoke_async::<(i64, i64, i64)>(&mut connection)
            .await;
        Ok(match self.pool.settle(answer)? {
            (0, retry_after, reset) => Decision::refused(retry_after, reset),
            (_, remaining, reset) => Decision::allowed(remaining, reset),
        })
    }
}

#[async_trait]
impl Limiter for RedisLimiter {
    async fn check(&self, key: &str, rate: Rate, cost: u32) -> Decision {
        match self.ask(key, rate, Gcra::new(rate, cost)).await {
            Ok(decision) => decision,
            Err(_) => self.fallback.decide(key, rate, cost),
        }
    }
}
