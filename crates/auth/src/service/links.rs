use chrono::TimeDelta;
use database::Tx;
use kernel::{EmailAddress, Secret, TokenId, UserId};

use super::AuthService;
use crate::Error;
use crate::store::credentials;
use crate::store::mail_tokens::{self, MailToken};
use crate::token::{Mailed, Purpose};

/// How long a mailed link of somebody who has an account counts.
const OPEN_FOR: TimeDelta = TimeDelta::minutes(30);

impl AuthService {
    /// Makes a link; older ones of the same purpose count no longer.
    pub(super) async fn make_link(
        &self,
        tx: &Tx,
        user: UserId,
        purpose: Purpose,
        email: Option<EmailAddress>,
    ) -> Result<Mailed, Error> {
        let (id, nonce, now): (TokenId, _, _) = (self.env().id(), self.env().bytes::<16>(), self.now());
        let mailed = Mailed::of(&self.keys, purpose, id, &nonce);
        let token = MailToken {
            id,
            user,
            purpose,
            email,
            nonce: nonce.to_vec(),
            hash: mailed.hash(),
            created_at: now,
            expires_at: now + OPEN_FOR,
        };
        mail_tokens::put(tx.connection(), token).await?;
        Ok(mailed)
    }

    /// The row behind a link that came back, if it counts.
    pub(super) async fn read_link(&self, token: &Secret, purpose: Purpose) -> Result<MailToken, Error> {
        let mailed = Mailed::parse(token).ok_or(Error::Unauthenticated)?;
        let kept = mail_tokens::find(self.database.reader(), mailed.id, purpose, self.now()).await?;
        kept.filter(|kept| mailed.matches(&kept.hash)).ok_or(Error::Unauthenticated)
    }

    /// Uses a link up, once. Whoever has it is the person it was mailed to.
    pub(super) async fn use_link(&self, tx: &Tx, link: &MailToken) -> Result<(), Error> {
        credentials::lock(tx.connection(), link.user).await?;
        if !mail_tokens::take(tx.connection(), link.id).await? {
            return Err(Error::Unauthenticated);
        }
        tx.recognize(link.user);
        Ok(())
    }
}
