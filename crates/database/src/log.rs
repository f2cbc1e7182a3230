//! The event log: numbered without gaps per stream, chained by hashes, insert-only.
//!
//! One table, three readers: the audit log, the resume cursor of clients, later webhooks.

use kernel::{Actor, Audience, Env, Event, EventId, Stream, Timestamp, UserId, Who};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::entities::{event, stream};
use crate::{Database, StoreError, commit};

/// Random hexadecimal digits before the JSON of `data` and `private`: a blanked text cannot be guessed from its hash.
const SALT: usize = 32;

/// An event as it stands in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    pub stream_id: Uuid,
    pub seq: i64,
    pub id: EventId,
    pub kind: String,
    pub topic: String,
    pub audience: Audience,
    pub actor_kind: String,
    /// The session's user, the key, or nobody.
    pub actor_id: Option<Uuid>,
    /// The person behind it.
    pub actor_user_id: Option<Uuid>,
    pub origin_client_id: Option<Uuid>,
    pub subject_type: String,
    pub subject_id: Uuid,
    pub subject_version: Option<i64>,
    pub data: Value,
    pub private: Value,
    pub trace: Option<String>,
    pub occurred_at: Timestamp,
}

/// Who is named for what a write tells.
#[derive(Clone, Copy)]
pub(crate) struct Author<'a> {
    pub(crate) actor: &'a Actor,
    /// Who an actor without a token turned out to be.
    pub(crate) recognized: Option<UserId>,
}

impl Author<'_> {
    /// The stored kind, the session's user or the key, and the person behind it.
    fn named(self) -> (&'static str, Option<Uuid>, Option<Uuid>) {
        let (kind, id) = match (self.actor.who, self.recognized) {
            (Who::Anonymous, Some(user)) => return ("user", Some(user.uuid()), Some(user.uuid())),
            (Who::Anonymous, None) => ("anonymous", None),
            (Who::User { user, .. }, _) => ("user", Some(user.uuid())),
            (Who::ApiKey { key, .. }, _) => ("api_key", Some(key.uuid())),
            (Who::System, _) => ("system", None),
        };
        (kind, id, self.actor.user_id().map(UserId::uuid))
    }
}

type Told = (EventId, Stream, Box<dyn Event>);

/// Numbers, chains and writes events, streams in the order of their ids. Returns how far each stream grew.
pub(crate) async fn append(
    tx: &DatabaseTransaction,
    env: &Env,
    author: Author<'_>,
    told: Vec<Told>,
) -> Result<Vec<(Stream, i64)>, StoreError> {
    let mut told = told;
    told.sort_by_key(|(_, stream, _)| stream.id());
    let mut grown = Vec::new();
    let mut rest = told.into_iter().peekable();
    while let Some((_, stream, _)) = rest.peek() {
        let stream = *stream;
        let mut events = Vec::new();
        while let Some((id, _, event)) = rest.next_if(|(_, next, _)| *next == stream) {
            events.push((id, event));
        }
        grown.push((stream, append_to(tx, env, author, stream, events).await?));
    }
    Ok(grown)
}

async fn append_to(
    tx: &DatabaseTransaction,
    env: &Env,
    author: Author<'_>,
    stream: Stream,
    events: Vec<(EventId, Box<dyn Event>)>,
) -> Result<i64, StoreError> {
    let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
    let bump = stream::Entity::update_many()
        .col_expr(stream::Column::LastSeq, Expr::col(stream::Column::LastSeq).add(count))
        .filter(stream::Column::Id.eq(stream.id()));
    let bumped = bump.exec_with_returning(tx).await?.into_iter().next();
    let head =
        bumped.ok_or_else(|| StoreError::corrupt("streams.id", format!("no stream {}", stream.id())))?;
    let mut hash = head.last_hash;
    let mut rows = Vec::with_capacity(events.len());
    for (seq, (id, event)) in (head.last_seq - count + 1..).zip(events) {
        let row = row(env, author, stream, seq, id, event.as_ref(), &hash)?;
        hash.clone_from(&row.hash);
        rows.push(event::ActiveModel::from(row).reset_all());
    }
    event::Entity::insert_many(rows).exec_without_returning(tx).await?;
    let chain = stream::Entity::update_many()
        .col_expr(stream::Column::LastHash, Expr::value(hash))
        .filter(stream::Column::Id.eq(stream.id()));
    chain.exec(tx).await?;
    Ok(head.last_seq)
}

fn row(
    env: &Env,
    author: Author<'_>,
    stream: Stream,
    seq: i64,
    id: EventId,
    event: &dyn Event,
    previous: &[u8],
) -> Result<event::Model, StoreError> {
    let (subject, actor) = (event.subject(), author.actor);
    let private = serde_json::json!({
        "changes": event.private(),
        "request": commit::circumstances(actor.request()),
    });
    let (actor_kind, actor_id, actor_user_id) = author.named();
    let audience = serde_json::to_string(&event.audience())
        .map_err(|error| StoreError::corrupt("events.audience", error))?;
    let (data, private) = (salted(env, &event.data()), salted(env, &private));
    let mut row = event::Model {
        stream_id: stream.id(),
        seq,
        id: id.uuid(),
        r#type: event.kind().to_owned(),
        topic: event.topic(),
        audience,
        actor_kind: actor_kind.to_owned(),
        actor_id,
        actor_user_id,
        origin_client_id: actor.request().and_then(|request| request.client),
        subject_type: subject.kind,
        subject_id: subject.id,
        subject_version: subject.version.map(|version| version.0),
        data_hash: Sha256::digest(&data).to_vec(),
        data,
        private_hash: Sha256::digest(&private).to_vec(),
        private,
        trace: actor.trace().map(str::to_owned),
        occurred_at: env.now(),
        hash: Vec::new(),
    };
    row.hash = chained(previous, &row);
    Ok(row)
}

fn salted(env: &Env, value: &Value) -> String {
    format!("{}{value}", hex::encode(env.bytes::<{ SALT / 2 }>()))
}

fn unsalted(column: &'static str, text: &str) -> Result<Value, StoreError> {
    // An erased text is empty; its hash stays in the chain.
    let Some(json) = text.get(SALT..) else {
        return Ok(Value::Null);
    };
    serde_json::from_str(json).map_err(|error| StoreError::corrupt(column, error))
}

/// SHA-256 over the previous hash, number, type, actor, time, and the hashes of both texts, each length-prefixed.
fn chained(previous: &[u8], row: &event::Model) -> Vec<u8> {
    let seq = row.seq.to_be_bytes();
    let actor = row.actor_id.unwrap_or_default();
    let time = row.occurred_at.timestamp_millis().to_be_bytes();
    let parts: [&[u8]; 7] =
        [previous, &seq, row.r#type.as_bytes(), actor.as_bytes(), &time, &row.data_hash, &row.private_hash];
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

/// An erased text is empty; any other must still have its hash.
fn texts_are_untouched(row: &event::Model) -> bool {
    let untouched = |text: &str, hash: &[u8]| text.is_empty() || Sha256::digest(text).as_slice() == hash;
    untouched(&row.data, &row.data_hash) && untouched(&row.private, &row.private_hash)
}

/// The next events of a stream after a number, oldest first.
pub async fn since(
    database: &Database,
    stream_id: Uuid,
    after: i64,
    limit: u64,
) -> Result<Vec<Recorded>, StoreError> {
    let rows = event::Entity::find()
        .filter(event::Column::StreamId.eq(stream_id))
        .filter(event::Column::Seq.gt(after))
        .order_by_asc(event::Column::Seq)
        .limit(limit);
    rows.all(database.reader()).await?.into_iter().map(recorded).collect()
}

/// One event by its id, in any stream: jobs carry nothing else.
pub async fn find(database: &Database, id: EventId) -> Result<Option<Recorded>, StoreError> {
    let row = event::Entity::find().filter(event::Column::Id.eq(id.uuid())).one(database.reader()).await?;
    row.map(recorded).transpose()
}

/// The number of the last event of a stream; 0 if there is none.
pub async fn head(database: &Database, stream_id: Uuid) -> Result<i64, StoreError> {
    let row = stream::Entity::find_by_id(stream_id).one(database.reader()).await?;
    Ok(row.map_or(0, |row| row.last_seq))
}

/// Reads a row of the log.
pub fn recorded(row: event::Model) -> Result<Recorded, StoreError> {
    Ok(Recorded {
        audience: serde_json::from_str(&row.audience)
            .map_err(|error| StoreError::corrupt("events.audience", error))?,
        data: unsalted("events.data", &row.data)?,
        private: unsalted("events.private", &row.private)?,
        stream_id: row.stream_id,
        seq: row.seq,
        id: EventId::from_uuid(row.id),
        kind: row.r#type,
        topic: row.topic,
        actor_kind: row.actor_kind,
        actor_id: row.actor_id,
        actor_user_id: row.actor_user_id,
        origin_client_id: row.origin_client_id,
        subject_type: row.subject_type,
        subject_id: row.subject_id,
        subject_version: row.subject_version,
        trace: row.trace,
        occurred_at: row.occurred_at,
    })
}

/// What a check of the chain found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many events were checked.
    pub events: i64,
    /// The first event whose hash does not follow from the ones before it.
    pub broken_at: Option<i64>,
}

/// Recomputes the chain of a stream, in pages of 1,000.
pub async fn verify(database: &Database, stream_id: Uuid) -> Result<Verified, StoreError> {
    let (mut hash, mut seq) = (Vec::new(), 0);
    loop {
        let rows = event::Entity::find()
            .filter(event::Column::StreamId.eq(stream_id))
            .filter(event::Column::Seq.gt(seq))
            .order_by_asc(event::Column::Seq)
            .limit(1_000)
            .all(database.reader())
            .await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if row.seq != seq + 1 || row.hash != chained(&hash, &row) || !texts_are_untouched(&row) {
                return Ok(Verified { events: seq, broken_at: Some(seq + 1) });
            }
            (hash, seq) = (row.hash, row.seq);
        }
    }
    let head = stream::Entity::find_by_id(stream_id).one(database.reader()).await?;
    let whole = head.is_none_or(|head| head.last_seq == seq && (seq == 0 || head.last_hash == hash));
    Ok(Verified { events: seq, broken_at: if whole { None } else { Some(seq + 1) } })
}
