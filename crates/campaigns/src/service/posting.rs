use async_trait::async_trait;
use chrono::TimeDelta;
use database::Tx;
use kernel::{Actor, CampaignId, CampaignRunId, CampaignTestId, Cause, OrganizationId};

use super::acts::acted;
use super::group::{Group, Work};
use super::{CampaignService, require_system, tell};
use crate::content::{Content, Reader};
use crate::store::audience::Found;
use crate::{
    Act, Campaign, CampaignEvent, CampaignHappening, CampaignPosting, CampaignState, Error, Posted,
    Recipient, RecipientState, Tally, store,
};

/// People who are written into the ledger in one commit.
const PAGE: u64 = 500;

/// Groups of mails that one job hands over, so that a job stays short and its crashes are counted for few.
const GROUPS: usize = 10;

/// Campaigns that one look at the schedule starts.
const AT_ONCE: u64 = 50;

#[async_trait]
impl CampaignPosting for CampaignService {
    async fn start_due(&self, actor: &Actor) -> Result<u64, Error> {
        require_system(actor)?;
        let (reader, now) = (self.database.reader(), self.database.env().now());
        // One that fails holds up nobody else's; it shows in the job, which tries again.
        let (mut started, mut fault) = (0, None);
        for (org, campaign) in store::recipients::abandoned(reader, now).await? {
            fault = self.abandon(&Actor::system(org), campaign).await.err().or(fault);
        }
        for (org, campaign) in store::campaigns::due(reader, now, AT_ONCE).await? {
            match self.start(org, &campaign).await {
                Ok(is_started) => started += u64::from(is_started),
                Err(error) => fault = Some(error),
            }
        }
        fault.map_or(Ok(started), Err)
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
            let Group::Sent(more) = last else { break };
            tally = tally.plus(more);
        }
        self.end(actor, &work, tally, last).await
    }

    async fn post_test(&self, actor: &Actor, test: CampaignTestId) -> Result<Posted, Error> {
        require_system(actor)?;
        self.send_test(actor, test).await
    }
}

/// What a job claims is its own by its lease, which nobody else has.
fn claim(actor: &Actor) -> Result<uuid::Uuid, Error> {
    match &actor.cause {
        Cause::Job(lease) => Ok(lease.token),
        Cause::Request(_) | Cause::Internal => Err(kernel::Denied::Unauthenticated.into()),
    }
}

impl CampaignService {
    /// Starts a campaign that is due, unless somebody did something else with it meanwhile.
    async fn start(&self, org: OrganizationId, campaign: &Campaign) -> Result<bool, Error> {
        let ready = self.judge(org, campaign).await?.is_ready();
        let act = if ready { Act::Send } else { Act::Unschedule };
        let (id, version, env) = (campaign.id, campaign.version, self.database.env());
        let (now, run) = (env.now(), env.id());
        let system = Actor::system(org);
        let work = self.database.commit(&system, move |tx| {
            Box::pin(async move {
                let campaign = store::campaigns::lock(tx, org, id).await?;
                if campaign.version != version {
                    return Ok(false);
                }
                acted(tx, org, &campaign, (act, run), now).await?;
                Ok::<_, Error>(ready)
            })
        });
        work.await
    }

    /// What a worker that went down had begun may have been taken: it is listed, and not sent again by itself.
    async fn abandon(&self, actor: &Actor, id: CampaignId) -> Result<(), Error> {
        let (org, now) = (actor.org, self.database.env().now());
        let work = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let campaign = store::campaigns::lock(tx, org, id).await?;
                let uncertain = store::recipients::abandon(tx, org, id, now).await?;
                if uncertain > 0 {
                    tell(tx, org, CampaignEvent::of(&campaign, CampaignHappening::Abandoned { uncertain }));
                }
                Ok(())
            })
        });
        work.await
    }

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

    /// Ends a job: the next one follows from what it tells, or it waits, or the campaign is sent.
    async fn end(&self, actor: &Actor, work: &Work, tally: Tally, last: Group) -> Result<Posted, Error> {
        let wait = match last {
            Group::Over => return self.close(actor, work, tally, Next::None).await,
            Group::Sent(_) => return self.close(actor, work, tally, Next::More).await,
            Group::Wait(wait) => wait,
            Group::Nobody => {
                let (org, now) = (actor.org, self.database.env().now());
                match store::recipients::waiting(self.database.reader(), org, work.campaign.id).await? {
                    (None, false) => return self.close(actor, work, tally, Next::Sent).await,
                    (next, _) => {
                        let wait = next.map_or(TimeDelta::zero(), |next| next - now);
                        wait.clamp(TimeDelta::seconds(2), TimeDelta::minutes(10)).to_std().unwrap_or_default()
                    }
                }
            }
        };
        if tally.is_empty() {
            Ok(Posted::Wait(wait))
        } else {
            self.close(actor, work, tally, Next::More).await
        }
    }

    async fn close(&self, actor: &Actor, work: &Work, tally: Tally, next: Next) -> Result<Posted, Error> {
        let (org, run, id, now) = (actor.org, work.run, work.campaign.id, self.database.env().now());
        let closed = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let campaign = store::campaigns::lock(tx, org, id).await?;
                let still = campaign.run == Some(run);
                if !tally.is_empty() {
                    let more = next == Next::More && still;
                    tell(
                        tx,
                        org,
                        CampaignEvent::of(&campaign, CampaignHappening::BatchSent { run, tally, more }),
                    );
                }
                if next == Next::Sent && still {
                    finish(tx, org, campaign, now).await?;
                }
                tx.finish_job();
                Ok::<_, Error>(Posted::Done)
            })
        });
        closed.await
    }
}

/// What comes after a job.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    More,
    /// Everybody's row says how it ended.
    Sent,
    None,
}

async fn finish(
    tx: &Tx,
    org: OrganizationId,
    campaign: Campaign,
    now: kernel::Timestamp,
) -> Result<(), Error> {
    let version = campaign.version.next();
    let state = CampaignState::Sent;
    let sent = Campaign { state, run: None, finished_at: Some(now), updated_at: now, version, ..campaign };
    store::campaigns::save(tx, org, &sent).await?;
    tell(tx, org, CampaignEvent::of(&sent, CampaignHappening::Finished));
    Ok(())
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
