use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, Page, PageRequest, Secret, SessionId, UserId};

use super::passwords::person_in_session;
use super::{AuthService, tell};
use crate::Error;
use crate::answer::SessionAnswer;
use crate::boundary::Sessions;
use crate::command::Refresh;
use crate::event::AuthEvent;
use crate::session::{Ending, Session};
use crate::store::sessions::Which;
use crate::store::{credentials, refresh_tokens, sessions};
use crate::token::Opaque;

#[async_trait]
impl Sessions for AuthService {
    async fn refresh(&self, actor: &Actor, refresh: Refresh) -> Result<SessionAnswer, Error> {
        let old = Opaque::parse(&refresh.token).ok_or(Error::Unauthenticated)?;
        let traded = self
            .commit(actor, move |own, tx| Box::pin(async move { own.trade(tx, &refresh, &old).await }))
            .await?;
        self.answer(traded.ok_or(Error::Unauthenticated)?).await
    }

    async fn sign_out(&self, actor: &Actor, token: Option<Secret>) -> Result<(), Error> {
        let mut mine = Vec::from_iter(person_in_session(actor).ok());
        mine.extend(self.session_behind(token.as_ref()).await?);
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                for (user, session) in mine {
                    tx.recognize(user);
                    own.end(tx, user, Which::Only(session), Ending::SignedOut).await?;
                }
                Ok(())
            })
        })
        .await
    }

    async fn sign_out_everywhere(&self, actor: &Actor, token: Option<Secret>) -> Result<(), Error> {
        let behind = self.session_behind(token.as_ref()).await?;
        let (user, _) = person_in_session(actor).ok().or(behind).ok_or(Error::Unauthenticated)?;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                tx.recognize(user);
                own.end(tx, user, Which::All, Ending::SignedOut).await.map(drop)
            })
        })
        .await
    }

    async fn list(&self, actor: &Actor, page: &PageRequest) -> Result<Page<Session>, Error> {
        let user = actor.require_person()?;
        Ok(sessions::page(self.database.reader(), user, page, self.now()).await?)
    }

    async fn revoke(&self, actor: &Actor, session: SessionId) -> Result<(), Error> {
        let user = actor.require_person()?;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                let ended = own.end(tx, user, Which::Only(session), Ending::Revoked).await?;
                if ended.is_empty() { Err(Error::NotFound) } else { Ok(()) }
            })
        })
        .await
    }

    async fn revoke_others(&self, actor: &Actor) -> Result<(), Error> {
        let (user, session) = person_in_session(actor)?;
        self.commit(actor, move |own, tx| {
            Box::pin(
                async move { own.end(tx, user, Which::AllBut(session), Ending::Revoked).await.map(drop) },
            )
        })
        .await
    }
}

impl AuthService {
    /// Ends sessions of a person that are still live, and tells so.
    async fn end(
        &self,
        tx: &Tx,
        user: UserId,
        which: Which,
        ending: Ending,
    ) -> Result<Vec<SessionId>, Error> {
        credentials::lock(tx.connection(), user).await?;
        let ended = sessions::end(tx.connection(), user, which, ending, self.now()).await?;
        match ended.as_slice() {
            [] => {}
            [session] => tell(tx, user, AuthEvent::SessionRevoked { user, session: *session }).await?,
            _ => tell(tx, user, AuthEvent::SessionsRevoked { user, sessions: ended.clone() }).await?,
        }
        Ok(ended)
    }

    /// The live session that a refresh token belongs to, even if the token has been used.
    async fn session_behind(&self, token: Option<&Secret>) -> Result<Option<(UserId, SessionId)>, Error> {
        let Some(token) = token.and_then(Opaque::parse) else {
            return Ok(None);
        };
        let on = self.database.reader();
        let Some(known) = refresh_tokens::find(on, &token.hash()).await? else {
            return Ok(None);
        };
        let live = sessions::find_live(on, known.session, self.now()).await?;
        Ok(live.map(|live| (live.session.user, live.session.id)))
    }
}
