//! The jobs of campaigns.

use campaigns::Posted;
use kernel::Actor;

use crate::jobs::{Job, job_error};
use crate::{Done, JobError, Services};

/// Plays a job of campaigns, and no other.
pub(crate) async fn play(services: &Services, actor: &Actor, job: &Job) -> Result<Done, JobError> {
    let campaigns = &services.campaigns;
    let posted = match job {
        Job::PlanCampaign { run } => campaigns.plan(actor, *run).await,
        Job::PostCampaign { run, .. } => campaigns.post(actor, *run).await,
        Job::PostCampaignTest { test } => campaigns.post_test(actor, *test).await,
        Job::StartCampaigns => campaigns.start_due(actor).await.map(|_| Posted::Over),
        other => return Err(JobError::Permanent(format!("`{}` is no job of campaigns", other.kind()))),
    };
    match posted.map_err(job_error)? {
        Posted::Done => Ok(Done::Committed),
        Posted::Over => Ok(Done::Unmarked),
        Posted::Wait(after) => {
            Err(JobError::Postpone { after, reason: "nothing may be sent before".to_owned() })
        }
    }
}
