use chrono::TimeDelta;
use database::StoreError;
use database::jobs::{self, Claimed, Verdict};

use super::{JobError, Runner};

impl Runner {
    /// Notes a try that failed, and what becomes of the job.
    pub(super) async fn failed(&self, job: &Claimed, error: JobError) {
        let verdict = self.verdict(job, &error);
        tracing::warn!(%error, ?verdict, "a job failed");
        match jobs::fail(&self.database, &job.lease, verdict, &error.to_string()).await {
            Ok(()) | Err(StoreError::LeaseLost) => {}
            Err(error) => {
                tracing::warn!(%error, "the failure of a job could not be noted; its lease runs out")
            }
        }
    }

    fn verdict(&self, job: &Claimed, error: &JobError) -> Verdict {
        let now = self.database.env().now();
        match error {
            JobError::Postpone { after, .. } => {
                Verdict::Postpone { at: now + TimeDelta::from_std(*after).unwrap_or(TimeDelta::minutes(1)) }
            }
            JobError::Retry(_) if job.attempt < job.max_attempts => {
                Verdict::Retry { at: now + backoff(job.attempt, self.database.env().fraction()) }
            }
            _ => Verdict::Bury,
        }
    }
}

/// `random(0.5..1) * min(1 h, 5 s * 2^attempt)`.
fn backoff(attempt: i64, fraction: f64) -> TimeDelta {
    let seconds = 5_i64.saturating_mul(1 << attempt.clamp(0, 20)).min(3_600);
    let jittered = (seconds * 1_000) as f64 * (0.5 + fraction / 2.0);
    TimeDelta::milliseconds(jittered as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retry_waits_longer_each_time_up_to_an_hour() {
        assert_eq!(backoff(1, 1.0), TimeDelta::seconds(10));
        assert_eq!(backoff(1, 0.0), TimeDelta::seconds(5));
        assert_eq!(backoff(12, 1.0), TimeDelta::hours(1));
        assert_eq!(backoff(i64::MAX, 1.0), TimeDelta::hours(1));
    }
}
