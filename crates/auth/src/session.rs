use chrono::TimeDelta;
use kernel::{OrganizationId, SessionId, Timestamp, UserId};

use crate::device::Device;

/// A session lives this long at most, however often it is refreshed.
pub(crate) const LONGEST: TimeDelta = TimeDelta::days(30);
/// How long acts that need a fresh proof stay open after one.
pub(crate) const FRESH_FOR: TimeDelta = TimeDelta::minutes(10);

/// How somebody proved who he is (RFC 8176).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amr {
    pub(crate) password: bool,
    pub(crate) one_time_code: bool,
}

impl Amr {
    /// A password alone, or a mailed link with which a password was set.
    pub(crate) const PASSWORD: Self = Self { password: true, one_time_code: false };
    /// A password and a second factor.
    pub(crate) const BOTH: Self = Self { password: true, one_time_code: true };

    /// The names of RFC 8176.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        let names = [(self.password, "pwd"), (self.one_time_code, "otp")];
        names.into_iter().filter(|(proven, _)| *proven).map(|(_, name)| name)
    }

    /// The stored form: names separated by spaces.
    pub(crate) fn to_stored(self) -> String {
        self.names().collect::<Vec<_>>().join(" ")
    }

    /// Reads it back. Names this version does not know prove nothing.
    pub(crate) fn parse_stored(text: &str) -> Self {
        let has = |name: &str| text.split(' ').any(|word| word == name);
        Self { password: has("pwd"), one_time_code: has("otp") }
    }
}

/// A signed-in device. It is a person's; the organization is chosen with each refresh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub user: UserId,
    /// The organization last worked in.
    pub organization: Option<OrganizationId>,
    pub created_at: Timestamp,
    /// When it ends even if it is used.
    pub expires_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub ip: Option<String>,
    pub user_agent: Option<String>,
    pub device: Device,
}

/// Why a session ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    SignedOut,
    Revoked,
    PasswordChanged,
    MfaChanged,
    RefreshTokenReused,
    Disabled,
}

impl Ending {
    /// The stored name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::Revoked => "revoked",
            Self::PasswordChanged => "password_changed",
            Self::MfaChanged => "mfa_changed",
            Self::RefreshTokenReused => "refresh_token_reused",
            Self::Disabled => "disabled",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_proven_reads_back() {
        for amr in [Amr::default(), Amr::PASSWORD, Amr::BOTH] {
            assert_eq!(Amr::parse_stored(&amr.to_stored()), amr);
        }
        assert_eq!(Amr::parse_stored("pwd otpx future"), Amr::PASSWORD);
    }
}
