use std::time::Duration;

use super::{Decision, Rate};

/// A rate in whole microseconds, which a Lua number, too, holds exactly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gcra {
    /// From one unit to the next at the steady rate, rounded up: never more than the quota.
    pub(super) interval: i64,
    pub(super) burst: i64,
    pub(super) cost: i64,
}

impl Gcra {
    pub(super) fn new(rate: Rate, cost: u32) -> Self {
        let window = u64::try_from(rate.window.as_micros()).unwrap_or(u64::MAX);
        let interval = window.div_ceil(u64::from(rate.quota.max(1))).max(1);
        let burst = i64::from(rate.burst.max(1));
        Self {
            interval: i64::try_from(interval).unwrap_or(i64::MAX / burst / 2).min(i64::MAX / burst / 2),
            burst,
            cost: i64::from(cost).min(burst),
        }
    }

    /// What becomes of the theoretical arrival time `tat` (the moment at which the bucket is empty again)
    /// when somebody asks at `now`. `None` leaves it as it is.
    pub(super) fn ask(self, tat: Option<i64>, now: i64) -> (Option<i64>, Decision) {
        let tat = tat.map_or(now, |tat| tat.max(now));
        let new = tat.saturating_add(self.interval * self.cost);
        let allow_at = new.saturating_sub(self.interval * self.burst);
        if allow_at > now {
            return (None, Decision::refused(allow_at - now, tat - now));
        }
        (Some(new), Decision::allowed((now - allow_at) / self.interval, new - now))
    }
}

impl Decision {
    pub(super) fn refused(retry_after: i64, reset: i64) -> Self {
        Self { allowed: false, remaining: 0, reset: micros(reset), retry_after: Some(micros(retry_after)) }
    }

    pub(super) fn allowed(remaining: i64, reset: i64) -> Self {
        let remaining = u32::try_from(remaining.max(0)).unwrap_or(u32::MAX);
        Self { allowed: true, remaining, reset: micros(reset), retry_after: None }
    }
}

fn micros(count: i64) -> Duration {
    Duration::from_micros(u64::try_from(count).unwrap_or_default())
}
