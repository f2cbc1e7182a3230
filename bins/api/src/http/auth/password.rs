use ::auth::{Emails, Passwords};
use actix_web::web::Data;
use kernel::Secret;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::proof;
use super::sign_up::{AddressBody, LinkBody};
use crate::{Answer, Body, Caller, Endpoint, Reply};

pub(super) fn endpoints() -> Vec<Endpoint> {
    let forgot =
        Endpoint::post("auth_forgot_password", "/auth/forgot-password", "Mail a link to set a password");
    let reset =
        Endpoint::post("auth_reset_password", "/auth/reset-password", "Set a password by a mailed link");
    let change = Endpoint::post("auth_change_password", "/auth/password", "Change one's password");
    let email = Endpoint::post("auth_change_email", "/auth/email", "Mail a link to a new address");
    let confirm = Endpoint::post("auth_confirm_email", "/auth/email/confirm", "Open that link");
    let (token, address) = (
        json!({ "token": "0198a3c1-7b1e-7f5a-9c3d-2e4f6a8b0c1d.2Jh0yq" }),
        json!({ "email": "asha@example.com" }),
    );
    let reset_example =
        json!({ "token": "0198a3c1-7b1e-7f5a-9c3d-2e4f6a8b0c1d.2Jh0yq", "password": "gaida-hatti-26" });
    let change_example = json!({ "currentPassword": "kukur-biralo-42", "newPassword": "gaida-hatti-26" });
    vec![
        forgot
            .public()
            .body_limit(super::BODY)
            .description("The answer is the same for an unknown address.")
            .body::<AddressBody>(address.clone())
            .accepts()
            .to(self::forgot),
        proof(reset.public())
            .description("Ends all sessions. The second factor is asked for as before.")
            .body::<ResetBody>(reset_example)
            .returns_nothing()
            .to(self::reset),
        change
            .for_persons()
            .body_limit(super::BODY)
            .description(
                "Ends the other sessions. Access tokens made before count no longer: refresh this session.",
            )
            .body::<ChangeBody>(change_example)
            .returns_nothing()
            .to(self::change),
        email
            .for_persons()
            .body_limit(super::BODY)
            .description("Needs a fresh proof. The address changes once the link was opened.")
            .body::<AddressBody>(address)
            .accepts()
            .to(self::change_email),
        proof(confirm.public()).body::<LinkBody>(token).returns_nothing().to(self::confirm_email),
    ]
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
    actor.require_mfa()?;
    let (current, new) = (Secret::new(body.current_password), Secret::new(body.new_password));
    passwords.change_password(&actor, current, new).await?;
    Ok(Reply::no_content())
}

async fn change_email(
    Caller(actor): Caller,
    Body(body): Body<AddressBody>,
    emails: Data<dyn Emails>,
) -> Answer {
    actor.require_mfa()?;
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
