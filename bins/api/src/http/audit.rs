use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use audit::{Audit, AuditFilter, Entry, Format, Verified};
use futures_util::TryStreamExt;
use kernel::{EventId, Scope, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::events::{ActorView, SubjectView};
use crate::{Answer, Caller, Endpoint, Instant, Module, PageQuery, Problem, Query, Reply};

pub(crate) fn module() -> Module {
    Module::new("audit", "Who did what, when and from where")
        .with(list_endpoint())
        .with(export_endpoint())
        .with(verify_endpoint())
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("audit_list", "/audit", "List the audit log, newest first")
        .scope(Scope::AuditRead)
        .query::<AuditQuery>()
        .lists::<AuditEntryView>()
        .to(list)
}

fn export_endpoint() -> Endpoint {
    Endpoint::get("audit_export", "/audit/export", "Export the audit log, newest first")
        .scope(Scope::AuditExport)
        .description("The export itself is noted in the log. Text cells of the CSV cannot become formulas.")
        .query::<AuditExportQuery>()
        .costs(10)
        .streams("text/csv")
        .streams("application/jsonl")
        .to(export)
}

fn verify_endpoint() -> Endpoint {
    Endpoint::get("audit_verify", "/audit/verify", "Check that the audit log is whole and unchanged")
        .scope(Scope::AuditRead)
        .description("Recomputes the chain of hashes over every event of the organization.")
        .costs(10)
        .returns::<AuditVerification>()
        .to(verify)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AuditQuery {
    /// What this person did, himself or through a key.
    actor_id: Option<Uuid>,
    /// One kind of event: `tickets.ticket_created`.
    #[serde(rename = "type")]
    #[schema(min_length = 1, max_length = 100)]
    kind: Option<String>,
    /// All events of a module: `tickets`.
    #[schema(max_length = 50, pattern = "^[a-z][a-z_-]*$")]
    module: Option<String>,
    #[schema(min_length = 1, max_length = 50)]
    subject_type: Option<String>,
    subject_id: Option<Uuid>,
    /// Not before this time.
    from: Option<Instant>,
    /// Before this time.
    to: Option<Instant>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AuditExportQuery {
    /// CSV unless told.
    format: Option<AuditFormat>,
    /// What this person did, himself or through a key.
    actor_id: Option<Uuid>,
    /// One kind of event: `tickets.ticket_created`.
    #[serde(rename = "type")]
    #[schema(min_length = 1, max_length = 100)]
    kind: Option<String>,
    /// All events of a module: `tickets`.
    #[schema(max_length = 50, pattern = "^[a-z][a-z_-]*$")]
    module: Option<String>,
    #[schema(min_length = 1, max_length = 50)]
    subject_type: Option<String>,
    subject_id: Option<Uuid>,
    /// Not before this time.
    from: Option<Instant>,
    /// Before this time.
    to: Option<Instant>,
}

#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum AuditFormat {
    #[default]
    Csv,
    Jsonl,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuditEntry)]
struct AuditEntryView {
    seq: i64,
    #[schema(value_type = Uuid)]
    id: EventId,
    /// `<module>.<noun>_<past>`.
    #[serde(rename = "type")]
    kind: String,
    actor: ActorView,
    /// The person's name, as far as he is still known.
    actor_name: Option<String>,
    subject: SubjectView,
    /// Ids and changed fields.
    data: Value,
    /// The changed fields as they were.
    before: Value,
    /// The changed fields as they are since.
    after: Value,
    ip: Option<String>,
    user_agent: Option<String>,
    request_id: Option<String>,
    trace_id: Option<String>,
    occurred_at: Instant,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AuditVerification {
    /// How many events follow from each other, from the first one on.
    events: i64,
    /// Whether that is the whole log.
    intact: bool,
    /// The first event that was changed, added or taken away.
    broken_at: Option<i64>,
}

async fn list(
    Caller(actor): Caller,
    Query(query): Query<AuditQuery>,
    page: PageQuery,
    audit: Data<dyn Audit>,
) -> Answer {
    let found = audit.list(&actor, &query.into(), &page.request).await?;
    Ok(Reply::ok(page.answer(found.map(AuditEntryView::from))))
}

async fn export(
    Caller(actor): Caller,
    Query(query): Query<AuditExportQuery>,
    audit: Data<dyn Audit>,
) -> Result<HttpResponse, Problem> {
    let format = query.format.unwrap_or_default();
    let chunks = audit.export(&actor, query.into(), format.into()).await?;
    let broken = |error: &audit::Error| tracing::error!(%error, "an export of the audit log broke off");
    let (media_type, disposition) = format.file();
    Ok(HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .streaming(chunks.map_ok(Bytes::from).inspect_err(broken)))
}

async fn verify(Caller(actor): Caller, audit: Data<dyn Audit>) -> Answer {
    Ok(Reply::ok(AuditVerification::from(audit.verify(&actor).await?)))
}

impl AuditFormat {
    const fn file(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("text/csv; charset=utf-8", "attachment; filename=\"audit-log.csv\""),
            Self::Jsonl => ("application/jsonl", "attachment; filename=\"audit-log.jsonl\""),
        }
    }
}

impl From<AuditFormat> for Format {
    fn from(format: AuditFormat) -> Self {
        match format {
            AuditFormat::Csv => Self::Csv,
            AuditFormat::Jsonl => Self::JsonLines,
        }
    }
}

impl From<AuditQuery> for AuditFilter {
    fn from(query: AuditQuery) -> Self {
        Self {
            actor: query.actor_id.map(UserId::from_uuid),
            kind: query.kind,
            module: query.module,
            subject_type: query.subject_type,
            subject_id: query.subject_id,
            from: query.from.map(Into::into),
            to: query.to.map(Into::into),
        }
    }
}

impl From<AuditExportQuery> for AuditFilter {
    fn from(query: AuditExportQuery) -> Self {
        let AuditExportQuery { actor_id, kind, module, subject_type, subject_id, from, to, .. } = query;
        AuditQuery { actor_id, kind, module, subject_type, subject_id, from, to }.into()
    }
}

impl From<Entry> for AuditEntryView {
    fn from(mut entry: Entry) -> Self {
        Self {
            seq: entry.seq,
            id: entry.id,
            kind: entry.kind,
            actor_name: entry.by.name.take(),
            actor: entry.by.into(),
            subject: entry.subject.into(),
            data: entry.data,
            before: entry.before,
            after: entry.after,
            ip: entry.ip,
            user_agent: entry.user_agent,
            request_id: entry.request_id,
            trace_id: entry.trace,
            occurred_at: entry.occurred_at.into(),
        }
    }
}

impl From<Verified> for AuditVerification {
    fn from(verified: Verified) -> Self {
        Self { events: verified.events, intact: verified.broken_at.is_none(), broken_at: verified.broken_at }
    }
}
