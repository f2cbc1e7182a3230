use async_trait::async_trait;
use kernel::{SessionId, TokenId, UserId};

use super::AuthService;
use crate::Error;
use crate::boundary::{Addressee, Mailings};
use crate::session::Session;
use crate::store::{mail_tokens, people, sessions, sign_ups};
use crate::token::{Letter, Mailed, MailedToken, Purpose};

#[async_trait]
impl Mailings for AuthService {
    async fn letter(&self, what: MailedToken) -> Result<Option<Letter>, Error> {
        match what {
            MailedToken::SignUp(id) => self.verification(id).await,
            MailedToken::PasswordReset(id) => self.link(id, Purpose::ResetPassword).await,
            MailedToken::EmailChange(id) => self.link(id, Purpose::ChangeEmail).await,
        }
    }

    async fn addressee(&self, user: UserId) -> Result<Option<Addressee>, Error> {
        let account = people::account(self.database.reader(), user).await?;
        Ok(account.map(|account| Addressee {
            email: account.email,
            name: account.full_name,
            locale: account.locale,
        }))
    }

    async fn session(&self, session: SessionId) -> Result<Option<Session>, Error> {
        Ok(sessions::find(self.database.reader(), session).await?)
    }
}

impl AuthService {
    async fn verification(&self, id: TokenId) -> Result<Option<Letter>, Error> {
        let open = sign_ups::find_open(self.database.reader(), id, self.now()).await?;
        Ok(open.map(|sign_up| Letter {
            token: Mailed::of(&self.keys, Purpose::VerifyEmail, id, &sign_up.nonce).text(),
            to: sign_up.email,
            name: sign_up.full_name,
            locale: sign_up.locale,
        }))
    }

    async fn link(&self, id: TokenId, purpose: Purpose) -> Result<Option<Letter>, Error> {
        let on = self.database.reader();
        let Some(link) = mail_tokens::find(on, id, purpose, self.now()).await? else {
            return Ok(None);
        };
        let account = people::account(on, link.user).await?;
        Ok(account.map(|account| Letter {
            token: Mailed::of(&self.keys, purpose, id, &link.nonce).text(),
            to: link.email.unwrap_or(account.email),
            name: account.full_name,
            locale: account.locale,
        }))
    }
}
