use std::borrow::Cow;
use std::collections::BTreeMap;

use actix_web::http::StatusCode;

/// Codes that the frame itself or several domains answer with.
const COMMON: [(&str, &str); 30] = [
    ("already_completed", "This request was carried out before"),
    ("app_access_denied", "You may not use this app"),
    ("app_not_installed", "The app is not installed"),
    ("bad_request", "The request cannot be read"),
    ("cursor_expired", "The cursor is too old"),
    ("email_unverified", "The e-mail address is not verified"),
    ("entitlement_required", "The plan does not include this"),
    ("forbidden", "Not allowed"),
    ("gone", "No longer kept"),
    ("idempotency_key_in_use", "A request with this idempotency key is being carried out"),
    ("idempotency_key_required", "An idempotency key is needed"),
    ("idempotency_key_reused", "The idempotency key belongs to another request"),
    ("internal", "Something went wrong on our side"),
    ("invalid_input", "The input is not valid"),
    ("malformed_json", "The body is not JSON"),
    ("method_not_allowed", "The method is not allowed here"),
    ("mfa_setup_required", "Set up a second factor first"),
    ("not_found", "Not found"),
    ("origin_not_allowed", "The origin is not allowed"),
    ("payload_too_large", "The body is too large"),
    ("rate_limited", "Too many requests"),
    ("request_timeout", "The body came too slowly"),
    ("scope_missing", "A right is missing"),
    ("step_up_required", "Prove again that it is you"),
    ("timed_out", "The request took too long"),
    ("unauthenticated", "Sign in first"),
    ("unavailable", "Not available at the moment"),
    ("unsupported_media_type", "The body has the wrong type"),
    ("version_required", "Say which version you change"),
    ("version_stale", "Somebody else changed it first"),
];

/// Every code that a problem may carry, with its title.
#[derive(Clone, Debug)]
pub struct Codes(BTreeMap<&'static str, &'static str>);

impl Default for Codes {
    fn default() -> Self {
        Self(COMMON.into_iter().collect())
    }
}

impl Codes {
    /// Adds the codes of a module. A code may be told twice, but not with two titles.
    pub(crate) fn add(&mut self, codes: &[(&'static str, &'static str)]) -> Result<(), String> {
        for (code, title) in codes {
            match self.0.insert(code, title) {
                Some(other) if other != *title => {
                    return Err(format!("the problem code `{code}` has the titles `{other}` and `{title}`"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The title of a code. One that nobody registered is a defect: it is logged, and still readable.
    pub(crate) fn title(&self, code: &'static str) -> Cow<'static, str> {
        if !self.0.contains_key(code) {
            tracing::error!(problem.code = code, "a problem code is missing in the registry of its module");
        }
        self.readable(code)
    }

    /// The title of a code, or its words where the registry of its module is not at hand.
    pub(crate) fn readable(&self, code: &'static str) -> Cow<'static, str> {
        if let Some(title) = self.0.get(code) {
            return Cow::Borrowed(title);
        }
        Cow::Owned(code.replace('_', " "))
    }

    /// Every code, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.0.iter().map(|(code, title)| (*code, *title))
    }
}

/// Code and detail for failures that have nothing but a status.
pub(super) fn of_status(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::UNAUTHORIZED => ("unauthenticated", "sign in and try again"),
        StatusCode::FORBIDDEN => ("forbidden", "this is not allowed"),
        StatusCode::NOT_FOUND => ("not_found", "there is nothing here"),
        StatusCode::METHOD_NOT_ALLOWED => ("method_not_allowed", "use one of the methods in `Allow`"),
        StatusCode::REQUEST_TIMEOUT => ("request_timeout", "send the whole body within 10 seconds"),
        StatusCode::PAYLOAD_TOO_LARGE => ("payload_too_large", "send less"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            ("unsupported_media_type", "send `application/json`, not compressed")
        }
        StatusCode::TOO_MANY_REQUESTS => ("rate_limited", "slow down"),
        StatusCode::SERVICE_UNAVAILABLE => ("unavailable", "try again in a moment"),
        status if status.is_client_error() => ("bad_request", "the request cannot be read"),
        _ => ("internal", "something went wrong on our side; the request id helps us to find it"),
    }
}
