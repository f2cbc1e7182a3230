use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, EmailAddress, OrganizationId, Page, PageRequest, Scope, Secret, SuppressionId};

use super::{CampaignService, tell};
use crate::{
    Bounce, BounceOutcome, CampaignSuppressions, ContactEvent, Error, Reason, Recipient, Suppression,
    Written, store, token,
};

#[async_trait]
impl CampaignSuppressions for CampaignService {
    async fn suppressions(
        &self,
        actor: &Actor,
        reason: Option<Reason>,
        page: &PageRequest,
    ) -> Result<Page<Suppression>, Error> {
        actor.require(Scope::CampaignsRead)?;
        Ok(store::suppressions::page(self.database.reader(), actor.org, reason, page).await?)
    }

    async fn suppression(&self, actor: &Actor, id: SuppressionId) -> Result<Suppression, Error> {
        actor.require(Scope::CampaignsRead)?;
        store::suppressions::find(self.database.reader(), actor.org, id).await?.ok_or(Error::NotFound)
    }

    async fn suppress(&self, actor: &Actor, email: &str) -> Result<Written<Suppression>, Error> {
        actor.require(Scope::CampaignsWrite)?;
        let (org, env) = (actor.org, self.database.env());
        let email = EmailAddress::parse("email", email)?;
        let id = env.id();
        let new = Suppression { id, email, reason: Reason::Manual, campaign: None, created_at: env.now() };
        let work =
            self.database.commit(actor, move |tx| Box::pin(async move { written(tx, org, &new).await }));
        let (now, _) = work.await?;
        Ok(if now.id == id { Written::New(now) } else { Written::Known(now) })
    }

    async fn release(&self, actor: &Actor, id: SuppressionId) -> Result<(), Error> {
        actor.require(Scope::CampaignsWrite)?;
        let org = actor.org;
        let released = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::suppressions::find(tx.connection(), org, id).await?.ok_or(Error::NotFound)?;
                if !store::suppressions::remove(tx, org, id).await? {
                    return Err(Error::SuppressionStays);
                }
                tell(tx, org, ContactEvent::Released { suppression: id });
                Ok(())
            })
        });
        released.await
    }

    async fn note_bounces(&self, actor: &Actor, bounces: Vec<Bounce>) -> Result<Vec<BounceOutcome>, Error> {
        actor.require(Scope::CampaignsSend)?;
        self.take_bounces(actor, bounces).await
    }

    async fn unsubscribing_from(&self, token: &Secret) -> Result<Option<String>, Error> {
        let Some((org, _)) = self.behind(token).await? else { return Ok(None) };
        Ok(Some(store::campaigns::sender(self.database.reader(), org).await?.organization))
    }

    async fn unsubscribe(&self, actor: &Actor, token: &Secret) -> Result<Option<String>, Error> {
        let Some((org, recipient)) = self.behind(token).await? else { return Ok(None) };
        let env = self.database.env();
        let now = env.now();
        let new = Suppression {
            id: env.id(),
            email: recipient.email,
            reason: Reason::Unsubscribed,
            campaign: Some(recipient.campaign),
            created_at: now,
        };
        let work = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::recipients::unsubscribed(tx, org, recipient.id, now).await?;
                written(tx, org, &new).await
            })
        });
        work.await?;
        Ok(Some(store::campaigns::sender(self.database.reader(), org).await?.organization))
    }
}

impl CampaignService {
    /// Of whom a link speaks.
    async fn behind(&self, token: &Secret) -> Result<Option<(OrganizationId, Recipient)>, Error> {
        let Some(recipient) = token::read(&self.keyring, token) else { return Ok(None) };
        Ok(store::recipients::anywhere(self.database.reader(), recipient).await?)
    }
}

/// Writes a suppression, and tells it where something changed. Answers what stands there now.
pub(super) async fn written(
    tx: &Tx,
    org: OrganizationId,
    new: &Suppression,
) -> Result<(Suppression, bool), Error> {
    let (now, changed) = store::suppressions::add(tx, org, new).await?;
    if changed {
        let Suppression { id, reason, campaign, .. } = now;
        tell(tx, org, ContactEvent::Suppressed { suppression: id, reason, campaign });
    }
    Ok((now, changed))
}
