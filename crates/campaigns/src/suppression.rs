use kernel::{CampaignId, EmailAddress, SuppressionId, Timestamp};

use crate::words::words;

/// An address that gets no campaign of the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    pub id: SuppressionId,
    pub email: EmailAddress,
    pub reason: Reason,
    /// The campaign that led to it.
    pub campaign: Option<CampaignId>,
    pub created_at: Timestamp,
}

words! {
    /// Why an address gets none.
    Reason {
        /// Its owner said so, by the link in a mail.
        Unsubscribed = "unsubscribed",
        /// Its owner told his provider that it is spam.
        Complained = "complained",
        /// Mails to it come back.
        Bounced = "bounced",
        /// The organization said so.
        Manual = "manual",
    }
}

impl Reason {
    /// Whether it is the owner's own word, which nobody else takes back.
    pub const fn is_the_owners(self) -> bool {
        matches!(self, Self::Unsubscribed | Self::Complained)
    }
}

/// What the mail system says came of a mail.
#[derive(Clone, Debug)]
pub struct Bounce {
    /// Of the mail that came back, with or without `<>`.
    pub message_id: Option<String>,
    /// Where it went; read where the message is not known.
    pub email: Option<String>,
    pub kind: BounceKind,
    pub detail: Option<String>,
}

words! {
    /// What came of a mail.
    BounceKind {
        /// The address does not take mail, and will not.
        Hard = "hard",
        /// It does not now.
        Soft = "soft",
        /// Its owner calls it spam.
        Complaint = "complaint",
    }
}

/// What was made of a bounce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BounceOutcome {
    /// The address is written to no more.
    Suppressed(SuppressionId),
    /// Noted in the ledger alone, or known before.
    Noted,
    /// It names neither a message of ours nor an address.
    Unknown,
}
