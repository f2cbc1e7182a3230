use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, EmailAddress, Fault, FaultKind, Secret, Stream, UserId};

use super::opening::Opened;
use super::{AuthService, tell_platform};
use crate::Error;
use crate::answer::SessionAnswer;
use crate::boundary::SignUps;
use crate::command::Register;
use crate::event::AuthEvent;
use crate::ports::NewAccount;
use crate::session::Amr;
use crate::sign_up::{Application, OPEN_FOR, SignUp, SignupPolicy};
use crate::store::credentials::KeptPassword;
use crate::store::{credentials, people, sign_ups};
use crate::token::Mailed;

#[async_trait]
impl SignUps for AuthService {
    async fn register(&self, actor: &Actor, register: Register) -> Result<(), Error> {
        self.permit_sign_up().await?;
        let application = Application::parse(register)?;
        // Hashed for a known address too: the time it takes tells nothing.
        let hash = self.hasher.hash(&application.password.text).await?;
        let sign_up = application.open(self.env(), &self.keys, hash);
        self.commit(actor, move |own, tx| Box::pin(async move { own.note_sign_up(tx, sign_up).await })).await
    }

    async fn resend_verification(&self, actor: &Actor, email: String) -> Result<(), Error> {
        let email = EmailAddress::parse("email", &email)?;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                let open = sign_ups::newest_open(tx.connection(), &email, own.now()).await?;
                if !own.may_mail(tx, "sign-up", &email).await? {
                    return Ok(());
                }
                let Some(sign_up) = open else {
                    tell_platform(tx, AuthEvent::UnknownAddressAsked);
                    return Ok(());
                };
                sign_ups::prolong(tx.connection(), sign_up.id, own.now() + OPEN_FOR).await?;
                tell_platform(tx, AuthEvent::SignUpRequested { sign_up: sign_up.id });
                Ok(())
            })
        })
        .await
    }

    async fn verify_email(&self, actor: &Actor, token: Secret) -> Result<SessionAnswer, Error> {
        let token = Mailed::parse(&token).ok_or(Error::Unauthenticated)?;
        let own_actor = actor.clone();
        let opened = self
            .commit(actor, move |own, tx| {
                Box::pin(async move {
                    let found = sign_ups::find_open(tx.connection(), token.id, own.now()).await?;
                    let sign_up = found.filter(|sign_up| token.matches(&sign_up.token_hash));
                    own.make_account(tx, &own_actor, sign_up.ok_or(Error::Unauthenticated)?).await
                })
            })
            .await?;
        self.answer(opened).await
    }
}

impl AuthService {
    async fn permit_sign_up(&self) -> Result<(), Error> {
        let open = self.settings.signup == SignupPolicy::Open;
        if open || !people::anybody(self.database.reader()).await? {
            return Ok(());
        }
        Err(Error::SignUpClosed)
    }

    async fn note_sign_up(&self, tx: &Tx, sign_up: SignUp) -> Result<(), Error> {
        let on = tx.connection();
        if !self.may_mail(tx, "sign-up", &sign_up.email).await? {
            return Ok(());
        }
        if let Some(user) = people::user_of(on, &sign_up.email).await? {
            tx.tell(Stream::User(user), AuthEvent::KnownAddressRegistered { user });
            return Ok(());
        }
        sign_ups::insert(on, &sign_up).await?;
        sign_ups::keep_newest(on, &sign_up.email).await?;
        tell_platform(tx, AuthEvent::SignUpRequested { sign_up: sign_up.id });
        Ok(())
    }

    /// Makes person, password, organization and first session out of a sign-up, once.
    async fn make_account(&self, tx: &Tx, actor: &Actor, sign_up: SignUp) -> Result<Opened, Error> {
        let (on, user): (_, UserId) = (tx.connection(), self.env().id());
        if self.settings.signup != SignupPolicy::Open {
            people::lock_platform(on).await?;
            if people::anybody(on).await? {
                return Err(Error::SignUpClosed);
            }
        }
        if !sign_ups::take(on, sign_up.id).await? {
            return Err(Error::Unauthenticated);
        }
        let account = NewAccount {
            id: user,
            email: sign_up.email.clone(),
            full_name: sign_up.full_name,
            locale: sign_up.locale,
        };
        match self.accounts.create(tx, account).await {
            // Another link of this address was opened meanwhile; this one counts no longer.
            Err(fault) if fault.kind() == FaultKind::Conflict => return Err(Error::Unauthenticated),
            created => created?,
        }
        let password = KeptPassword { hash: sign_up.password_hash, short: false };
        credentials::insert(on, user, password, self.now()).await?;
        let org = self.founding.found(tx, user, &sign_up.organization_name).await?;
        sign_ups::close_all(on, &sign_up.email).await?;
        self.open_session(tx, actor, user, Amr::PASSWORD, Some(org)).await
    }
}
