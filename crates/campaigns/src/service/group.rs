//! A group of mails: taken in one commit, handed over, ended in another.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::future::join_all;
use kernel::{Actor, CampaignRunId, OrganizationId, RecipientId, Timestamp};
use platform::{Extra, MailError, OutgoingMail};
use uuid::Uuid;

use super::{CampaignService, reason};
use crate::content::{Content, Sender};
use crate::store::recipients::Ending;
use crate::{Campaign, Error, Recipient, RecipientState, Tally, store};

/// Mails that are in the hands of a job at once: as many may be uncertain after it went down.
const GROUP: u64 = 20;

/// Tries of a mail that the server does not take now.
const TRIES: i64 = 5;

/// After a group of which the server took nothing.
const REST: Duration = Duration::from_secs(30);

/// What a job sends.
pub(super) struct Work {
    pub(super) run: CampaignRunId,
    pub(super) claim: Uuid,
    pub(super) campaign: Campaign,
    pub(super) content: Content,
    pub(super) sender: Sender,
}

/// What came of a group.
#[derive(Clone, Copy, Debug)]
pub(super) enum Group {
    Sent(Tally),
    /// Nobody's turn has come.
    Nobody,
    /// The rates, or the server, allow nothing before.
    Wait(Duration),
    /// The run is over.
    Over,
}

/// Who was taken, and how many were left out.
type Taken = Option<(Vec<Recipient>, u64)>;

impl CampaignService {
    pub(super) async fn group(&self, actor: &Actor, work: &Work) -> Result<Group, Error> {
        let (org, now) = (actor.org, self.database.env().now());
        let due = store::recipients::due(self.database.reader(), org, work.campaign.id, now, GROUP).await?;
        if due.is_empty() {
            return Ok(Group::Nobody);
        }
        let (allowed, wait) = self.paced(org, &due).await;
        if allowed.is_empty() {
            return Ok(Group::Wait(wait));
        }
        let Some((taken, suppressed)) = self.take(actor, work, allowed).await? else {
            return Ok(Group::Over);
        };
        let endings = join_all(taken.iter().map(|recipient| self.hand_over(recipient, work))).await;
        let tally = tally(&endings, suppressed);
        let is_down = !endings.is_empty() && tally.deferred == endings.len() as u64;
        if !endings.is_empty() {
            self.note(actor, work.claim, endings).await?;
        }
        Ok(if is_down { Group::Wait(REST) } else { Group::Sent(tally) })
    }

    /// Those of whom the rates allow a mail now; else after how long they do.
    async fn paced(&self, org: OrganizationId, due: &[Recipient]) -> (Vec<Recipient>, Duration) {
        let (mut allowed, mut wait) = (Vec::new(), None);
        for recipient in due {
            let of_domain = format!("{org}:{}", recipient.email.domain());
            let domain = self.limiter.check(&of_domain, self.pace.domain, 1).await;
            if !domain.allowed {
                wait = wait.or(domain.retry_after);
                continue;
            }
            let whole = self.limiter.check(&org.to_string(), self.pace.organization, 1).await;
            if !whole.allowed {
                wait = whole.retry_after;
                break;
            }
            allowed.push(recipient.clone());
        }
        (allowed, wait.unwrap_or(Duration::from_secs(1)))
    }

    /// Takes them in a commit that holds the campaign: a pause comes before it or after it. Who asked for no more
    /// meanwhile is left out.
    async fn take(&self, actor: &Actor, work: &Work, due: Vec<Recipient>) -> Result<Taken, Error> {
        let (org, run, claim, now) = (actor.org, work.run, work.claim, self.database.env().now());
        let taken = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                if store::campaigns::lock_run(tx, org, run).await?.is_none() {
                    return Ok(None);
                }
                let addresses = due.iter().map(|recipient| recipient.email.as_str());
                let out = store::suppressions::among(tx.connection(), org, addresses).await?;
                let (left, wanted): (Vec<_>, Vec<_>) =
                    due.iter().partition(|recipient| out.contains(recipient.email.as_str()));
                let ids = |some: Vec<&Recipient>| {
                    some.into_iter().map(|recipient| recipient.id).collect::<Vec<RecipientId>>()
                };
                let suppressed = store::recipients::suppress(tx, org, &ids(left), now).await?;
                let taken = store::recipients::claim(tx, org, &ids(wanted), claim).await?;
                Ok::<_, Error>(Some((taken, suppressed)))
            })
        });
        taken.await
    }

    async fn hand_over(&self, recipient: &Recipient, work: &Work) -> Ending {
        let now = self.database.env().now();
        let result = self.mailer.send(&self.mail(recipient, work)).await;
        let (state, error) = match &result {
            Ok(()) => (RecipientState::Sent, None),
            Err(error @ MailError::Permanent(_)) => (RecipientState::Failed, Some(reason(error))),
            Err(error @ MailError::Uncertain(_)) => (RecipientState::Uncertain, Some(reason(error))),
            Err(error @ MailError::Temporary(_)) if recipient.attempts >= TRIES => {
                (RecipientState::Failed, Some(reason(error)))
            }
            Err(error) => (RecipientState::Pending, Some(reason(error))),
        };
        Ending { id: recipient.id, state, error, due_at: again(now, recipient.attempts) }
    }

    fn mail(&self, recipient: &Recipient, work: &Work) -> OutgoingMail {
        let leave = self.unsubscribe_page(recipient.id);
        let filled = work.content.fill(&recipient.reader(), &work.sender, &leave);
        OutgoingMail {
            message_id: self.message_id(recipient.id),
            to: recipient.email.clone(),
            to_name: recipient.full_name(),
            subject: filled.subject,
            text: filled.text,
            html: filled.html,
            headers: vec![
                ("List-Unsubscribe", format!("<{leave}>")),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
                ("Precedence", "bulk".to_owned()),
            ],
            extra: Extra::default(),
        }
    }

    /// Only whoever took them ends them; a worker that lost its job meanwhile writes nothing.
    async fn note(&self, actor: &Actor, claim: Uuid, endings: Vec<Ending>) -> Result<(), Error> {
        let (org, now) = (actor.org, self.database.env().now());
        let noted = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::recipients::end(tx, org, claim, &endings, now).await?;
                Ok(())
            })
        });
        noted.await
    }
}

/// When the turn of a mail comes again: after 1, 4, 16, 64 minutes.
fn again(now: Timestamp, attempts: i64) -> Timestamp {
    let power = u32::try_from(attempts.clamp(1, TRIES) - 1).unwrap_or_default();
    now + TimeDelta::minutes(4_i64.pow(power))
}

fn tally(endings: &[Ending], suppressed: u64) -> Tally {
    let count = |state| endings.iter().filter(|end| end.state == state).count() as u64;
    Tally {
        sent: count(RecipientState::Sent),
        failed: count(RecipientState::Failed),
        uncertain: count(RecipientState::Uncertain),
        deferred: count(RecipientState::Pending),
        suppressed,
    }
}
