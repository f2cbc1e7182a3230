use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use kernel::Env;

use super::gcra::Gcra;
use super::{Decision, Limiter, Rate};

const CAPACITY: usize = 100_000;

/// A limiter inside one process. When it is full it forgets first whoever has used the least.
pub struct LocalLimiter {
    env: Env,
    capacity: usize,
    /// The theoretical arrival time of each rate and key, in microseconds since 1970.
    arrivals: Mutex<HashMap<String, i64>>,
}

impl LocalLimiter {
    /// Nobody has used anything yet.
    pub fn new(env: Env) -> Self {
        Self::with_capacity(env, CAPACITY)
    }

    fn with_capacity(env: Env, capacity: usize) -> Self {
        Self { env, capacity, arrivals: Mutex::default() }
    }

    pub(super) fn decide(&self, key: &str, rate: Rate, cost: u32) -> Decision {
        let now = self.env.now().timestamp_micros();
        let key = format!("{}:{key}", rate.name);
        let mut arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        let (new, decision) = Gcra::new(rate, cost).ask(arrivals.get(&key).copied(), now);
        if let Some(new) = new {
            arrivals.insert(key, new);
        }
        if arrivals.len() > self.capacity {
            sweep(&mut arrivals, now, self.capacity);
        }
        decision
    }
}

#[async_trait]
impl Limiter for LocalLimiter {
    async fn check(&self, key: &str, rate: Rate, cost: u32) -> Decision {
        self.decide(key, rate, cost)
    }
}

/// Forgets everybody whose bucket is empty again, and if that is not enough the quarter whose buckets are
/// nearest to it: they lose the least.
fn sweep(arrivals: &mut HashMap<String, i64>, now: i64, capacity: usize) {
    arrivals.retain(|_, tat| *tat > now);
    if arrivals.len() > capacity {
        let mut times: Vec<_> = arrivals.values().copied().collect();
        let quarter = times.len() / 4;
        let (_, bound, _) = times.select_nth_unstable(quarter);
        let bound = *bound;
        arrivals.retain(|_, tat| *tat > bound);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::{DateTime, TimeDelta};

    use super::*;

    fn env() -> Env {
        Env::frozen(DateTime::from_timestamp_millis(1_700_000_000_000).expect("valid"), 1)
    }

    const FIVE: Rate = Rate::new("test", 5, Duration::from_secs(300));

    #[test]
    fn one_unit_comes_back_per_interval_and_never_more_than_the_burst() {
        let env = env();
        let limiter = LocalLimiter::new(env.clone());
        for remaining in (0..5).rev() {
            assert_eq!(limiter.decide("a", FIVE, 1).remaining, remaining);
        }
        env.advance(TimeDelta::milliseconds(59_999));
        let refused = limiter.decide("a", FIVE, 1);
        assert_eq!(refused.retry_after, Some(Duration::from_millis(1)));
        env.advance(TimeDelta::milliseconds(1));
        assert!(limiter.decide("a", FIVE, 1).allowed);
        env.advance(TimeDelta::days(1));
        assert_eq!(limiter.decide("a", FIVE, 1).remaining, 4);
    }

    #[test]
    fn a_steady_caller_gets_the_quota_and_no_more() {
        let env = env();
        let limiter = LocalLimiter::new(env.clone());
        let rate = Rate { name: "test", quota: 7, window: Duration::from_secs(60), burst: 3 };
        let mut allowed = 0;
        for _ in 0..6_000 {
            allowed += u32::from(limiter.decide("a", rate, 1).allowed);
            env.advance(TimeDelta::milliseconds(100));
        }
        assert_eq!(allowed, 3 + 69, "the burst, and seven a minute for ten minutes less the first moment");
    }

    #[test]
    fn a_full_limiter_forgets_those_who_used_the_least() {
        let env = env();
        let limiter = LocalLimiter::with_capacity(env.clone(), 100);
        for _ in 0..5 {
            limiter.decide("greedy", FIVE, 1);
        }
        for caller in 0..1_000 {
            limiter.decide(&format!("caller {caller}"), FIVE, 1);
            assert!(limiter.arrivals.lock().expect("unpoisoned").len() <= 101);
        }
        assert!(!limiter.decide("greedy", FIVE, 1).allowed);
    }

    #[test]
    fn extreme_rates_do_not_overflow() {
        let limiter = LocalLimiter::new(env());
        let rate = Rate { name: "test", quota: 0, window: Duration::MAX, burst: u32::MAX };
        assert!(limiter.decide("a", rate, u32::MAX).allowed);
        assert!(!limiter.decide("a", rate, u32::MAX).allowed);
        let rate = Rate { name: "none", quota: u32::MAX, window: Duration::ZERO, burst: 0 };
        assert!(limiter.decide("a", rate, 1).allowed);
    }
}
