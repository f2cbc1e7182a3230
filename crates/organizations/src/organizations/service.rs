use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, Denied, Eviction, OrganizationId, Page, PageRequest, Scope, Stream, Version, Who};

use super::founding::create_in;
use super::{
    CreateOrganization, LockedOut, Lockout, MyOrganization, Organization, OrganizationEvent,
    OrganizationFilter, Organizations, SecurityPolicy, UpdateOrganization, UpdatePolicy,
};
use crate::members::Membership;
use crate::roles::Role;
use crate::standing::Standing;
use crate::{Error, OrganizationService, store};

/// How many members are asked for their second factors at once.
const BATCH: u64 = 500;

/// How many of the locked out are named.
const NAMED: usize = 100;

#[async_trait]
impl Organizations for OrganizationService {
    async fn create(&self, actor: &Actor, create: CreateOrganization) -> Result<Organization, Error> {
        let owner = actor.require_person()?;
        actor.require_mfa()?;
        let (env, beginnings) = (self.database.env().clone(), self.ports.beginnings.clone());
        let founding = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let organization = create_in(&env, tx, owner, create).await?;
                beginnings.begin(tx, organization.id).await?;
                Ok(organization)
            })
        });
        founding.await
    }

    async fn list_mine(
        &self,
        actor: &Actor,
        filter: OrganizationFilter,
        page: &PageRequest,
    ) -> Result<Page<MyOrganization>, Error> {
        let user = actor.require_person()?;
        let reader = self.database.reader();
        let Some(slug) = filter.slug else {
            return Ok(store::organizations::of_user(reader, user, None, page).await?);
        };
        // Another organization's slug and nobody's lead to the same empty list.
        match store::organizations::by_slug(reader, &slug).await? {
            Some(org) => Ok(store::organizations::of_user(reader, user, Some(org), page).await?),
            None => Ok(Page { rows: Vec::new(), next: None, total: None }),
        }
    }

    async fn current(&self, actor: &Actor) -> Result<Organization, Error> {
        actor.require(Scope::OrganizationRead)?;
        self.find(actor.org).await
    }

    async fn update(
        &self,
        actor: &Actor,
        update: UpdateOrganization,
        expected: Version,
    ) -> Result<Organization, Error> {
        actor.require(Scope::OrganizationManage)?;
        let profile = update.parse()?;
        let (org, now) = (actor.org, self.database.env().now());
        let change = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::organizations::lock(tx, org).await?;
                before.expect(expected)?;
                let (after, changes) = before.with_profile(profile, now);
                if changes.is_empty() {
                    return Ok(before);
                }
                store::organizations::save(tx, &after).await?;
                if changes.touch("slug") {
                    take_slug(tx, &before, &after).await?;
                }
                let version = after.version;
                tx.tell(Stream::Organization(org), OrganizationEvent::Updated { org, version, changes });
                Ok(after)
            })
        });
        change.await
    }

    async fn policy(&self, actor: &Actor) -> Result<Organization, Error> {
        actor.require(Scope::OrganizationManage)?;
        self.find(actor.org).await
    }

    async fn preview_policy(&self, actor: &Actor, update: UpdatePolicy) -> Result<Lockout, Error> {
        actor.require(Scope::OrganizationManage)?;
        let now = self.database.env().now();
        let policy = self.find(actor.org).await?.policy.updated(update, now)?;
        self.lockout(actor.org, &policy).await
    }

    async fn update_policy(
        &self,
        actor: &Actor,
        update: UpdatePolicy,
        expected: Version,
    ) -> Result<Organization, Error> {
        actor.require(Scope::OrganizationManage)?;
        let (org, now) = (actor.org, self.database.env().now());
        let change = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::organizations::lock(tx, org).await?;
                before.expect(expected)?;
                let policy = before.policy.updated(update, now)?;
                let (after, changes) = before.with_policy(policy, now);
                if changes.is_empty() {
                    return Ok(before);
                }
                store::organizations::save(tx, &after).await?;
                store::organizations::bump_epoch(tx, org).await?;
                tx.evict(Eviction::Organization(org));
                let version = after.version;
                tx.tell(
                    Stream::Organization(org),
                    OrganizationEvent::PolicyUpdated { org, version, changes },
                );
                Ok(after)
            })
        });
        change.await
    }

    async fn request_deletion(&self, actor: &Actor, name: &str) -> Result<Organization, Error> {
        actor.require(Scope::OrganizationDelete)?;
        let now = self.database.env().now();
        actor.require_fresh(now)?;
        let (org, by, name) = (actor.org, actor.clone(), name.to_owned());
        let request = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::organizations::lock(tx, org).await?;
                Standing::of_actor(tx, &by, Scope::OrganizationDelete).await?;
                let (after, event) = before.closing(&name, now)?;
                store::organizations::save(tx, &after).await?;
                tx.tell(Stream::Organization(org), event);
                Ok(after)
            })
        });
        request.await
    }

    async fn cancel_deletion(&self, actor: &Actor) -> Result<Organization, Error> {
        actor.require(Scope::OrganizationDelete)?;
        let (org, by, now) = (actor.org, actor.clone(), self.database.env().now());
        let cancel = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = store::organizations::lock(tx, org).await?;
                Standing::of_actor(tx, &by, Scope::OrganizationDelete).await?;
                let (after, event) = before.staying(now)?;
                store::organizations::save(tx, &after).await?;
                tx.tell(Stream::Organization(org), event);
                Ok(after)
            })
        });
        cancel.await
    }

    async fn all(&self, actor: &Actor, page: &PageRequest) -> Result<Page<Organization>, Error> {
        if actor.who != Who::System {
            return Err(Denied::Unauthenticated.into());
        }
        Ok(store::every::all(self.database.reader(), page).await?)
    }

    async fn due_for_erasure(&self, limit: u64) -> Result<Vec<OrganizationId>, Error> {
        let now = self.database.env().now();
        Ok(store::organizations::due_for_erasure(self.database.reader(), now, limit).await?)
    }

    async fn erase(&self, actor: &Actor, org: OrganizationId) -> Result<bool, Error> {
        super::erasure::erase(&self.database, &self.ports, actor, org).await
    }
}

/// Keeps the old slug for this organization, and refuses the new one if another organization had it before. The
/// look comes after the write for the reason told at the founding.
async fn take_slug(tx: &Tx, before: &Organization, after: &Organization) -> Result<(), Error> {
    if store::organizations::slug_is_anothers(tx, after.id, &after.slug).await? {
        return Err(Error::SlugTaken);
    }
    Ok(store::organizations::retire_slug(tx, before, after).await?)
}

impl OrganizationService {
    async fn find(&self, org: OrganizationId) -> Result<Organization, Error> {
        let found = store::organizations::find(self.database.reader(), org).await?;
        found.ok_or(Error::NotFound)
    }

    /// Goes through all active members and asks who of them has no second factor.
    async fn lockout(&self, org: OrganizationId, policy: &SecurityPolicy) -> Result<Lockout, Error> {
        let reader = self.database.reader();
        let roles = store::roles::all(reader, org).await?;
        let (mut lockout, mut after) = (Lockout::default(), None);
        loop {
            let batch = store::members::active_after(reader, org, after, BATCH).await?;
            let Some(last) = batch.last() else {
                return Ok(lockout);
            };
            after = Some(last.user);
            self.add_locked_out(&mut lockout, org, policy, &batch, &roles).await?;
        }
    }

    async fn add_locked_out(
        &self,
        lockout: &mut Lockout,
        org: OrganizationId,
        policy: &SecurityPolicy,
        batch: &[Membership],
        roles: &[Role],
    ) -> Result<(), Error> {
        let now = self.database.env().now();
        let users: Vec<_> = batch.iter().map(|membership| membership.user).collect();
        let enrolled = self.ports.second_factors.enrolled(&users).await?;
        for membership in batch.iter().filter(|membership| !enrolled.contains(&membership.user)) {
            let rank = roles.iter().find(|role| role.id == membership.role).map(|role| role.rank);
            let from = rank.and_then(|rank| policy.locked_out_from(rank, membership.joined_at, now));
            let Some(from) = from else {
                continue;
            };
            lockout.total += 1;
            if lockout.members.len() >= NAMED {
                continue;
            }
            let member = store::staff::view(self.database.reader(), org, membership.user, roles).await?;
            lockout.members.extend(member.map(|member| LockedOut {
                user: member.user,
                full_name: member.full_name,
                email: member.email,
                role_name: member.role_name,
                from,
            }));
        }
        Ok(())
    }
}
