//! What others know of this crate: one trait per reader.

use async_trait::async_trait;
use kernel::{Actor, Eviction, Request, Secret};

use crate::Error;
use crate::access::VerifyingKey;
use crate::answer::{SessionAnswer, SignInAnswer};
use crate::command::{Register, SignInWithPassword};
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

/// Who is behind a token.
#[async_trait]
pub trait Callers: Send + Sync {
    /// The actor behind an access token or an API key, with his rights as they are now: at most 700 ms old.
    async fn resolve(&self, bearer: &str, request: Request) -> Result<Actor, Error>;

    /// Forgets what a commit has made outdated, here or on another process.
    fn evict(&self, eviction: &Eviction);

    /// The keys that access tokens may be signed with now, newest first.
    async fn public_keys(&self) -> Result<Vec<VerifyingKey>, Error>;
}

/// What whoever writes mails needs.
#[async_trait]
pub trait Mailings: Send + Sync {
    /// The letter that carries a link; `None` once the link counts no longer.
    async fn letter(&self, what: MailedToken) -> Result<Option<Letter>, Error>;
}
