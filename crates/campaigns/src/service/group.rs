//! A group of mails: taken in one commit, handed over, ended in another.

use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::future::join_all;
use kernel::{Actor, CampaignRunId, RecipientId, Timestamp};
use platform::{Extra, MailError, OutgoingMail};

use super::{CampaignService, reason};
use crate::content::{Content, Sender};
use crate::recipient::TRIES;
use crate::store::recipients::{Claim, Ending};
use crate::{Campaign, Error, Recipient, RecipientState, Tally, store};

/// Mails that are in the hands of a job at once: as many may be uncertain after it went down.
const GROUP: u64 = 20;

/// After a group of which the server took nothing.
pub(super) const REST: Duration = Duration::from_secs(30);

/// So many refusals for good, and nothing taken beside them, say more of us than of those refused.
const SUSPICIOUS: usize = 5;

/// What a job sends.
pub(super) struct Work {
    pub(super) run: CampaignRunId,
    pub(super) claim: Claim,
    pub(super) campaign: Campaign,
    pub(super) content: Content,
    pub(super) sender: Sender,
}

/// What came of a group.
#[derive(Clone, Copy, Debug)]
pub(super) enum Group {
    Sent(Tally),
    /// The server took nothing of it. Until it takes something again, groups have one mail.
    Rest(Tally),
    /// Nobody's turn has come.
    Nobody,
    /// The rates allow nothing before.
    Wait(Duration),
    /// The run is over.
    Over,
}

/// Who was taken, and how many were left out.
type Taken = Option<(Vec<Recipient>, u64)>;

impl CampaignService {
    pub(super) async fn group(&self, actor: &Actor, work: &Work) -> Result<Group, Error> {
        let (org, now) = (actor.org, self.database.env().now());
        let size = if self.is_down.load(Ordering::Relaxed) { 1 } else { GROUP };
        let due = store::recipients::due(self.database.reader(), org, work.campaign.id, now, size).await?;
        if due.is_empty() {
            return Ok(Group::Nobody);
        }
        let allowed = match self.paced(org, due).await {
            Ok(allowed) => allowed,
            Err(wait) => return Ok(Group::Wait(wait)),
        };
        let Some((taken, suppressed)) = self.take(actor, work, allowed).await? else {
            return Ok(Group::Over);
        };
        let endings = join_all(taken.iter().map(|recipient| self.hand_over(recipient, work))).await;
        let tally = tally(&endings, suppressed);
        let is_down = is_down(&endings);
        if endings.is_empty() {
            return Ok(Group::Sent(tally));
        }
        self.note(actor, work.claim, endings).await?;
        self.is_down.store(is_down, Ordering::Relaxed);
        let is_fruitless = is_down || tally.sent == 0 && tally.deferred > 0;
        Ok(if is_fruitless { Group::Rest(tally) } else { Group::Sent(tally) })
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
                let taken = store::recipients::claim(tx, org, &ids(wanted), claim, now).await?;
                Ok::<_, Error>(Some((taken, suppressed)))
            })
        });
        taken.await
    }

    async fn hand_over(&self, recipient: &Recipient, work: &Work) -> Ending {
        let _hand = self.hands.acquire().await.expect("nobody closes it");
        let now = self.database.env().now();
        let result = self.mailer.send(&self.mail(recipient, work)).await;
        let (state, due_at) = match &result {
            Ok(()) => (RecipientState::Sent, now),
            Err(MailError::Permanent(_)) => (RecipientState::Failed, now),
            Err(MailError::Uncertain(_)) => (RecipientState::Uncertain, now),
            // The server's fault, or ours, is none of the recipient's.
            Err(MailError::Unavailable(_)) => (RecipientState::Pending, now),
            Err(MailError::Temporary(_)) if recipient.attempts >= TRIES => (RecipientState::Failed, now),
            Err(MailError::Temporary(_)) => (RecipientState::Pending, again(now, recipient.attempts)),
        };
        let counts = !matches!(result, Err(MailError::Unavailable(_)));
        Ending { id: recipient.id, state, error: result.err().as_ref().map(reason), counts, due_at }
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
    async fn note(&self, actor: &Actor, claim: Claim, endings: Vec<Ending>) -> Result<(), Error> {
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

/// When the turn of a mail comes again: after 8, 32, 128, 512 minutes, so that its tries make up half a day.
fn again(now: Timestamp, attempts: i64) -> Timestamp {
    let power = u32::try_from(attempts.clamp(1, TRIES) - 1).unwrap_or_default();
    now + TimeDelta::minutes(8 * 4_i64.pow(power))
}

/// Whether the server took nothing, and that is hardly the recipients' doing.
fn is_down(endings: &[Ending]) -> bool {
    let is_any = |state| endings.iter().any(|end| end.state == state);
    let refused = endings.iter().filter(|end| end.state == RecipientState::Failed).count();
    let is_refused = refused == endings.len() && refused >= SUSPICIOUS;
    let is_away = endings.iter().any(|end| !end.counts) || is_any(RecipientState::Uncertain);
    !is_any(RecipientState::Sent) && (is_away || is_refused)
}

fn tally(endings: &[Ending], suppressed: u64) -> Tally {
    // Of a mail that the server was not even asked to take nothing is said.
    let count = |state| endings.iter().filter(|end| end.counts && end.state == state).count() as u64;
    Tally {
        sent: count(RecipientState::Sent),
        failed: count(RecipientState::Failed),
        uncertain: count(RecipientState::Uncertain),
        deferred: count(RecipientState::Pending),
        suppressed,
    }
}
