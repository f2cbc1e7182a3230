use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, OrganizationId, Page, PageRequest, Scope, SystemRole, UserId, Version};

use super::change::{active, change, keep, present, tell_member, tell_role, touch};
use super::{Member, MemberAct, MemberFilter, MemberStatus, Members, UpdateMember};
use crate::standing::Standing;
use crate::{Error, OrganizationService, store};

#[async_trait]
impl Members for OrganizationService {
    async fn list(
        &self,
        actor: &Actor,
        filter: MemberFilter,
        page: &PageRequest,
    ) -> Result<Page<Member>, Error> {
        actor.require(Scope::MembersRead)?;
        let sought = filter.parse()?;
        let reader = self.database.reader();
        let roles = store::roles::all(reader, actor.org).await?;
        Ok(store::staff::list(reader, actor.org, &sought, page, &roles).await?)
    }

    async fn get(&self, actor: &Actor, user: UserId) -> Result<Member, Error> {
        actor.require(Scope::MembersRead)?;
        let reader = self.database.reader();
        let roles = store::roles::all(reader, actor.org).await?;
        let found = store::staff::view(reader, actor.org, user, &roles).await?;
        found.ok_or(Error::NotFound)
    }

    async fn update(
        &self,
        actor: &Actor,
        user: UserId,
        update: UpdateMember,
        expected: Version,
    ) -> Result<Member, Error> {
        actor.require(Scope::MembersManage)?;
        let (by, now) = (actor.clone(), self.database.env().now());
        let updating = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let touched = touch(tx, &by, user, expected).await?;
                change(tx, &by, &touched, update, now).await?;
                let member = store::staff::view(tx.connection(), by.org, user, &touched.roles).await?;
                member.ok_or(Error::NotFound)
            })
        });
        updating.await
    }

    async fn remove(&self, actor: &Actor, user: UserId, expected: Version) -> Result<(), Error> {
        actor.require(Scope::MembersManage)?;
        let (org, by, now) = (actor.org, actor.clone(), self.database.env().now());
        let removal = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let touched = touch(tx, &by, user, expected).await?;
                let after = touched.membership.with_status(MemberStatus::Left, now);
                keep(tx, org, &touched.membership, &after).await?;
                tell_member(tx, org, &after, MemberAct::Removed);
                Ok(())
            })
        });
        removal.await
    }

    async fn leave(&self, actor: &Actor) -> Result<(), Error> {
        let user = actor.require_person()?;
        actor.require_member()?;
        let (org, now) = (actor.org, self.database.env().now());
        let leaving = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::organizations::lock(tx, org).await?;
                let before = present(tx, org, user).await?;
                let after = before.with_status(MemberStatus::Left, now);
                keep(tx, org, &before, &after).await?;
                tell_member(tx, org, &after, MemberAct::Left);
                Ok(())
            })
        });
        leaving.await
    }

    async fn transfer_ownership(&self, actor: &Actor, to: UserId) -> Result<(), Error> {
        actor.require(Scope::OrganizationTransfer)?;
        let (org, from) = (actor.org, actor.require_person()?);
        let now = self.database.env().now();
        actor.require_fresh(now)?;
        let by = actor.clone();
        let transfer = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::organizations::lock(tx, org).await?;
                let standing = Standing::of_actor(tx, &by, Scope::OrganizationTransfer).await?;
                standing.may_give(SystemRole::Owner.rank())?;
                let (giver, taker) = (present(tx, org, from).await?, active(tx, org, to).await?);
                if taker.is_active_owner() {
                    return Err(Error::AlreadyOwner);
                }
                let taking = taker.with_role(SystemRole::Owner.id(), now);
                keep(tx, org, &taker, &taking).await?;
                let giving = giver.with_role(SystemRole::Admin.id(), now);
                keep(tx, org, &giver, &giving).await?;
                tell_member(tx, org, &giving, MemberAct::OwnershipTransferred { to });
                tell_role(tx, org, &giver, &giving);
                tell_role(tx, org, &taker, &taking);
                Ok(())
            })
        });
        transfer.await
    }

    async fn active_among(&self, org: OrganizationId, users: &[UserId]) -> Result<Vec<UserId>, Error> {
        Ok(store::members::active_among(self.database.reader(), org, users).await?)
    }

    async fn solely_owned(&self, tx: &Tx, user: UserId) -> Result<Vec<OrganizationId>, Error> {
        let owned = store::members::owned_by(tx, user).await?;
        store::organizations::lock_many(tx, &owned).await?;
        let mut sole = Vec::new();
        for org in owned {
            if store::members::count_other_owners(tx, org, user).await? == 0 {
                sole.push(org);
            }
        }
        Ok(sole)
    }

    async fn forget(&self, tx: &Tx, user: UserId) -> Result<(), Error> {
        let now = self.database.env().now();
        let orgs = store::members::present_in(tx, user).await?;
        store::organizations::lock_many(tx, &orgs).await?;
        for org in orgs {
            let before = present(tx, org, user).await?;
            let after = before.with_status(MemberStatus::Left, now);
            keep(tx, org, &before, &after).await?;
            tell_member(tx, org, &after, MemberAct::Left);
        }
        Ok(())
    }
}
