//! How a membership is changed: with the organization locked, by somebody whose rights were read after that.

use database::Tx;
use kernel::{
    Actor, Eviction, FieldFault, OrganizationId, RoleId, Scope, Stream, Timestamp, UserId, Version,
};

use super::{MemberAct, MemberEvent, MemberStatus, Membership, MembershipChanged, Presence, UpdateMember};
use crate::roles::Role;
use crate::standing::Standing;
use crate::{Error, store};

/// A membership that somebody else is about to change.
pub(super) struct Touched {
    pub(super) membership: Membership,
    by: Standing,
    pub(super) roles: Vec<Role>,
}

/// Locks the organization, then permits the actor to touch this member as everything stands now.
pub(super) async fn touch(tx: &Tx, actor: &Actor, user: UserId, expected: Version) -> Result<Touched, Error> {
    let org = actor.org;
    store::organizations::lock(tx, org).await?;
    let by = Standing::of_actor(tx, actor, Scope::MembersManage).await?;
    let membership = present(tx, org, user).await?;
    let roles = store::roles::all(tx.connection(), org).await?;
    by.outranks(find_role(&roles, membership.role)?.rank)?;
    membership.expect(expected)?;
    Ok(Touched { membership, by, roles })
}

/// Gives a member another role or status, and tells of each.
pub(super) async fn change(
    tx: &Tx,
    actor: &Actor,
    touched: &Touched,
    update: UpdateMember,
    now: Timestamp,
) -> Result<(), Error> {
    let before = &touched.membership;
    let mut after = before.clone();
    if let Some(role) = update.role.filter(|role| *role != before.role) {
        let role = find_role(&touched.roles, role)?;
        touched.by.may_give(role.rank)?;
        if role.demands_mfa() {
            actor.require_fresh(now)?;
        }
        after = after.with_role(role.id, now);
        tell_role(tx, actor.org, before, &after);
    }
    let status = update.status.map(Presence::status).filter(|status| *status != before.status);
    if let Some(status) = status {
        after = after.with_status(status, now);
        let act = match status {
            MemberStatus::Active => MemberAct::Reactivated,
            MemberStatus::Suspended | MemberStatus::Left => MemberAct::Suspended,
        };
        tell_member(tx, actor.org, &after, act);
    }
    if after == *before {
        return Ok(());
    }
    keep(tx, actor.org, before, &after).await
}

/// A member who has not left. The organization is locked.
pub(super) async fn present(tx: &Tx, org: OrganizationId, user: UserId) -> Result<Membership, Error> {
    let membership = store::members::find(tx.connection(), org, user).await?;
    let present = membership.filter(|membership| membership.status != MemberStatus::Left);
    present.ok_or(Error::NotFound)
}

/// A member who works. The organization is locked.
pub(super) async fn active(tx: &Tx, org: OrganizationId, user: UserId) -> Result<Membership, Error> {
    let membership = present(tx, org, user).await?;
    if membership.status == MemberStatus::Active {
        return Ok(membership);
    }
    Err(Error::NotFound)
}

fn find_role(roles: &[Role], role: RoleId) -> Result<&Role, Error> {
    let fault = || FieldFault::new("roleId", "unknown_role", "must be a role of this organization");
    let found = roles.iter().find(|known| known.id == role);
    found.ok_or_else(|| Error::from(fault()))
}

/// Writes a changed membership, unless it takes the last owner away. The organization is locked, so nobody else
/// takes away another one meanwhile.
pub(super) async fn keep(
    tx: &Tx,
    org: OrganizationId,
    before: &Membership,
    after: &Membership,
) -> Result<(), Error> {
    let loses_owner = before.is_active_owner() && !after.is_active_owner();
    if loses_owner && store::members::count_other_owners(tx, org, before.user).await? == 0 {
        return Err(Error::LastOwner);
    }
    store::members::save(tx, org, after).await?;
    tx.evict(Eviction::User(after.user));
    Ok(())
}

pub(super) fn tell_role(tx: &Tx, org: OrganizationId, before: &Membership, after: &Membership) {
    tell_member(tx, org, after, MemberAct::RoleChanged { from: before.role, to: after.role });
}

/// Tells those who see the members, and the person himself on his own stream.
pub(crate) fn tell_member(tx: &Tx, org: OrganizationId, membership: &Membership, act: MemberAct) {
    let (user, version) = (membership.user, membership.version);
    tx.tell(Stream::Organization(org), MemberEvent { org, user, version, act });
    tx.tell(Stream::User(user), MembershipChanged { org, user, act });
}
