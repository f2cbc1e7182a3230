//! The shared vocabulary of Mero Jugx: what every room means by an id, an actor, a scope, a fault, an event.
//!
//! This crate does no I/O and knows neither a database nor HTTP. Time, ids and randomness come from [`Env`].

mod actor;
mod app;
mod change;
mod csv_text;
mod currency;
mod email;
mod env;
mod event;
mod eviction;
mod fault;
mod field;
mod id;
mod job;
mod locale;
mod page;
mod patch;
mod role;
mod scope;
mod secret;
mod version;

pub use actor::{Actor, Assurance, Cause, Denied, IdempotencyClaim, Lease, Request, Rights, Who};
pub use app::{App, AppSet};
pub use change::Changes;
pub use csv_text::csv_text;
pub use currency::{Currency, Money};
pub use email::EmailAddress;
pub use env::{Env, Timestamp, is_sabotaged};
pub use event::{Audience, Event, Reactions, Stream, Subject, Told};
pub use eviction::Eviction;
pub use fault::{Fault, FaultKind, PortFault};
pub use field::{FieldFault, Fields, multi_line, single_line};
pub use id::{
    ActivityId, ApiKeyId, CampaignId, CampaignRunId, CampaignTestId, CatalogueItemId, ColumnId, CommentId,
    ContactId, ContactListId, CreditNoteId, CustomerId, EventId, FileId, InvitationId, InvoiceClaimId,
    InvoiceId, InvoiceLinkId, InvoiceScheduleId, InvoiceSendingId, JobId, LinkId, MailId, NotificationId,
    OrganizationId, PaymentId, RecipientId, RoleId, SessionId, SuppressionId, TaxRateId, TicketId, TokenId,
    UserId,
};
pub use job::{JobDraft, Queue, UnknownQueue};
pub use locale::{Calendar, Locale};
pub use page::{Keyset, Limit, Page, PageRequest};
pub use patch::Patch;
pub use role::{Rank, SystemRole};
pub use scope::{Scope, ScopeSet};
pub use secret::Secret;
pub use version::Version;
