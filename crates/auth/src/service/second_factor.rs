use kernel::Actor;

use super::AuthService;
use crate::Error;
use crate::account::Account;
use crate::answer::SignInAnswer;
use crate::challenge::{Challenge, OPEN_FOR};
use crate::command::OrganizationChoice;
use crate::password::Verdict;
use crate::store::people::{self, Chosen};
use crate::store::{challenges, credentials};
use crate::token::Opaque;

impl AuthService {
    /// The password was right; a second factor is asked for. No event yet: nobody is in.
    pub(super) async fn challenge(
        &self,
        actor: &Actor,
        account: Account,
        verdict: Verdict,
        choice: OrganizationChoice,
    ) -> Result<SignInAnswer, Error> {
        let organization = match choice {
            OrganizationChoice::Id(org) => Some(org),
            OrganizationChoice::LastUsed | OrganizationChoice::Slug(_) => None,
        };
        let (token, own_actor) = (Opaque::random(self.env()), actor.clone());
        let (hash, expires_at) = (token.hash(), self.now() + OPEN_FOR);
        let challenge = Challenge { id: self.env().id(), user: account.user, organization, expires_at };
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                let on = tx.connection();
                if people::choose(on, account.user, &choice, None).await? == Chosen::Refused {
                    return Err(Error::OrganizationAccessDenied);
                }
                own.forgive_password(tx, &own_actor, &account.email).await?;
                if let Verdict::RightAndOutdated(hash) = verdict {
                    credentials::rehash(on, account.user, &account.password_hash, hash).await?;
                }
                Ok(challenges::insert(on, &challenge, hash, own.now()).await?)
            })
        })
        .await?;
        let expires_in = OPEN_FOR.to_std().unwrap_or_default();
        Ok(SignInAnswer::MfaRequired { challenge: token.text(), expires_in })
    }
}
