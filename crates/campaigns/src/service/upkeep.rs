//! What is done by the clock: starting what is due, and mending what workers that went down left behind.

use kernel::{Actor, CampaignId, CampaignRunId, OrganizationId};

use super::acts::{Step, acted};
use super::{CampaignService, tell};
use crate::{Act, Campaign, CampaignEvent, CampaignHappening, Error, store};

/// Campaigns that one look at the schedule starts.
const AT_ONCE: u64 = 50;

/// Campaigns on their way that one look asks for their jobs.
const ON_THEIR_WAY: u64 = 1_000;

impl CampaignService {
    /// Says how many were started. One that fails holds up nobody else's; it shows in the job, which tries again.
    pub(super) async fn look_after_all(&self) -> Result<u64, Error> {
        let (reader, now) = (self.database.reader(), self.database.env().now());
        let (mut started, mut fault) = (0, None);
        for (org, campaign) in store::recipients::abandoned(reader, now).await? {
            fault = self.abandon(&Actor::system(org), campaign).await.err().or(fault);
        }
        for (org, run) in store::campaigns::sending(reader, ON_THEIR_WAY).await? {
            fault = self.carry_on(org, run).await.err().or(fault);
        }
        for (org, campaign) in store::campaigns::due(reader, now, AT_ONCE).await? {
            match self.start(org, &campaign).await {
                Ok(is_started) => started += u64::from(is_started),
                Err(error) => fault = Some(error),
            }
        }
        fault.map_or(Ok(started), Err)
    }

    /// Starts a campaign that is due, unless somebody did something else with it meanwhile. One that is not ready is a
    /// draft again, and whoever scheduled it hears of it.
    async fn start(&self, org: OrganizationId, campaign: &Campaign) -> Result<bool, Error> {
        let found = self.judge(org, campaign).await?;
        let (id, version, env) = (campaign.id, campaign.version, self.database.env());
        let (now, run) = (env.now(), env.id());
        let system = Actor::system(org);
        let work = self.database.commit(&system, move |tx| {
            Box::pin(async move {
                let campaign = store::campaigns::lock(tx, org, id).await?;
                if campaign.version != version {
                    return Ok(false);
                }
                if found.is_ready() {
                    acted(tx, org, &campaign, Step { act: Act::Send, run, by: None }, now).await?;
                    return Ok(true);
                }
                let after = campaign.after(Act::Unschedule, run, now)?;
                store::campaigns::save(tx, org, &after).await?;
                let missed = CampaignHappening::ScheduleMissed {
                    by: campaign.scheduled_by,
                    reason: found.in_the_way(),
                };
                tell(tx, org, CampaignEvent::of(&after, missed));
                Ok::<_, Error>(false)
            })
        });
        work.await
    }

    /// A campaign whose jobs died, or were laid aside, gets new ones.
    async fn carry_on(&self, org: OrganizationId, run: CampaignRunId) -> Result<(), Error> {
        if store::jobs::carries_on(self.database.reader(), org, run).await? {
            return Ok(());
        }
        let system = Actor::system(org);
        let work = self.database.commit(&system, move |tx| {
            Box::pin(async move {
                // Whoever writes a job of the run holds the campaign.
                let Some(campaign) = store::campaigns::lock_run(tx, org, run).await? else { return Ok(()) };
                if !store::jobs::carries_on(tx.connection(), org, run).await? {
                    tell(tx, org, CampaignEvent::of(&campaign, CampaignHappening::Continued { run }));
                }
                Ok(())
            })
        });
        work.await
    }

    /// What a worker that went down had begun may have been taken: it is listed, and not sent again by itself.
    pub(super) async fn abandon(&self, actor: &Actor, id: CampaignId) -> Result<(), Error> {
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
}
