//! What these tests stand on: the service, a way to open mails, and people who exist already.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, OnceLock};

use auth::{
    AnswerChallenge, Auth, Callers, Letter, MailedToken, OrganizationChoice, PasswordCost, Refresh, Register,
    SecondFactorProof, SessionAnswer, Settings, SignInAnswer, SignInWithPassword, SignupPolicy,
};
use chrono::TimeDelta;
use database::log::Recorded;
use database::{AfterCommit, Committed, Database, StoreError, Tx, log, testing};
use futures_util::future::BoxFuture;
use kernel::{Actor, OrganizationId, Request, Secret, Timestamp, TokenId, UserId};
use platform::Keyring;
use totp_rs::{Builder, Totp};
use uuid::Uuid;

use crate::ports::People;

pub(crate) const PASSWORD: &str = "kukur-biralo-42";
pub(crate) const ISSUER: &str = "https://jugx.test";

/// A service on a database of its own, with a clock that stands still.
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) auth: Auth,
}

/// Passes evictions on, as the bus does.
#[derive(Default)]
pub(crate) struct Bus(OnceLock<Arc<dyn Callers>>);

#[async_trait::async_trait]
impl AfterCommit for Bus {
    async fn committed(&self, outcome: Committed) {
        for eviction in outcome.evictions {
            if let Some(callers) = self.0.get() {
                callers.evict(&eviction);
            }
        }
    }
}

struct Nothing;

impl kernel::Reactions for Nothing {
    fn react(&self, _: &kernel::Told<'_>) -> Vec<kernel::JobDraft> {
        Vec::new()
    }
}

pub(crate) fn settings(signup: SignupPolicy) -> Settings {
    Settings { issuer: ISSUER.to_owned(), signup, password_cost: PasswordCost::TINY }
}

pub(crate) fn keyring() -> Keyring {
    Keyring::from_secret(&"11".repeat(32)).unwrap()
}

/// Runs a test in an open world.
pub(crate) async fn run(test: impl AsyncFnOnce(World)) {
    run_with(SignupPolicy::Open, test).await;
}

pub(crate) async fn run_with(signup: SignupPolicy, test: impl AsyncFnOnce(World)) {
    testing::run(async |database| test(World::on(database, signup)).await).await;
}

impl World {
    fn on(database: Database, signup: SignupPolicy) -> Self {
        let bus = Arc::new(Bus::default());
        let database = testing::reacting(database, Arc::new(Nothing), bus.clone());
        let auth = service(&database, signup);
        assert!(bus.0.set(auth.callers.clone()).is_ok());
        Self { database, auth }
    }

    /// The same service once more, as another process would run it: it hears no evictions.
    pub(crate) fn another_process(&self) -> Auth {
        service(&self.database, SignupPolicy::Open)
    }

    pub(crate) fn service_with(&self, settings: Settings) -> Auth {
        service_with(&self.database, settings)
    }

    pub(crate) fn advance(&self, by: TimeDelta) {
        self.database.env().advance(by);
    }

    /// Signs somebody up and opens the link.
    pub(crate) async fn sign_up(&self, email: &str) -> SessionAnswer {
        self.auth.sign_ups.register(&anonymous(), register(email)).await.unwrap();
        let letter = self.sign_up_letter().await;
        assert_eq!(letter.to.as_str(), email);
        self.auth.sign_ups.verify_email(&anonymous(), letter.token).await.unwrap()
    }

    /// The mail of the newest sign-up.
    pub(crate) async fn sign_up_letter(&self) -> Letter {
        let event = self.last(OrganizationId::PLATFORM.uuid(), "auth.sign_up_requested").await;
        let id: TokenId = text(&event, "signUpId").parse().unwrap();
        self.auth.mailings.letter(MailedToken::SignUp(id)).await.unwrap().unwrap()
    }

    /// The newest mail that carries a link for a person, after the event that asks for it.
    pub(crate) async fn link_letter(&self, user: UserId, kind: &str) -> Option<Letter> {
        let event = self.last(user.uuid(), kind).await;
        let id: TokenId = text(&event, "tokenId").parse().unwrap();
        let what = match kind {
            "auth.password_reset_requested" => MailedToken::PasswordReset(id),
            _ => MailedToken::EmailChange(id),
        };
        self.auth.mailings.letter(what).await.unwrap()
    }

    /// All events of a stream.
    pub(crate) async fn events(&self, stream: Uuid) -> Vec<Recorded> {
        log::since(&self.database, stream, 0, 1_000).await.unwrap()
    }

    /// The kinds of all events of a person's stream.
    pub(crate) async fn kinds(&self, user: UserId) -> Vec<String> {
        self.events(user.uuid()).await.into_iter().map(|event| event.kind).collect()
    }

    /// The newest event of a kind.
    pub(crate) async fn last(&self, stream: Uuid, kind: &str) -> Recorded {
        let events = self.events(stream).await;
        events.into_iter().rev().find(|event| event.kind == kind).unwrap()
    }

    pub(crate) async fn sign_in(&self, email: &str) -> Result<SignInAnswer, auth::Error> {
        self.sign_in_with(email, PASSWORD).await
    }

    pub(crate) async fn sign_in_with(
        &self,
        email: &str,
        password: &str,
    ) -> Result<SignInAnswer, auth::Error> {
        self.auth.sign_in.sign_in(&anonymous(), with_password(email, password)).await
    }

    pub(crate) async fn signed_in(&self, email: &str) -> SessionAnswer {
        match self.sign_in(email).await.unwrap() {
            SignInAnswer::SignedIn(answer) => *answer,
            SignInAnswer::MfaRequired { .. } => panic!("no second factor is set up"),
        }
    }

    /// The challenge that a right password leads to.
    pub(crate) async fn challenged(&self, email: &str) -> Secret {
        match self.sign_in(email).await.unwrap() {
            SignInAnswer::MfaRequired { challenge, .. } => challenge,
            SignInAnswer::SignedIn(_) => panic!("a second factor is set up"),
        }
    }

    /// Answers a challenge with a one-time code.
    pub(crate) async fn show_code(
        &self,
        challenge: &Secret,
        code: Secret,
    ) -> Result<SessionAnswer, auth::Error> {
        let proof = SecondFactorProof::Code(code);
        let command = AnswerChallenge { challenge: challenge.clone(), proof };
        self.auth.proofs.answer_challenge(&anonymous(), command).await
    }

    /// Sets a second factor up for whoever is signed in.
    pub(crate) async fn enrol(&self, answer: &SessionAnswer) -> Enrolled {
        let actor = self.actor(answer).await;
        let enrolment = self.auth.second_factor.enrol(&actor).await.unwrap();
        let authenticator = Authenticator::new(&enrolment.secret);
        let code = authenticator.code(self.now());
        let enabled = self.auth.second_factor.confirm(&actor, code).await.unwrap();
        Enrolled { authenticator, recovery_codes: enabled.recovery_codes, session: enabled.session }
    }

    /// Signs up and sets a second factor up; the clock stands at the next step after it.
    pub(crate) async fn owner_with_totp(&self, email: &str) -> Enrolled {
        let answer = self.sign_up(email).await;
        let enrolled = self.enrol(&answer).await;
        self.advance(TimeDelta::seconds(30));
        enrolled
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.database.env().now()
    }

    pub(crate) async fn actor(&self, answer: &SessionAnswer) -> Actor {
        self.resolve(&answer.access_token).await.unwrap()
    }

    /// Trades the refresh token of an answer.
    pub(crate) async fn refresh(
        &self,
        token: &Secret,
        attempt: Option<&str>,
    ) -> Result<SessionAnswer, auth::Error> {
        self.refresh_into(token, attempt, OrganizationChoice::LastUsed).await
    }

    pub(crate) async fn refresh_into(
        &self,
        token: &Secret,
        attempt: Option<&str>,
        organization: OrganizationChoice,
    ) -> Result<SessionAnswer, auth::Error> {
        let refresh = Refresh { token: token.clone(), attempt: attempt.map(str::to_owned), organization };
        self.auth.sessions.refresh(&anonymous(), refresh).await
    }

    pub(crate) async fn resolve(&self, token: &Secret) -> Result<Actor, auth::Error> {
        self.auth.callers.resolve(token.expose(), request()).await
    }

    /// Changes rows that belong to other domains.
    pub(crate) async fn alter<W>(&self, work: W)
    where
        W: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<(), StoreError>> + Send + 'static,
    {
        self.database.commit(&Actor::system(OrganizationId::PLATFORM), work).await.unwrap();
    }
}

/// Somebody with a second factor.
pub(crate) struct Enrolled {
    pub(crate) authenticator: Authenticator,
    pub(crate) recovery_codes: Vec<Secret>,
    pub(crate) session: SessionAnswer,
}

/// The telephone that shows codes.
#[derive(Clone)]
pub(crate) struct Authenticator(Totp);

impl Authenticator {
    pub(crate) fn new(secret: &Secret) -> Self {
        let seed = totp_rs::Secret::try_from_base32(secret.expose()).unwrap();
        Self(Builder::new().with_secret(seed).with_account_name("test").build().unwrap())
    }

    pub(crate) fn code(&self, at: Timestamp) -> Secret {
        Secret::new(self.0.generate(u64::try_from(at.timestamp()).unwrap()).to_string())
    }
}

/// The member of an event's data.
pub(crate) fn text(event: &Recorded, member: &str) -> String {
    event.data.get(member).unwrap().as_str().unwrap().to_owned()
}

/// The refresh token that an answer brings.
pub(crate) fn refresh_token(answer: &SessionAnswer) -> Secret {
    answer.refresh_token.clone().unwrap()
}

fn service(database: &Database, signup: SignupPolicy) -> Auth {
    service_with(database, settings(signup))
}

fn service_with(database: &Database, settings: Settings) -> Auth {
    let people = Arc::new(People(database.env().clone()));
    auth::service(database.clone(), keyring(), people.clone(), people, settings).unwrap()
}

pub(crate) fn register(email: &str) -> Register {
    Register {
        email: email.to_owned(),
        password: Secret::new(PASSWORD),
        full_name: "Asha Rai".to_owned(),
        organization_name: "Himal Tea".to_owned(),
        locale: None,
    }
}

pub(crate) fn with_password(email: &str, password: &str) -> SignInWithPassword {
    SignInWithPassword { email: email.to_owned(), password: Secret::new(password), organization: None }
}

pub(crate) fn request_from(last: u8, user_agent: &str) -> Request {
    Request {
        ip: Some(IpAddr::V4(Ipv4Addr::new(203, 0, 113, last))),
        user_agent: Some(user_agent.to_owned()),
        ..Request::default()
    }
}

pub(crate) fn request() -> Request {
    request_from(7, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
}

pub(crate) fn anonymous() -> Actor {
    Actor::anonymous(request())
}
