use std::sync::Arc;

use async_trait::async_trait;
use database::{Database, Tx};
use kernel::{
    Actor, Changes, Denied, EmailAddress, Env, Eviction, Page, PageRequest, Scope, Stream, Timestamp, UserId,
    Version, Who,
};

use crate::{
    DirectoryFilter, Error, NewUser, Ownerships, Person, Traces, UpdateProfile, User, UserEvent, Users, store,
};

pub(crate) struct UserService {
    pub(crate) database: Database,
    pub(crate) ownerships: Arc<dyn Ownerships>,
    pub(crate) traces: Arc<dyn Traces>,
}

#[async_trait]
impl Users for UserService {
    async fn me(&self, actor: &Actor) -> Result<User, Error> {
        let user = permit(actor)?;
        store::find(self.database.reader(), user).await?.ok_or(Error::NotFound)
    }

    async fn update_me(
        &self,
        actor: &Actor,
        update: UpdateProfile,
        expected: Version,
    ) -> Result<User, Error> {
        let user = permit(actor)?;
        let profile = update.parse()?;
        let now = self.database.env().now();
        let update = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::lock(tx, user).await?.ok_or(Error::NotFound)?;
                if before.version != expected {
                    return Err(Error::Stale { current: before.version });
                }
                let (after, changes) = before.with_profile(profile, now);
                if changes.is_empty() {
                    return Ok(before);
                }
                store::save(tx, &after).await?;
                tell_of_profile(tx, &after, changes).await?;
                Ok(after)
            })
        });
        update.await
    }

    async fn directory(
        &self,
        actor: &Actor,
        filter: DirectoryFilter,
        page: &PageRequest,
    ) -> Result<Page<Person>, Error> {
        actor.require(Scope::MembersRead)?;
        let needle = filter.needle()?;
        Ok(store::directory(self.database.reader(), actor.org, needle.as_deref(), page).await?)
    }

    async fn request_deletion(&self, actor: &Actor) -> Result<User, Error> {
        let user = permit(actor)?;
        let now = self.database.env().now();
        actor.require_fresh(now)?;
        let ownerships = Arc::clone(&self.ownerships);
        let request = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                if !ownerships.solely_owned(tx, user).await?.is_empty() {
                    return Err(Error::SoleOwner);
                }
                let before = store::lock(tx, user).await?.ok_or(Error::NotFound)?;
                let (after, event) = before.leaving(now)?;
                store::save(tx, &after).await?;
                tx.tell(Stream::User(user), event);
                Ok(after)
            })
        });
        request.await
    }

    async fn cancel_deletion(&self, actor: &Actor) -> Result<User, Error> {
        let user = permit(actor)?;
        let now = self.database.env().now();
        let cancel = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::lock(tx, user).await?.ok_or(Error::NotFound)?;
                let (after, event) = before.staying(now)?;
                store::save(tx, &after).await?;
                tx.tell(Stream::User(user), event);
                Ok(after)
            })
        });
        cancel.await
    }

    async fn due_for_erasure(&self, limit: u64) -> Result<Vec<UserId>, Error> {
        let now = self.database.env().now();
        Ok(store::due_for_erasure(self.database.reader(), now, limit).await?)
    }

    async fn erase(&self, actor: &Actor, user: UserId) -> Result<bool, Error> {
        if actor.who != Who::System {
            return Err(Denied::Unauthenticated.into());
        }
        let now = self.database.env().now();
        let (ownerships, traces) = (Arc::clone(&self.ownerships), Arc::clone(&self.traces));
        let erase = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let sole = !ownerships.solely_owned(tx, user).await?.is_empty();
                if sole {
                    return keep_owner(tx, user, now).await;
                }
                if !store::find(tx.connection(), user).await?.ok_or(Error::NotFound)?.is_due(now) {
                    return Ok(false);
                }
                traces.erase(tx, user).await?;
                erase_row(tx, user, now).await
            })
        });
        erase.await
    }

    async fn create(&self, tx: &Tx, new: NewUser) -> Result<User, Error> {
        create(self.database.env(), tx, new).await
    }

    async fn change_email(&self, tx: &Tx, user: UserId, email: EmailAddress) -> Result<User, Error> {
        let now = self.database.env().now();
        let before = store::lock(tx, user).await?.ok_or(Error::NotFound)?;
        let (after, changes) = before.with_email(email, now);
        if changes.is_empty() {
            return Ok(before);
        }
        store::save(tx, &after).await?;
        tell_organizations(tx, user, &changes).await?;
        let version = after.version;
        tx.tell(Stream::User(user), UserEvent::EmailChanged { user, version, changes });
        Ok(after)
    }

    async fn find(&self, user: UserId) -> Result<Option<User>, Error> {
        Ok(store::find(self.database.reader(), user).await?)
    }

    async fn find_by_email(&self, email: &EmailAddress) -> Result<Option<User>, Error> {
        Ok(store::find_by_email(self.database.reader(), email).await?)
    }

    async fn anybody(&self) -> Result<bool, Error> {
        Ok(store::anybody(self.database.reader()).await?)
    }

    async fn many_by_id(&self, users: &[UserId]) -> Result<Vec<User>, Error> {
        Ok(store::many_by_id(self.database.reader(), users).await?)
    }
}

/// Makes a person whose address was proven, and opens his stream, in a commit of any domain.
pub async fn create(env: &Env, tx: &Tx, new: NewUser) -> Result<User, Error> {
    let user = User::register(new, env.now())?;
    store::insert(tx, &user).await?;
    tx.open_stream(Stream::User(user.id)).await?;
    tx.tell(Stream::User(user.id), UserEvent::Created { user: user.id });
    Ok(user)
}

/// Whose co-owners left since he asked stays: his organizations must not lose their last owner.
async fn keep_owner(tx: &Tx, user: UserId, now: Timestamp) -> Result<bool, Error> {
    let before = store::lock(tx, user).await?.ok_or(Error::NotFound)?;
    if before.is_due(now) {
        let (after, event) = before.staying(now)?;
        store::save(tx, &after).await?;
        tx.tell(Stream::User(user), event);
    }
    Ok(false)
}

/// Empties the row and what the log says. Comes last: organizations are locked before people.
async fn erase_row(tx: &Tx, user: UserId, now: Timestamp) -> Result<bool, Error> {
    let before = store::lock(tx, user).await?.ok_or(Error::NotFound)?;
    if !before.is_due(now) {
        // He changed his mind a moment ago; what the others forgot is rolled back.
        return Err(Error::DeletionNotRequested);
    }
    let (after, event) = before.erased(now);
    store::save(tx, &after).await?;
    database::erase::blank(tx, Stream::User(user)).await?;
    tx.tell(Stream::User(user), event);
    tx.evict(Eviction::User(user));
    tx.finish_job();
    Ok(true)
}

/// One's own account is open to a person in a session, with his second factor where it is demanded.
fn permit(actor: &Actor) -> Result<UserId, Denied> {
    let user = actor.require_person()?;
    actor.require_mfa()?;
    Ok(user)
}

async fn tell_of_profile(tx: &Tx, user: &User, changes: Changes) -> Result<(), Error> {
    tell_organizations(tx, user.id, &changes).await?;
    let event = UserEvent::ProfileUpdated { user: user.id, version: user.version, changes };
    tx.tell(Stream::User(user.id), event);
    Ok(())
}

/// Colleagues learn of another name; language and colours are nobody else's business.
async fn tell_organizations(tx: &Tx, user: UserId, changes: &Changes) -> Result<(), Error> {
    let changes = changes.only(&["email", "fullName", "displayName", "timeZone"]);
    if changes.is_empty() {
        return Ok(());
    }
    for org in store::organizations_of(tx, user).await? {
        let changes = changes.clone();
        tx.tell(Stream::Organization(org), UserEvent::PersonUpdated { user, changes });
    }
    Ok(())
}
