//! `Idempotency-Key`: the same request sent twice has one effect and one answer.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, ContentType, HeaderName, HeaderValue};
use actix_web::{HttpRequest, Responder};
use async_trait::async_trait;
use kernel::{Actor, IdempotencyClaim};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::context::text;
use crate::endpoint::Again;
use crate::operation::{Idempotency, Operation};
use crate::problem::{InputFault, Problem};

/// Answers kept under clients' keys. The effect claims the key in its own transaction; this is the rest.
#[async_trait]
pub trait Replays: Send + Sync {
    /// What this caller did with this key before.
    async fn lookup(&self, actor: &Actor, key: &str) -> Result<Option<Stored>, Problem>;

    /// Keeps the answer under a key that was claimed.
    async fn store(&self, actor: &Actor, key: &str, status: u16, answer: Vec<u8>) -> Result<(), Problem>;
}

/// What is known of a key.
#[derive(Clone, Debug)]
pub struct Stored {
    pub operation: String,
    pub request_hash: Vec<u8>,
    /// What the request made, if it named anything.
    pub subject: Option<Uuid>,
    /// Status and bytes as they were given to [`Replays::store`]; absent if the process died in between.
    pub answer: Option<(u16, Vec<u8>)>,
}

const HEADER: &str = "idempotency-key";
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Larger answers are not kept; their subject is.
const LARGEST: usize = 64 * 1024;
/// A twin that has committed writes its answer down next; this long it is waited for.
const PATIENCE: (u32, Duration) = (10, Duration::from_millis(50));

/// The key of a request, if it has one and the operation makes use of it.
pub(crate) fn key(
    operation: &Operation,
    request: &ServiceRequest,
    faults: &mut Vec<InputFault>,
) -> Result<Option<String>, Problem> {
    if !operation.keeps_answers() {
        return Ok(None);
    }
    let mut values = request.headers().get_all(HEADER);
    let Some(first) = values.next() else {
        return if operation.idempotency == Idempotency::Required { Err(missing()) } else { Ok(None) };
    };
    let key = first.to_str().ok().filter(|_| values.next().is_none());
    let key =
        key.filter(|key| (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()));
    if key.is_none() {
        let detail = "must have 1 to 255 visible ASCII characters";
        faults.push(InputFault::parameter("Idempotency-Key", "invalid_format", detail));
    }
    Ok(key.map(str::to_owned))
}

fn missing() -> Problem {
    let detail = "send an `Idempotency-Key`, so that a repeated request has no second effect";
    Problem::new(StatusCode::BAD_REQUEST, "idempotency_key_required", detail)
}

/// The promise that goes with a request into its first commit.
pub(crate) fn claim(
    operation: &Operation,
    request: &ServiceRequest,
    key: String,
    body: &[u8],
) -> IdempotencyClaim {
    let mut hash = Sha256::new();
    hash.update(request.method().as_str());
    hash.update(b"\n");
    hash.update(request.uri().path_and_query().map_or("", |path| path.as_str()));
    hash.update(b"\n");
    hash.update(body);
    IdempotencyClaim::new(key, operation.id, hash.finalize().into())
}

/// A request with a key, on its way.
pub(crate) struct Keyed<'a> {
    pub(crate) replays: &'a dyn Replays,
    pub(crate) operation: &'a Operation,
    pub(crate) again: Option<&'a Again>,
    pub(crate) actor: &'a Actor,
    pub(crate) claim: &'a IdempotencyClaim,
}

impl Keyed<'_> {
    /// The answer of an earlier request with the same key, if there was one. Rights are judged anew.
    pub(crate) async fn replay(&self, request: &HttpRequest) -> Result<Option<HttpResponse>, Problem> {
        let Some(mut stored) = self.lookup().await? else { return Ok(None) };
        self.operation.access.permits(self.actor)?;
        if stored.operation != self.operation.id || stored.request_hash != self.claim.request_hash {
            return Err(reused());
        }
        for _ in 0..PATIENCE.0 {
            if stored.answer.is_some() {
                break;
            }
            tokio::time::sleep(PATIENCE.1).await;
            let Some(later) = self.lookup().await? else { break };
            stored = later;
        }
        self.render(stored, request).await.map(Some)
    }

    async fn lookup(&self) -> Result<Option<Stored>, Problem> {
        self.replays.lookup(self.actor, &self.claim.key).await
    }

    async fn render(&self, stored: Stored, request: &HttpRequest) -> Result<HttpResponse, Problem> {
        let mut response = match (stored.answer, stored.subject, self.again) {
            (Some((status, kept)), ..) => restore(status, &kept)?,
            (None, Some(subject), Some(again)) => {
                again(request.clone(), self.actor.clone(), subject).await?.respond_to(request)
            }
            _ => return Err(already_completed()),
        };
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
        Ok(response)
    }

    /// Looks once more before a refusal is believed: the twin may have changed what was judged.
    pub(crate) async fn reconsider(&self, response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
        let refused =
            [StatusCode::CONFLICT, StatusCode::PRECONDITION_FAILED, StatusCode::UNPROCESSABLE_ENTITY];
        if !refused.contains(&response.status()) {
            return response;
        }
        let request = response.request().clone();
        let other = match self.replay(&request).await {
            Ok(Some(answer)) => answer,
            Ok(None) if in_use(&response) => HttpResponse::from_error(twin()),
            Ok(None) => return response,
            Err(problem) => HttpResponse::from_error(problem),
        };
        ServiceResponse::new(request, other)
    }

    /// Keeps a success under the key, if a commit has claimed it. Best effort: the subject is enough for a replay.
    pub(crate) async fn keep(&self, response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
        let replayed = response.headers().contains_key(REPLAYED);
        if !response.status().is_success() || !self.claim.is_taken() || replayed {
            return response;
        }
        let (request, response) = response.into_parts();
        let (response, body) = response.into_parts();
        let bytes = match body.try_into_bytes() {
            Ok(bytes) => bytes,
            Err(stream) => return ServiceResponse::new(request, response.set_body(stream)),
        };
        if let Some(kept) = Kept::of(&response, &bytes).filter(|kept| kept.len() <= LARGEST) {
            let status = response.status().as_u16();
            if let Err(problem) = self.replays.store(self.actor, &self.claim.key, status, kept).await {
                tracing::warn!(%problem, "an answer could not be kept for replays");
            }
        }
        ServiceResponse::new(request, response.set_body(BoxBody::new(bytes)))
    }
}

/// An answer as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    location: Option<String>,
    etag: Option<String>,
    body: Option<String>,
}

impl Kept {
    fn of(response: &HttpResponse<()>, body: &[u8]) -> Option<Vec<u8>> {
        let header = |name: HeaderName| text(response.headers(), name.as_str()).map(str::to_owned);
        let body = if body.is_empty() { None } else { Some(std::str::from_utf8(body).ok()?.to_owned()) };
        let kept = Self { location: header(header::LOCATION), etag: header(header::ETAG), body };
        serde_json::to_vec(&kept).ok()
    }
}

fn restore(status: u16, kept: &[u8]) -> Result<HttpResponse, Problem> {
    let kept: Kept = serde_json::from_slice(kept).map_err(|error| Problem::internal(&error))?;
    let status = StatusCode::from_u16(status).map_err(|error| Problem::internal(&error))?;
    let mut response = HttpResponse::build(status);
    for (name, value) in [(header::LOCATION, kept.location), (header::ETAG, kept.etag)] {
        if let Some(value) = value {
            response.insert_header((name, value));
        }
    }
    Ok(match kept.body {
        Some(body) => response.content_type(ContentType::json()).body(body),
        None => response.finish(),
    })
}

/// Whether a commit lost the key to a twin.
fn in_use(response: &ServiceResponse<BoxBody>) -> bool {
    let problem = response.response().error().and_then(|error| error.as_error::<Problem>());
    problem.is_some_and(|problem| problem.code() == "idempotency_key_in_use")
}

fn twin() -> Problem {
    let detail = "a request with this key is being carried out; send it again in a moment";
    Problem::new(StatusCode::CONFLICT, "idempotency_key_in_use", detail).retry_after(Duration::from_secs(1))
}

fn reused() -> Problem {
    let detail = "this key was used for another request; take a new one";
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused", detail)
}

fn already_completed() -> Problem {
    let detail = "this request was carried out before; its answer is not kept any longer";
    Problem::new(StatusCode::CONFLICT, "already_completed", detail)
}
