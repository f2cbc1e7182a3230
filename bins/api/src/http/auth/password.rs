use ::auth::{Emails, Passwords};
use actix_web::web::Data;
use kernel::Secret;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::sign_up::{AddressBody, LINK, LinkBody};
use super::{BODY, proof};
use crate::{Answer, Body, Caller, Endpoint, Reply};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![forgetting(), resetting(), changing(), moving(), confirming()]
}

fn forgetting() -> Endpoint {
    Endpoint::post("auth_forgot_password", "/auth/forgot-password", "Mail a link to set a password")
        .public()
        .body_limit(BODY)
        .description("The answer is the same for an unknown address.")
        .body::<AddressBody>(json!({ "email": "asha@example.com" }))
        .accepts()
        .to(forgot)
}

fn resetting() -> Endpoint {
    let reset =
        Endpoint::post("auth_reset_password", "/auth/reset-password", "Set a password by a mailed link");
    proof(reset.public())
        .description("Ends all sessions. The second factor is asked for as before.")
        .body::<ResetBody>(json!({ "token": LINK, "password": "gaida-hatti-26" }))
        .returns_nothing()
        .to(self::reset)
}

fn changing() -> Endpoint {
    Endpoint::post("auth_change_password", "/auth/password", "Change one's password")
        .for_persons()
        .body_limit(BODY)
        .description(
            "Ends the other sessions. Access tokens made before count no longer: refresh this session.",
        )
        .body::<ChangeBody>(json!({ "currentPassword": "kukur-biralo-42", "newPassword": "gaida-hatti-26" }))
        .returns_nothing()
        .to(change)
}

fn moving() -> Endpoint {
    Endpoint::post("auth_change_email", "/auth/email", "Mail a link to a new address")
        .for_persons()
        .body_limit(BODY)
        .description("Needs a fresh proof. The address changes once the link was opened.")
        .body::<AddressBody>(json!({ "email": "asha@example.com" }))
        .accepts()
        .to(change_email)
}

fn confirming() -> Endpoint {
    proof(Endpoint::post("auth_confirm_email", "/auth/email/confirm", "Open that link").public())
        .body::<LinkBody>(json!({ "token": LINK }))
        .returns_nothing()
        .to(confirm_email)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ResetPassword)]
struct ResetBody {
    #[schema(min_length = 1, max_length = 200)]
    token: String,
    /// At least 12 characters (8 with a second factor) and at most 256 bytes.
    #[schema(min_length = 8, max_length = 256)]
    password: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChangePassword)]
struct ChangeBody {
    #[schema(min_length = 1, max_length = 256)]
    current_password: String,
    /// At least 12 characters (8 with a second factor) and at most 256 bytes.
    #[schema(min_length = 8, max_length = 256)]
    new_password: String,
}

async fn forgot(
    Caller(actor): Caller,
    Body(body): Body<AddressBody>,
    passwords: Data<dyn Passwords>,
) -> Answer {
    passwords.forgot_password(&actor, body.email).await?;
    Ok(Reply::accepted())
}

async fn reset(Caller(actor): Caller, Body(body): Body<ResetBody>, passwords: Data<dyn Passwords>) -> Answer {
    passwords.reset_password(&actor, Secret::new(body.token), Secret::new(body.password)).await?;
    Ok(Reply::no_content())
}

async fn change(
    Caller(actor): Caller,
    Body(body): Body<ChangeBody>,
    passwords: Data<dyn Passwords>,
) -> Answer {
    let (current, new) = (Secret::new(body.current_password), Secret::new(body.new_password));
    passwords.change_password(&actor, current, new).await?;
    Ok(Reply::no_content())
}

async fn change_email(
    Caller(actor): Caller,
    Body(body): Body<AddressBody>,
    emails: Data<dyn Emails>,
) -> Answer {
    emails.change_email(&actor, body.email).await?;
    Ok(Reply::accepted())
}

async fn confirm_email(
    Caller(actor): Caller,
    Body(body): Body<LinkBody>,
    emails: Data<dyn Emails>,
) -> Answer {
    emails.confirm_email(&actor, Secret::new(body.token)).await?;
    Ok(Reply::no_content())
}
