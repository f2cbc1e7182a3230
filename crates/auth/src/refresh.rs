//! How refresh tokens follow one another, so that one live token exists per session, a lost answer costs nobody his
//! session, and a stolen token shows itself.

use chrono::TimeDelta;
use kernel::{Env, SessionId, Timestamp};
use platform::Keyring;
use uuid::Uuid;

use crate::token::{Opaque, sha256};

/// A token that is not used for this long has expired.
pub(crate) const IDLE: TimeDelta = TimeDelta::days(7);
/// How long after its use the same attempt is answered again.
const GRACE: TimeDelta = TimeDelta::seconds(30);

/// A token that we gave out once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) id: Uuid,
    pub(crate) session: SessionId,
    /// Its number in the session.
    pub(crate) seq: i64,
    pub(crate) expires_at: Timestamp,
    pub(crate) consumed: Option<Consumption>,
}

/// That a token was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Consumption {
    pub(crate) at: Timestamp,
    /// Which attempt of the client used it; none if it did not say.
    pub(crate) attempt_hash: Option<Vec<u8>>,
}

/// What to do with a known token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Use it up and give the next one.
    Rotate,
    /// The same attempt again: give the same successor again, if it is still unused.
    Repeat,
    Expired,
    /// It was used by somebody else: the session is in wrong hands.
    Reused,
}

impl Known {
    /// Judges a token that a client shows.
    pub(crate) fn decide(&self, attempt: Option<&Attempt>, now: Timestamp) -> Decision {
        let Some(consumed) = &self.consumed else {
            return if now < self.expires_at { Decision::Rotate } else { Decision::Expired };
        };
        let same = attempt.is_some_and(|attempt| consumed.attempt_hash.as_ref() == Some(&attempt.hash()));
        if same && now < consumed.at + GRACE { Decision::Repeat } else { Decision::Reused }
    }
}

/// What a client calls one attempt to refresh, however often it has to be repeated.
pub(crate) struct Attempt(Vec<u8>);

impl Attempt {
    /// As the client said it. An empty word is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.as_bytes().to_vec()))
    }

    /// What is kept of it.
    pub(crate) fn hash(&self) -> Vec<u8> {
        sha256(&self.0)
    }
}

/// The token that follows. Derived from the old one and the attempt, so that it can be given again without having
/// been kept; without an attempt it is drawn, and cannot.
pub(crate) fn successor(keys: &Keyring, env: &Env, old: &Opaque, attempt: Option<&Attempt>) -> Opaque {
    match attempt {
        Some(attempt) => Opaque::from_bytes(keys.mac("refresh-token", &[old.bytes(), &attempt.0])),
        None => Opaque::random(env),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp_millis(1_768_467_600_000).expect("valid") + TimeDelta::seconds(seconds)
    }

    fn used(attempt: Option<&str>) -> Known {
        let attempt_hash = attempt.and_then(Attempt::parse).map(|attempt| attempt.hash());
        Known {
            id: Uuid::nil(),
            session: Uuid::nil().into(),
            seq: 1,
            expires_at: at(100),
            consumed: Some(Consumption { at: at(0), attempt_hash }),
        }
    }

    #[test]
    fn an_unused_token_is_traded_until_it_expires() {
        let token = Known { consumed: None, ..used(None) };
        assert_eq!(token.decide(None, at(99)), Decision::Rotate);
        assert_eq!(token.decide(None, at(100)), Decision::Expired);
    }

    #[test]
    fn only_the_same_attempt_within_the_grace_is_answered_again() {
        let (a, b) = (Attempt::parse("a"), Attempt::parse("b"));
        assert_eq!(used(Some("a")).decide(a.as_ref(), at(29)), Decision::Repeat);
        assert_eq!(used(Some("a")).decide(a.as_ref(), at(30)), Decision::Reused);
        assert_eq!(used(Some("a")).decide(b.as_ref(), at(1)), Decision::Reused);
        assert_eq!(used(Some("a")).decide(None, at(1)), Decision::Reused);
        assert_eq!(used(None).decide(None, at(1)), Decision::Reused, "no attempt, no grace");
        assert_eq!(used(None).decide(a.as_ref(), at(1)), Decision::Reused);
        assert!(Attempt::parse("").is_none());
    }

    #[test]
    fn a_successor_follows_from_token_and_attempt_alone() {
        let (keys, env) = (Keyring::from_secret(&"11".repeat(32)).expect("valid"), Env::system());
        let (old, other) = (Opaque::random(&env), Opaque::random(&env));
        let (a, b) = (Attempt::parse("a"), Attempt::parse("b"));
        let next = |old: &Opaque, attempt: Option<&Attempt>| *successor(&keys, &env, old, attempt).bytes();
        assert_eq!(next(&old, a.as_ref()), next(&old, a.as_ref()));
        assert_ne!(next(&old, a.as_ref()), next(&old, b.as_ref()));
        assert_ne!(next(&old, a.as_ref()), next(&other, a.as_ref()));
        assert_ne!(next(&old, None), next(&old, None));
    }
}
