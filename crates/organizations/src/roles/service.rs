use std::cmp::Reverse;

use async_trait::async_trait;
use database::{Tx, keyset};
use kernel::{
    Actor, Eviction, Keyset, OrganizationId, Page, PageRequest, RoleId, Scope, Stream, SystemRole, Timestamp,
    Version,
};

use super::role::Role;
use super::{CreateRole, RoleAct, RoleEvent, RoleInUse, Roles, ScopeEntry, UpdateRole};
use crate::standing::Standing;
use crate::{Error, OrganizationService, store};

/// Enough for every organization chart, and few enough to be read in one piece.
const MOST: usize = 100;

#[async_trait]
impl Roles for OrganizationService {
    async fn list(&self, actor: &Actor, page: &PageRequest) -> Result<Page<RoleInUse>, Error> {
        actor.require(Scope::RolesRead)?;
        let mut roles = self.in_use(actor.org).await?;
        roles.sort_by(|a, b| place(&a.role).cmp(&place(&b.role)));
        if let Some(after) = &page.after {
            let (rank, name): (u8, String) = (keyset::value(after, 0)?, keyset::value(after, 1)?);
            roles.retain(|row| place(&row.role) > (Reverse(rank), &name));
        }
        Ok(Page::cut(roles, page.limit, |row| {
            Keyset(vec![row.role.rank.0.to_string(), row.role.name.clone()])
        }))
    }

    async fn get(&self, actor: &Actor, role: RoleId) -> Result<RoleInUse, Error> {
        actor.require(Scope::RolesRead)?;
        let roles = self.in_use(actor.org).await?;
        roles.into_iter().find(|row| row.role.id == role).ok_or(Error::NotFound)
    }

    async fn create(&self, actor: &Actor, create: CreateRole) -> Result<RoleInUse, Error> {
        actor.require(Scope::RolesManage)?;
        let draft = create.parse()?;
        let (org, by, env) = (actor.org, actor.clone(), self.database.env().clone());
        let creation = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let (standing, roles) = open(tx, &by).await?;
                if roles.len() >= MOST + SystemRole::ALL.len() {
                    return Err(Error::TooManyRoles);
                }
                let role = Role::create(env.id(), draft, &standing, env.now())?;
                refuse_namesake(&role, &roles)?;
                store::roles::insert(tx, org, std::slice::from_ref(&role)).await?;
                tell(tx, org, &role, RoleAct::Created { name: role.name.clone() });
                Ok(RoleInUse { role, members: 0 })
            })
        });
        creation.await
    }

    async fn update(
        &self,
        actor: &Actor,
        role: RoleId,
        update: UpdateRole,
        expected: Version,
    ) -> Result<RoleInUse, Error> {
        actor.require(Scope::RolesManage)?;
        let draft = update.parse()?;
        let (org, by, now) = (actor.org, actor.clone(), self.database.env().now());
        let change = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let (standing, roles) = open(tx, &by).await?;
                let before = find(&roles, role)?;
                let (after, changes) = before.updated(draft, &standing, now)?;
                expect(before, expected)?;
                refuse_namesake(&after, &roles)?;
                let members = store::members::count_with_role(tx, org, role).await?;
                if changes.is_empty() {
                    return Ok(RoleInUse { role: before.clone(), members });
                }
                store::roles::save(tx, org, &after).await?;
                if changes.touch("scopes") || changes.touch("rank") {
                    store::organizations::bump_epoch(tx, org).await?;
                    tx.evict(Eviction::Organization(org));
                }
                tell(tx, org, &after, RoleAct::Updated { changes });
                Ok(RoleInUse { role: after, members })
            })
        });
        change.await
    }

    async fn delete(&self, actor: &Actor, role: RoleId, expected: Version) -> Result<(), Error> {
        actor.require(Scope::RolesManage)?;
        let (org, by, now) = (actor.org, actor.clone(), self.database.env().now());
        let deletion = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let (standing, roles) = open(tx, &by).await?;
                let role = find(&roles, role)?;
                role.may_change(&standing)?;
                expect(role, expected)?;
                free(tx, org, role.id, now).await?;
                store::roles::delete(tx, org, role.id).await?;
                tell(tx, org, role, RoleAct::Deleted { name: role.name.clone() });
                Ok(())
            })
        });
        deletion.await
    }

    async fn name(&self, org: OrganizationId, role: RoleId) -> Result<Option<String>, Error> {
        let found = store::roles::find(self.database.reader(), org, role).await?;
        Ok(found.map(|role| role.name.to_string()))
    }

    async fn scopes(&self, actor: &Actor, page: &PageRequest) -> Result<Page<ScopeEntry>, Error> {
        actor.require(Scope::RolesRead)?;
        let after = page.after.as_ref().map(|after| keyset::value::<usize>(after, 0)).transpose()?;
        let rest = Scope::all().enumerate().skip(after.map_or(0, |last| last + 1));
        let page = Page::cut(rest.collect(), page.limit, |(place, _)| Keyset(vec![place.to_string()]));
        Ok(page.map(|(_, scope)| entry(scope)))
    }
}

impl OrganizationService {
    async fn in_use(&self, org: OrganizationId) -> Result<Vec<RoleInUse>, Error> {
        let reader = self.database.reader();
        let counts = store::members::count_by_role(reader, org).await?;
        let roles = store::roles::all(reader, org).await?;
        let with_count = |role: Role| {
            let members = counts.iter().find(|(id, _)| *id == role.id.uuid()).map_or(0, |(_, count)| *count);
            RoleInUse { role, members }
        };
        Ok(roles.into_iter().map(with_count).collect())
    }
}

/// Highest first, then by name, which stands once in an organization. Sorted here and not by the database, whose
/// collation may differ.
fn place(role: &Role) -> (Reverse<u8>, &String) {
    (Reverse(role.rank.0), &role.name)
}

fn entry(scope: Scope) -> ScopeEntry {
    let holds = |role: &SystemRole| role.scopes().contains(scope);
    ScopeEntry { scope, system_roles: SystemRole::ALL.into_iter().filter(holds).collect() }
}

/// Locks the organization; what the actor may do now, and all roles.
async fn open(tx: &Tx, actor: &Actor) -> Result<(Standing, Vec<Role>), Error> {
    store::organizations::lock(tx, actor.org).await?;
    let standing = Standing::of_actor(tx, actor, Scope::RolesManage).await?;
    Ok((standing, store::roles::all(tx.connection(), actor.org).await?))
}

fn find(roles: &[Role], role: RoleId) -> Result<&Role, Error> {
    roles.iter().find(|known| known.id == role).ok_or(Error::NotFound)
}

fn expect(role: &Role, version: Version) -> Result<(), Error> {
    if role.version == version {
        return Ok(());
    }
    Err(Error::Stale { current: role.version })
}

/// `admin` beside `Admin` would mislead: the unique index sees two names, people see one.
fn refuse_namesake(role: &Role, roles: &[Role]) -> Result<(), Error> {
    if roles.iter().any(|other| role.is_named_like(other)) {
        return Err(Error::RoleNameTaken);
    }
    Ok(())
}

/// Refuses if somebody has the role or is offered it. Whoever left, and invitations that are over, must not keep
/// it alive: they lose it; what they had stands in the log.
async fn free(tx: &Tx, org: OrganizationId, role: RoleId, now: Timestamp) -> Result<(), Error> {
    let had = store::members::count_with_role(tx, org, role).await?;
    let offered = store::invitations::count_open_with_role(tx, org, role, now).await?;
    if had + offered > 0 {
        return Err(Error::RoleInUse);
    }
    store::members::demote_former(tx, org, role, SystemRole::Guest.id()).await?;
    store::invitations::delete_with_role(tx, org, role).await?;
    Ok(())
}

fn tell(tx: &Tx, org: OrganizationId, role: &Role, act: RoleAct) {
    let (version, role) = (role.version, role.id);
    tx.tell(Stream::Organization(org), RoleEvent { org, role, version, act });
}
