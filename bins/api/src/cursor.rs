//! Where a page ended, signed before it leaves the process.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Keyset, Limit, OrganizationId, Page, PageRequest};
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::Sha256;
use url::form_urlencoded;

use crate::problem::InputFault;
use crate::validate::undeclared;

/// The key that cursors are signed with, and addresses hidden; derived from the master key, the same on every process.
#[derive(Clone)]
pub struct CursorKey([u8; 32]);

impl CursorKey {
    /// Takes 32 secret bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A stable name for a text that must not be seen.
    pub(crate) fn pseudonym(&self, text: &str) -> String {
        let tag = self.mac().chain_update("pseudonym\n").chain_update(text).finalize().into_bytes();
        hex::encode(tag.into_iter().take(TAG).collect::<Vec<_>>())
    }

    fn mac(&self) -> Hmac<Sha256> {
        Hmac::new_from_slice(&self.0).expect("any length is a key")
    }
}

/// Which page is wanted, and the means to say where the next one begins.
#[derive(Clone)]
pub struct PageQuery {
    pub request: PageRequest,
    seal: Seal,
}

/// A page as clients get it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAnswer<T> {
    pub data: Vec<T>,
    pub next_cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_count: Option<u64>,
}

impl PageQuery {
    /// A page with its next cursor signed.
    pub fn answer<T>(&self, page: Page<T>) -> ListAnswer<T> {
        ListAnswer {
            next_cursor: page.next.as_ref().map(|keyset| self.seal.sign(keyset)),
            data: page.rows,
            total_count: page.total,
        }
    }

    /// Takes `limit`, `cursor` and `count` out of a query of the right shape; the rest belongs to the operation.
    pub(crate) fn take(query: &mut Value, seal: Seal, faults: &mut Vec<InputFault>) -> Self {
        let mut empty = Map::new();
        let query = query.as_object_mut().unwrap_or(&mut empty);
        let limit = query.remove("limit").and_then(|limit| limit.as_i64());
        let limit = limit.and_then(|rows| Limit::parse(rows).ok()).unwrap_or_default();
        let count = query.remove("count").and_then(|count| count.as_bool()).unwrap_or_default();
        let cursor = query.remove("cursor");
        let after = cursor.as_ref().and_then(Value::as_str).and_then(|cursor| {
            let read = seal.read(cursor);
            if read.is_none() {
                let detail = "is not a cursor of this list with these filters";
                faults.push(InputFault::parameter("cursor", "invalid_cursor", detail));
            }
            read
        });
        Self { request: PageRequest { limit, after, count }, seal }
    }
}

impl FromRequest for PageQuery {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let page = request.extensions().get::<Self>().cloned();
        ready(page.ok_or_else(|| undeclared("a page").into()))
    }
}

/// Binds a cursor to the organization, the operation, and everything in the query that decides which rows there are
/// and in which order.
#[derive(Clone)]
pub(crate) struct Seal(Hmac<Sha256>);

const TAG: usize = 16;

impl Seal {
    pub(crate) fn new(key: &CursorKey, org: OrganizationId, operation: &str, query: &str) -> Self {
        let mut mac = key.mac();
        let mut pairs: Vec<_> = form_urlencoded::parse(query.as_bytes())
            .filter(|(name, _)| !matches!(name.as_ref(), "cursor" | "limit" | "count"))
            .collect();
        pairs.sort();
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        mac.update(format!("cursor\n{org}\n{operation}\n{query}\n").as_bytes());
        Self(mac)
    }

    fn sign(&self, keyset: &Keyset) -> String {
        let payload = serde_json::to_vec(keyset).unwrap_or_default();
        let tag = self.0.clone().chain_update(&payload).finalize().into_bytes();
        let signed: Vec<u8> = tag.into_iter().take(TAG).chain(payload).collect();
        BASE64_URL_SAFE_NO_PAD.encode(signed)
    }

    fn read(&self, cursor: &str) -> Option<Keyset> {
        let signed = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (tag, payload) = signed.split_at_checked(TAG)?;
        self.0.clone().chain_update(payload).verify_truncated_left(tag).ok()?;
        serde_json::from_slice(payload).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(org: u128, operation: &str, query: &str) -> Seal {
        let org = uuid::Uuid::from_u128(org).into();
        Seal::new(&CursorKey::new([7; 32]), org, operation, query)
    }

    #[test]
    fn a_cursor_leads_on_in_its_own_list_only() {
        let keyset = Keyset(vec!["2026-01-01".into(), "x".into()]);
        let cursor = seal(1, "tickets_list", "status=open&sort=-id&limit=5").sign(&keyset);
        let same = seal(1, "tickets_list", "sort=-id&cursor=abc&status=open&limit=50&count=true");
        assert_eq!(same.read(&cursor), Some(keyset));
        assert_eq!(seal(2, "tickets_list", "status=open&sort=-id").read(&cursor), None);
        assert_eq!(seal(1, "audit_list", "status=open&sort=-id").read(&cursor), None);
        assert_eq!(seal(1, "tickets_list", "status=closed&sort=-id").read(&cursor), None);
    }

    #[test]
    fn no_changed_byte_and_no_shorter_tag_is_accepted() {
        let seal = seal(1, "tickets_list", "");
        let cursor = seal.sign(&Keyset(vec!["1".into()]));
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&cursor).expect("valid");
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert_eq!(seal.read(&BASE64_URL_SAFE_NO_PAD.encode(&changed)), None, "byte {place}");
            assert_eq!(seal.read(&BASE64_URL_SAFE_NO_PAD.encode(&bytes[place + 1..])), None, "from {place}");
        }
        assert_eq!(seal.read(""), None);
        assert_eq!(seal.read("!"), None);
    }
}
