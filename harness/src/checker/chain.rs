use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::postgres::PgRow;
use sqlx::{FromRow, Row};
use uuid::Uuid;

use super::Checker;
use crate::{Doing, Outcome};

/// What the chain of a stream covers.
struct Link {
    seq: i64,
    r#type: String,
    actor_id: Option<Uuid>,
    occurred_at: DateTime<Utc>,
    data: String,
    data_hash: Vec<u8>,
    private: String,
    private_hash: Vec<u8>,
    hash: Vec<u8>,
}

impl FromRow<'_, PgRow> for Link {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            seq: row.try_get("seq")?,
            r#type: row.try_get("type")?,
            actor_id: row.try_get("actor_id")?,
            occurred_at: row.try_get("occurred_at")?,
            data: row.try_get("data")?,
            data_hash: row.try_get("data_hash")?,
            private: row.try_get("private")?,
            private_hash: row.try_get("private_hash")?,
            hash: row.try_get("hash")?,
        })
    }
}

impl Checker {
    /// Recomputes the chain of a stream, independently of the code that wrote it. Returns what is wrong with it.
    pub async fn chain(&self, stream: Uuid) -> Outcome<Option<String>> {
        let sql = "SELECT seq, type, actor_id, occurred_at, data, data_hash, private, private_hash, hash \
                   FROM events WHERE stream_id = $1 ORDER BY seq";
        let links: Vec<Link> =
            sqlx::query_as(sql).bind(stream).fetch_all(&self.pool).await.doing("the log")?;
        let sql = "SELECT last_seq, last_hash FROM streams WHERE id = $1";
        let head: (i64, Vec<u8>) =
            sqlx::query_as(sql).bind(stream).fetch_one(&self.pool).await.doing("its head")?;
        let mut hash = Vec::new();
        for (expected, link) in (1..).zip(&links) {
            if link.seq != expected {
                return Ok(Some(format!("event {expected} is missing")));
            }
            hash = link.chained(&hash);
            if hash != link.hash || !link.texts_are_untouched() {
                return Ok(Some(format!("event {expected} does not follow from those before it")));
            }
        }
        let whole = head == (links.len() as i64, hash);
        Ok((!whole).then(|| format!("the stream's head is {} and not {}", head.0, links.len())))
    }
}

impl Link {
    /// SHA-256 over the link before, number, type, actor, time and both hashes, each after its length.
    fn chained(&self, before: &[u8]) -> Vec<u8> {
        let (seq, time) = (self.seq.to_be_bytes(), self.occurred_at.timestamp_millis().to_be_bytes());
        let actor = self.actor_id.unwrap_or_default();
        let parts: [&[u8]; 7] = [
            before,
            &seq,
            self.r#type.as_bytes(),
            actor.as_bytes(),
            &time,
            &self.data_hash,
            &self.private_hash,
        ];
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.finalize().to_vec()
    }

    /// An erased text is empty; its hash stays.
    fn texts_are_untouched(&self) -> bool {
        let untouched = |text: &str, hash: &[u8]| text.is_empty() || Sha256::digest(text).as_slice() == hash;
        untouched(&self.data, &self.data_hash) && untouched(&self.private, &self.private_hash)
    }
}
