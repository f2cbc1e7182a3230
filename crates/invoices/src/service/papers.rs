use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, Denied, InvoiceId, OrganizationId, Scope, Secret, Who};

use super::{InvoiceService, tell};
use crate::paper::{KeptPaper, Revision};
use crate::ports::Brought;
use crate::{
    Error, FullInvoice, Invoice, InvoiceHappening, InvoicePapers, Look, Paper, PaperOf, Printed, Printing,
    Rendition, Sheet, Wanted, store,
};

#[async_trait]
impl InvoicePapers for InvoiceService {
    async fn print(&self, actor: &Actor, of: PaperOf) -> Result<Printing, Error> {
        if actor.who != Who::System {
            return Err(Denied::Unauthenticated.into());
        }
        self.print_missing(actor, of, Then::End).await
    }

    async fn paper(&self, actor: &Actor, of: PaperOf, wanted: Wanted) -> Result<Paper, Error> {
        actor.require(Scope::InvoicesRead)?;
        let (_, invoice) = self.printed(actor.org, of).await?;
        self.hand_out(actor, of, &invoice, wanted).await
    }

    async fn public_paper(&self, actor: &Actor, token: &Secret) -> Result<Paper, Error> {
        let link = self.opened(token).await?;
        let invoice = self.find(link.org, link.link.invoice).await?.invoice;
        // Whoever comes with a link is nobody here, whatever he is elsewhere.
        let request = actor.request().cloned().unwrap_or_default();
        let visitor = Actor { org: link.org, ..Actor::anonymous(request) };
        self.hand_out(&visitor, PaperOf::Invoice(invoice.id), &invoice, Wanted::Next).await
    }
}

/// What the job that acts does once its papers are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    End,
    GoOn,
}

impl InvoiceService {
    /// Prints what is not there of a document as it is now.
    pub(super) async fn print_missing(
        &self,
        actor: &Actor,
        of: PaperOf,
        then: Then,
    ) -> Result<Printing, Error> {
        let (printed, invoice) = self.printed(actor.org, of).await?;
        let revision = revision_of(of, &invoice)?;
        let kept = store::papers::find(self.database.reader(), actor.org, (of, revision)).await?;
        let missing =
            revision.renditions().iter().filter(|it| kept.iter().all(|kept| kept.rendition != **it));
        let missing: Vec<_> = missing.copied().collect();
        if missing.is_empty() {
            return Ok(Printing::Before);
        }
        let look = self.look(actor.org).await?;
        let mut brought = Vec::with_capacity(missing.len());
        for rendition in missing {
            brought.push((rendition, self.brought(actor.org, &printed, rendition, &look).await?));
        }
        self.keep(actor, (of, revision), invoice, brought, then).await?;
        Ok(Printing::Done)
    }

    /// The document with the invoice that it is of or is.
    pub(super) async fn printed(
        &self,
        org: OrganizationId,
        of: PaperOf,
    ) -> Result<(Printed, Invoice), Error> {
        match of {
            PaperOf::Invoice(id) => {
                let full: FullInvoice = self.find(org, id).await?;
                let invoice = full.invoice.clone();
                Ok((Printed::Invoice(Box::new(full)), invoice))
            }
            PaperOf::CreditNote(id) => {
                let note = store::credits::find(self.database.reader(), org, id).await?;
                let note = note.ok_or(Error::NotFound)?;
                let invoice = self.find(org, note.note.invoice).await?.invoice;
                let issue = invoice.issue.clone().ok_or(Error::DocumentNotReady)?;
                let of = (issue.number, issue.on);
                Ok((Printed::CreditNote { note: Box::new(note), of }, invoice))
            }
        }
    }

    async fn look(&self, org: OrganizationId) -> Result<Look, Error> {
        let reader = self.database.reader();
        let settings = store::settings::find(reader, org).await?;
        let (locale, accent) = store::seller::manner(reader, org).await?;
        let (design, payment_details) = (settings.design, settings.payment_details);
        Ok(Look { design, locale, accent, payment_details })
    }

    /// Prints a document and brings it in.
    async fn brought(
        &self,
        org: OrganizationId,
        printed: &Printed,
        rendition: Rendition,
        look: &Look,
    ) -> Result<Box<dyn Brought>, Error> {
        let sheet = Sheet { printed: printed.clone(), rendition, look: look.clone() };
        let pdf = self.ports.press.print(sheet).await?;
        Ok(self.ports.cabinet.bring(org, printed.file_name(rendition), pdf).await?)
    }

    /// Writes down what was brought, behind the lock of the invoice: of two that printed the same, one is kept, and the
    /// bytes of the other, to which nothing points, are swept.
    async fn keep(
        &self,
        actor: &Actor,
        of: (PaperOf, Revision),
        invoice: Invoice,
        brought: Vec<(Rendition, Box<dyn Brought>)>,
        then: Then,
    ) -> Result<(), Error> {
        let (org, now) = (actor.org, self.database.env().now());
        let keeping = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::invoices::lock(tx, org, invoice.id).await?;
                let there = store::papers::find(tx.connection(), org, of).await?;
                for (rendition, paper) in brought {
                    if there.iter().any(|kept| kept.rendition == rendition) {
                        continue;
                    }
                    let kept = KeptPaper { rendition, file: paper.file(), taken_at: None };
                    paper.keep(tx, invoice.id).await?;
                    store::papers::insert(tx, org, of, invoice.id, &kept, now).await?;
                }
                tell(tx, org, &invoice, InvoiceHappening::Printed { of: of.0 });
                if then == Then::End {
                    tx.finish_job();
                }
                Ok::<_, Error>(())
            })
        });
        keeping.await
    }

    /// The paper that is due to whoever asks; notes that the original left.
    pub(super) async fn hand_out(
        &self,
        actor: &Actor,
        of: PaperOf,
        invoice: &Invoice,
        wanted: Wanted,
    ) -> Result<Paper, Error> {
        let (org, revision) = (actor.org, revision_of(of, invoice)?);
        let kept = store::papers::find(self.database.reader(), org, (of, revision)).await?;
        let one = |rendition| kept.iter().find(move |kept| kept.rendition == rendition);
        let copy = one(Rendition::Copy).ok_or(Error::DocumentNotReady)?.file;
        let original = one(Rendition::Original).filter(|paper| paper.taken_at.is_none());
        if let (Some(original), Wanted::Next) = (original, wanted) {
            self.ports.cabinet.check(org, original.file).await?;
            if self.take_original(actor, (of, revision), invoice.id).await? {
                return Ok(Paper { org, file: original.file, rendition: Rendition::Original });
            }
        }
        Ok(Paper { org, file: copy, rendition: Rendition::Copy })
    }

    /// Notes that the original leaves, behind the lock of the invoice: of what became void meanwhile there is none.
    async fn take_original(
        &self,
        actor: &Actor,
        of: (PaperOf, Revision),
        invoice: InvoiceId,
    ) -> Result<bool, Error> {
        let (org, now) = (actor.org, self.database.env().now());
        let taking = self.database.commit(actor, move |tx: &Tx| {
            Box::pin(async move {
                let invoice = store::invoices::lock(tx, org, invoice).await?.invoice;
                if revision_of(of.0, &invoice)? != of.1 {
                    return Err(Error::DocumentNotReady);
                }
                let is_ours = store::papers::take_original(tx, org, of, now).await?;
                if is_ours {
                    tell(tx, org, &invoice, InvoiceHappening::OriginalTaken { of: of.0 });
                }
                Ok::<_, Error>(is_ours)
            })
        });
        taking.await
    }
}

/// A credit note is issued once for all; of an invoice it depends on its life.
fn revision_of(of: PaperOf, invoice: &Invoice) -> Result<Revision, Error> {
    match of {
        PaperOf::Invoice(_) => Revision::of(invoice),
        PaperOf::CreditNote(_) => Ok(Revision::ISSUED),
    }
}
