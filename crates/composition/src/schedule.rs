//! What runs by the clock. Every process may schedule; each tick runs once.

use std::time::Duration;

use chrono::{DurationRound, TimeDelta};
use database::{Database, StoreError, jobs};
use kernel::{OrganizationId, Stream, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::jobs::Job;

/// One line of the timetable.
#[derive(Clone, Debug)]
pub struct Tick {
    pub name: &'static str,
    pub every: TimeDelta,
    pub job: Job,
}

/// The timetable. Ticks are multiples of the interval since 1970, in UTC.
pub fn timetable() -> [Tick; 4] {
    [
        Tick { name: "housekeeping", every: TimeDelta::hours(1), job: Job::KeepHouse },
        Tick { name: "campaigns", every: TimeDelta::minutes(1), job: Job::StartCampaigns },
        Tick { name: "invoices", every: TimeDelta::minutes(1), job: Job::MakeRecurringInvoices },
        Tick { name: "erasures", every: TimeDelta::hours(1), job: Job::EraseExpired },
    ]
}

/// Looks at the timetable until it is told to stop. Missed ticks are not made up, but for the latest.
pub(crate) async fn run(database: Database, stop: CancellationToken) {
    loop {
        if let Err(error) = tick_all(&database).await {
            tracing::warn!(%error, "the timetable could not be worked off; it is tried again");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(10)) => {}
        }
    }
}

/// Runs the latest tick of every entry, unless some process has.
pub(crate) async fn tick_all(database: &Database) -> Result<(), StoreError> {
    let now = database.env().now();
    for entry in timetable() {
        let draft = entry.job.draft(Stream::Organization(OrganizationId::PLATFORM));
        if jobs::tick(database, entry.name, latest(now, entry.every), draft).await? {
            tracing::debug!(name = entry.name, "a tick of the timetable");
        }
    }
    Ok(())
}

fn latest(now: Timestamp, every: TimeDelta) -> Timestamp {
    now.duration_trunc(every).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_process_computes_the_same_tick() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let hour = TimeDelta::hours(1);
        assert_eq!(latest(at("2026-01-15T09:59:59.999Z"), hour), at("2026-01-15T09:00:00Z"));
        assert_eq!(latest(at("2026-01-15T10:00:00Z"), hour), at("2026-01-15T10:00:00Z"));
    }
}
