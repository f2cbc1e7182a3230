use serde::{Deserialize, Serialize};

use crate::{OrganizationId, SessionId, UserId};

/// What a commit made outdated in caches, on every process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", content = "id", rename_all = "snake_case")]
pub enum Eviction {
    /// The rights of a person, in all his sessions.
    User(UserId),
    /// One signed-in device.
    Session(SessionId),
    /// The rights of everybody in an organization.
    Organization(OrganizationId),
    /// An entry of the shared cache.
    Key(String),
    /// Everything: messages may have been missed.
    All,
}
