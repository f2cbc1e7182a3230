use async_trait::async_trait;
use kernel::{Actor, InvoiceId, Page, PageRequest, PaymentId, Scope};

use super::{InvoiceService, tell};
use crate::{Error, InvoiceHappening, InvoicePayments, Payment, PaymentKind, RecordPayment, store};

#[async_trait]
impl InvoicePayments for InvoiceService {
    async fn pay(&self, actor: &Actor, invoice: InvoiceId, command: RecordPayment) -> Result<Payment, Error> {
        actor.require(Scope::InvoicesWrite)?;
        self.record(actor, invoice, PaymentKind::Payment, command).await
    }

    async fn refund(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        command: RecordPayment,
    ) -> Result<Payment, Error> {
        actor.require(Scope::InvoicesWrite)?;
        self.record(actor, invoice, PaymentKind::Refund, command).await
    }

    async fn payment(&self, actor: &Actor, id: PaymentId) -> Result<Payment, Error> {
        actor.require(Scope::InvoicesRead)?;
        store::payments::find(self.database.reader(), actor.org, id).await?.ok_or(Error::NotFound)
    }

    async fn payments(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        page: &PageRequest,
    ) -> Result<Page<Payment>, Error> {
        actor.require(Scope::InvoicesRead)?;
        let of = self.find(actor.org, invoice).await?.invoice;
        Ok(store::payments::page(self.database.reader(), actor.org, (of.id, of.currency), page).await?)
    }
}

impl InvoiceService {
    /// Books money that moved, behind the lock of the invoice: whatever comes at once, nothing goes below zero.
    async fn record(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        kind: PaymentKind,
        command: RecordPayment,
    ) -> Result<Payment, Error> {
        let (org, me, env) = (actor.org, actor.user_id(), self.database.env().clone());
        let recorded = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let mut full = store::invoices::lock(tx, org, invoice).await?;
                let now = env.now();
                let today = store::seller::find(tx.connection(), org).await?.today(now);
                let (id, currency) = (env.id(), full.invoice.currency);
                let payment = command.parse((id, invoice, kind), currency, today, (me, now))?;
                full.invoice.life = match kind {
                    PaymentKind::Payment => full.invoice.life.pay(payment.amount)?,
                    PaymentKind::Refund => full.invoice.life.refund(payment.amount)?,
                };
                full.invoice.touched(now);
                store::payments::insert(tx, org, &payment).await?;
                store::invoices::save(tx, org, &full).await?;
                let status = full.invoice.life.status().name();
                tell(tx, org, &full.invoice, InvoiceHappening::Moved { payment: payment.clone(), status });
                Ok(payment)
            })
        });
        recorded.await
    }
}
