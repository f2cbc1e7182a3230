use kernel::{EmailAddress, Locale, UserId};

use crate::password::SecondFactorState;

/// A person with what he signs in with.
#[derive(Clone)]
pub(crate) struct Account {
    pub(crate) user: UserId,
    pub(crate) email: EmailAddress,
    pub(crate) full_name: String,
    pub(crate) locale: Locale,
    pub(crate) password_hash: String,
    /// The password is shorter than it might be without a second factor.
    pub(crate) short_password: bool,
    pub(crate) disabled: bool,
    /// The sealed seed of his second factor, if it is set up.
    pub(crate) totp: Option<Vec<u8>>,
}

impl Account {
    /// Whether a second factor stands behind the password.
    pub(crate) fn second_factor(&self) -> SecondFactorState {
        match self.totp {
            Some(_) => SecondFactorState::Enrolled,
            None => SecondFactorState::Absent,
        }
    }
}
