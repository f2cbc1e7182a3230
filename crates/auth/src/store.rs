//! The only place that names entities and the database's words.
//!
//! People, sessions and tokens belong to no organization: functions here take the person or the hash of what he
//! showed. Only API keys are an organization's; theirs take `org` first.

pub(crate) mod api_keys;
pub(crate) mod challenges;
pub(crate) mod credentials;
pub(crate) mod mail_tokens;
pub(crate) mod people;
pub(crate) mod refresh_tokens;
pub(crate) mod rights;
pub(crate) mod sessions;
pub(crate) mod sign_ups;
pub(crate) mod signing;
pub(crate) mod throttles;
pub(crate) mod totp;
