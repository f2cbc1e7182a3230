use std::collections::HashSet;

use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, EmailAddress, OrganizationId, Secret, UserId};

use super::AuthService;
use super::opening::Opened;
use super::passwords::person_in_session;
use crate::Error;
use crate::answer::SessionAnswer;
use crate::boundary::{Enrolments, PreparedPassword};
use crate::password::{Circumstances, NewPassword, SecondFactorState};
use crate::session::Amr;
use crate::store::credentials::KeptPassword;
use crate::store::{api_keys, challenges, credentials, mail_tokens, people, sessions, sign_ups, totp};

#[async_trait]
impl Enrolments for AuthService {
    async fn prepare(
        &self,
        field: &str,
        password: Secret,
        email: &EmailAddress,
        organization: &str,
    ) -> Result<PreparedPassword, Error> {
        let organizations = [organization.to_owned()];
        let circumstances =
            Circumstances { email, organizations: &organizations, second_factor: SecondFactorState::Absent };
        let password = NewPassword::parse(field, &password, &circumstances)?;
        let hash = self.hasher.hash(&password.text).await?;
        Ok(PreparedPassword(KeptPassword { hash, short: password.short }))
    }

    async fn enrol(
        &self,
        tx: &Tx,
        user: UserId,
        email: &EmailAddress,
        password: PreparedPassword,
    ) -> Result<(), Error> {
        credentials::insert(tx.connection(), user, password.0, self.now()).await?;
        Ok(sign_ups::close_all(tx.connection(), email).await?)
    }

    async fn begin_session(
        &self,
        actor: &Actor,
        user: UserId,
        organization: OrganizationId,
    ) -> Result<SessionAnswer, Error> {
        if self.account(user).await?.totp.is_some() {
            return Err(Error::Unauthenticated);
        }
        let own_actor = actor.clone();
        let opened = self
            .commit(actor, move |own, tx| {
                Box::pin(async move {
                    own.open_session(tx, &own_actor, user, Amr::PASSWORD, Some(organization)).await
                })
            })
            .await?;
        self.answer(opened).await
    }

    async fn continue_session(
        &self,
        actor: &Actor,
        organization: OrganizationId,
    ) -> Result<SessionAnswer, Error> {
        let (user, session) = person_in_session(actor)?;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                let (on, now) = (tx.connection(), own.now());
                sessions::lock_live(on, session, now).await?.ok_or(Error::Unauthenticated)?;
                Ok(sessions::touch(on, session, Some(organization), now).await?)
            })
        })
        .await?;
        let present = self.present(actor, user, session).await?;
        self.answer(Opened { organization: Some(organization), ..present }).await
    }

    async fn enrolled(&self, users: &[UserId]) -> Result<HashSet<UserId>, Error> {
        Ok(totp::enrolled(self.database.reader(), users).await?)
    }

    async fn erase(&self, tx: &Tx, user: UserId) -> Result<(), Error> {
        let on = tx.connection();
        if let Some(account) = people::account(on, user).await? {
            sign_ups::close_all(on, &account.email).await?;
        }
        api_keys::erase(on, user).await?;
        sessions::erase(on, user).await?;
        challenges::close_all(on, user).await?;
        totp::erase(on, user).await?;
        mail_tokens::erase(on, user).await?;
        Ok(credentials::erase(on, user).await?)
    }

    async fn erase_organization(&self, tx: &Tx, org: OrganizationId) -> Result<(), Error> {
        let on = tx.connection();
        api_keys::erase_of(on, org).await?;
        sessions::leave(on, org).await?;
        Ok(challenges::leave(on, org).await?)
    }
}
