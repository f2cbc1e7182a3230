use kernel::{Actor, Denied, UserId};

use crate::Visibility;

/// How much of the tickets an actor sees. Every read takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    Everything,
    /// What a guest requested or watches, without internal comments.
    OwnRows(UserId),
}

impl Sight {
    /// What this actor sees.
    pub(crate) fn of(actor: &Actor) -> Result<Self, Denied> {
        match (actor.sees_own_rows_only(), actor.user_id()) {
            (false, _) => Ok(Self::Everything),
            (true, Some(user)) => Ok(Self::OwnRows(user)),
            (true, None) => Err(Denied::Unauthenticated),
        }
    }

    /// Whether he sees comments and history of this kind.
    pub(crate) fn admits(self, visibility: Visibility) -> bool {
        matches!((self, visibility), (Self::Everything, _) | (_, Visibility::Public))
    }
}
