use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::TimeDelta;
use database::{Database, StoreError, Tx};
use jsonwebtoken::{DecodingKey, encode};
use kernel::{Actor, Eviction, OrganizationId, Secret, Stream, Timestamp};
use platform::Keyring;
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::key::FreshKey;
use super::{Claims, Grant, LEEWAY, LIFETIME, SigningKey, VerifyingKey, genuine, header_of, key_id};
use crate::event::AuthEvent;
use crate::{Error, store};

/// What a message says that tells the other processes of another key.
pub(crate) const EVICTION: &str = "auth.signing_keys";
/// After this long the keys are read again, so that a lost message cannot keep a retired key in use.
const TRUSTED_FOR: TimeDelta = TimeDelta::minutes(1);
/// Tokens whose signatures are remembered, at most: some megabytes.
const REMEMBERED: usize = 10_000;
/// How often a token with an unknown key may make us look.
const PATIENCE: TimeDelta = TimeDelta::seconds(1);

/// The keys access tokens are signed and verified with. They live in the database, sealed; a process keeps them in
/// memory.
pub(crate) struct KeyRing {
    database: Database,
    keys: Keyring,
    issuer: String,
    loaded: RwLock<Arc<Loaded>>,
    loading: Mutex<()>,
}

#[derive(Default)]
struct Loaded {
    at: Option<Timestamp>,
    active: Option<SigningKey>,
    known: HashMap<Uuid, (VerifyingKey, DecodingKey)>,
    /// What tokens say whose signature was found good with one of these keys, by the SHA-256 of the token.
    genuine: RwLock<HashMap<[u8; 32], Claims>>,
}

impl Loaded {
    /// The claims of a token if its signature is good: judged once, remembered until the keys are read again.
    fn genuine(&self, token: &str, decoding: &DecodingKey, issuer: &str) -> Option<Claims> {
        let digest: [u8; 32] = Sha256::digest(token).into();
        let read = self.genuine.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(claims) = read.get(&digest) {
            return Some(claims.clone());
        }
        drop(read);
        let claims = genuine(token, decoding, issuer)?;
        let mut remembered = self.genuine.write().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(digest, claims.clone());
        Some(claims)
    }
}

impl KeyRing {
    pub(crate) fn new(database: Database, keys: Keyring, issuer: String) -> Self {
        Self { database, keys, issuer, loaded: RwLock::default(), loading: Mutex::default() }
    }

    /// Signs an access token; makes the first key if there is none yet.
    pub(crate) async fn sign(&self, grant: Grant) -> Result<Secret, Error> {
        let env = self.database.env();
        let key = self.active().await?;
        let claims = grant.claims(&self.issuer, env.now(), env.id());
        Ok(Secret::new(encode(&header_of(Some(key.id)), &claims, &key.encoding)?))
    }

    /// The claims of a token that counts.
    pub(crate) async fn verify(&self, token: &str) -> Result<Option<Claims>, Error> {
        let now = self.database.env().now();
        let Some(id) = key_id(token) else {
            return Ok(None);
        };
        let mut loaded = self.current();
        if !loaded.known.contains_key(&id) && !is_within(loaded.at, now, PATIENCE) {
            loaded = self.load().await?;
        }
        let known = loaded.known.get(&id).filter(|(key, _)| may_verify(key, now));
        let claims = known.and_then(|(_, decoding)| loaded.genuine(token, decoding, &self.issuer));
        Ok(claims.filter(|claims| claims.count_at(now)))
    }

    /// The keys whose tokens count now, the one in use first.
    pub(crate) async fn document(&self) -> Result<Vec<VerifyingKey>, Error> {
        self.active().await?;
        let now = self.database.env().now();
        let mut keys: Vec<VerifyingKey> = self
            .current()
            .known
            .values()
            .map(|(key, _)| key.clone())
            .filter(|key| may_verify(key, now))
            .collect();
        keys.sort_by_key(|key| std::cmp::Reverse((key.retired_at.is_none(), key.created_at)));
        Ok(keys)
    }

    /// Retires the key in use and signs with another from now on.
    pub(crate) async fn rotate(&self, actor: &Actor) -> Result<(), Error> {
        let (env, fresh) = (self.database.env().clone(), FreshKey::generate(self.database.env(), &self.keys));
        self.database
            .commit(actor, move |tx: &Tx| {
                Box::pin(async move {
                    store::signing::retire(tx.connection(), env.now()).await?;
                    insert(tx, fresh, env.now()).await
                })
            })
            .await?;
        self.load().await?;
        Ok(())
    }

    /// Reads the keys again: another process has changed them.
    pub(crate) fn forget(&self) {
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = Arc::default();
    }

    fn current(&self) -> Arc<Loaded> {
        self.loaded.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn active(&self) -> Result<SigningKey, Error> {
        let now = self.database.env().now();
        let mut loaded = self.current();
        if loaded.active.is_none() || !is_within(loaded.at, now, TRUSTED_FOR) {
            loaded = self.load().await?;
        }
        if loaded.active.is_none() {
            self.create_first().await?;
            loaded = self.load().await?;
        }
        loaded.active.clone().ok_or_else(|| StoreError::corrupt("signing_keys.state", "no active key").into())
    }

    /// Of several processes that start at once the unique index lets one through.
    async fn create_first(&self) -> Result<(), Error> {
        let env = self.database.env().clone();
        let fresh = FreshKey::generate(&env, &self.keys);
        let actor = Actor::system(OrganizationId::PLATFORM);
        let created = self
            .database
            .commit(&actor, move |tx: &Tx| Box::pin(async move { insert(tx, fresh, env.now()).await }))
            .await;
        match created {
            Err(error) if error.violates("uq_signing_keys_state") => Ok(()),
            result => Ok(result?),
        }
    }

    async fn load(&self) -> Result<Arc<Loaded>, Error> {
        let before = self.current().at;
        let _turn = self.loading.lock().await;
        let current = self.current();
        if current.at.is_some() && current.at != before {
            // Somebody else read them while we waited.
            return Ok(current);
        }
        let now = self.database.env().now();
        let rows =
            store::signing::usable(self.database.reader(), now - LIFETIME - TRUSTED_FOR - LEEWAY).await?;
        let mut loaded = Loaded { at: Some(now), ..Loaded::default() };
        for (key, sealed) in rows {
            if key.retired_at.is_none() {
                loaded.active = Some(SigningKey::open(&self.keys, key.id, &sealed)?);
            }
            let decoding = key.decoding();
            loaded.known.insert(key.id, (key, decoding));
        }
        let loaded = Arc::new(loaded);
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = loaded.clone();
        Ok(loaded)
    }
}

async fn insert(tx: &Tx, fresh: FreshKey, now: Timestamp) -> Result<(), StoreError> {
    let key = fresh.id;
    store::signing::insert(tx.connection(), fresh, now).await?;
    tx.tell(Stream::Organization(OrganizationId::PLATFORM), AuthEvent::SigningKeyRotated { key });
    tx.evict(Eviction::Key(EVICTION.to_owned()));
    Ok(())
}

/// A retired key verifies until the last token that any process may have signed with it has expired.
fn may_verify(key: &VerifyingKey, now: Timestamp) -> bool {
    key.retired_at.is_none_or(|at| now < at + LIFETIME + TRUSTED_FOR + LEEWAY)
}

fn is_within(at: Option<Timestamp>, now: Timestamp, span: TimeDelta) -> bool {
    at.is_some_and(|at| at <= now && now < at + span)
}
