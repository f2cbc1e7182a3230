use async_trait::async_trait;
use kernel::{Actor, InvoiceId, InvoiceLinkId, OrganizationId, Page, PageRequest, Scope, Secret};
use sha2::{Digest, Sha256};

use super::{InvoiceService, tell};
use crate::{
    Error, FullInvoice, InvoiceHappening, InvoiceLink, InvoiceLinks, NewInvoiceLink, PublicInvoice, store,
};

#[async_trait]
impl InvoiceLinks for InvoiceService {
    async fn create_link(&self, actor: &Actor, invoice: InvoiceId) -> Result<NewInvoiceLink, Error> {
        actor.require(Scope::InvoicesIssue)?;
        let (org, me, env) = (actor.org, actor.user_id(), self.database.env().clone());
        let text = hex::encode(env.bytes::<32>());
        let hash = hash(&text);
        let created = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let full = store::invoices::lock(tx, org, invoice).await?;
                full.invoice.life.issued()?;
                let link = InvoiceLink { id: env.id(), invoice, created_at: env.now(), revoked_at: None };
                store::links::insert(tx, org, &link, hash, me).await?;
                tell(tx, org, &full.invoice, InvoiceHappening::LinkCreated { link: link.id });
                Ok::<_, Error>(link)
            })
        });
        Ok(NewInvoiceLink { link: created.await?, token: Secret::new(text) })
    }

    async fn links(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        page: &PageRequest,
    ) -> Result<Page<InvoiceLink>, Error> {
        actor.require(Scope::InvoicesRead)?;
        self.find(actor.org, invoice).await?;
        Ok(store::links::page(self.database.reader(), actor.org, invoice, page).await?)
    }

    async fn revoke_link(&self, actor: &Actor, invoice: InvoiceId, id: InvoiceLinkId) -> Result<(), Error> {
        actor.require(Scope::InvoicesIssue)?;
        let (org, now) = (actor.org, self.database.env().now());
        let revoked = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let full = store::invoices::lock(tx, org, invoice).await?;
                if !store::links::revoke(tx, org, invoice, id, now).await? {
                    return Err(Error::NotFound);
                }
                tell(tx, org, &full.invoice, InvoiceHappening::LinkRevoked { link: id });
                Ok(())
            })
        });
        revoked.await
    }

    async fn open_link(&self, token: &Secret) -> Result<PublicInvoice, Error> {
        let Opened { org, link } = self.opened(token).await?;
        let invoice: FullInvoice = self.find(org, link.invoice).await?;
        Ok(PublicInvoice { invoice, today: self.today_of(org).await? })
    }
}

/// A link that leads somewhere.
pub(super) struct Opened {
    pub(super) org: OrganizationId,
    pub(super) link: InvoiceLink,
}

impl InvoiceService {
    /// Whose link it is, unless it was revoked.
    pub(super) async fn opened(&self, token: &Secret) -> Result<Opened, Error> {
        let found = store::links::open(self.database.reader(), hash(token.expose())).await?;
        let (org, link) = found.ok_or(Error::NotFound)?;
        if link.revoked_at.is_some() {
            return Err(Error::LinkRevoked);
        }
        Ok(Opened { org, link })
    }
}

/// What is kept of a token; as it holds 256 bits that nobody foresees, no slower hash is needed.
pub(super) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
