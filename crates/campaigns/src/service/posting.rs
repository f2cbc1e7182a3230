use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, CampaignRunId, CampaignTestId, Cause, OrganizationId};

use super::group::{Group, Work};
use super::{CampaignService, require_system, tell};
use crate::content::{Content, Reader};
use crate::store::audience::Found;
use crate::store::recipients::Claim;
use crate::{
    Campaign, CampaignEvent, CampaignHappening, CampaignPosting, Error, Posted, Recipient, RecipientState,
    Tally, store,
};

/// People who are written into the ledger in one commit.
const PAGE: u64 = 500;

/// Groups of mails that one job hands over, so that a job stays short and its crashes are counted for few.
const GROUPS: usize = 10;

#[async_trait]
impl CampaignPosting for CampaignService {
    async fn start_due(&self, actor: &Actor) -> Result<u64, Error> {
        require_system(actor)?;
        self.look_after_all().await
    }

    async fn plan(&self, actor: &Actor, run: CampaignRunId) -> Result<Posted, Error> {
        require_system(actor)?;
        loop {
            let found = store::campaigns::of_run(self.database.reader(), actor.org, run).await?;
            let Some(campaign) = found else { return Ok(Posted::Over) };
            if campaign.planned {
                return self.planned(actor, run).await;
            }
            self.plan_page(actor, run, &campaign).await?;
        }
    }

    async fn post(&self, actor: &Actor, run: CampaignRunId) -> Result<Posted, Error> {
        require_system(actor)?;
        let (org, reader) = (actor.org, self.database.reader());
        let Some(campaign) = store::campaigns::of_run(reader, org, run).await? else {
            return Ok(Posted::Over);
        };
        self.abandon(actor, campaign.id).await?;
        let work = Work {
            run,
            claim: claim(actor)?,
            content: Content::read(&campaign.subject, &campaign.body),
            sender: store::campaigns::sender(reader, org).await?,
            campaign,
        };
        let (mut tally, mut last) = (Tally::default(), Group::Sent(Tally::default()));
        for _ in 0..GROUPS {
            last = self.group(actor, &work).await?;
            let (Group::Sent(more) | Group::Rest(more)) = last else { break };
            tally = tally.plus(more);
            if let Group::Rest(_) = last {
                break;
            }
        }
        self.end(actor, &work, tally, last).await
    }

    async fn post_test(&self, actor: &Actor, test: CampaignTestId) -> Result<Posted, Error> {
        require_system(actor)?;
        self.send_test(actor, test).await
    }
}

/// What a job claims is its own: jobs that were taken together share a lease, so it alone would not tell.
fn claim(actor: &Actor) -> Result<Claim, Error> {
    match &actor.cause {
        Cause::Job(lease) => Ok(Claim { job: lease.job.uuid(), lease: lease.token }),
        Cause::Request(_) | Cause::Internal => Err(kernel::Denied::Unauthenticated.into()),
    }
}

impl CampaignService {
    /// Writes the next page of the audience into the ledger, if nobody else did meanwhile.
    async fn plan_page(&self, actor: &Actor, run: CampaignRunId, seen: &Campaign) -> Result<(), Error> {
        let (org, env, before) = (actor.org, self.database.env().clone(), seen.planned_to);
        let reader = self.database.reader();
        let found = store::audience::next(reader, org, seen.audience, before, PAGE).await?;
        let work = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let Some(campaign) = store::campaigns::lock_run(tx, org, run).await? else { return Ok(()) };
                if campaign.planned_to != before {
                    return Ok(());
                }
                let planned_to = found.last().map(|found| found.place).or(before);
                let planned = (found.len() as u64) < PAGE;
                let now = env.now();
                let rows = recipients(tx, org, &campaign, found, &env).await?;
                store::recipients::insert(tx, org, &rows, now).await?;
                store::campaigns::save(tx, org, &Campaign { planned, planned_to, ..campaign }).await?;
                Ok(())
            })
        });
        work.await
    }

    async fn planned(&self, actor: &Actor, run: CampaignRunId) -> Result<Posted, Error> {
        let org = actor.org;
        let work = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let Some(campaign) = store::campaigns::lock_run(tx, org, run).await? else {
                    return Ok(Posted::Over);
                };
                let of = (campaign.id, campaign.state);
                let recipients = store::recipients::report(tx.connection(), org, of).await?.recipients;
                tell(tx, org, CampaignEvent::of(&campaign, CampaignHappening::Planned { run, recipients }));
                tx.finish_job();
                Ok::<_, Error>(Posted::Done)
            })
        });
        work.await
    }
}

/// Rows for those found; who is not written to stands there too, and says so.
async fn recipients(
    tx: &Tx,
    org: OrganizationId,
    campaign: &Campaign,
    found: Vec<Found>,
    env: &kernel::Env,
) -> Result<Vec<Recipient>, Error> {
    let addresses = found.iter().map(|found| found.reader.email.as_str());
    let suppressed = store::suppressions::among(tx.connection(), org, addresses).await?;
    let row = |found: Found| {
        let Reader { email, first_name, last_name } = found.reader;
        let is_out = suppressed.contains(&email);
        Recipient {
            id: env.id(),
            campaign: campaign.id,
            email: kernel::EmailAddress::from_stored(email),
            first_name,
            last_name,
            state: if is_out { RecipientState::Suppressed } else { RecipientState::Pending },
            attempts: 0,
            error: None,
            finished_at: is_out.then(|| env.now()),
            unsubscribed_at: None,
        }
    };
    Ok(found.into_iter().map(row).collect())
}
