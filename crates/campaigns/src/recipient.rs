use std::collections::BTreeMap;

use kernel::{CampaignId, EmailAddress, RecipientId, Timestamp};

use crate::content::Reader;
use crate::words::words;

/// Tries of a mail that the mail system does not take now.
pub(crate) const TRIES: i64 = 5;

/// Somebody in the ledger of a campaign. Its mail is made at most once, but for what was never taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub id: RecipientId,
    pub campaign: CampaignId,
    pub email: EmailAddress,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub state: RecipientState,
    pub attempts: i64,
    pub error: Option<String>,
    pub finished_at: Option<Timestamp>,
    pub unsubscribed_at: Option<Timestamp>,
}

words! {
    /// Where the mail to somebody stands.
    RecipientState {
        /// Not yet begun.
        Pending = "pending",
        /// It is being handed over.
        Sending = "sending",
        /// The mail system took it.
        Sent = "sent",
        /// It refused it for good, or would not take it for long.
        Failed = "failed",
        /// The worker went down while it was handed over: it may have been taken. It is not sent again by itself.
        Uncertain = "uncertain",
        /// The address gets no campaigns.
        Suppressed = "suppressed",
        /// It came back.
        Bounced = "bounced",
        /// The campaign was cancelled before its turn.
        Cancelled = "cancelled",
    }
}

impl Recipient {
    pub(crate) fn reader(&self) -> Reader {
        Reader {
            email: self.email.as_str().to_owned(),
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
        }
    }

    pub(crate) fn full_name(&self) -> Option<String> {
        let parts = [&self.first_name, &self.last_name];
        let name = parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        Some(name).filter(|name| !name.is_empty())
    }
}

/// Where a campaign stands in figures. The counts of all states make up all recipients.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub recipients: u64,
    pub by_state: BTreeMap<&'static str, u64>,
    /// Who asked for no more by a link of this campaign.
    pub unsubscribed: u64,
    /// Of the failed, those whose mails were never refused for good: they may get their turn again.
    pub gave_up: u64,
}

impl Report {
    /// How many are in a state.
    pub fn count(&self, state: RecipientState) -> u64 {
        self.by_state.get(state.name()).copied().unwrap_or_default()
    }
}

/// What a job sent, in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub sent: u64,
    pub failed: u64,
    pub suppressed: u64,
    pub uncertain: u64,
    /// Not taken now; their turn comes again.
    pub deferred: u64,
}

impl Tally {
    pub(crate) fn is_empty(self) -> bool {
        self == Self::default()
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            sent: self.sent + other.sent,
            failed: self.failed + other.failed,
            suppressed: self.suppressed + other.suppressed,
            uncertain: self.uncertain + other.uncertain,
            deferred: self.deferred + other.deferred,
        }
    }
}
