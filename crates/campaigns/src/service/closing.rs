//! How a job of a campaign ends: the next one follows from what it tells, or it waits, or the campaign is sent.

use std::time::Duration;

use chrono::TimeDelta;
use database::Tx;
use kernel::{Actor, OrganizationId, Timestamp};

use super::group::{Group, REST, Work};
use super::{CampaignService, tell};
use crate::{Campaign, CampaignEvent, CampaignHappening, CampaignState, Error, Posted, Tally, store};

/// Looks for those whose turn comes again are not closer together.
const OFTEN: TimeDelta = TimeDelta::seconds(2);

/// Nor further apart, for clocks differ and people change things.
const SELDOM: TimeDelta = TimeDelta::minutes(10);

/// What comes after a job.
#[derive(Clone, Copy)]
enum Next {
    /// Another job after this time.
    After(Duration),
    /// What the ledger says: another job, or nothing if everybody's row says how it ended.
    Ledger,
    /// Nothing: the run is over.
    Nothing,
}

impl CampaignService {
    /// Ends a job. One that did nothing waits itself; else a next one does, so that the log has one event for many mails.
    pub(super) async fn end(
        &self,
        actor: &Actor,
        work: &Work,
        tally: Tally,
        last: Group,
    ) -> Result<Posted, Error> {
        let next = match last {
            Group::Over => Next::Nothing,
            Group::Sent(_) => Next::After(Duration::ZERO),
            Group::Rest(_) => Next::After(REST),
            Group::Wait(wait) => Next::After(wait),
            Group::Nobody => Next::Ledger,
        };
        let (org, run, id, now) = (actor.org, work.run, work.campaign.id, self.database.env().now());
        let closed = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let campaign = store::campaigns::lock(tx, org, id).await?;
                let next = if campaign.run == Some(run) { next } else { Next::Nothing };
                let wait = match next {
                    Next::After(wait) => Some(TimeDelta::from_std(wait).unwrap_or(SELDOM)),
                    Next::Nothing => None,
                    Next::Ledger => store::recipients::open(tx.connection(), org, id)
                        .await?
                        .map(|at| (at - now).clamp(OFTEN, SELDOM)),
                };
                if let (true, Some(wait)) = (tally.is_empty(), wait) {
                    return Ok(Posted::Wait(wait.max(OFTEN / 2).to_std().unwrap_or_default()));
                }
                if !tally.is_empty() {
                    let next = wait.map(|wait| now + wait);
                    let what = CampaignHappening::BatchSent { run, tally, next };
                    tell(tx, org, CampaignEvent::of(&campaign, what));
                }
                if let (Next::Ledger, None) = (next, wait) {
                    finish(tx, org, campaign, now).await?;
                }
                tx.finish_job();
                Ok::<_, Error>(Posted::Done)
            })
        });
        closed.await
    }
}

async fn finish(tx: &Tx, org: OrganizationId, campaign: Campaign, now: Timestamp) -> Result<(), Error> {
    let version = campaign.version.next();
    let state = CampaignState::Sent;
    let sent = Campaign { state, run: None, finished_at: Some(now), updated_at: now, version, ..campaign };
    store::campaigns::save(tx, org, &sent).await?;
    tell(tx, org, CampaignEvent::of(&sent, CampaignHappening::Finished));
    Ok(())
}
