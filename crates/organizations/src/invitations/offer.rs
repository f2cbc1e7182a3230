use std::str::FromStr;

use chrono::TimeDelta;
use kernel::{EmailAddress, Env, InvitationId, RoleId, Timestamp, UserId};
use platform::Keyring;

use super::InvitationState;
use super::token::InvitationToken;
use crate::Error;

/// How long an invitation can be accepted after it was sent.
const VALID: TimeDelta = TimeDelta::days(7);

/// An invitation as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) id: InvitationId,
    pub(crate) email: EmailAddress,
    pub(crate) role: RoleId,
    /// Whoever sent it last; his rights at the moment of acceptance decide.
    pub(crate) inviter: UserId,
    pub(crate) status: OfferStatus,
    pub(crate) nonce: [u8; 32],
    pub(crate) token_hash: [u8; 32],
    pub(crate) sent_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) accepted_by: Option<UserId>,
    pub(crate) closed_at: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
}

/// What became of it. That it has expired follows from the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OfferStatus {
    Open,
    Accepted,
    Revoked,
}

impl OfferStatus {
    const ALL: [Self; 3] = [Self::Open, Self::Accepted, Self::Revoked];

    /// The stored name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
        }
    }
}

/// A text that names no status.
#[derive(Debug, thiserror::Error)]
#[error("unknown status `{0}` of an invitation")]
pub(crate) struct UnknownOfferStatus(String);

impl FromStr for OfferStatus {
    type Err = UnknownOfferStatus;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|status| status.name() == text);
        found.ok_or_else(|| UnknownOfferStatus(text.to_owned()))
    }
}

/// Who invites whom to what.
pub(crate) struct Invite {
    pub(crate) email: EmailAddress,
    pub(crate) role: RoleId,
    pub(crate) inviter: UserId,
}

impl Offer {
    pub(crate) fn make(env: &Env, keyring: &Keyring, invite: Invite) -> Self {
        let (id, nonce, now) = (env.id(), env.bytes(), env.now());
        Self {
            id,
            email: invite.email,
            role: invite.role,
            inviter: invite.inviter,
            status: OfferStatus::Open,
            nonce,
            token_hash: InvitationToken::mint(keyring, id, &nonce).hash(),
            sent_at: now,
            expires_at: now + VALID,
            accepted_by: None,
            closed_at: None,
            created_at: now,
        }
    }

    /// The same offer, sent again by somebody, maybe to another role. The link of the earlier mail ends.
    pub(crate) fn renewed(&self, env: &Env, keyring: &Keyring, inviter: UserId, role: RoleId) -> Self {
        let (nonce, now) = (env.bytes(), env.now());
        Self {
            role,
            inviter,
            nonce,
            token_hash: InvitationToken::mint(keyring, self.id, &nonce).hash(),
            sent_at: now,
            expires_at: now + VALID,
            ..self.clone()
        }
    }

    pub(crate) fn revoked(&self, now: Timestamp) -> Self {
        Self { status: OfferStatus::Revoked, closed_at: Some(now), ..self.clone() }
    }

    pub(crate) fn accepted(&self, by: UserId, now: Timestamp) -> Self {
        Self { status: OfferStatus::Accepted, accepted_by: Some(by), closed_at: Some(now), ..self.clone() }
    }

    /// Refuses what was accepted or revoked; an expired offer may still be renewed or revoked.
    pub(crate) fn expect_unclosed(&self) -> Result<(), Error> {
        if self.status == OfferStatus::Open {
            return Ok(());
        }
        Err(Error::InvitationOver)
    }

    /// Refuses what cannot be accepted any more.
    pub(crate) fn expect_open(&self, now: Timestamp) -> Result<(), Error> {
        if self.state(now) == InvitationState::Open {
            return Ok(());
        }
        Err(Error::InvitationOver)
    }

    pub(crate) fn state(&self, now: Timestamp) -> InvitationState {
        match self.status {
            OfferStatus::Open if now < self.expires_at => InvitationState::Open,
            OfferStatus::Open => InvitationState::Expired,
            OfferStatus::Accepted => InvitationState::Accepted,
            OfferStatus::Revoked => InvitationState::Revoked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_ends_after_seven_days_to_the_millisecond_and_a_renewal_begins_anew() {
        let env = Env::frozen(Timestamp::UNIX_EPOCH, 1);
        let keyring = Keyring::from_secret(&"11".repeat(32)).expect("a key");
        let user = UserId::from_uuid(uuid::Uuid::from_u128(1));
        let role = RoleId::system(50);
        let email = EmailAddress::from_stored("asha@example.com".to_owned());
        let offer = Offer::make(&env, &keyring, Invite { email, role, inviter: user });
        let end = env.now() + TimeDelta::days(7);
        assert!(offer.expect_open(end - TimeDelta::milliseconds(1)).is_ok());
        assert!(matches!(offer.expect_open(end), Err(Error::InvitationOver)));
        assert!(offer.expect_unclosed().is_ok());
        env.advance(TimeDelta::days(8));
        let renewed = offer.renewed(&env, &keyring, user, role);
        assert!(renewed.expect_open(env.now()).is_ok());
        assert_ne!(renewed.token_hash, offer.token_hash);
        assert!(renewed.revoked(env.now()).expect_unclosed().is_err());
    }
}
