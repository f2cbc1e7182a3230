use async_trait::async_trait;
use kernel::TokenId;

use super::AuthService;
use crate::Error;
use crate::boundary::Mailings;
use crate::store::sign_ups;
use crate::token::{Letter, Mailed, MailedToken, Purpose};

#[async_trait]
impl Mailings for AuthService {
    async fn letter(&self, what: MailedToken) -> Result<Option<Letter>, Error> {
        match what {
            MailedToken::SignUp(id) => self.verification(id).await,
            MailedToken::PasswordReset(_) | MailedToken::EmailChange(_) => Ok(None),
        }
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
}
