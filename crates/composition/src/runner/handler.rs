use std::time::Duration;

use database::jobs::Claimed;

/// Does the work of one job.
#[async_trait::async_trait]
pub trait Handler: Send + Sync {
    /// Runs the job once. It may be run again, on another process, even after it succeeded.
    async fn handle(&self, job: &Claimed) -> Result<Done, JobError>;
}

/// How a job ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Its effects and its end were committed together.
    Committed,
    /// It has no effect of its own in the database; the runner marks it done.
    Unmarked,
}

/// How a try of a job failed.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Trying again may help.
    #[error("{0}")]
    Retry(String),
    /// The other side asked to wait; this try does not count.
    #[error("to be tried again in {} s: {reason}", after.as_secs())]
    Postpone { after: Duration, reason: String },
    /// Trying again cannot help.
    #[error("{0}")]
    Permanent(String),
    /// Another worker has the job now. Nothing to note.
    #[error("the lease was lost")]
    LeaseLost,
}
