use ::auth::{Register, SignUps};
use actix_web::web::Data;
use kernel::Secret;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{SessionView, Transport, proof};
use crate::{Answer, Body, Caller, Endpoint, Reply};

/// What a token of a mailed link looks like.
pub(super) const LINK: &str = "0198a3c1-7b1e-7f5a-9c3d-2e4f6a8b0c1d.2Jh0yq";

pub(super) fn endpoints() -> Vec<Endpoint> {
    let register =
        Endpoint::post("auth_register", "/auth/register", "Ask for an account and an organization");
    let verify = Endpoint::post("auth_verify_email", "/auth/verify-email", "Open the link in the mail");
    let resend = Endpoint::post(
        "auth_resend_verification",
        "/auth/resend-verification",
        "Send the link of an open sign-up again",
    );
    vec![
        proof(register.public())
            .description("The answer is the same for a known address; a mail says more.")
            .body::<RegisterBody>(json!({
                "email": "asha@example.com",
                "password": "kukur-biralo-42",
                "fullName": "Asha Rai",
                "organizationName": "Himal Tea",
            }))
            .accepts()
            .to(self::register),
        Transport::declared(proof(verify.public()))
            .description("Makes the account, the organization and a session.")
            .body::<LinkBody>(json!({ "token": LINK }))
            .returns::<SessionView>()
            .to(self::verify),
        resend
            .public()
            .body_limit(super::BODY)
            .body::<AddressBody>(json!({ "email": "asha@example.com" }))
            .accepts()
            .to(self::resend),
    ]
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Register)]
struct RegisterBody {
    #[schema(format = "email", max_length = 254)]
    email: String,
    /// At least 12 characters and at most 256 bytes; not one that everybody tries first.
    #[schema(min_length = 12, max_length = 256)]
    password: String,
    #[schema(min_length = 1, max_length = 120)]
    full_name: String,
    #[schema(min_length = 1, max_length = 120)]
    organization_name: String,
    /// `en` or `ne`; English if absent.
    #[schema(pattern = "^(en|ne)$")]
    locale: Option<String>,
}

/// What stands behind the `#token=` of a mailed link.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MailedLink)]
pub(super) struct LinkBody {
    #[schema(min_length = 1, max_length = 200)]
    pub(super) token: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MailAddress)]
pub(super) struct AddressBody {
    #[schema(format = "email", max_length = 254)]
    pub(super) email: String,
}

async fn register(
    Caller(actor): Caller,
    Body(body): Body<RegisterBody>,
    sign_ups: Data<dyn SignUps>,
) -> Answer {
    let register = Register {
        email: body.email,
        password: Secret::new(body.password),
        full_name: body.full_name,
        organization_name: body.organization_name,
        locale: body.locale,
    };
    sign_ups.register(&actor, register).await?;
    Ok(Reply::accepted())
}

async fn resend(Caller(actor): Caller, Body(body): Body<AddressBody>, sign_ups: Data<dyn SignUps>) -> Answer {
    sign_ups.resend_verification(&actor, body.email).await?;
    Ok(Reply::accepted())
}

async fn verify(
    Caller(actor): Caller,
    Body(body): Body<LinkBody>,
    transport: Transport,
    sign_ups: Data<dyn SignUps>,
) -> Answer {
    transport.permit()?;
    transport.give(sign_ups.verify_email(&actor, Secret::new(body.token)).await?)
}
