use kernel::{Actor, Denied, FieldFault, Scope, UserId};

use crate::Error;

/// Whom a command puts into a ticket, and what that asks for.
///
/// Everybody who may write takes a ticket that nobody has, puts down his own, and asks for things himself. To name
/// anybody else as requester or assignee needs `tickets:assign`; so does every assignment by a guest.
#[derive(Clone, Debug)]
pub(crate) struct Naming {
    me: Option<UserId>,
    named: Vec<(&'static str, UserId)>,
    assigns: bool,
    of_others: bool,
}

impl Naming {
    pub(crate) const fn new(me: Option<UserId>) -> Self {
        Self { me, named: Vec::new(), assigns: false, of_others: false }
    }

    /// Notes who would be the requester; `None` leaves it as it is.
    pub(crate) fn requester(mut self, before: Option<UserId>, after: Option<UserId>) -> Self {
        if let Some(requester) = after.filter(|requester| Some(*requester) != before) {
            self.of_others |= Some(requester) != self.me || before.is_some();
            self.named.push(("requesterId", requester));
        }
        self
    }

    /// Notes who would be the assignee; `None` is nobody.
    pub(crate) fn assignee(mut self, before: Option<UserId>, after: Option<UserId>) -> Self {
        if before != after {
            let is_me = |user: Option<UserId>| user.is_none_or(|user| Some(user) == self.me);
            self.assigns = true;
            self.of_others |= !is_me(before) || !is_me(after);
            self.named.extend(after.map(|assignee| ("assigneeId", assignee)));
        }
        self
    }

    /// Whether the actor may name these.
    pub(crate) fn permit(&self, actor: &Actor) -> Result<(), Denied> {
        if self.of_others || (self.assigns && actor.sees_own_rows_only()) {
            return actor.require(Scope::TicketsAssign);
        }
        Ok(())
    }

    /// Those of whom it must be asked whether they are members; the actor himself is one.
    pub(crate) fn others(&self) -> Vec<UserId> {
        let others = self.named.iter().map(|(_, user)| *user).filter(|user| Some(*user) != self.me);
        others.collect()
    }

    /// Refuses strangers, each where he is named.
    pub(crate) fn refuse(&self, strangers: &[UserId]) -> Result<(), Error> {
        let named = self.named.iter().filter(|(_, user)| strangers.contains(user));
        let faults: Vec<_> = named.map(|(field, _)| no_member(field)).collect();
        if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
    }
}

pub(crate) fn no_member(field: &str) -> FieldFault {
    FieldFault::new(field, "not_a_member", "must be an active member of the organization")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(number: u128) -> UserId {
        UserId::from_uuid(uuid::Uuid::from_u128(number))
    }

    const ME: u128 = 1;

    fn assigning(before: Option<u128>, after: Option<u128>) -> Naming {
        Naming::new(Some(user(ME))).assignee(before.map(user), after.map(user))
    }

    #[test]
    fn to_take_and_to_put_down_concerns_nobody_else() {
        for (before, after) in [(None, Some(ME)), (Some(ME), None), (Some(2), Some(2)), (None, None)] {
            assert!(!assigning(before, after).of_others, "{before:?} to {after:?}");
        }
        for (before, after) in [(None, Some(2)), (Some(2), None), (Some(2), Some(ME)), (Some(ME), Some(2))] {
            assert!(assigning(before, after).of_others, "{before:?} to {after:?}");
        }
    }

    #[test]
    fn asking_for_oneself_concerns_nobody_else_and_taking_over_does() {
        let asking = |before: Option<u128>, after| {
            Naming::new(Some(user(ME))).requester(before.map(user), Some(user(after))).of_others
        };
        assert!(!asking(None, ME) && !asking(Some(2), 2));
        assert!(asking(None, 2) && asking(Some(2), ME) && asking(Some(ME), 2));
    }

    #[test]
    fn strangers_are_named_where_they_stand() {
        let naming = Naming::new(Some(user(ME))).requester(None, Some(user(2))).assignee(None, Some(user(3)));
        assert_eq!(naming.others(), [user(2), user(3)]);
        assert!(naming.refuse(&[]).is_ok());
        let Err(Error::Invalid(faults)) = naming.refuse(&[user(3)]) else { panic!("refused") };
        assert_eq!(faults, [no_member("assigneeId")]);
    }
}
