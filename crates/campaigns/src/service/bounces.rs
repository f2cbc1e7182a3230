use database::Tx;
use kernel::{Actor, EmailAddress, Env, OrganizationId, RecipientId};
use uuid::Uuid;

use super::suppressions::written;
use super::{CampaignService, tell};
use crate::{Bounce, BounceKind, BounceOutcome, ContactEvent, Error, Reason, Recipient, Suppression, store};

/// Bounces that are taken at once.
const AT_ONCE: usize = 100;

impl CampaignService {
    pub(super) async fn take_bounces(
        &self,
        actor: &Actor,
        bounces: Vec<Bounce>,
    ) -> Result<Vec<BounceOutcome>, Error> {
        if bounces.len() > AT_ONCE {
            let detail = format!("must have at most {AT_ONCE} entries");
            return Err(kernel::FieldFault::new("bounces", "too_long", detail).into());
        }
        let (org, env) = (actor.org, self.database.env().clone());
        let taken = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let mut outcomes = Vec::with_capacity(bounces.len());
                for bounce in bounces {
                    outcomes.push(take(tx, org, &env, bounce).await?);
                }
                tell(tx, org, ContactEvent::BouncesNoted { first: env.id(), count: outcomes.len() });
                Ok::<_, Error>(outcomes)
            })
        });
        taken.await
    }
}

/// A bounce counts against the address that the message went to, whatever address stands beside it.
async fn take(tx: &Tx, org: OrganizationId, env: &Env, bounce: Bounce) -> Result<BounceOutcome, Error> {
    let recipient = match bounce.message_id.as_deref().and_then(recipient) {
        Some(id) => store::recipients::find(tx.connection(), org, id).await?,
        None => None,
    };
    let given = bounce.email.as_deref().and_then(|email| EmailAddress::parse("email", email).ok());
    let Some(email) = recipient.as_ref().map(|found| found.email.clone()).or(given) else {
        return Ok(BounceOutcome::Unknown);
    };
    note(tx, org, recipient.as_ref(), &bounce).await?;
    let reason = match bounce.kind {
        BounceKind::Soft => return Ok(BounceOutcome::Noted),
        BounceKind::Hard => Reason::Bounced,
        BounceKind::Complaint => Reason::Complained,
    };
    let campaign = recipient.map(|recipient| recipient.campaign);
    let new = Suppression { id: env.id(), email, reason, campaign, created_at: env.now() };
    let (now, changed) = written(tx, org, &new).await?;
    Ok(if changed { BounceOutcome::Suppressed(now.id) } else { BounceOutcome::Noted })
}

/// Who complains got the mail; a mail that comes back did not reach him.
async fn note(
    tx: &Tx,
    org: OrganizationId,
    recipient: Option<&Recipient>,
    bounce: &Bounce,
) -> Result<(), Error> {
    if let (Some(recipient), BounceKind::Hard | BounceKind::Soft) = (recipient, bounce.kind) {
        let detail = bounce.detail.as_deref().unwrap_or("the mail came back").chars().take(500).collect();
        store::recipients::bounced(tx, org, recipient.id, Some(detail)).await?;
    }
    Ok(())
}

/// Whose mail a message id of ours is.
fn recipient(message_id: &str) -> Option<RecipientId> {
    let id = message_id.trim().trim_matches(['<', '>']).split_once(".campaign@")?.0;
    Uuid::try_parse(id).ok().map(RecipientId::from)
}
