use std::future::{Ready, ready};

use ::auth::SessionAnswer;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpRequest};
use kernel::Secret;
use serde_json::{Value, json};

use super::SessionView;
use crate::context::text;
use crate::frame::Frame;
use crate::problem::InputFault;
use crate::validate::undeclared;
use crate::{Answer, Draft, Problem, Reply};

/// How a client keeps its refresh token. Programs ask for it in the body and then neither cookie nor `Origin` mean
/// anything; browsers get a cookie that no script can read, and then the `Origin` is judged.
pub(crate) struct Transport {
    keeps_itself: bool,
    origin: Origin,
    cookie: Option<Secret>,
    attempt: Option<String>,
    name: CookieName,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Absent,
    Allowed,
    Foreign,
}

/// `__Host-` makes browsers insist on TLS, this host and `Path=/`. On a loopback address without TLS, where no browser
/// would keep such a cookie, it has a plain name and is not `Secure`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CookieName {
    Host,
    Loopback,
}

impl CookieName {
    const fn text(self) -> &'static str {
        match self {
            Self::Host => "__Host-rt",
            Self::Loopback => "rt",
        }
    }

    fn cookie(self, value: &str, max_age: Duration) -> Cookie<'static> {
        Cookie::build(self.text(), value.to_owned())
            .path("/")
            .http_only(true)
            .secure(self == Self::Host)
            .same_site(SameSite::Strict)
            .max_age(max_age)
            .finish()
    }
}

impl FromRequest for Transport {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(frame) = request.app_data::<Data<Frame>>() else {
            return ready(Err(undeclared("the frame").into()));
        };
        let headers = request.headers();
        let settings = &frame.settings;
        let plain = settings.public_url.scheme() == "http";
        let name = if plain { CookieName::Loopback } else { CookieName::Host };
        ready(Ok(Self {
            keeps_itself: text(headers, "x-token-transport") == Some("body"),
            origin: match headers.get(header::ORIGIN).map(HeaderValue::to_str) {
                None => Origin::Absent,
                Some(Ok(origin)) if settings.origins.allows(origin) => Origin::Allowed,
                Some(_) => Origin::Foreign,
            },
            cookie: request.cookie(name.text()).map(|cookie| Secret::new(cookie.value())),
            attempt: text(headers, "x-refresh-attempt").map(str::to_owned),
            name,
        }))
    }
}

impl Transport {
    /// The header that chooses, for a declaration.
    pub(crate) fn declared(draft: Draft) -> Draft {
        let about = "`body`: the refresh token stands in the answer; without it, in a cookie.";
        draft.header("X-Token-Transport", about, json!({ "type": "string", "enum": ["body"] }))
    }

    /// Refuses to sign a foreign page's visitor in: he would not know as whom.
    pub(crate) fn permit(&self) -> Result<(), Problem> {
        let foreign = !self.keeps_itself && self.origin == Origin::Foreign;
        if foreign { Err(origin_not_allowed()) } else { Ok(()) }
    }

    /// The refresh token that came along: in the body, or in the cookie of an allowed page.
    pub(super) fn token(&self, in_body: Option<String>) -> Result<Option<Secret>, Problem> {
        match (in_body, &self.cookie) {
            (Some(token), _) => Ok(Some(Secret::new(token))),
            (None, Some(_)) if self.keeps_itself => Ok(None),
            (None, Some(token)) if self.origin == Origin::Allowed => Ok(Some(token.clone())),
            (None, Some(_)) => Err(origin_not_allowed()),
            (None, None) => Ok(None),
        }
    }

    /// The attempt of a refresh. With the cookie it must be there: no form and no foreign page can add a header.
    pub(super) fn attempt(&self, in_body: bool) -> Result<Option<String>, Problem> {
        if self.attempt.is_none() && !in_body && self.cookie.is_some() {
            let detail = "is required with the cookie";
            return Err(Problem::invalid([InputFault::parameter("X-Refresh-Attempt", "required", detail)]));
        }
        Ok(self.attempt.clone())
    }

    /// Hands a session out.
    pub(crate) fn give(&self, answer: SessionAnswer) -> Answer {
        let max_age = i64::try_from(answer.refresh_expires_in.as_secs()).unwrap_or(i64::MAX);
        let token = answer.refresh_token.clone();
        let view = SessionView::bare(answer);
        Ok(match token {
            Some(token) if self.keeps_itself => Reply::ok(view.with_token(&token)),
            Some(token) => {
                let cookie = self.name.cookie(token.expose(), Duration::seconds(max_age));
                Reply::ok(view).cookie(cookie)
            }
            None => Reply::ok(view),
        })
    }

    /// The session is over: its cookie goes, and whatever scripts may have stored. How the device likes to show things
    /// stays: that is in cookies too, so they are not dropped as a whole. Answers about a person are in no cache.
    pub(super) fn forgotten(&self, reply: Reply) -> Reply {
        let forget = HeaderValue::from_static("\"storage\"");
        let name = header::HeaderName::from_static("clear-site-data");
        reply.cookie(self.name.cookie("", Duration::ZERO)).header(name, forget)
    }

    /// A refresh that failed for good takes its cookie with it.
    pub(super) fn failed(&self, problem: Problem) -> Problem {
        let over =
            problem.status() == StatusCode::UNAUTHORIZED && self.cookie.is_some() && !self.keeps_itself;
        let cleared = self.name.cookie("", Duration::ZERO).to_string();
        match HeaderValue::try_from(cleared) {
            Ok(cleared) if over => problem.with_header(header::SET_COOKIE, cleared),
            _ => problem,
        }
    }
}

/// The header that names an attempt, for the declaration of a refresh.
pub(super) fn attempt_schema() -> Value {
    json!({ "type": "string", "format": "uuid" })
}

fn origin_not_allowed() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "origin_not_allowed", "this page may not sign anybody in here")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_tls_the_cookie_is_bound_to_the_host() {
        let cookie = CookieName::Host.cookie("token", Duration::days(7)).to_string();
        assert_eq!(cookie, "__Host-rt=token; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=604800");
    }
}
