use chrono::TimeDelta;
use kernel::{EmailAddress, Env, Fields, Locale, Timestamp, TokenId, single_line};
use platform::Keyring;

use crate::Error;
use crate::command::Register;
use crate::password::{Circumstances, NewPassword, SecondFactorState};
use crate::token::{Mailed, Purpose};

/// How long the link in the mail counts.
pub(crate) const OPEN_FOR: TimeDelta = TimeDelta::hours(24);
/// Links of one address that count at once: whoever asks again is not locked out by whoever asked for him.
pub(crate) const OPEN_AT_ONCE: u64 = 5;

/// Who may open an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignupPolicy {
    Open,
    /// Whoever was invited; others not.
    Invite,
    Closed,
}

/// An account that somebody wants. There is no user before the link in the mail was opened.
#[derive(Clone)]
pub(crate) struct SignUp {
    pub(crate) id: TokenId,
    pub(crate) email: EmailAddress,
    pub(crate) full_name: String,
    pub(crate) organization_name: String,
    pub(crate) locale: Locale,
    pub(crate) password_hash: String,
    pub(crate) nonce: Vec<u8>,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

/// A request for an account whose every field is right.
pub(crate) struct Application {
    pub(crate) email: EmailAddress,
    pub(crate) full_name: String,
    pub(crate) organization_name: String,
    pub(crate) locale: Locale,
    pub(crate) password: NewPassword,
}

impl Application {
    /// Judges all fields.
    pub(crate) fn parse(register: Register) -> Result<Self, Error> {
        let mut fields = Fields::new();
        let email = fields.check(EmailAddress::parse("email", &register.email));
        let full_name = fields.check(single_line("fullName", &register.full_name, 120));
        let organization_name =
            fields.check(single_line("organizationName", &register.organization_name, 120));
        let locale = fields.check(register.locale.as_deref().map_or(Ok(Locale::En), str::parse));
        // Without a usable address the password is judged all the same, so that all faults come together.
        let judged_by = email.clone().unwrap_or_else(|| EmailAddress::from_stored(String::new()));
        let organizations: Vec<String> = organization_name.iter().cloned().collect();
        let circumstances = Circumstances {
            email: &judged_by,
            organizations: &organizations,
            second_factor: SecondFactorState::Absent,
        };
        let password = fields.check(NewPassword::parse("password", &register.password, &circumstances));
        let (Some(email), Some(full_name), Some(organization_name), Some(locale), Some(password)) =
            (email, full_name, organization_name, locale, password)
        else {
            return Err(Error::from(fields));
        };
        Ok(Self { email, full_name, organization_name, locale, password })
    }

    /// The row, with a link that can be written again from it and the master key.
    pub(crate) fn open(self, env: &Env, keys: &Keyring, password_hash: String) -> SignUp {
        let (id, nonce, now): (TokenId, _, _) = (env.id(), env.bytes::<16>(), env.now());
        SignUp {
            id,
            email: self.email,
            full_name: self.full_name,
            organization_name: self.organization_name,
            locale: self.locale,
            password_hash,
            token_hash: Mailed::of(keys, Purpose::VerifyEmail, id, &nonce).hash(),
            nonce: nonce.to_vec(),
            created_at: now,
            expires_at: now + OPEN_FOR,
        }
    }
}
