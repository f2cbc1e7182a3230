use async_trait::async_trait;
use database::Tx;
use kernel::{
    Actor, Env, InvoiceId, InvoiceSendingId, OrganizationId, Page, PageRequest, Scope, Secret, UserId,
};
use platform::Keyring;

use super::links::hash;
use super::{InvoiceService, tell};
use crate::sending::{Envelope, SendingLink};
use crate::{
    Delivery, Error, FullInvoice, InvoiceHappening, InvoiceLink, InvoiceSendings, PaperOf, Purpose,
    SendDocument, Sending, SendingState, store,
};

#[async_trait]
impl InvoiceSendings for InvoiceService {
    async fn send(&self, actor: &Actor, of: PaperOf, command: SendDocument) -> Result<Sending, Error> {
        actor.require(Scope::InvoicesIssue)?;
        let (org, me, post) = (actor.org, actor.user_id(), self.post_room());
        let invoice = self.invoice_of(org, of).await?;
        let sent = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let full = store::invoices::lock(tx, org, invoice).await?;
                post.send(tx, org, (of, &full), command, me).await
            })
        });
        sent.await
    }

    async fn sending(&self, actor: &Actor, id: InvoiceSendingId) -> Result<Sending, Error> {
        actor.require(Scope::InvoicesRead)?;
        store::sendings::find(self.database.reader(), actor.org, id).await?.ok_or(Error::NotFound)
    }

    async fn sendings(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        page: &PageRequest,
    ) -> Result<Page<Sending>, Error> {
        actor.require(Scope::InvoicesRead)?;
        self.find(actor.org, invoice).await?;
        Ok(store::sendings::page(self.database.reader(), actor.org, invoice, page).await?)
    }

    async fn deliver(&self, actor: &Actor, id: InvoiceSendingId) -> Result<Delivery, Error> {
        self.delivered(actor, id).await
    }
}

/// What it takes to send a document in a commit.
#[derive(Clone)]
pub(super) struct PostRoom {
    env: Env,
    keyring: Keyring,
}

impl InvoiceService {
    pub(super) fn post_room(&self) -> PostRoom {
        PostRoom { env: self.database.env().clone(), keyring: self.ports.keyring.clone() }
    }

    async fn invoice_of(&self, org: OrganizationId, of: PaperOf) -> Result<InvoiceId, Error> {
        match of {
            PaperOf::Invoice(id) => Ok(id),
            PaperOf::CreditNote(id) => {
                let note = store::credits::find(self.database.reader(), org, id).await?;
                Ok(note.ok_or(Error::NotFound)?.note.invoice)
            }
        }
    }
}

impl PostRoom {
    /// Sends a document of an invoice that was locked before in this transaction, or the invoice itself.
    pub(super) async fn send(
        &self,
        tx: &Tx,
        org: OrganizationId,
        (of, full): (PaperOf, &FullInvoice),
        command: SendDocument,
        by: Option<UserId>,
    ) -> Result<Sending, Error> {
        let envelope = envelope(tx, org, full, command).await?;
        full.invoice.life.issued()?;
        let mut sending = self.sending(full, (of, Purpose::Document), envelope, by);
        self.put_in(tx, org, full, &mut sending).await?;
        Ok(sending)
    }

    fn sending(
        &self,
        full: &FullInvoice,
        (of, purpose): (PaperOf, Purpose),
        envelope: Envelope,
        by: Option<UserId>,
    ) -> Sending {
        let Envelope { to, cc, subject, message } = envelope;
        Sending {
            id: self.env.id(),
            invoice: full.invoice.id,
            of,
            purpose,
            to,
            cc,
            subject,
            message,
            state: SendingState::Queued,
            error: None,
            created_by: by,
            created_at: self.env.now(),
            ended_at: None,
            link: None,
            rendition: None,
        }
    }

    /// Writes it down, with a link of its own where it is of the invoice itself.
    async fn put_in(
        &self,
        tx: &Tx,
        org: OrganizationId,
        full: &FullInvoice,
        sending: &mut Sending,
    ) -> Result<(), Error> {
        if matches!(sending.of, PaperOf::Invoice(_)) {
            let (id, nonce) = (self.env.id(), self.env.bytes::<32>().to_vec());
            let token = link_token(&self.keyring, sending.id, &nonce);
            let (invoice, created_at) = (sending.invoice, sending.created_at);
            let link = InvoiceLink { id, invoice, created_at, revoked_at: None };
            store::links::insert(tx, org, &link, hash(token.expose()), sending.created_by).await?;
            sending.link = Some(SendingLink { id, nonce });
        }
        store::sendings::insert(tx, org, sending).await?;
        let what = InvoiceHappening::SendingRequested { sending: Box::new(sending.clone()) };
        tell(tx, org, &full.invoice, what);
        Ok(())
    }
}

/// Whom a document of an invoice goes to: to its customer as he is today, unless told.
async fn envelope(
    tx: &Tx,
    org: OrganizationId,
    full: &FullInvoice,
    command: SendDocument,
) -> Result<Envelope, Error> {
    let customer = store::customers::find(tx.connection(), org, full.invoice.customer).await?;
    command.parse(customer.and_then(|customer| customer.email))
}

/// What the link of a sending holds: 256 bits that only whoever has the key works out again.
pub(super) fn link_token(keyring: &Keyring, sending: InvoiceSendingId, nonce: &[u8]) -> Secret {
    let mac = keyring.mac("mail", &[b"invoice_link", sending.uuid().as_bytes(), nonce]);
    Secret::new(hex::encode(mac))
}
