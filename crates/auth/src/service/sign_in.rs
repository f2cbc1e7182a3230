use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, EmailAddress};

use super::AuthService;
use crate::Error;
use crate::account::Account;
use crate::answer::SignInAnswer;
use crate::boundary::SignIn;
use crate::command::{OrganizationChoice, SignInWithPassword};
use crate::password::Verdict;
use crate::session::Amr;
use crate::store::people::{self, Chosen};
use crate::store::{credentials, sessions, sign_ups};

#[async_trait]
impl SignIn for AuthService {
    async fn sign_in(&self, actor: &Actor, command: SignInWithPassword) -> Result<SignInAnswer, Error> {
        let email = EmailAddress::parse("email", &command.email)?;
        self.admit_password(actor, &email).await?;
        let account = people::account_of(self.database.reader(), &email).await?;
        let Some(account) = account else {
            return Err(self.judge_stranger(&email, &command).await?);
        };
        let verdict = self.hasher.verify(&command.password, Some(&account.password_hash)).await?;
        if !verdict.is_right() || account.disabled {
            return Err(Error::Unauthenticated);
        }
        let choice = command.organization.map_or(OrganizationChoice::LastUsed, OrganizationChoice::Id);
        match account.totp {
            Some(_) => self.challenge(actor, account, verdict, choice).await,
            None => self.let_in(actor, account, verdict, choice).await,
        }
    }
}

impl AuthService {
    /// An address without an account: one hash is compared here too. The right password of a sign-up still open is
    /// told what it waits for.
    async fn judge_stranger(
        &self,
        email: &EmailAddress,
        command: &SignInWithPassword,
    ) -> Result<Error, Error> {
        let open = sign_ups::newest_open(self.database.reader(), email, self.now()).await?;
        let kept = open.as_ref().map(|sign_up| sign_up.password_hash.as_str());
        let verdict = self.hasher.verify(&command.password, kept).await?;
        Ok(if verdict.is_right() { Error::EmailUnverified } else { Error::Unauthenticated })
    }

    /// The password was right and nothing else is asked.
    async fn let_in(
        &self,
        actor: &Actor,
        account: Account,
        verdict: Verdict,
        choice: OrganizationChoice,
    ) -> Result<SignInAnswer, Error> {
        let own_actor = actor.clone();
        let opened = self
            .commit(actor, move |own, tx| {
                Box::pin(async move {
                    let on = tx.connection();
                    let last = sessions::last_organization(on, account.user).await?;
                    let Chosen::Organization(org) = people::choose(on, account.user, &choice, last).await?
                    else {
                        return Err(Error::OrganizationAccessDenied);
                    };
                    own.accept_password(tx, &own_actor, &account, verdict).await?;
                    own.open_session(tx, &own_actor, account.user, Amr::PASSWORD, org).await
                })
            })
            .await?;
        Ok(SignInAnswer::SignedIn(Box::new(self.answer(opened).await?)))
    }

    /// A right password clears what was counted against it, and is kept at the cost of today.
    pub(super) async fn accept_password(
        &self,
        tx: &Tx,
        actor: &Actor,
        account: &Account,
        verdict: Verdict,
    ) -> Result<(), Error> {
        self.forgive_password(tx, actor, &account.email).await?;
        if let Verdict::RightAndOutdated(hash) = verdict {
            credentials::rehash(tx.connection(), account.user, &account.password_hash, hash).await?;
        }
        Ok(())
    }
}
