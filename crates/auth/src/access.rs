//! Access tokens: JWTs for 15 minutes, signed with Ed25519 and nothing else.

mod key;
mod ring;

use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use kernel::{OrganizationId, SessionId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::session::Amr;

pub use key::VerifyingKey;
pub(crate) use key::{FreshKey, SigningKey};
pub(crate) use ring::{EVICTION, KeyRing};

/// How long an access token lives.
pub(crate) const LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// How far the clock of another process may be off.
pub(crate) const LEEWAY: TimeDelta = TimeDelta::seconds(5);
/// Longer texts are none of ours.
const LONGEST: usize = 4 * 1024;
const TYPE: &str = "at+jwt";
const AUDIENCE: &str = "mero-jugx";

/// What an access token says. Everything is required; rights are never taken from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) iss: String,
    pub(crate) aud: String,
    pub(crate) sub: UserId,
    #[serde(rename = "userId")]
    pub(crate) user_id: UserId,
    /// The organization it is for; null for somebody who is in none.
    #[serde(rename = "orgId", deserialize_with = "Option::deserialize")]
    pub(crate) org_id: Option<OrganizationId>,
    /// For display alone.
    pub(crate) roles: Vec<String>,
    pub(crate) sid: SessionId,
    pub(crate) amr: Vec<String>,
    pub(crate) auth_time: i64,
    /// Epoch of the user: another password or second factor makes the token void.
    pub(crate) ue: i64,
    /// Epoch of the membership; only tells that rights have changed since.
    pub(crate) me: i64,
    /// Epoch of the organization's roles; the same.
    pub(crate) oe: i64,
    pub(crate) iat: i64,
    pub(crate) nbf: i64,
    pub(crate) exp: i64,
    pub(crate) jti: Uuid,
}

impl Claims {
    /// Whether a token that says this counts at that time.
    fn count_at(&self, now: Timestamp) -> bool {
        let (now, leeway) = (now.timestamp(), LEEWAY.num_seconds());
        self.exp > now - leeway && self.nbf <= now + leeway && self.iat <= now + leeway
    }
}

/// What goes into a token beside times and issuer.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) user: UserId,
    pub(crate) org: Option<OrganizationId>,
    pub(crate) roles: Vec<String>,
    pub(crate) session: SessionId,
    pub(crate) amr: Amr,
    pub(crate) auth_time: Timestamp,
    pub(crate) user_epoch: i64,
    pub(crate) membership_epoch: i64,
    pub(crate) organization_epoch: i64,
}

impl Grant {
    fn claims(self, issuer: &str, now: Timestamp, jti: Uuid) -> Claims {
        Claims {
            iss: issuer.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: self.user,
            user_id: self.user,
            org_id: self.org,
            roles: self.roles,
            sid: self.session,
            amr: self.amr.names().map(str::to_owned).collect(),
            auth_time: self.auth_time.timestamp(),
            ue: self.user_epoch,
            me: self.membership_epoch,
            oe: self.organization_epoch,
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: (now + LIFETIME).timestamp(),
            jti,
        }
    }
}

/// The id of the key that is said to have signed, if the header is one that we write: any other is refused before
/// a key is even looked for.
fn key_id(token: &str) -> Option<Uuid> {
    if token.len() > LONGEST {
        return None;
    }
    let header = decode_header(token).ok()?;
    let plain = Header { kid: header.kid.clone(), ..header_of(None) };
    if header != plain {
        return None;
    }
    // A key id is the id of a row in its one spelling, never a path or a query.
    let kid = header.kid?;
    kid.parse::<Uuid>().ok().filter(|id| id.to_string() == kid)
}

fn header_of(kid: Option<Uuid>) -> Header {
    Header { typ: Some(TYPE.to_owned()), kid: kid.map(|id| id.to_string()), ..Header::new(Algorithm::EdDSA) }
}

/// The claims of a token with a good signature, of our issuer and audience. Whether it counts now is another question.
fn genuine(token: &str, key: &DecodingKey, issuer: &str) -> Option<Claims> {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_audience(&[AUDIENCE]);
    validation.set_issuer(&[issuer]);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
    // The library would read the local clock; times are judged by the clock everything else goes by.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    let claims = decode::<Claims>(token, key, &validation).ok()?.claims;
    (claims.sub == claims.user_id).then_some(claims)
}

#[cfg(test)]
mod tests;
