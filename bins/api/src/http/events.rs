use actix_web::web::Data;
use audit::{Audit, By, EventPage, PublicEvent};
use kernel::{ApiKeyId, EventId, Limit, OrganizationId, Subject, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Answer, Caller, Endpoint, Instant, Module, Query, Reply};

pub(crate) fn module() -> Module {
    Module::new("events", "What happened, as far as the caller may see it").with(
        Endpoint::get("events_list", "/events", "Follow what happens")
            .for_members()
            .description(
                "The events after `since`, oldest first. What the caller may not see is left out and covered by \
                 `cursor`. 410 `cursor_expired` if the log no longer reaches back to `since`: fetch a snapshot.",
            )
            .query::<EventsQuery>()
            .returns::<EventsView>()
            .fails_with(410)
            .to(list),
    )
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct EventsQuery {
    /// The cursor of the answer before; the beginning of the log unless told.
    #[schema(minimum = 0)]
    since: Option<i64>,
    /// How many events at most; 50 unless told.
    #[schema(minimum = 1, maximum = 100)]
    limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Events)]
struct EventsView {
    data: Vec<EventView>,
    /// Where to go on.
    #[schema(minimum = 0)]
    cursor: i64,
    /// Whether the log goes on behind the cursor.
    more: bool,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Event)]
struct EventView {
    /// Grows by one per event of the organization.
    seq: i64,
    #[schema(value_type = Uuid)]
    id: EventId,
    /// `<module>.<noun>_<past>`.
    #[serde(rename = "type")]
    kind: String,
    topic: String,
    #[schema(value_type = Uuid)]
    organization_id: OrganizationId,
    actor: ActorView,
    /// The tab or device whose request caused it.
    origin_client_id: Option<Uuid>,
    subject: SubjectView,
    /// Ids and changed fields.
    data: Value,
    occurred_at: Instant,
}

/// Who did something.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EventActor)]
pub(super) struct ActorView {
    /// `user`, `api_key`, `system` or `anonymous`.
    pub(super) kind: &'static str,
    /// The person, or the one for whom a key acted.
    #[schema(value_type = Option<Uuid>)]
    pub(super) user_id: Option<UserId>,
    #[schema(value_type = Option<Uuid>)]
    pub(super) api_key_id: Option<ApiKeyId>,
}

/// What something happened to.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EventSubject)]
pub(super) struct SubjectView {
    #[serde(rename = "type")]
    kind: String,
    id: Uuid,
    version: Option<i64>,
}

async fn list(Caller(actor): Caller, Query(query): Query<EventsQuery>, audit: Data<dyn Audit>) -> Answer {
    let limit = query.limit.map_or(Ok(Limit::default()), Limit::parse).unwrap_or_default();
    let page = audit.events(&actor, query.since, limit).await?;
    Ok(Reply::ok(EventsView::from(page)))
}

impl From<EventPage> for EventsView {
    fn from(page: EventPage) -> Self {
        let data = page.events.into_iter().map(EventView::from).collect();
        Self { data, cursor: page.cursor, more: page.more }
    }
}

impl From<PublicEvent> for EventView {
    fn from(event: PublicEvent) -> Self {
        Self {
            seq: event.seq,
            id: event.id,
            kind: event.kind,
            topic: event.topic,
            organization_id: event.organization,
            actor: event.by.into(),
            origin_client_id: event.origin_client,
            subject: event.subject.into(),
            data: event.data,
            occurred_at: event.occurred_at.into(),
        }
    }
}

impl From<By> for ActorView {
    fn from(by: By) -> Self {
        Self { kind: by.kind.name(), user_id: by.user, api_key_id: by.key }
    }
}

impl From<Subject> for SubjectView {
    fn from(subject: Subject) -> Self {
        Self { kind: subject.kind, id: subject.id, version: subject.version.map(|version| version.0) }
    }
}
