use std::sync::Arc;

use async_trait::async_trait;
use database::{Database, Tx};
use kernel::{
    Actor, FieldFault, OrganizationId, Page, PageRequest, Scope, Stream, __Thing__Id, UserId, Version,
};

use crate::{
    Create__Thing__, Error, People, __Thing__, __Thing__Event, __Thing__Filter, __Things__, Update__Thing__,
    store,
};

pub(crate) struct __Thing__Service {
    pub(crate) database: Database,
    pub(crate) people: Arc<dyn People>,
}

#[async_trait]
impl __Things__ for __Thing__Service {
    async fn create(&self, actor: &Actor, command: Create__Thing__) -> Result<__Thing__, Error> {
        actor.require(Scope::__Things__Write)?;
        self.expect_member(actor.org, command.owner).await?;
        let (org, env) = (actor.org, self.database.env());
        let __thing__ = __Thing__::create(env.id(), command.parse()?, env.now());
        let creation = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::insert(tx, org, &__thing__).await?;
                let event = __Thing__Event::Created { __thing__: __thing__.clone() };
                tx.tell(Stream::Organization(org), event);
                Ok(__thing__)
            })
        });
        creation.await
    }

    async fn get(&self, actor: &Actor, id: __Thing__Id) -> Result<__Thing__, Error> {
        actor.require(Scope::__Things__Read)?;
        store::find(self.database.reader(), actor.org, id).await?.ok_or(Error::NotFound)
    }

    async fn list(
        &self,
        actor: &Actor,
        filter: &__Thing__Filter,
        page: &PageRequest,
    ) -> Result<Page<__Thing__>, Error> {
        actor.require(Scope::__Things__Read)?;
        Ok(store::list(self.database.reader(), actor.org, filter, page).await?)
    }

    async fn update(
        &self,
        actor: &Actor,
        id: __Thing__Id,
        expected: Version,
        command: Update__Thing__,
    ) -> Result<__Thing__, Error> {
        actor.require(Scope::__Things__Write)?;
        self.expect_member(actor.org, command.owner.set().copied()).await?;
        let (org, now, edit) = (actor.org, self.database.env().now(), command.parse()?);
        let update = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = locked(tx, org, id, expected).await?;
                let (after, changes) = before.edited(edit, now);
                if changes.is_empty() {
                    return Ok(before);
                }
                store::save(tx, org, &after).await?;
                let version = after.version;
                let event = __Thing__Event::Updated { __thing__: id, version, changes };
                tx.tell(Stream::Organization(org), event);
                Ok(after)
            })
        });
        update.await
    }

    async fn delete(&self, actor: &Actor, id: __Thing__Id, expected: Version) -> Result<(), Error> {
        actor.require(Scope::__Things__Write)?;
        let org = actor.org;
        let deletion = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let __thing__ = locked(tx, org, id, expected).await?;
                store::delete(tx, org, id).await?;
                tx.tell(Stream::Organization(org), __Thing__Event::Deleted { __thing__ });
                Ok(())
            })
        });
        deletion.await
    }

    async fn erase(&self, tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, Error> {
        Ok(store::erase(tx, org, limit).await?)
    }
}

impl __Thing__Service {
    async fn expect_member(&self, org: OrganizationId, owner: Option<UserId>) -> Result<(), Error> {
        let Some(owner) = owner else { return Ok(()) };
        if self.people.is_member(org, owner).await? {
            return Ok(());
        }
        Err(FieldFault::new("ownerId", "not_a_member", "must be an active member").into())
    }
}

/// Holds one, if it still is as the caller knows it.
async fn locked(
    tx: &Tx,
    org: OrganizationId,
    id: __Thing__Id,
    expected: Version,
) -> Result<__Thing__, Error> {
    let __thing__ = store::lock(tx, org, id).await?.ok_or(Error::NotFound)?;
    if __thing__.version != expected {
        return Err(Error::Stale { current: __thing__.version });
    }
    Ok(__thing__)
}
