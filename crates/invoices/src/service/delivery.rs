use database::Tx;
use kernel::{Actor, Denied, InvoiceSendingId, OrganizationId, Who};

use super::papers::Then;
use super::sendings::link_token;
use super::{InvoiceService, tell};
use crate::paper::Revision;
use crate::{
    Delivery, Error, Handed, Invoice, InvoiceHappening, Life, Paper, PaperOf, Parcel, Printed, Purpose,
    Rendition, Sending, SendingState, store,
};

/// How one comes to its end.
enum End {
    Sent,
    Failed(String),
    Cancelled(&'static str),
}

impl InvoiceService {
    /// One try. A sending that was found in its middle after a crash is handed over again, as the same message with the
    /// same paper: receivers recognize the second copy.
    pub(super) async fn delivered(&self, actor: &Actor, id: InvoiceSendingId) -> Result<Delivery, Error> {
        if actor.who != Who::System {
            return Err(Denied::Unauthenticated.into());
        }
        let org = actor.org;
        let Some(sending) = self.open(org, id).await? else { return Ok(Delivery::Over) };
        let (document, invoice) = self.printed(org, sending.of).await?;
        if let Some(why) = over(&sending, &invoice) {
            return self.end(actor, sending, invoice, End::Cancelled(why)).await;
        }
        self.print_missing(actor, sending.of, Then::GoOn).await?;
        let Some((sending, rendition)) = self.chosen(actor, sending, &invoice).await? else {
            return Ok(Delivery::Wait(std::time::Duration::from_secs(1)));
        };
        let parcel = self.parcel(org, sending.clone(), document, rendition).await?;
        match self.ports.post.post(actor, parcel).await? {
            Handed::Taken => self.end(actor, sending, invoice, End::Sent).await,
            Handed::Refused(why) => self.end(actor, sending, invoice, End::Failed(why)).await,
            Handed::Later(why) => match sending.again(self.database.env().now()) {
                Some(pause) => Ok(Delivery::Wait(pause)),
                None => self.end(actor, sending, invoice, End::Failed(why)).await,
            },
        }
    }

    /// A sending that has not ended.
    async fn open(&self, org: OrganizationId, id: InvoiceSendingId) -> Result<Option<Sending>, Error> {
        let found = store::sendings::find(self.database.reader(), org, id).await?;
        Ok(found.filter(|sending| sending.state == SendingState::Queued))
    }

    /// The sending with the paper that goes with it: the original if nobody has it yet. It is noted behind the lock of
    /// the invoice, so that another try takes the same one. None if the invoice became void meanwhile, or another try
    /// ended it.
    async fn chosen(
        &self,
        actor: &Actor,
        sending: Sending,
        invoice: &Invoice,
    ) -> Result<Option<(Sending, Rendition)>, Error> {
        if let Some(rendition) = sending.rendition {
            return Ok(Some((sending, rendition)));
        }
        self.original_is_there(actor.org, sending.of).await?;
        let (org, id, invoice, now) = (actor.org, sending.id, invoice.id, self.database.env().now());
        let chosen = self.database.commit(actor, move |tx: &Tx| {
            Box::pin(async move {
                let full = store::invoices::lock(tx, org, invoice).await?;
                let found = store::sendings::find(tx.connection(), org, id).await?;
                let found = found.filter(|sending| sending.state == SendingState::Queued);
                let Some(sending) = found.filter(|it| over(it, &full.invoice).is_none()) else {
                    return Ok(None);
                };
                if let Some(rendition) = sending.rendition {
                    return Ok(Some((sending, rendition)));
                }
                let is_ours =
                    store::papers::take_original(tx, org, (sending.of, Revision::ISSUED), now).await?;
                let rendition = if is_ours { Rendition::Original } else { Rendition::Copy };
                if is_ours {
                    tell(tx, org, &full.invoice, InvoiceHappening::OriginalTaken { of: sending.of });
                }
                store::sendings::choose(tx, org, id, rendition).await?;
                Ok::<_, Error>(Some((Sending { rendition: Some(rendition), ..sending }, rendition)))
            })
        });
        chosen.await
    }

    /// Fails while the bytes of the original cannot be read: it is not noted as handed out then.
    async fn original_is_there(&self, org: OrganizationId, of: PaperOf) -> Result<(), Error> {
        let kept = store::papers::find(self.database.reader(), org, (of, Revision::ISSUED)).await?;
        for paper in kept.iter().filter(|paper| paper.rendition == Rendition::Original) {
            self.ports.cabinet.check(org, paper.file).await?;
        }
        Ok(())
    }

    async fn parcel(
        &self,
        org: OrganizationId,
        sending: Sending,
        document: Printed,
        rendition: Rendition,
    ) -> Result<Parcel, Error> {
        let reader = self.database.reader();
        let kept = store::papers::find(reader, org, (sending.of, Revision::ISSUED)).await?;
        let paper = kept.iter().find(|paper| paper.rendition == rendition).ok_or(Error::DocumentNotReady)?;
        let link = match &sending.link {
            Some(link) if store::links::is_open(reader, org, link.id).await? => {
                Some(link_token(&self.ports.keyring, sending.id, &link.nonce))
            }
            _ => None,
        };
        Ok(Parcel {
            paper: Paper { org, file: paper.file, rendition },
            file_name: document.file_name(rendition),
            link,
            locale: store::seller::manner(reader, org).await?.0,
            today: self.today_of(org).await?,
            sending,
            document,
        })
    }

    /// Only the first end of one counts.
    async fn end(
        &self,
        actor: &Actor,
        sending: Sending,
        invoice: Invoice,
        end: End,
    ) -> Result<Delivery, Error> {
        let (org, now) = (actor.org, self.database.env().now());
        let ended = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let (state, error) = match &end {
                    End::Sent => (SendingState::Sent, None),
                    End::Failed(why) => (SendingState::Failed, Some(why.as_str())),
                    End::Cancelled(why) => (SendingState::Cancelled, Some(*why)),
                };
                if store::sendings::end(tx, org, sending.id, state, error, now).await? {
                    let what = happening(tx, org, sending, end).await?;
                    tell(tx, org, &invoice, what);
                }
                tx.finish_job();
                Ok::<_, Error>(Delivery::Ended)
            })
        });
        ended.await
    }
}

async fn happening(
    tx: &Tx,
    org: OrganizationId,
    sending: Sending,
    end: End,
) -> Result<InvoiceHappening, Error> {
    let error = match end {
        End::Sent => return Ok(InvoiceHappening::Sent { sending: Box::new(sending) }),
        End::Cancelled(_) => return Ok(InvoiceHappening::SendingCancelled { sending: Box::new(sending) }),
        End::Failed(error) => error,
    };
    failure(tx, org, sending, error).await
}

/// Of a failure whoever sent it is told, or else those whom the invoice concerns.
pub(super) async fn failure(
    tx: &Tx,
    org: OrganizationId,
    sending: Sending,
    error: String,
) -> Result<InvoiceHappening, Error> {
    let readers = match sending.created_by {
        Some(sender) => vec![sender],
        None => store::people::concerned(tx.connection(), org, sending.invoice).await?,
    };
    Ok(InvoiceHappening::SendingFailed { sending: Box::new(sending), error, readers })
}

/// Why one is not sent any more.
fn over(sending: &Sending, invoice: &Invoice) -> Option<&'static str> {
    let is_due = invoice.balance().is_some_and(|balance| !balance.due().is_zero());
    match sending.purpose {
        _ if invoice.life == Life::Void => Some("the invoice is void"),
        Purpose::Reminder { .. } if !is_due => Some("nothing is due any more"),
        _ => None,
    }
}
