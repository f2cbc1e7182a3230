use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Declares typed UUIDv7 ids, so that a ticket's id cannot be passed where a user's is meant.
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an id that was stored or received before.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare value, for stores.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }
    )+};
}

id! {
    /// A tenant.
    OrganizationId,
    /// A person, global over all organizations.
    UserId,
    /// A signed-in device of a user.
    SessionId,
    /// A named set of scopes of one organization, or a system role.
    RoleId,
    /// An offer to join an organization.
    InvitationId,
    /// A key with which a program acts for its creator.
    ApiKeyId,
    /// A one-use token that was mailed.
    TokenId,
    /// A ticket.
    TicketId,
    /// A column of an organization's ticket board.
    ColumnId,
    /// A comment on a ticket.
    CommentId,
    /// A link between two tickets.
    LinkId,
    /// A line of a ticket's history.
    ActivityId,
    /// An entry of a person's feed.
    NotificationId,
    /// A mail in the ledger of mails.
    MailId,
    /// Whom invoices are written to.
    CustomerId,
    /// Something that is sold again and again.
    CatalogueItemId,
    /// How lines of invoices are taxed.
    TaxRateId,
    /// An invoice, be it a draft or issued.
    InvoiceId,
    /// Money that was paid for an invoice, or paid back.
    PaymentId,
    /// A credit note.
    CreditNoteId,
    /// A link that shows an invoice to whoever has it.
    InvoiceLinkId,
    /// A document on its way to a customer.
    InvoiceSendingId,
    /// Somebody's word that he paid.
    InvoiceClaimId,
    /// An invoice that is made again and again.
    InvoiceScheduleId,
    /// A file that somebody uploaded, or that the program made.
    FileId,
    /// A list of people to write to.
    ContactListId,
    /// Somebody on such a list.
    ContactId,
    /// An address that gets no campaign.
    SuppressionId,
    /// A mail to many.
    CampaignId,
    /// A stretch of sending a campaign, from its start or resumption on.
    CampaignRunId,
    /// A mail of a campaign to its author, to see what it looks like.
    CampaignTestId,
    /// Somebody in the ledger of a campaign.
    RecipientId,
    /// A domain event.
    EventId,
    /// A job in the ledger of jobs.
    JobId,
}

impl OrganizationId {
    /// The seeded organization that owns system jobs and whose members are the operators.
    pub const PLATFORM: Self = Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001));
}

impl TaxRateId {
    /// A tax rate that every organization has from the start, under the same id in each.
    pub const fn first(number: u8) -> Self {
        Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0002_0000 | number as u128))
    }
}

impl RoleId {
    /// A system role has the same id in every organization and installation.
    pub const fn system(rank: u8) -> Self {
        Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0001_0000 | rank as u128))
    }
}
