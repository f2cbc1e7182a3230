use database::Tx;

use super::opening::Opened;
use super::{AuthService, tell};
use crate::Error;
use crate::command::{OrganizationChoice, Refresh};
use crate::event::AuthEvent;
use crate::refresh::{Attempt, Decision, Known, successor};
use crate::session::{Ending, Session};
use crate::store::people::{self, Chosen};
use crate::store::sessions::Which;
use crate::store::{refresh_tokens, rights, sessions};
use crate::token::Opaque;

/// A refresh token being traded, its session held.
struct Trade {
    session: Session,
    old: Known,
    next: Opaque,
    /// The successor, where this attempt got it before and nobody has used it.
    given: Option<Known>,
}

impl AuthService {
    /// Trades a refresh token. `None`: it was stolen, and its session ends in this very commit.
    pub(super) async fn trade(
        &self,
        tx: &Tx,
        refresh: &Refresh,
        shown: &Opaque,
    ) -> Result<Option<Opened>, Error> {
        let (on, now, hash) = (tx.connection(), self.now(), shown.hash());
        let attempt = refresh.attempt.as_deref().and_then(Attempt::parse);
        let known = refresh_tokens::find(on, &hash).await?.ok_or(Error::Unauthenticated)?;
        let session =
            sessions::lock_live(on, known.session, now).await?.ok_or(Error::Unauthenticated)?.session;
        // Read again under the lock: somebody may have used it while we waited.
        let old = if kernel::is_sabotaged("refresh") {
            Some(known)
        } else {
            refresh_tokens::find(on, &hash).await?
        };
        let old = old.ok_or(Error::Unauthenticated)?;
        let next = successor(&self.keys, self.env(), shown, attempt.as_ref());
        let given = match old.decide(attempt.as_ref(), now) {
            Decision::Expired => return Err(Error::Unauthenticated),
            Decision::Rotate => None,
            Decision::Reused => return self.end_stolen(tx, &session).await.map(|()| None),
            Decision::Repeat => match refresh_tokens::find(on, &next.hash()).await? {
                Some(given) if given.consumed.is_none() => Some(given),
                // The successor was used, but not by whoever still asks for it.
                _ => return self.end_stolen(tx, &session).await.map(|()| None),
            },
        };
        let trade = Trade { session, old, next, given };
        self.follow(tx, trade, &refresh.organization, attempt.as_ref()).await.map(Some)
    }

    /// Gives the successor, for the organization chosen. A choice that is refused uses nothing up.
    async fn follow(
        &self,
        tx: &Tx,
        trade: Trade,
        choice: &OrganizationChoice,
        attempt: Option<&Attempt>,
    ) -> Result<Opened, Error> {
        let (on, now, session) = (tx.connection(), self.now(), &trade.session);
        let chosen = people::choose(on, session.user, choice, session.organization).await?;
        let Chosen::Organization(organization) = chosen else {
            return Err(Error::OrganizationAccessDenied);
        };
        let snapshot = rights::of_session(on, session.id, organization).await?;
        if !snapshot.is_some_and(|snapshot| snapshot.is_alive(now)) {
            return Err(Error::Unauthenticated);
        }
        let refresh_expires_at = match trade.given {
            Some(given) => given.expires_at,
            None => {
                let attempt_hash = attempt.map(Attempt::hash);
                if !refresh_tokens::consume(on, trade.old.id, attempt_hash, now).await? {
                    return Err(Error::Unauthenticated);
                }
                let next = self.next_token(session, trade.old.seq + 1, &trade.next);
                let expires_at = next.expires_at;
                refresh_tokens::insert(on, next).await?;
                expires_at
            }
        };
        sessions::touch(on, session.id, organization, now).await?;
        Ok(Opened {
            user: session.user,
            session: session.id,
            organization,
            refresh_token: Some(trade.next.text()),
            refresh_expires_at,
        })
    }

    /// Thief and victim cannot be told apart: both are out, and the person learns of it.
    async fn end_stolen(&self, tx: &Tx, session: &Session) -> Result<(), Error> {
        let (user, which) = (session.user, Which::Only(session.id));
        sessions::end(tx.connection(), user, which, Ending::RefreshTokenReused, self.now()).await?;
        let event = AuthEvent::RefreshTokenReused { user, session: session.id };
        Ok(tell(tx, user, event).await?)
    }
}
