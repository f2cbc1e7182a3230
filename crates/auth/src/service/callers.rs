use std::sync::Arc;

use async_trait::async_trait;
use kernel::{Actor, Eviction, OrganizationId, Request, Timestamp};

use super::AuthService;
use crate::access::{Claims, EVICTION, VerifyingKey};
use crate::boundary::Callers;
use crate::rights::{Key, Snapshot};
use crate::{Error, store};

#[async_trait]
impl Callers for AuthService {
    async fn resolve(&self, bearer: &str, request: Request) -> Result<Actor, Error> {
        if let Some(hash) = Self::key_hash(bearer) {
            return self.program(hash, request).await;
        }
        let claims = self.ring.verify(bearer).await?.ok_or(Error::Unauthenticated)?;
        let (snapshot, now) = (self.session_rights(&claims).await?, self.now());
        if !snapshot.honours(&claims, now) {
            return Err(Error::Unauthenticated);
        }
        let org = claims.org_id.unwrap_or(OrganizationId::PLATFORM);
        Ok(Actor::user(claims.sub, claims.sid, request).with_rights(org, snapshot.rights(now)))
    }

    async fn expiry(&self, bearer: &str) -> Result<Option<Timestamp>, Error> {
        let claims = self.ring.verify(bearer).await?;
        Ok(claims.and_then(|claims| Timestamp::from_timestamp(claims.exp, 0)))
    }

    fn evict(&self, eviction: &Eviction) {
        self.rights.evict(eviction);
        match eviction {
            Eviction::Key(key) if key != EVICTION => {}
            Eviction::Key(_) | Eviction::All => self.ring.forget(),
            Eviction::User(_) | Eviction::Session(_) | Eviction::Organization(_) => {}
        }
    }

    async fn public_keys(&self) -> Result<Vec<VerifyingKey>, Error> {
        self.ring.document().await
    }
}

impl AuthService {
    async fn session_rights(&self, claims: &Claims) -> Result<Arc<Snapshot>, Error> {
        let (session, org) = (claims.sid, claims.org_id);
        let load = store::rights::of_session(self.database.reader(), session, org);
        let found = self.rights.get(Key::Session(session, org), load).await?;
        found.ok_or(Error::Unauthenticated)
    }
}
