use async_trait::async_trait;
use kernel::{Actor, EmailAddress, Secret, Stream};

use super::passwords::person_in_session;
use super::{AuthService, tell};
use crate::Error;
use crate::boundary::Emails;
use crate::event::AuthEvent;
use crate::store::{mail_tokens, people};
use crate::token::Purpose;

#[async_trait]
impl Emails for AuthService {
    async fn change_email(&self, actor: &Actor, email: String) -> Result<(), Error> {
        let (user, _) = person_in_session(actor)?;
        actor.require_mfa()?;
        actor.require_fresh(self.now())?;
        let email = EmailAddress::parse("email", &email)?;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                if !own.may_mail(tx, "change", &email).await? {
                    return Ok(());
                }
                match people::user_of(tx.connection(), &email).await? {
                    Some(same) if same == user => {}
                    // Whoever has the address learns that somebody wanted it; who asked learns nothing.
                    Some(other) => {
                        tx.tell(Stream::User(other), AuthEvent::KnownAddressRegistered { user: other });
                    }
                    None => {
                        let link = own.make_link(tx, user, Purpose::ChangeEmail, Some(email)).await?;
                        tell(tx, user, AuthEvent::EmailChangeRequested { user, token: link.id }).await?;
                    }
                }
                Ok(())
            })
        })
        .await
    }

    async fn confirm_email(&self, actor: &Actor, token: Secret) -> Result<(), Error> {
        let link = self.read_link(&token, Purpose::ChangeEmail).await?;
        let (account, after) =
            (self.account(link.user).await?, link.email.clone().ok_or(Error::Unauthenticated)?);
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                own.use_link(tx, &link).await?;
                own.accounts.change_email(tx, link.user, &after).await?;
                // It went to the old address.
                mail_tokens::withdraw(tx.connection(), link.user, Purpose::ResetPassword).await?;
                let event = AuthEvent::EmailChanged { user: link.user, before: account.email, after };
                tell(tx, link.user, event).await?;
                Ok(())
            })
        })
        .await
    }
}
