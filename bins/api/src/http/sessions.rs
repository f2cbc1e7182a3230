use actix_web::web::{Data, Path};
use auth::{Session, Sessions};
use kernel::{Actor, OrganizationId, SessionId, Who};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Answer, Caller, Endpoint, Instant, Module, PageQuery, Reply};

pub(crate) fn module() -> Module {
    Module::new("sessions", "One's own signed-in devices")
        .with(
            Endpoint::get("sessions_list", "/auth/sessions", "List one's sessions, newest first")
                .for_persons()
                .lists::<SessionRow>()
                .to(list),
        )
        .with(
            Endpoint::delete("sessions_revoke", "/auth/sessions/{id}", "End one of one's sessions")
                .for_persons()
                .returns_nothing()
                .to(revoke),
        )
        .with(
            Endpoint::post(
                "sessions_revoke_others",
                "/auth/sessions/revoke-others",
                "End all other sessions",
            )
            .for_persons()
            .returns_nothing()
            .to(revoke_others),
        )
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Session)]
struct SessionRow {
    #[schema(value_type = Uuid)]
    id: SessionId,
    /// Whether it is the one that asks.
    current: bool,
    /// In words for people: `Firefox on Linux`.
    device: String,
    browser: String,
    system: String,
    ip: Option<String>,
    user_agent: Option<String>,
    /// The organization last worked in.
    #[schema(value_type = Option<Uuid>)]
    organization_id: Option<OrganizationId>,
    created_at: Instant,
    last_seen_at: Instant,
    expires_at: Instant,
}

async fn list(Caller(actor): Caller, page: PageQuery, sessions: Data<dyn Sessions>) -> Answer {
    let found = sessions.list(&actor, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(|session| SessionRow::seen_by(&actor, session)))))
}

async fn revoke(Caller(actor): Caller, id: Path<SessionId>, sessions: Data<dyn Sessions>) -> Answer {
    sessions.revoke(&actor, *id).await?;
    Ok(Reply::no_content())
}

async fn revoke_others(Caller(actor): Caller, sessions: Data<dyn Sessions>) -> Answer {
    sessions.revoke_others(&actor).await?;
    Ok(Reply::no_content())
}

impl SessionRow {
    fn seen_by(actor: &Actor, session: Session) -> Self {
        Self {
            current: matches!(actor.who, Who::User { session: own, .. } if own == session.id),
            id: session.id,
            device: session.device.to_string(),
            browser: session.device.browser.to_owned(),
            system: session.device.system.to_owned(),
            ip: session.ip,
            user_agent: session.user_agent,
            organization_id: session.organization,
            created_at: session.created_at.into(),
            last_seen_at: session.last_seen_at.into(),
            expires_at: session.expires_at.into(),
        }
    }
}
