use async_trait::async_trait;
use chrono::TimeDelta;
use kernel::{Actor, Denied, EmailAddress, Secret, Who};

use super::{AuthService, tell};
use crate::Error;
use crate::account::Account;
use crate::boundary::{Operating, Swept};
use crate::event::{AuthEvent, MfaChange};
use crate::session::Ending;
use crate::store::sessions::Which;
use crate::store::{
    challenges, credentials, mail_tokens, people, refresh_tokens, sessions, sign_ups, throttles, totp,
};
use crate::throttle::CODE;
use crate::token::Purpose;
use crate::totp::Seed;

/// A count nobody added to for this long binds nobody.
const IDLE_COUNTS: TimeDelta = TimeDelta::days(2);
/// How long an ended session is kept: it tells old devices from new ones.
const ENDED_SESSIONS: TimeDelta = TimeDelta::days(90);

#[async_trait]
impl Operating for AuthService {
    async fn reset_mfa(&self, actor: &Actor, email: &EmailAddress) -> Result<(), Error> {
        let user = self.operated(actor, email).await?.user;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                own.forgive(tx, &CODE, &user.to_string()).await?;
                credentials::lock(tx.connection(), user).await?;
                totp::erase(tx.connection(), user).await?;
                own.end_others_for_mfa(tx, user, Which::All).await?;
                let event = AuthEvent::MfaChanged { user, change: MfaChange::Reset };
                Ok(tell(tx, user, event).await?)
            })
        })
        .await
    }

    async fn reset_password(&self, actor: &Actor, email: &EmailAddress) -> Result<Secret, Error> {
        let user = self.operated(actor, email).await?.user;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                let link = own.make_link(tx, user, Purpose::ResetPassword, None).await?;
                tell(tx, user, AuthEvent::PasswordResetRequested { user, token: link.id }).await?;
                Ok(link.text())
            })
        })
        .await
    }

    async fn disable(&self, actor: &Actor, email: &EmailAddress) -> Result<(), Error> {
        let user = self.operated(actor, email).await?.user;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                let (on, now) = (tx.connection(), own.now());
                credentials::lock(on, user).await?;
                credentials::set_disabled(on, user, Some(now)).await?;
                credentials::bump(on, user).await?;
                challenges::close_all(on, user).await?;
                sessions::end(on, user, Which::All, Ending::Disabled, now).await?;
                Ok(tell(tx, user, AuthEvent::AccountDisabled { user }).await?)
            })
        })
        .await
    }

    async fn enable(&self, actor: &Actor, email: &EmailAddress) -> Result<(), Error> {
        let user = self.operated(actor, email).await?.user;
        self.commit(actor, move |_, tx| {
            Box::pin(async move {
                credentials::set_disabled(tx.connection(), user, None).await?;
                Ok(tell(tx, user, AuthEvent::AccountEnabled { user }).await?)
            })
        })
        .await
    }

    async fn rotate_signing_key(&self, actor: &Actor) -> Result<(), Error> {
        require_system(actor)?;
        self.ring.rotate(actor).await
    }

    async fn current_code(&self, actor: &Actor, email: &EmailAddress) -> Result<Option<Secret>, Error> {
        let account = self.operated(actor, email).await?;
        let Some(sealed) = account.totp else {
            return Ok(None);
        };
        Seed::open(&self.keys, account.user, &sealed)?.code(self.now()).map(Some)
    }

    async fn sweep(&self, actor: &Actor) -> Result<Swept, Error> {
        require_system(actor)?;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                let (on, now) = (tx.connection(), own.now());
                Ok(Swept {
                    sign_ups: sign_ups::sweep(on, now).await?,
                    links: mail_tokens::sweep(on, now).await?,
                    challenges: challenges::sweep(on, now).await?,
                    counts: throttles::sweep(on, now - IDLE_COUNTS).await?,
                    refresh_tokens: refresh_tokens::sweep(on, now).await?,
                    sessions: sessions::sweep(on, now - ENDED_SESSIONS).await?,
                })
            })
        })
        .await
    }
}

impl AuthService {
    /// The account an operator means.
    async fn operated(&self, actor: &Actor, email: &EmailAddress) -> Result<Account, Error> {
        require_system(actor)?;
        people::account_of(self.database.reader(), email).await?.ok_or(Error::NotFound)
    }
}

fn require_system(actor: &Actor) -> Result<(), Denied> {
    if actor.who == Who::System { Ok(()) } else { Err(Denied::Unauthenticated) }
}
