//! What is kept for a while only.

use chrono::TimeDelta;
use database::{idempotency, jobs};
use kernel::{Actor, OrganizationId};

use crate::jobs::job_error;
use crate::{Done, JobError, Services};

/// How long a finished job can be looked at.
const KEEP_JOBS: TimeDelta = TimeDelta::days(7);

/// How many accounts and organizations one run erases; the next run takes the rest.
const AT_ONCE: u64 = 50;

/// Forgets old keys, finished jobs, mails sent long ago, what sign-in keeps for a while, and files that nobody has.
pub(crate) async fn keep_house(services: &Services) -> Result<Done, JobError> {
    let keys = idempotency::forget_old(&services.database).await.map_err(job_error)?;
    let jobs = jobs::forget_old(&services.database, KEEP_JOBS).await.map_err(job_error)?;
    let system = Actor::system(OrganizationId::PLATFORM);
    let swept = services.auth.operating.sweep(&system).await.map_err(job_error)?;
    let mails = services.mails.forget_sent(&system).await.map_err(job_error)?;
    let files = services.files.sweep(&system).await.map_err(job_error)?;
    tracing::info!(keys, jobs, mails, ?files, ?swept, "forgot what was kept for a while");
    Ok(Done::Unmarked)
}

/// Erases what its days of grace are over for.
pub(crate) async fn erase_expired(services: &Services) -> Result<Done, JobError> {
    let system = Actor::system(OrganizationId::PLATFORM);
    for user in services.users.due_for_erasure(AT_ONCE).await.map_err(job_error)? {
        services.users.erase(&system, user).await.map_err(job_error)?;
    }
    let organizations = &services.organizations.organizations;
    for org in organizations.due_for_erasure(AT_ONCE).await.map_err(job_error)? {
        organizations.erase(&system, org).await.map_err(job_error)?;
    }
    Ok(Done::Unmarked)
}
