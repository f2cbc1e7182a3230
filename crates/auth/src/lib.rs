#![doc = include_str!("../README.md")]

mod access;
mod account;
mod answer;
mod api_key;
mod boundary;
mod challenge;
mod command;
mod device;
mod error;
mod event;
mod marks;
mod password;
mod ports;
mod recovery;
mod refresh;
mod rights;
mod service;
mod session;
mod sign_up;
mod store;
mod throttle;
mod token;
mod totp;

use std::sync::Arc;

use database::Database;
use platform::Keyring;

pub use access::VerifyingKey;
pub use answer::{AccountView, Enrolment, MfaEnabled, OrganizationView, SessionAnswer, SignInAnswer};
pub use api_key::{ApiKey, NewApiKey};
pub use boundary::{
    Addressee, ApiKeys, Callers, Emails, Enrolments, Mailings, Operating, Passwords, PreparedPassword,
    Proofs, SecondFactor, Sessions, SignIn, SignUps, Swept,
};
pub use command::{
    AnswerChallenge, CreateApiKey, OrganizationChoice, Refresh, Register, SecondFactorProof,
    SignInWithPassword, StepUpProof,
};
pub use device::Device;
pub use error::Error;
pub use event::{AuthEvent, MfaChange, SecurityChanged};
pub use password::PasswordCost;
pub use ports::{Accounts, Founding, NewAccount};
pub use session::Session;
pub use sign_up::SignupPolicy;
pub use token::{Letter, MailedToken};

/// What an operator decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Who signs access tokens: the public URL.
    pub issuer: String,
    pub signup: SignupPolicy,
    pub password_cost: PasswordCost,
}

/// The service, by what its readers need of it. Cheap to clone.
#[derive(Clone)]
pub struct Auth {
    pub sign_ups: Arc<dyn SignUps>,
    pub sign_in: Arc<dyn SignIn>,
    pub proofs: Arc<dyn Proofs>,
    pub sessions: Arc<dyn Sessions>,
    pub passwords: Arc<dyn Passwords>,
    pub emails: Arc<dyn Emails>,
    pub second_factor: Arc<dyn SecondFactor>,
    pub api_keys: Arc<dyn ApiKeys>,
    pub callers: Arc<dyn Callers>,
    pub mailings: Arc<dyn Mailings>,
    pub enrolments: Arc<dyn Enrolments>,
    pub operating: Arc<dyn Operating>,
}

/// The service. Takes the time of one password hash.
pub fn service(
    database: Database,
    keys: Keyring,
    accounts: Arc<dyn Accounts>,
    founding: Arc<dyn Founding>,
    settings: Settings,
) -> Result<Auth, Error> {
    let service = Arc::new(service::AuthService::new(database, keys, accounts, founding, settings)?);
    Ok(Auth {
        sign_ups: service.clone(),
        sign_in: service.clone(),
        proofs: service.clone(),
        sessions: service.clone(),
        passwords: service.clone(),
        emails: service.clone(),
        second_factor: service.clone(),
        api_keys: service.clone(),
        callers: service.clone(),
        mailings: service.clone(),
        enrolments: service.clone(),
        operating: service,
    })
}
