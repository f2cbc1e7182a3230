mod password;
mod second_factor;
mod sign_in;
mod sign_up;
mod transport;
mod views;

use ::auth::Callers;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Data;
use serde_json::json;

use crate::{Draft, Module, Problem};

pub(crate) use transport::Transport;
pub(crate) use views::SessionView;

/// Bytes a body of sign-in may have.
const BODY: usize = 4 * 1024;

pub(crate) fn module() -> Module {
    let module = Module::new("auth", "Sign-up, sign-in, passwords and second factors").codes(&[
        ("code_invalid", "The code does not match"),
        ("email_taken", "Another account has this e-mail address"),
        ("organization_access_denied", "You are no active member of this organization"),
        ("password_incorrect", "This is not your password"),
        ("password_too_short", "Choose a longer password first"),
        ("sign_up_closed", "Accounts are made by invitation only"),
        ("totp_not_enrolled", "Set up a second factor first"),
    ]);
    let endpoints = sign_up::endpoints().into_iter().chain(sign_in::endpoints());
    let endpoints = endpoints.chain(password::endpoints()).chain(second_factor::endpoints());
    endpoints.fold(module, Module::with)
}

/// Public, small, and refused with 401 and 403 by what its body proves.
fn proof(draft: Draft) -> Draft {
    draft.body_limit(BODY).fails_with(401).fails_with(403)
}

/// The keys that access tokens are signed with (RFC 7517), for whoever verifies them elsewhere.
pub(crate) async fn jwks(callers: Data<dyn Callers>) -> Result<HttpResponse, Problem> {
    let keys = callers.public_keys().await?;
    let keys = keys.iter().map(|key| {
        json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": key.id, "x": key.x() })
    });
    let document = json!({ "keys": keys.collect::<Vec<_>>() });
    let cached = (header::CACHE_CONTROL, "public, max-age=60");
    Ok(HttpResponse::Ok().insert_header(cached).json(document))
}
