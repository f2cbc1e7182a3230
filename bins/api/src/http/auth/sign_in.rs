use ::auth::{
    AnswerChallenge, OrganizationChoice, Proofs, Refresh, SecondFactorProof, Sessions, SignIn, SignInAnswer,
    SignInWithPassword,
};
use actix_web::web::Data;
use kernel::{FieldFault, OrganizationId, Secret};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::transport::attempt_schema;
use super::{SessionView, Transport, proof};
use crate::{Answer, Body, Caller, Draft, Endpoint, Problem, Reply};

pub(super) fn endpoints() -> Vec<Endpoint> {
    let login = Endpoint::post("auth_login", "/auth/login", "Sign in with a password");
    let challenge = Endpoint::post("auth_mfa_challenge", "/auth/mfa/challenge", "Show the second factor");
    vec![
        Transport::declared(proof(login.public()))
            .body::<LoginBody>(json!({ "email": "asha@example.com", "password": "kukur-biralo-42" }))
            .returns::<SessionView>()
            .also_returns::<ChallengeView>(200)
            .to(self::login),
        Transport::declared(proof(challenge.public()))
            .description("With a `code` of the authenticator or one of the recovery codes.")
            .body::<ChallengeBody>(json!({ "challengeToken": "q83vEjRWeJA", "code": "123456" }))
            .returns::<SessionView>()
            .to(self::meet),
        refreshing(),
        ending("auth_logout", "/auth/logout", "End this session").to(self::logout),
        ending("auth_logout_all", "/auth/logout-all", "End every session of the person").to(self::logout_all),
    ]
}

fn refreshing() -> Endpoint {
    let refresh = Endpoint::post("auth_refresh", "/auth/refresh", "Trade the refresh token for the next one");
    let about =
        "One attempt, repeated with the same value when its answer was lost. Required with the cookie.";
    Transport::declared(proof(refresh.public()))
        .description(
            "By cookie from an allowed origin, or by `refreshToken`. A used token ends the session, except that \
             the same attempt is answered again for 30 seconds. A refused organization uses nothing up.",
        )
        .header("X-Refresh-Attempt", about, attempt_schema())
        .optional_body::<RefreshBody>(json!({}))
        .returns::<SessionView>()
        .to(self::refresh)
}

fn ending(id: &'static str, path: &'static str, summary: &'static str) -> Draft {
    proof(Endpoint::post(id, path, summary).public())
        .description("By bearer, by cookie from an allowed origin, or by `refreshToken`.")
        .optional_body::<LogoutBody>(json!({}))
        .returns_nothing()
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Login)]
struct LoginBody {
    #[schema(format = "email", max_length = 254)]
    email: String,
    #[schema(min_length = 1, max_length = 256)]
    password: String,
    /// The organization to work in; the last one used if absent.
    organization_id: Option<Uuid>,
}

/// The password was right; a second factor is asked for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MfaChallenge)]
struct ChallengeView {
    mfa_required: bool,
    challenge_token: String,
    /// Seconds.
    expires_in: u64,
}

/// Either `code` or `recoveryCode`.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MfaAnswer)]
struct ChallengeBody {
    #[schema(min_length = 1, max_length = 200)]
    challenge_token: String,
    /// Six digits.
    #[schema(min_length = 1, max_length = 16)]
    code: Option<String>,
    #[schema(min_length = 1, max_length = 64)]
    recovery_code: Option<String>,
}

/// At most one of `organizationId` and `organizationSlug`; the last one used if both are absent.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Refresh)]
struct RefreshBody {
    #[schema(min_length = 1, max_length = 200)]
    refresh_token: Option<String>,
    organization_id: Option<Uuid>,
    #[schema(min_length = 1, max_length = 120)]
    organization_slug: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Logout)]
struct LogoutBody {
    #[schema(min_length = 1, max_length = 200)]
    refresh_token: Option<String>,
}

async fn login(
    Caller(actor): Caller,
    Body(body): Body<LoginBody>,
    transport: Transport,
    sign_in: Data<dyn SignIn>,
) -> Answer {
    transport.permit()?;
    let organization = body.organization_id.map(OrganizationId::from_uuid);
    let command =
        SignInWithPassword { email: body.email, password: Secret::new(body.password), organization };
    match sign_in.sign_in(&actor, command).await? {
        SignInAnswer::SignedIn(answer) => transport.give(*answer),
        SignInAnswer::MfaRequired { challenge, expires_in } => Ok(Reply::ok(ChallengeView {
            mfa_required: true,
            challenge_token: challenge.expose().to_owned(),
            expires_in: expires_in.as_secs(),
        })),
    }
}

async fn meet(
    Caller(actor): Caller,
    Body(body): Body<ChallengeBody>,
    transport: Transport,
    proofs: Data<dyn Proofs>,
) -> Answer {
    transport.permit()?;
    let challenge = Secret::new(body.challenge_token);
    let proof = either("code", (body.code, "code"), (body.recovery_code, "recoveryCode"))?;
    let proof = proof.map_or_else(SecondFactorProof::RecoveryCode, SecondFactorProof::Code);
    transport.give(proofs.answer_challenge(&actor, AnswerChallenge { challenge, proof }).await?)
}

async fn refresh(
    Caller(actor): Caller,
    Body(body): Body<RefreshBody>,
    transport: Transport,
    sessions: Data<dyn Sessions>,
) -> Answer {
    let organization = choice(body.organization_id, body.organization_slug)?;
    let attempt = transport.attempt(body.refresh_token.is_some())?;
    let token = transport.token(body.refresh_token)?.ok_or_else(Problem::unauthenticated)?;
    let refresh = Refresh { token, attempt, organization };
    match sessions.refresh(&actor, refresh).await {
        Ok(answer) => transport.give(answer),
        Err(error) => Err(transport.failed(error.into())),
    }
}

async fn logout(
    Caller(actor): Caller,
    Body(body): Body<LogoutBody>,
    transport: Transport,
    sessions: Data<dyn Sessions>,
) -> Answer {
    let token = transport.token(body.refresh_token)?;
    sessions.sign_out(&actor, token).await?;
    Ok(transport.forgotten(Reply::no_content()))
}

async fn logout_all(
    Caller(actor): Caller,
    Body(body): Body<LogoutBody>,
    transport: Transport,
    sessions: Data<dyn Sessions>,
) -> Answer {
    let token = transport.token(body.refresh_token)?;
    sessions.sign_out_everywhere(&actor, token).await?;
    Ok(transport.forgotten(Reply::no_content()))
}

fn choice(id: Option<Uuid>, slug: Option<String>) -> Result<OrganizationChoice, Problem> {
    match (id, slug) {
        (None, None) => Ok(OrganizationChoice::LastUsed),
        (Some(id), None) => Ok(OrganizationChoice::Id(OrganizationId::from_uuid(id))),
        (None, Some(slug)) => Ok(OrganizationChoice::Slug(slug)),
        (Some(_), Some(_)) => Err(one_of("organizationSlug", "send either the id or the slug")),
    }
}

/// Exactly one of two members: `Ok` with the first, `Err` with the second.
pub(super) fn either(
    wanted: &str,
    first: (Option<String>, &str),
    second: (Option<String>, &str),
) -> Result<Result<Secret, Secret>, Problem> {
    match (first.0, second.0) {
        (Some(text), None) => Ok(Ok(Secret::new(text))),
        (None, Some(text)) => Ok(Err(Secret::new(text))),
        _ => Err(one_of(wanted, &format!("send either `{}` or `{}`", first.1, second.1))),
    }
}

fn one_of(field: &str, detail: &str) -> Problem {
    ::auth::Error::from(FieldFault::new(field, "one_of", detail)).into()
}
