use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, CreditNoteId, FieldFault, InvoiceId, OrganizationId, Page, PageRequest, Scope};

use super::issuing::{self, Kind};
use super::{InvoiceService, tell};
use crate::credit::{credit, rest_of};
use crate::store::{self, catalogue::known};
use crate::{
    CreditNote, Document, Error, FullCreditNote, FullInvoice, InvoiceCredits, InvoiceHappening, Party,
    Reason, Refusal, Sides, Sums, WriteCreditNote, WriteDiscount, WriteDocument, WriteDocumentLine,
};

#[async_trait]
impl InvoiceCredits for InvoiceService {
    async fn write_credit_note(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        command: WriteCreditNote,
    ) -> Result<FullCreditNote, Error> {
        actor.require(Scope::InvoicesIssue)?;
        let (org, me, env) = (actor.org, actor.user_id(), self.database.env().clone());
        let written = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let mut of = store::invoices::lock(tx, org, invoice).await?;
                let reason = Reason::parse("reason", &command.reason)?;
                let document = document(tx, org, &of, command.lines).await?;
                let sums = Sums::from(&document.totals);
                let (life, credited) = of.invoice.life.credit(sums.total)?;
                let (issue, seller) = issuing::next(tx, org, &env, Kind::CreditNote).await?;
                of.invoice.life = life;
                of.invoice.touched(issue.at);
                let (currency, id) = (of.invoice.currency, env.id());
                let (reduced, refundable) = (credited.reduced, credited.refundable);
                let note = CreditNote { id, invoice, issue, reason, currency, sums, reduced, refundable };
                let sides = Sides { seller: seller.party, buyer: buyer(&of) };
                let full = FullCreditNote { note, document, sides };
                store::credits::insert(tx, org, &full, me).await?;
                store::invoices::save(tx, org, &of).await?;
                let (note, status) = (full.note.clone(), of.invoice.life.status().name());
                tell(tx, org, &of.invoice, InvoiceHappening::Credited { note, status });
                Ok(full)
            })
        });
        written.await
    }

    async fn credit_note(&self, actor: &Actor, id: CreditNoteId) -> Result<FullCreditNote, Error> {
        actor.require(Scope::InvoicesRead)?;
        store::credits::find(self.database.reader(), actor.org, id).await?.ok_or(Error::NotFound)
    }

    async fn credit_notes(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        page: &PageRequest,
    ) -> Result<Page<CreditNote>, Error> {
        actor.require(Scope::InvoicesRead)?;
        self.find(actor.org, invoice).await?;
        Ok(store::credits::page(self.database.reader(), actor.org, invoice, page).await?)
    }
}

/// What a note takes back: these lines, or all that is left.
async fn document(
    tx: &Tx,
    org: OrganizationId,
    of: &FullInvoice,
    lines: Option<Vec<WriteDocumentLine>>,
) -> Result<Document, Error> {
    of.invoice.life.issued()?;
    let before = store::credits::taken(tx, org, of.invoice.id).await?;
    let Some(lines) = lines else {
        let rest = rest_of(of, &before)?;
        let nothing = rest.totals.total.is_zero();
        let uncredited = rest.totals.total;
        return if nothing { Err(Refusal::CreditTooLarge { uncredited }.into()) } else { Ok(rest) };
    };
    let write = WriteDocument { lines, discount: WriteDiscount::None };
    // What was sold is taken back at the rate it was sold at, whatever became of the rate.
    let known = known(tx.connection(), org, &write).await?.with_archived();
    let document = write.judge(of.invoice.currency, &known)?;
    if document.totals.total.is_zero() {
        return Err(FieldFault::new("lines", "out_of_range", "must come to more than nothing").into());
    }
    credit(of, &before, document)
}

/// The other side of the invoice: a note is written to whom the invoice was.
fn buyer(of: &FullInvoice) -> Party {
    let nameless = || Party {
        name: of.invoice.customer_name.clone(),
        tax_id: None,
        address: None,
        phone: None,
        email: None,
    };
    of.sides.as_ref().map_or_else(nameless, |sides| sides.buyer.clone())
}
