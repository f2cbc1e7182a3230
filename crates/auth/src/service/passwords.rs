use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, EmailAddress, FieldFault, Secret, SessionId, Stream, UserId};

use super::{AuthService, tell, tell_platform};
use crate::Error;
use crate::account::Account;
use crate::boundary::Passwords;
use crate::event::AuthEvent;
use crate::password::{Circumstances, NewPassword};
use crate::session::Ending;
use crate::store::credentials::KeptPassword;
use crate::store::sessions::Which;
use crate::store::{challenges, credentials, mail_tokens, people, sessions};
use crate::throttle::PASSWORD_AGAIN;
use crate::token::Purpose;

#[async_trait]
impl Passwords for AuthService {
    async fn forgot_password(&self, actor: &Actor, email: String) -> Result<(), Error> {
        let email = EmailAddress::parse("email", &email)?;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                let account = people::account_of(tx.connection(), &email).await?;
                if !own.may_mail(tx, "reset", &email).await? {
                    return Ok(());
                }
                // An unknown address costs about the same writes, so that the time tells nothing.
                let Some(account) = account.filter(|account| !account.disabled) else {
                    tell_platform(tx, AuthEvent::UnknownAddressAsked);
                    return Ok(());
                };
                let user = account.user;
                let link = own.make_link(tx, user, Purpose::ResetPassword, None).await?;
                // Anybody can ask: it concerns no organization before the link is used.
                tx.tell(Stream::User(user), AuthEvent::PasswordResetRequested { user, token: link.id });
                Ok(())
            })
        })
        .await
    }

    async fn reset_password(&self, actor: &Actor, token: Secret, password: Secret) -> Result<(), Error> {
        let link = self.read_link(&token, Purpose::ResetPassword).await?;
        let account = self.account(link.user).await?;
        let kept = self.new_password("password", &password, &account).await?;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                own.use_link(tx, &link).await?;
                own.replace_password(tx, &account, kept, Which::All).await?;
                tell(tx, link.user, AuthEvent::PasswordReset { user: link.user }).await?;
                Ok(())
            })
        })
        .await
    }

    async fn change_password(&self, actor: &Actor, current: Secret, new: Secret) -> Result<(), Error> {
        let (user, session) = person_in_session(actor)?;
        actor.require_mfa()?;
        let account = self.account(user).await?;
        self.confirm_password(actor, &account, "currentPassword", &current).await?;
        let kept = self.new_password("newPassword", &new, &account).await?;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                credentials::lock(tx.connection(), user).await?;
                let before = people::account(tx.connection(), user).await?;
                if before.is_none_or(|before| before.password_hash != account.password_hash) {
                    return Err(wrong_password("currentPassword"));
                }
                own.replace_password(tx, &account, kept, Which::AllBut(session)).await?;
                tell(tx, user, AuthEvent::PasswordChanged { user }).await?;
                Ok(())
            })
        })
        .await
    }
}

impl AuthService {
    /// The account of a person who has one.
    pub(super) async fn account(&self, user: UserId) -> Result<Account, Error> {
        let account = people::account(self.database.reader(), user).await?;
        account.filter(|account| !account.disabled).ok_or(Error::Unauthenticated)
    }

    /// Judges and hashes a new password.
    async fn new_password(
        &self,
        field: &str,
        text: &Secret,
        account: &Account,
    ) -> Result<KeptPassword, Error> {
        let organizations = people::organization_names(self.database.reader(), account.user).await?;
        let circumstances = Circumstances {
            email: &account.email,
            organizations: &organizations,
            second_factor: account.second_factor(),
        };
        let password = NewPassword::parse(field, text, &circumstances)?;
        Ok(KeptPassword { hash: self.hasher.hash(&password.text).await?, short: password.short })
    }

    /// Compares the password of somebody who is signed in, a few times only.
    pub(super) async fn confirm_password(
        &self,
        actor: &Actor,
        account: &Account,
        field: &str,
        password: &Secret,
    ) -> Result<(), Error> {
        let subject = account.user.to_string();
        self.commit(actor, move |own, tx| {
            Box::pin(async move { own.admit(tx, &PASSWORD_AGAIN, &subject).await.map(drop) })
        })
        .await?;
        if !self.hasher.verify(password, Some(&account.password_hash)).await?.is_right() {
            return Err(wrong_password(field));
        }
        let subject = account.user.to_string();
        self.commit(actor, move |own, tx| {
            Box::pin(async move { own.forgive(tx, &PASSWORD_AGAIN, &subject).await })
        })
        .await
    }

    /// Another password, and an end to what the old one opened. The caller tells why.
    async fn replace_password(
        &self,
        tx: &Tx,
        account: &Account,
        kept: KeptPassword,
        ended: Which,
    ) -> Result<(), Error> {
        let (on, user, now) = (tx.connection(), account.user, self.now());
        // The second factor may have gone while the password was judged: then a short one no longer does.
        let still = people::account(on, user).await?.ok_or(Error::Unauthenticated)?;
        if kept.short && still.totp.is_none() {
            return Err(Error::PasswordTooShort);
        }
        credentials::set_password(on, user, kept, now).await?;
        sessions::end(on, user, ended, Ending::PasswordChanged, now).await?;
        challenges::close_all(on, user).await?;
        mail_tokens::withdraw(on, user, Purpose::ResetPassword).await?;
        Ok(())
    }
}

/// The person and the session that act; keys never reach accounts.
pub(super) fn person_in_session(actor: &Actor) -> Result<(UserId, SessionId), Error> {
    match actor.who {
        kernel::Who::User { user, session } => Ok((user, session)),
        _ => Err(Error::Unauthenticated),
    }
}

fn wrong_password(field: &str) -> Error {
    Error::PasswordIncorrect(FieldFault::new(field, "password_incorrect", "is not your password"))
}
