use chrono::TimeDelta;
use kernel::{OrganizationId, Timestamp, UserId};
use uuid::Uuid;

/// How long somebody has to show his second factor.
pub(crate) const OPEN_FOR: TimeDelta = TimeDelta::minutes(5);
/// Then the password is asked for again.
pub(crate) const MOST_TRIES: i64 = 5;

/// A sign-in whose password was right and whose second factor is awaited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Challenge {
    pub(crate) id: Uuid,
    pub(crate) user: UserId,
    /// The organization that was asked for; the last one used if none was.
    pub(crate) organization: Option<OrganizationId>,
    pub(crate) expires_at: Timestamp,
}
