use ::auth::{Proofs, SecondFactor, StepUpProof};
use actix_web::web::Data;
use kernel::Secret;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::sign_in::either;
use super::{BODY, SessionView};
use crate::{Answer, Body, Caller, Endpoint, Reply};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![stepping_up(), enrolling(), confirming(), disabling(), regenerating()]
}

fn stepping_up() -> Endpoint {
    Endpoint::post("auth_step_up", "/auth/step-up", "Prove again that it is you")
        .for_persons()
        .body_limit(BODY)
        .description(
            "With `password`, or with `code` where a second factor is set up. Fresh for ten minutes.",
        )
        .body::<StepUpBody>(json!({ "code": "123456" }))
        .returns::<SessionView>()
        .to(step_up)
}

fn enrolling() -> Endpoint {
    Endpoint::post("auth_mfa_enroll", "/auth/mfa/totp", "Begin to set up a second factor")
        .for_persons()
        .description("Replacing one that is in use needs a fresh proof; it stays in use until then.")
        .returns::<EnrolmentView>()
        .to(enroll)
}

fn confirming() -> Endpoint {
    Endpoint::post("auth_mfa_confirm", "/auth/mfa/totp/confirm", "Put the second factor to use")
        .for_persons()
        .body_limit(BODY)
        .description("Ends the other sessions. The recovery codes are shown once.")
        .body::<CodeBody>(json!({ "code": "123456" }))
        .returns::<MfaEnabledView>()
        .to(confirm)
}

fn disabling() -> Endpoint {
    Endpoint::delete("auth_mfa_disable", "/auth/mfa/totp", "Take the second factor away")
        .for_persons()
        .description(
            "Needs a fresh proof, and a password of at least 12 characters. Ends the other sessions.",
        )
        .returns_nothing()
        .to(disable)
}

fn regenerating() -> Endpoint {
    let (path, summary) = ("/auth/mfa/recovery-codes", "Make a new set of recovery codes");
    Endpoint::post("auth_recovery_codes_regenerate", path, summary)
        .for_persons()
        .description("Needs a fresh proof. The old set counts no longer.")
        .returns::<RecoveryCodesView>()
        .to(regenerate)
}

/// Either `code` or `password`.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StepUp)]
struct StepUpBody {
    /// Six digits.
    #[schema(min_length = 1, max_length = 16)]
    code: Option<String>,
    #[schema(min_length = 1, max_length = 256)]
    password: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TotpCode)]
struct CodeBody {
    /// Six digits.
    #[schema(min_length = 1, max_length = 16)]
    code: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TotpEnrolment)]
struct EnrolmentView {
    /// Base32, for typing.
    secret: String,
    otpauth_uri: String,
    /// The same as a picture.
    qr_svg: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MfaEnabled)]
struct MfaEnabledView {
    recovery_codes: Vec<String>,
    session: SessionView,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RecoveryCodes)]
struct RecoveryCodesView {
    recovery_codes: Vec<String>,
}

async fn step_up(Caller(actor): Caller, Body(body): Body<StepUpBody>, proofs: Data<dyn Proofs>) -> Answer {
    let proof = either("code", (body.code, "code"), (body.password, "password"))?;
    let proof = proof.map_or_else(StepUpProof::Password, StepUpProof::Code);
    Ok(Reply::ok(SessionView::bare(proofs.step_up(&actor, proof).await?)))
}

async fn enroll(Caller(actor): Caller, second_factor: Data<dyn SecondFactor>) -> Answer {
    let enrolment = second_factor.enrol(&actor).await?;
    Ok(Reply::ok(EnrolmentView {
        secret: enrolment.secret.expose().to_owned(),
        otpauth_uri: enrolment.otpauth_uri.expose().to_owned(),
        qr_svg: enrolment.qr_svg.expose().to_owned(),
    }))
}

async fn confirm(
    Caller(actor): Caller,
    Body(body): Body<CodeBody>,
    second_factor: Data<dyn SecondFactor>,
) -> Answer {
    let enabled = second_factor.confirm(&actor, Secret::new(body.code)).await?;
    let recovery_codes = texts(&enabled.recovery_codes);
    Ok(Reply::ok(MfaEnabledView { recovery_codes, session: SessionView::bare(enabled.session) }))
}

async fn disable(Caller(actor): Caller, second_factor: Data<dyn SecondFactor>) -> Answer {
    second_factor.disable(&actor).await?;
    Ok(Reply::no_content())
}

async fn regenerate(Caller(actor): Caller, second_factor: Data<dyn SecondFactor>) -> Answer {
    let codes = second_factor.regenerate_recovery_codes(&actor).await?;
    Ok(Reply::ok(RecoveryCodesView { recovery_codes: texts(&codes) }))
}

fn texts(codes: &[Secret]) -> Vec<String> {
    codes.iter().map(|code| code.expose().to_owned()).collect()
}
