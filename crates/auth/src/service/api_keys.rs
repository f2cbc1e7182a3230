use async_trait::async_trait;
use chrono::TimeDelta;
use kernel::{
    Actor, ApiKeyId, Cause, Denied, Eviction, OrganizationId, Page, PageRequest, Request, Scope, Stream,
    Timestamp, Who,
};

use super::AuthService;
use crate::api_key::{self, ApiKey, NewApiKey};
use crate::boundary::ApiKeys;
use crate::command::CreateApiKey;
use crate::event::AuthEvent;
use crate::rights::{Credential, Key};
use crate::store::{api_keys, rights};
use crate::{Error, token};

/// How exact the note of a key's last use is.
const MARKED_EACH: TimeDelta = TimeDelta::minutes(1);

#[async_trait]
impl ApiKeys for AuthService {
    async fn create(&self, actor: &Actor, command: CreateApiKey) -> Result<NewApiKey, Error> {
        let user = actor.require_person()?;
        actor.require(Scope::ApiKeysManage)?;
        if !actor.rights.assurance.mfa_proven {
            return Err(Denied::MfaSetupRequired.into());
        }
        let new = NewApiKey::make(&command, actor, user, self.env())?;
        let (key, hash) = (new.key.clone(), token::sha256(new.secret.expose().as_bytes()));
        self.commit(actor, move |_, tx| {
            Box::pin(async move {
                api_keys::insert(tx.connection(), &key, hash).await?;
                let (org, name, scopes) = (key.organization, key.name, key.scopes);
                let event = AuthEvent::ApiKeyCreated { org, key: key.id, user, name, scopes };
                tx.tell(Stream::Organization(org), event);
                Ok(())
            })
        })
        .await?;
        Ok(new)
    }

    async fn list(&self, actor: &Actor, page: &PageRequest) -> Result<Page<ApiKey>, Error> {
        actor.require(Scope::ApiKeysRead)?;
        Ok(api_keys::page(self.database.reader(), actor.org, page).await?)
    }

    async fn find(&self, actor: &Actor, id: ApiKeyId) -> Result<ApiKey, Error> {
        actor.require(Scope::ApiKeysRead)?;
        api_keys::find(self.database.reader(), actor.org, id).await?.ok_or(Error::NotFound)
    }

    async fn revoke(&self, actor: &Actor, id: ApiKeyId) -> Result<(), Error> {
        actor.require(Scope::ApiKeysManage)?;
        let org = actor.org;
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                let revoked = api_keys::revoke(tx.connection(), org, id, own.now()).await?;
                let ApiKey { user, name, .. } = revoked.ok_or(Error::NotFound)?;
                tx.tell(Stream::Organization(org), AuthEvent::ApiKeyRevoked { org, key: id, user, name });
                tx.evict(Eviction::User(user));
                Ok(())
            })
        })
        .await
    }
}

impl AuthService {
    /// The actor behind a key: its maker's rights of now, cut to the key's scopes.
    pub(super) async fn program(&self, hash: [u8; 32], request: Request) -> Result<Actor, Error> {
        let load = rights::of_api_key(self.database.reader(), &hash);
        let found = self.rights.get(Key::ApiKey(hash), load).await?.ok_or(Error::Unauthenticated)?;
        let now = self.now();
        let (Some(standing), true) = (&found.standing, found.is_alive(now)) else {
            return Err(Error::Unauthenticated);
        };
        let Credential::ApiKey { key, last_used_at, .. } = found.credential else {
            return Err(Error::Unauthenticated);
        };
        self.note_use(key, last_used_at, now).await?;
        Ok(Actor {
            org: standing.org,
            who: Who::ApiKey { key, user: found.user },
            cause: Cause::Request(request),
            rights: found.rights(now),
        })
    }

    /// At most once a minute and process: a bulk of marks, told to nobody.
    async fn note_use(
        &self,
        key: ApiKeyId,
        last_used_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let recent = |at: Timestamp| now < at + MARKED_EACH;
        if last_used_at.is_some_and(recent) || !self.marks.claim(key, now, MARKED_EACH) {
            return Ok(());
        }
        let system = Actor::system(OrganizationId::PLATFORM);
        self.commit(&system, move |_, tx| {
            Box::pin(async move { Ok(api_keys::mark_used(tx.connection(), key, now).await?) })
        })
        .await
    }

    /// Whether a bearer is a key's text.
    pub(super) fn key_hash(bearer: &str) -> Option<[u8; 32]> {
        api_key::hash(bearer)
    }
}
