use database::Tx;
use kernel::{Actor, CampaignId, CampaignRunId, OrganizationId, Timestamp, Version};

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
        let (now, run) = (env.now(), env.id::<CampaignRunId>());
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
                acted(tx, org, &before, (act, run), now).await
            })
        });
        acted.await
    }
}

/// Writes and tells what an act makes of a campaign that is locked.
pub(super) async fn acted(
    tx: &Tx,
    org: OrganizationId,
    before: &Campaign,
    (act, run): (Act, CampaignRunId),
    now: Timestamp,
) -> Result<Campaign, Error> {
    let after = before.after(act, run, now)?;
    if act == Act::ResendUncertain {
        store::recipients::renew_uncertain(tx, org, before.id, now).await?;
    }
    store::campaigns::save(tx, org, &after).await?;
    let what = match act {
        Act::Schedule { at } => CampaignHappening::Scheduled { at },
        Act::Unschedule => CampaignHappening::Unscheduled,
        Act::Send => CampaignHappening::Started { run },
        Act::Pause => CampaignHappening::Paused,
        Act::Resume | Act::ResendUncertain => CampaignHappening::Resumed { run },
        Act::Cancel => CampaignHappening::Cancelled,
    };
    tell(tx, org, CampaignEvent::of(&after, what));
    Ok(after)
}
