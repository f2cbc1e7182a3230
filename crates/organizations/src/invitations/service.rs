use std::sync::Arc;

use async_trait::async_trait;
use database::{StoreError, Tx};
use kernel::{Actor, InvitationId, OrganizationId, Page, PageRequest, Scope, Secret, Timestamp};

use super::accept::{Knock, admit};
use super::offer::Offer;
use super::send::{Batch, tell};
use super::token::InvitationToken;
use super::{
    AcceptInvitation, Accepted, CreateInvitation, Invitation, InvitationAct, InvitationFilter,
    InvitationLetter, InvitationPreview, InvitationRow, Invitations, Sent,
};
use crate::roles::Role;
use crate::standing::Standing;
use crate::{Error, OrganizationService, store};

#[async_trait]
impl Invitations for OrganizationService {
    async fn create(
        &self,
        actor: &Actor,
        invitations: Vec<CreateInvitation>,
    ) -> Result<Vec<InvitationRow>, Error> {
        actor.require(Scope::MembersInvite)?;
        let batch = Batch::parse(invitations)?;
        let (service, by) = (self.clone(), actor.clone());
        let creation = self
            .database
            .commit(actor, move |tx| Box::pin(async move { service.send(tx, &by, &batch).await }));
        creation.await
    }

    async fn list(
        &self,
        actor: &Actor,
        filter: InvitationFilter,
        page: &PageRequest,
    ) -> Result<Page<Invitation>, Error> {
        actor.require(Scope::MembersInvite)?;
        let (reader, now) = (self.database.reader(), self.database.env().now());
        let roles = store::roles::all(reader, actor.org).await?;
        let offers = store::invitations::list(reader, actor.org, filter, page, now).await?;
        let inviters = offers.rows.iter().map(|offer| offer.inviter).collect::<Vec<_>>();
        let names = store::invitations::names_of(reader, &inviters).await?;
        let shown = offers.rows.iter().map(|offer| {
            let name = names.get(&offer.inviter).cloned().unwrap_or_default();
            shown(offer, &roles, name, now)
        });
        Ok(Page { rows: shown.collect::<Result<_, _>>()?, next: offers.next, total: offers.total })
    }

    async fn resend(&self, actor: &Actor, invitation: InvitationId) -> Result<Invitation, Error> {
        actor.require(Scope::MembersInvite)?;
        let (service, by) = (self.clone(), actor.clone());
        let resending = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let offer = touch(tx, &by, invitation).await?;
                match service.send_again(tx, &by, &offer).await? {
                    Sent::New(invitation) | Sent::Again(invitation) => Ok(invitation),
                }
            })
        });
        resending.await
    }

    async fn revoke(&self, actor: &Actor, invitation: InvitationId) -> Result<(), Error> {
        actor.require(Scope::MembersInvite)?;
        let (org, by, now) = (actor.org, actor.clone(), self.database.env().now());
        let revocation = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let offer = touch(tx, &by, invitation).await?.revoked(now);
                store::invitations::save(tx, org, &offer).await?;
                tell(tx, org, &offer, InvitationAct::Revoked);
                Ok(())
            })
        });
        revocation.await
    }

    async fn preview(&self, token: &Secret) -> Result<InvitationPreview, Error> {
        let (org, offer) = self.opened(token).await?;
        offer.expect_open(self.database.env().now())?;
        let (organization_name, inviter_name, role_name) = self.names(org, &offer).await?;
        Ok(InvitationPreview { organization_name, inviter_name, role_name })
    }

    async fn accept(&self, actor: &Actor, accept: AcceptInvitation) -> Result<Accepted, Error> {
        let (org, offer) = self.opened(&accept.token).await?;
        self.expect_usable(org, &offer).await?;
        let joiner = self.joiner(actor, org, &offer, accept).await?;
        let now = self.database.env().now();
        let knock = Knock { org, invitation: offer.id, token_hash: offer.token_hash, joiner, now };
        let accounts = Arc::clone(&self.ports.accounts);
        let admission = self
            .database
            .commit(actor, move |tx| Box::pin(async move { admit(tx, accounts.as_ref(), knock).await }));
        admission.await
    }

    async fn letter(&self, invitation: InvitationId) -> Result<Option<InvitationLetter>, Error> {
        let (reader, now) = (self.database.reader(), self.database.env().now());
        let found = store::invitations::find_anywhere(reader, invitation).await?;
        let Some((org, offer)) = found.filter(|(_, offer)| offer.expect_open(now).is_ok()) else {
            return Ok(None);
        };
        let token = InvitationToken::mint(&self.keyring, offer.id, &offer.nonce);
        if token.hash() != offer.token_hash {
            return Err(StoreError::corrupt("invitations.token_hash", "made with another secret key").into());
        }
        let settings = store::settings::find(reader, org).await?.ok_or(Error::NotFound)?;
        let own = store::invitations::locale_of(reader, &offer.email).await?;
        let (organization_name, inviter_name, role_name) = self.names(org, &offer).await?;
        Ok(Some(InvitationLetter {
            organization: org,
            to: offer.email,
            locale: own.unwrap_or(settings.locale),
            organization_name,
            inviter_name,
            role_name,
            expires_at: offer.expires_at,
            token: token.text(),
        }))
    }
}

impl OrganizationService {
    /// Of the organization, the inviter and the role.
    async fn names(&self, org: OrganizationId, offer: &Offer) -> Result<(String, String, String), Error> {
        let reader = self.database.reader();
        let organization = store::organizations::find(reader, org).await?.ok_or(Error::NotFound)?;
        let role = store::roles::find(reader, org, offer.role).await?.ok_or(Error::InvitationOver)?;
        let inviter = store::invitations::name_of(reader, offer.inviter).await?;
        Ok((organization.name.as_str().to_owned(), inviter, role.name))
    }
}

/// Locks the organization, then permits the actor to touch this invitation as everything stands now.
async fn touch(tx: &Tx, actor: &Actor, invitation: InvitationId) -> Result<Offer, Error> {
    let org = actor.org;
    store::organizations::lock(tx, org).await?;
    let by = Standing::of_actor(tx, actor, Scope::MembersInvite).await?;
    let offer = store::invitations::find(tx.connection(), org, invitation).await?.ok_or(Error::NotFound)?;
    let role = store::roles::find(tx.connection(), org, offer.role).await?.ok_or(Error::NotFound)?;
    by.may_give(role.rank)?;
    offer.expect_unclosed()?;
    Ok(offer)
}

/// An invitation as members see it.
pub(super) fn shown(
    offer: &Offer,
    roles: &[Role],
    inviter_name: String,
    now: Timestamp,
) -> Result<Invitation, StoreError> {
    let role = roles.iter().find(|role| role.id == offer.role);
    let role = role.ok_or_else(|| StoreError::corrupt("invitations.role_id", "no such role"))?;
    Ok(Invitation {
        id: offer.id,
        email: offer.email.clone(),
        role: offer.role,
        role_name: role.name.clone(),
        inviter: offer.inviter,
        inviter_name,
        state: offer.state(now),
        sent_at: offer.sent_at,
        expires_at: offer.expires_at,
        closed_at: offer.closed_at,
        created_at: offer.created_at,
    })
}
