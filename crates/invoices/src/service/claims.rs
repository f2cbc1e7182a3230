use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, InvoiceId, Page, PageRequest, Scope, Secret};

use super::{InvoiceService, tell};
use crate::{ClaimPayment, Error, InvoiceClaims, InvoiceHappening, PaymentClaim, store};

#[async_trait]
impl InvoiceClaims for InvoiceService {
    async fn claim_payment(&self, actor: &Actor, token: &Secret, command: ClaimPayment) -> Result<(), Error> {
        let found = self.opened(token).await?;
        let (org, link, env) = (found.org, found.link, self.database.env().clone());
        // Whoever comes with a link is nobody here, whatever he is elsewhere.
        let visitor = Actor { org, ..Actor::anonymous(actor.request().cloned().unwrap_or_default()) };
        let claimed = self.database.commit(&visitor, move |tx: &Tx| {
            Box::pin(async move {
                let full = store::invoices::lock(tx, org, link.invoice).await?;
                let now = env.now();
                let today = store::seller::find(tx.connection(), org).await?.today(now);
                let of = (env.id(), link.invoice, link.id);
                let claim = command.parse(of, full.invoice.currency, (today, now))?;
                let due = full.invoice.life.issued()?.due();
                // Of what is paid there is nothing to say, and what was said today is known.
                if due.is_zero() || !store::claims::insert(tx, org, &claim).await? {
                    return Ok(());
                }
                let readers = store::people::concerned(tx.connection(), org, link.invoice).await?;
                let what = InvoiceHappening::PaymentClaimed { claim: Box::new(claim), readers };
                tell(tx, org, &full.invoice, what);
                Ok(())
            })
        });
        claimed.await
    }

    async fn payment_claims(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        page: &PageRequest,
    ) -> Result<Page<PaymentClaim>, Error> {
        actor.require(Scope::InvoicesRead)?;
        let of = self.find(actor.org, invoice).await?.invoice;
        Ok(store::claims::page(self.database.reader(), actor.org, (of.id, of.currency), page).await?)
    }
}
