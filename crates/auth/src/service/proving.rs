use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, FieldFault, OrganizationId, Secret, SessionId, UserId};

use super::opening::Opened;
use super::passwords::person_in_session;
use super::second_factor::wrong_code;
use super::{AuthService, tell};
use crate::Error;
use crate::account::Account;
use crate::answer::{SessionAnswer, SignInAnswer};
use crate::boundary::Proofs;
use crate::challenge::{Challenge, OPEN_FOR};
use crate::command::{AnswerChallenge, OrganizationChoice, SecondFactorProof, StepUpProof};
use crate::event::{AuthEvent, MfaChange};
use crate::password::Verdict;
use crate::recovery::RecoveryCode;
use crate::session::Amr;
use crate::store::people::{self, Chosen};
use crate::store::{challenges, refresh_tokens, sessions, totp};
use crate::throttle::{CODE, Tally};
use crate::token::Opaque;
use crate::totp::Seed;

#[async_trait]
impl Proofs for AuthService {
    async fn answer_challenge(
        &self,
        actor: &Actor,
        command: AnswerChallenge,
    ) -> Result<SessionAnswer, Error> {
        let token = Opaque::parse(&command.challenge).ok_or(Error::Unauthenticated)?;
        let own_actor = actor.clone();
        let opened = self
            .commit(actor, move |own, tx| {
                Box::pin(async move { own.meet(tx, &own_actor, &token, &command.proof).await })
            })
            .await?;
        self.answer(opened.ok_or(Error::Unauthenticated)?).await
    }

    async fn step_up(&self, actor: &Actor, proof: StepUpProof) -> Result<SessionAnswer, Error> {
        let (user, session) = person_in_session(actor)?;
        actor.require_mfa()?;
        let account = self.account(user).await?;
        let amr = match (&account.totp, proof) {
            (Some(_), StepUpProof::Code(code)) => {
                self.confirm_code(actor, user, code).await?;
                Amr::BOTH
            }
            (None, StepUpProof::Password(password)) => {
                self.confirm_password(actor, &account, "password", &password).await?;
                Amr::PASSWORD
            }
            (Some(_), StepUpProof::Password(_)) => {
                let detail = "this account has a second factor: send a `code` instead";
                return Err(FieldFault::new("password", "code_required", detail).into());
            }
            (None, StepUpProof::Code(_)) => return Err(Error::TotpNotEnrolled),
        };
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                let (on, now) = (tx.connection(), own.now());
                sessions::lock_live(on, session, now).await?.ok_or(Error::Unauthenticated)?;
                sessions::prove(on, session, amr, now).await?;
                Ok(tell(tx, user, AuthEvent::SteppedUp { user, session }).await?)
            })
        })
        .await?;
        self.answer(self.present(actor, user, session).await?).await
    }
}

impl AuthService {
    /// The password was right; a second factor is asked for. No event yet: nobody is in.
    pub(super) async fn challenge(
        &self,
        actor: &Actor,
        account: Account,
        verdict: Verdict,
        choice: OrganizationChoice,
    ) -> Result<SignInAnswer, Error> {
        let (token, own_actor) = (Opaque::random(self.env()), actor.clone());
        let challenge = Challenge {
            id: self.env().id(),
            user: account.user,
            organization: choice.id(),
            expires_at: self.now() + OPEN_FOR,
        };
        let hash = token.hash();
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                let on = tx.connection();
                if people::choose(on, account.user, &choice, None).await? == Chosen::Refused {
                    return Err(Error::OrganizationAccessDenied);
                }
                own.accept_password(tx, &own_actor, &account, verdict).await?;
                Ok(challenges::insert(on, &challenge, hash, own.now()).await?)
            })
        })
        .await?;
        let expires_in = OPEN_FOR.to_std().unwrap_or_default();
        Ok(SignInAnswer::MfaRequired { challenge: token.text(), expires_in })
    }

    /// Lets somebody in whose second factor is right. `None` for a wrong one, which is counted.
    async fn meet(
        &self,
        tx: &Tx,
        actor: &Actor,
        token: &Opaque,
        proof: &SecondFactorProof,
    ) -> Result<Option<Opened>, Error> {
        let (on, now, hash) = (tx.connection(), self.now(), token.hash());
        let user = challenges::user_of(on, &hash, now).await?.ok_or(Error::Unauthenticated)?;
        let tally = self.admit(tx, &CODE, &user.to_string()).await?;
        let challenge = challenges::try_once(on, &hash, now).await?.ok_or(Error::Unauthenticated)?;
        let account = people::account(on, user).await?;
        let account = account.filter(|account| !account.disabled).ok_or(Error::Unauthenticated)?;
        if !self.proves(tx, &account, proof).await? {
            self.note_wrong_code(tx, user, &tally).await?;
            return Ok(None);
        }
        self.forgive(tx, &CODE, &user.to_string()).await?;
        challenges::close(on, challenge.id).await?;
        let choice = challenge.organization.map_or(OrganizationChoice::LastUsed, OrganizationChoice::Id);
        let last = sessions::last_organization(on, user).await?;
        let Chosen::Organization(org) = people::choose(on, user, &choice, last).await? else {
            return Err(Error::OrganizationAccessDenied);
        };
        self.open_session(tx, actor, user, Amr::BOTH, org).await.map(Some)
    }

    /// Whether a second factor is right, and uses it up.
    async fn proves(&self, tx: &Tx, account: &Account, proof: &SecondFactorProof) -> Result<bool, Error> {
        let (on, user) = (tx.connection(), account.user);
        match proof {
            SecondFactorProof::Code(code) => self.use_code(tx, account, code).await,
            SecondFactorProof::RecoveryCode(code) => {
                let hash = RecoveryCode::parse(code).hash(&self.keys, user);
                let used = totp::use_recovery_code(on, user, hash).await?;
                if used {
                    let event = AuthEvent::MfaChanged { user, change: MfaChange::RecoveryCodeUsed };
                    tell(tx, user, event).await?;
                }
                Ok(used)
            }
        }
    }

    async fn use_code(&self, tx: &Tx, account: &Account, code: &Secret) -> Result<bool, Error> {
        let Some(sealed) = &account.totp else {
            return Ok(false);
        };
        let seed = Seed::open(&self.keys, account.user, sealed)?;
        match seed.matching_step(code, self.now())? {
            Some(step) => Ok(totp::use_step(tx.connection(), account.user, sealed, step).await?),
            None => Ok(false),
        }
    }

    /// A code of somebody who is signed in, a few times only.
    async fn confirm_code(&self, actor: &Actor, user: UserId, code: Secret) -> Result<(), Error> {
        let right = self
            .commit(actor, move |own, tx| {
                Box::pin(async move {
                    let tally = own.admit(tx, &CODE, &user.to_string()).await?;
                    let account =
                        people::account(tx.connection(), user).await?.ok_or(Error::Unauthenticated)?;
                    let right = own.use_code(tx, &account, &code).await?;
                    if right {
                        own.forgive(tx, &CODE, &user.to_string()).await?;
                    } else {
                        own.note_wrong_code(tx, user, &tally).await?;
                    }
                    Ok(right)
                })
            })
            .await?;
        if right { Ok(()) } else { Err(wrong_code()) }
    }

    /// The last wrong code of a day is told: the person must know that somebody has his password.
    pub(super) async fn note_wrong_code(&self, tx: &Tx, user: UserId, tally: &Tally) -> Result<(), Error> {
        if tally.locked_at.is_some() {
            tell(tx, user, AuthEvent::SecondFactorLocked { user }).await?;
        }
        Ok(())
    }

    /// The session that acts, as an answer shows it: without a new refresh token, so that none is at risk of being
    /// lost or doubled.
    pub(super) async fn present(
        &self,
        actor: &Actor,
        user: UserId,
        session: SessionId,
    ) -> Result<Opened, Error> {
        let on = self.database.reader();
        let live = refresh_tokens::live(on, session).await?;
        let organization =
            Some(actor.org).filter(|org| *org != OrganizationId::PLATFORM || actor.rights.role.is_some());
        Ok(Opened {
            user,
            session,
            organization,
            refresh_token: None,
            refresh_expires_at: live.map_or(self.now(), |live| live.expires_at),
        })
    }
}
