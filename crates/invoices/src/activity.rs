use kernel::{EventId, Timestamp, UserId};
use serde_json::Value;

/// Something that happened to an invoice, or to what belongs to it, as the log tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Happened {
    pub id: EventId,
    /// `invoices.payment_recorded`, for instance.
    pub kind: String,
    /// The person who did it, be it by a key; absent where nobody did who is known.
    pub actor: Option<UserId>,
    /// `user`, `api_key`, `system`, or `anonymous`: somebody with a link.
    pub actor_kind: String,
    /// Ids and changed fields.
    pub data: Value,
    pub at: Timestamp,
}
