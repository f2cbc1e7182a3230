//! The company has a history: its clock goes from one day of the past to the next, and home at the end.

use std::cell::Cell;

use chrono::TimeDelta;
use composition::{Services, catch_up};

use crate::commands::Failure;

/// When the office opens in Kathmandu, as time since midnight in UTC, and how long it is open.
const OPENS: TimeDelta = TimeDelta::minutes(4 * 60 + 15);
const OPEN_SECONDS: f64 = 7.0 * 3_600.0;

/// A clock that is set back. It shows the present again when this is dropped.
pub(super) struct Past {
    services: Services,
    offset: TimeDelta,
    gone: Cell<bool>,
}

impl Past {
    /// Begins in the present.
    pub(super) fn of(services: &Services) -> Self {
        let offset = services.database.env().offset();
        Self { services: services.clone(), offset, gone: Cell::new(false) }
    }

    /// Sets the clock to some days ago, in office hours; later in the day the smaller the fraction. Only the first step
    /// leads back. What is due before is done before: notifications and mails are as old as their reasons.
    pub(super) async fn go(&self, days_ago: f64) -> Result<(), Failure> {
        self.catch_up().await?;
        let env = self.services.database.env();
        let present = env.now() - env.offset() + self.offset;
        let (days, rest) = (days_ago.ceil(), days_ago.ceil() - days_ago);
        let midnight = present.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
        let into_the_day = OPENS + TimeDelta::seconds((rest * OPEN_SECONDS) as i64);
        let then = midnight - TimeDelta::days(days as i64) + into_the_day;
        let then = if self.gone.replace(true) { then.max(env.now()) } else { then };
        env.set_offset(self.offset + (then.min(present) - present));
        Ok(())
    }

    /// Does what is due at this time.
    pub(super) async fn catch_up(&self) -> Result<(), Failure> {
        Ok(catch_up(&self.services).await?)
    }
}

impl Drop for Past {
    fn drop(&mut self) {
        self.services.database.env().set_offset(self.offset);
    }
}
