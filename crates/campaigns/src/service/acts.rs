use database::Tx;
use kernel::{Actor, CampaignId, CampaignRunId, OrganizationId, Timestamp, UserId, Version};

use super::{CampaignService, tell};
use crate::words::must_be_at;
use crate::{Act, Campaign, CampaignEvent, CampaignHappening, Error, store};

impl CampaignService {
    pub(super) async fn do_act(
        &self,
        actor: &Actor,
        id: CampaignId,
        expected: Version,
        act: Act,
    ) -> Result<Campaign, Error> {
        let (org, env) = (actor.org, self.database.env());
        let (now, run, me) = (env.now(), env.id::<CampaignRunId>(), actor.user_id());
        let before = self.find(org, id).await?;
        must_be_at(before.version, expected)?;
        before.after(act, run, now)?;
        if let Act::Send | Act::Schedule { .. } = act {
            let found = self.judge(org, &before).await?;
            if !found.is_ready() {
                return Err(Error::NotReady(found.in_the_way()));
            }
        }
        let acted = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::campaigns::lock(tx, org, id).await?;
                must_be_at(before.version, expected)?;
                acted(tx, org, &before, Step { act, run, by: me }, now).await
            })
        });
        acted.await
    }
}

/// An act, who does it, and the stretch of sending that it may begin.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) act: Act,
    pub(super) run: CampaignRunId,
    pub(super) by: Option<UserId>,
}

/// Writes and tells what an act makes of a campaign that is locked.
pub(super) async fn acted(
    tx: &Tx,
    org: OrganizationId,
    before: &Campaign,
    Step { act, run, by }: Step,
    now: Timestamp,
) -> Result<Campaign, Error> {
    let after = Campaign { scheduled_by: by, ..before.after(act, run, now)? };
    let renewed = match act {
        Act::ResendUncertain => store::recipients::renew_uncertain(tx, org, before.id, now).await?,
        Act::ResendFailed => store::recipients::renew_given_up(tx, org, before.id, now).await?,
        _ => 0,
    };
    store::campaigns::save(tx, org, &after).await?;
    let what = match act {
        Act::Schedule { at } => CampaignHappening::Scheduled { at },
        Act::Unschedule => CampaignHappening::Unscheduled,
        Act::Send => CampaignHappening::Started { run },
        Act::Pause => CampaignHappening::Paused,
        Act::Resume => CampaignHappening::Resumed { run },
        Act::ResendUncertain | Act::ResendFailed if after.run.is_some() => CampaignHappening::Resumed { run },
        Act::ResendUncertain | Act::ResendFailed => CampaignHappening::Renewed { recipients: renewed },
        Act::Cancel => CampaignHappening::Cancelled,
    };
    tell(tx, org, CampaignEvent::of(&after, what));
    Ok(after)
}
