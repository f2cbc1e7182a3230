//! What others know of this crate: one trait per reader.

use std::collections::HashSet;

use async_trait::async_trait;
use database::Tx;
use kernel::{
    Actor, ApiKeyId, EmailAddress, Eviction, Locale, OrganizationId, Page, PageRequest, Request, Secret,
    SessionId, Timestamp, UserId,
};

use crate::Error;
use crate::access::VerifyingKey;
use crate::answer::{Enrolment, MfaEnabled, SessionAnswer, SignInAnswer};
use crate::api_key::{ApiKey, NewApiKey};
use crate::command::{AnswerChallenge, CreateApiKey, Refresh, Register, SignInWithPassword, StepUpProof};
use crate::session::Session;
use crate::store::credentials::KeptPassword;
use crate::token::{Letter, MailedToken};

/// How people get an account.
#[async_trait]
pub trait SignUps: Send + Sync {
    /// Asks for an account. The answer is the same whether the address is known or not; a mail says more.
    async fn register(&self, actor: &Actor, register: Register) -> Result<(), Error>;

    /// Sends the link again, if one is open for the address.
    async fn resend_verification(&self, actor: &Actor, email: String) -> Result<(), Error>;

    /// Opens the link: makes the person, the organization and a session.
    async fn verify_email(&self, actor: &Actor, token: Secret) -> Result<SessionAnswer, Error>;
}

/// How people get in.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// Signs in with a password; a second factor may be asked for.
    async fn sign_in(&self, actor: &Actor, command: SignInWithPassword) -> Result<SignInAnswer, Error>;
}

/// How people prove themselves beyond a password, or once more.
#[async_trait]
pub trait Proofs: Send + Sync {
    /// Shows the second factor that a sign-in asked for.
    async fn answer_challenge(&self, actor: &Actor, command: AnswerChallenge)
    -> Result<SessionAnswer, Error>;

    /// Proves again who acts; for ten minutes what needs a fresh proof is open. No new refresh token.
    async fn step_up(&self, actor: &Actor, proof: StepUpProof) -> Result<SessionAnswer, Error>;
}

/// Signed-in devices.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// Trades a refresh token for the next one and an access token for an organization.
    async fn refresh(&self, actor: &Actor, refresh: Refresh) -> Result<SessionAnswer, Error>;

    /// Ends the session that acts, or the one behind a refresh token. Unknown tokens are no error.
    async fn sign_out(&self, actor: &Actor, token: Option<Secret>) -> Result<(), Error>;

    /// Ends every session of the person.
    async fn sign_out_everywhere(&self, actor: &Actor, token: Option<Secret>) -> Result<(), Error>;

    /// One's own sessions, the newest first.
    async fn list(&self, actor: &Actor, page: &PageRequest) -> Result<Page<Session>, Error>;

    /// Ends one of one's own sessions.
    async fn revoke(&self, actor: &Actor, session: SessionId) -> Result<(), Error>;

    /// Ends all but the session that acts.
    async fn revoke_others(&self, actor: &Actor) -> Result<(), Error>;
}

/// Passwords of people who have an account.
#[async_trait]
pub trait Passwords: Send + Sync {
    /// Mails a link, if the address is known. The answer is the same either way.
    async fn forgot_password(&self, actor: &Actor, email: String) -> Result<(), Error>;

    /// Sets a password by a mailed link and ends all sessions. The second factor is asked for as before.
    async fn reset_password(&self, actor: &Actor, token: Secret, password: Secret) -> Result<(), Error>;

    /// Sets a password and ends the other sessions; access tokens of this one are refreshed.
    async fn change_password(&self, actor: &Actor, current: Secret, new: Secret) -> Result<(), Error>;
}

/// Addresses of people who have an account.
#[async_trait]
pub trait Emails: Send + Sync {
    /// Mails a link to the new address. Needs a fresh proof.
    async fn change_email(&self, actor: &Actor, email: String) -> Result<(), Error>;

    /// Opens that link: the address changes.
    async fn confirm_email(&self, actor: &Actor, token: Secret) -> Result<(), Error>;
}

/// One's own second factor.
#[async_trait]
pub trait SecondFactor: Send + Sync {
    /// Begins to set one up; replacing one needs a fresh proof.
    async fn enrol(&self, actor: &Actor) -> Result<Enrolment, Error>;

    /// Puts it to use, gives recovery codes, and ends the other sessions.
    async fn confirm(&self, actor: &Actor, code: Secret) -> Result<MfaEnabled, Error>;

    /// Takes it away and ends the other sessions. Needs a fresh proof and a password of full length.
    async fn disable(&self, actor: &Actor) -> Result<(), Error>;

    /// A new set of recovery codes; the old one counts no longer. Needs a fresh proof.
    async fn regenerate_recovery_codes(&self, actor: &Actor) -> Result<Vec<Secret>, Error>;
}

/// The keys of an organization's programs.
#[async_trait]
pub trait ApiKeys: Send + Sync {
    /// Makes a key with at most one's own scopes. Needs a second factor.
    async fn create(&self, actor: &Actor, command: CreateApiKey) -> Result<NewApiKey, Error>;

    /// The keys of the organization, the newest first.
    async fn list(&self, actor: &Actor, page: &PageRequest) -> Result<Page<ApiKey>, Error>;

    /// One of them.
    async fn find(&self, actor: &Actor, id: ApiKeyId) -> Result<ApiKey, Error>;

    /// Makes a key void, at once.
    async fn revoke(&self, actor: &Actor, id: ApiKeyId) -> Result<(), Error>;
}

/// Who is behind a token.
#[async_trait]
pub trait Callers: Send + Sync {
    /// The actor behind an access token or an API key, with his rights as they are now: at most 700 ms old.
    async fn resolve(&self, bearer: &str, request: Request) -> Result<Actor, Error>;

    /// When an access token expires; `None` for any other text. A socket closes then, unless it shows a new one.
    async fn expiry(&self, bearer: &str) -> Result<Option<Timestamp>, Error>;

    /// Forgets what a commit has made outdated, here or on another process.
    fn evict(&self, eviction: &Eviction);

    /// The keys with which access tokens that count may have been signed; the one in use first.
    async fn public_keys(&self) -> Result<Vec<VerifyingKey>, Error>;
}

/// What whoever writes mails needs; no permission is asked.
#[async_trait]
pub trait Mailings: Send + Sync {
    /// The letter that carries a link; `None` once the link counts no longer.
    async fn letter(&self, what: MailedToken) -> Result<Option<Letter>, Error>;

    /// Whom to write to.
    async fn addressee(&self, user: UserId) -> Result<Option<Addressee>, Error>;

    /// The session a mail speaks of, live or not.
    async fn session(&self, session: SessionId) -> Result<Option<Session>, Error>;
}

/// A person as an envelope names him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    pub email: EmailAddress,
    pub name: String,
    pub locale: Locale,
}

/// For domains that make people or move them: invitations, erasure. No permission is asked.
#[async_trait]
pub trait Enrolments: Send + Sync {
    /// Judges and hashes a password, before the commit that needs it. `field` names it in faults.
    async fn prepare(
        &self,
        field: &str,
        password: Secret,
        email: &EmailAddress,
        organization: &str,
    ) -> Result<PreparedPassword, Error>;

    /// Gives a person made in this commit his password; sign-ups that wait for his address are closed.
    async fn enrol(
        &self,
        tx: &Tx,
        user: UserId,
        email: &EmailAddress,
        password: PreparedPassword,
    ) -> Result<(), Error>;

    /// Begins the first session of a person just made. Refused for whoever has a second factor.
    async fn begin_session(
        &self,
        actor: &Actor,
        user: UserId,
        organization: OrganizationId,
    ) -> Result<SessionAnswer, Error>;

    /// The session that acts, in another organization from now on.
    async fn continue_session(
        &self,
        actor: &Actor,
        organization: OrganizationId,
    ) -> Result<SessionAnswer, Error>;

    /// Those of the persons who have a confirmed second factor.
    async fn enrolled(&self, users: &[UserId]) -> Result<HashSet<UserId>, Error>;

    /// Forgets all that is kept of a person, in the commit that erases him.
    async fn erase(&self, tx: &Tx, user: UserId) -> Result<(), Error>;

    /// Forgets an organization: its keys, and which sessions worked in it.
    async fn erase_organization(&self, tx: &Tx, org: OrganizationId) -> Result<(), Error>;
}

/// A password that passed every rule, hashed.
#[derive(Clone)]
pub struct PreparedPassword(pub(crate) KeptPassword);

impl PreparedPassword {
    /// The hash, for a port that carries it as text from the judgement to the commit.
    pub fn hash(&self) -> Secret {
        Secret::new(self.0.hash.as_str())
    }

    /// The same, back from there; it was judged as the password of somebody without a second factor.
    pub fn from_hash(hash: &Secret) -> Self {
        Self(KeptPassword { hash: hash.expose().to_owned(), short: false })
    }
}

/// For the operator's shell and schedules: the system alone may.
#[async_trait]
pub trait Operating: Send + Sync {
    /// Takes a second factor away, unlocks it, and ends all sessions.
    async fn reset_mfa(&self, actor: &Actor, email: &EmailAddress) -> Result<(), Error>;

    /// The token of a link with which the person sets a password; it is mailed too.
    async fn reset_password(&self, actor: &Actor, email: &EmailAddress) -> Result<Secret, Error>;

    /// Shuts a person out of everything.
    async fn disable(&self, actor: &Actor, email: &EmailAddress) -> Result<(), Error>;

    /// Lets him in again.
    async fn enable(&self, actor: &Actor, email: &EmailAddress) -> Result<(), Error>;

    /// Signs access tokens with another key from now on; those signed before run out by themselves.
    async fn rotate_signing_key(&self, actor: &Actor) -> Result<(), Error>;

    /// The one-time code of this moment, for demonstration accounts only; `None` without a second factor.
    async fn current_code(&self, actor: &Actor, email: &EmailAddress) -> Result<Option<Secret>, Error>;

    /// Drops what has run out. For a schedule, once an hour.
    async fn sweep(&self, actor: &Actor) -> Result<Swept, Error>;
}

/// How many rows a sweep dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    pub sign_ups: u64,
    pub links: u64,
    pub challenges: u64,
    pub counts: u64,
    pub refresh_tokens: u64,
    pub sessions: u64,
}
