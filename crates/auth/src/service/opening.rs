use std::time::Duration;

use database::Tx;
use kernel::{Actor, Env, OrganizationId, Secret, SessionId, Timestamp, UserId};

use super::{AuthService, tell};
use crate::device::Device;
use crate::event::AuthEvent;
use crate::session::{Amr, LONGEST, Session};
use crate::store::refresh_tokens::NewToken;
use crate::store::sessions::NewSession;
use crate::store::{refresh_tokens, sessions};
use crate::token::Opaque;
use crate::{Error, refresh};

/// A browser that says more of itself is cut short.
const LONGEST_USER_AGENT: usize = 400;

/// A session that was opened or refreshed.
pub(super) struct Opened {
    pub(super) user: UserId,
    pub(super) session: SessionId,
    pub(super) organization: Option<OrganizationId>,
    /// Only where a new one was made.
    pub(super) refresh_token: Option<Secret>,
    pub(super) refresh_expires_at: Timestamp,
}

impl Opened {
    /// How long it can still be refreshed.
    pub(super) fn refresh_expires_in(&self, now: Timestamp) -> Duration {
        until(self.refresh_expires_at, now)
    }
}

impl AuthService {
    /// Begins a session with its first refresh token, and tells so.
    pub(super) async fn open_session(
        &self,
        tx: &Tx,
        actor: &Actor,
        user: UserId,
        amr: Amr,
        organization: Option<OrganizationId>,
    ) -> Result<Opened, Error> {
        let session = new_session(self.env(), actor, user, organization);
        let (id, on) = (session.id, tx.connection());
        let new_device = sessions::is_new_device(on, user, session.device).await?;
        let token = Opaque::random(self.env());
        let first = self.next_token(&session, 1, &token);
        let refresh_expires_at = first.expires_at;
        sessions::insert(on, NewSession { session, amr }).await?;
        refresh_tokens::insert(on, first).await?;
        tx.recognize(user);
        tell(tx, user, AuthEvent::SignedIn { user, session: id, new_device }).await?;
        Ok(Opened { user, session: id, organization, refresh_token: Some(token.text()), refresh_expires_at })
    }

    /// The row of a session's next refresh token: it lives seven days, but not longer than the session.
    pub(super) fn next_token(&self, session: &Session, seq: i64, token: &Opaque) -> NewToken {
        let now = self.now();
        NewToken {
            id: self.env().id(),
            session: session.id,
            seq,
            hash: token.hash(),
            issued_at: now,
            expires_at: session.expires_at.min(now + refresh::IDLE),
        }
    }
}

/// The time left, in whole seconds; one that has begun counts.
pub(super) fn until(end: Timestamp, now: Timestamp) -> Duration {
    let milliseconds = u64::try_from((end - now).num_milliseconds()).unwrap_or_default();
    Duration::from_secs(milliseconds.div_ceil(1_000))
}

fn new_session(env: &Env, actor: &Actor, user: UserId, organization: Option<OrganizationId>) -> Session {
    let (now, request) = (env.now(), actor.request());
    let user_agent = request.and_then(|request| request.user_agent.as_deref());
    let user_agent = user_agent.map(|text| text.chars().take(LONGEST_USER_AGENT).collect::<String>());
    Session {
        id: env.id(),
        user,
        organization,
        created_at: now,
        expires_at: now + LONGEST,
        last_seen_at: now,
        ip: request.and_then(|request| request.ip).map(|ip| ip.to_string()),
        device: Device::read(user_agent.as_deref()),
        user_agent,
    }
}
