use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, FieldFault, Secret, SessionId, UserId};

use super::passwords::person_in_session;
use super::{AuthService, tell};
use crate::Error;
use crate::answer::{Enrolment, MfaEnabled};
use crate::boundary::SecondFactor;
use crate::event::{AuthEvent, MfaChange};
use crate::recovery::RecoveryCode;
use crate::session::{Amr, Ending};
use crate::store::sessions::Which;
use crate::store::{challenges, credentials, people, sessions, totp};
use crate::throttle::CODE;
use crate::totp::Seed;

#[async_trait]
impl SecondFactor for AuthService {
    async fn enrol(&self, actor: &Actor) -> Result<Enrolment, Error> {
        let user = actor.require_person()?;
        let account = self.account(user).await?;
        if account.totp.is_some() {
            actor.require_fresh(self.now())?;
        }
        let seed = Seed::random(self.env());
        let sealed = seed.seal(&self.keys, self.env(), user);
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                totp::put_pending(tx.connection(), user, sealed, own.now()).await?;
                Ok(tell(tx, user, AuthEvent::MfaEnrolmentStarted { user }).await?)
            })
        })
        .await?;
        seed.enrolment(&account.email)
    }

    async fn confirm(&self, actor: &Actor, code: Secret) -> Result<MfaEnabled, Error> {
        let (user, session) = person_in_session(actor)?;
        let confirmed = self
            .commit(actor, move |own, tx| {
                Box::pin(async move { own.confirm_in(tx, user, session, &code).await })
            })
            .await?;
        let recovery_codes = confirmed.ok_or_else(wrong_code)?;
        let session = self.answer(self.present(actor, user, session).await?).await?;
        Ok(MfaEnabled { recovery_codes, session })
    }

    async fn disable(&self, actor: &Actor) -> Result<(), Error> {
        let (user, session) = person_in_session(actor)?;
        actor.require_mfa()?;
        actor.require_fresh(self.now())?;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                let on = tx.connection();
                credentials::lock(on, user).await?;
                let account = people::account(on, user).await?.ok_or(Error::Unauthenticated)?;
                if account.totp.is_none() {
                    return Err(Error::TotpNotEnrolled);
                }
                if account.short_password {
                    return Err(Error::PasswordTooShort);
                }
                totp::erase(on, user).await?;
                sessions::set_amr(on, session, Amr::PASSWORD).await?;
                own.end_others_for_mfa(tx, user, Which::AllBut(session)).await?;
                let event = AuthEvent::MfaChanged { user, change: MfaChange::Disabled };
                Ok(tell(tx, user, event).await?)
            })
        })
        .await
    }

    async fn regenerate_recovery_codes(&self, actor: &Actor) -> Result<Vec<Secret>, Error> {
        let user = actor.require_person()?;
        actor.require_mfa()?;
        actor.require_fresh(self.now())?;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                credentials::lock(tx.connection(), user).await?;
                let account = people::account(tx.connection(), user).await?.ok_or(Error::Unauthenticated)?;
                if account.totp.is_none() {
                    return Err(Error::TotpNotEnrolled);
                }
                let codes = own.new_recovery_codes(tx, user).await?;
                let event = AuthEvent::MfaChanged { user, change: MfaChange::RecoveryCodesReplaced };
                tell(tx, user, event).await?;
                Ok(codes)
            })
        })
        .await
    }
}

impl AuthService {
    /// Puts the waiting seed to use if the code is one of its. `None` for a wrong code, which is counted.
    async fn confirm_in(
        &self,
        tx: &Tx,
        user: UserId,
        session: SessionId,
        code: &Secret,
    ) -> Result<Option<Vec<Secret>>, Error> {
        let (on, now) = (tx.connection(), self.now());
        let tally = self.admit(tx, &CODE, &user.to_string()).await?;
        credentials::lock(on, user).await?;
        let account = people::account(on, user).await?.ok_or(Error::Unauthenticated)?;
        let pending = totp::pending(on, user).await?.ok_or(Error::TotpNotEnrolled)?;
        let live = sessions::lock_live(on, session, now).await?.ok_or(Error::Unauthenticated)?;
        let Some(step) = Seed::open(&self.keys, user, &pending)?.matching_step(code, now)? else {
            self.note_wrong_code(tx, user, &tally).await?;
            return Ok(None);
        };
        if !totp::activate(on, user, pending, step, now).await? {
            return Err(Error::TotpNotEnrolled);
        }
        self.forgive(tx, &CODE, &user.to_string()).await?;
        let codes = self.new_recovery_codes(tx, user).await?;
        let proven = Amr { one_time_code: true, ..live.amr };
        sessions::prove(on, session, proven, now).await?;
        self.end_others_for_mfa(tx, user, Which::AllBut(session)).await?;
        let change = if account.totp.is_some() { MfaChange::Replaced } else { MfaChange::Enabled };
        tell(tx, user, AuthEvent::MfaChanged { user, change }).await?;
        Ok(Some(codes))
    }

    /// What was opened without the second factor of now counts no longer.
    pub(super) async fn end_others_for_mfa(&self, tx: &Tx, user: UserId, ended: Which) -> Result<(), Error> {
        let on = tx.connection();
        credentials::bump(on, user).await?;
        challenges::close_all(on, user).await?;
        sessions::end(on, user, ended, Ending::MfaChanged, self.now()).await?;
        Ok(())
    }

    async fn new_recovery_codes(&self, tx: &Tx, user: UserId) -> Result<Vec<Secret>, Error> {
        let codes = RecoveryCode::set(self.env());
        let hashes = codes.iter().map(|code| code.hash(&self.keys, user)).collect();
        totp::put_recovery_codes(tx.connection(), self.env(), user, hashes).await?;
        Ok(codes.iter().map(RecoveryCode::text).collect())
    }
}

/// A wrong code of somebody who is signed in.
pub(super) fn wrong_code() -> Error {
    Error::CodeInvalid(FieldFault::new("code", "code_invalid", "does not match, or was used before"))
}
