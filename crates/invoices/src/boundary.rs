//! What can be done around an invoice. [`Invoices`](crate::Invoices) extends all of these.

mod schedules;

use async_trait::async_trait;
use kernel::{
    Actor, CatalogueItemId, CreditNoteId, Currency, CustomerId, InvoiceId, InvoiceLinkId, InvoiceSendingId,
    Page, PageRequest, PaymentId, Secret, TaxRateId, Version,
};

pub use schedules::InvoiceSchedules;

use crate::{
    Ageing, CatalogueItem, ClaimPayment, CreateCustomer, CreateItem, CreateTaxRate, CreditNote, CsvStream,
    Customer, CustomerFilter, Delivery, Error, FullCreditNote, Happened, InvoiceFilter, InvoiceLink,
    InvoiceSettings, InvoiceSort, ItemFilter, NewInvoiceLink, Paper, PaperOf, Payment, PaymentClaim,
    Printing, PublicInvoice, RecordPayment, SendDocument, Sending, Statement, StatementDays, TaxRate,
    UpdateCustomer, UpdateInvoiceSettings, UpdateItem, UpdateTaxRate, Wanted, WriteCreditNote,
};

/// Whom invoices are written to. Customers are archived, never deleted.
#[async_trait]
pub trait InvoiceCustomers: Send + Sync {
    /// Makes a customer.
    async fn create_customer(&self, actor: &Actor, command: CreateCustomer) -> Result<Customer, Error>;

    /// A customer.
    async fn customer(&self, actor: &Actor, id: CustomerId) -> Result<Customer, Error>;

    /// Customers by name.
    async fn customers(
        &self,
        actor: &Actor,
        filter: &CustomerFilter,
        page: &PageRequest,
    ) -> Result<Page<Customer>, Error>;

    /// Changes one, archives it, or brings it back.
    async fn update_customer(
        &self,
        actor: &Actor,
        id: CustomerId,
        expected: Version,
        command: UpdateCustomer,
    ) -> Result<Customer, Error>;
}

/// What is sold, how it is taxed, and how documents are called. Tax rates and settings need `invoices:manage`.
#[async_trait]
pub trait InvoiceCatalogue: Send + Sync {
    /// Makes an item.
    async fn create_item(&self, actor: &Actor, command: CreateItem) -> Result<CatalogueItem, Error>;

    /// An item.
    async fn item(&self, actor: &Actor, id: CatalogueItemId) -> Result<CatalogueItem, Error>;

    /// Items by name.
    async fn items(
        &self,
        actor: &Actor,
        filter: &ItemFilter,
        page: &PageRequest,
    ) -> Result<Page<CatalogueItem>, Error>;

    /// Changes one, archives it, or brings it back.
    async fn update_item(
        &self,
        actor: &Actor,
        id: CatalogueItemId,
        expected: Version,
        command: UpdateItem,
    ) -> Result<CatalogueItem, Error>;

    /// Makes a tax rate.
    async fn create_tax_rate(&self, actor: &Actor, command: CreateTaxRate) -> Result<TaxRate, Error>;

    /// A tax rate.
    async fn tax_rate(&self, actor: &Actor, id: TaxRateId) -> Result<TaxRate, Error>;

    /// Tax rates by name.
    async fn tax_rates(&self, actor: &Actor, page: &PageRequest) -> Result<Page<TaxRate>, Error>;

    /// Names one anew, archives it, or brings it back.
    async fn update_tax_rate(
        &self,
        actor: &Actor,
        id: TaxRateId,
        expected: Version,
        command: UpdateTaxRate,
    ) -> Result<TaxRate, Error>;

    /// How the organization writes invoices.
    async fn settings(&self, actor: &Actor) -> Result<InvoiceSettings, Error>;

    /// Changes that for documents to come.
    async fn update_settings(
        &self,
        actor: &Actor,
        expected: Version,
        command: UpdateInvoiceSettings,
    ) -> Result<InvoiceSettings, Error>;
}

/// Money that moved for an invoice, both ways.
#[async_trait]
pub trait InvoicePayments: Send + Sync {
    /// Writes down a payment: at most what is due.
    async fn pay(&self, actor: &Actor, invoice: InvoiceId, command: RecordPayment) -> Result<Payment, Error>;

    /// Writes down that money was paid back: at most what credit notes left over.
    async fn refund(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        command: RecordPayment,
    ) -> Result<Payment, Error>;

    /// One of them.
    async fn payment(&self, actor: &Actor, id: PaymentId) -> Result<Payment, Error>;

    /// All of them, the oldest first.
    async fn payments(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        page: &PageRequest,
    ) -> Result<Page<Payment>, Error>;
}

/// What takes back a part of an invoice, or all of it.
#[async_trait]
pub trait InvoiceCredits: Send + Sync {
    /// Issues a credit note under the next number of its series: at most what is not yet credited.
    async fn write_credit_note(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        command: WriteCreditNote,
    ) -> Result<FullCreditNote, Error>;

    /// A credit note.
    async fn credit_note(&self, actor: &Actor, id: CreditNoteId) -> Result<FullCreditNote, Error>;

    /// Those of an invoice, the oldest first.
    async fn credit_notes(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        page: &PageRequest,
    ) -> Result<Page<CreditNote>, Error>;
}

/// Invoices in bulk and in numbers.
#[async_trait]
pub trait InvoiceReports: Send + Sync {
    /// The invoices as CSV, a thousand at a time, safe for spreadsheets.
    fn export(&self, actor: &Actor, filter: InvoiceFilter, sort: InvoiceSort) -> Result<CsvStream, Error>;

    /// What happened to an invoice and to what belongs to it, the newest first.
    async fn activity(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        page: &PageRequest,
    ) -> Result<Page<Happened>, Error>;

    /// What each customer owes, by how long ago it should have been paid.
    async fn ageing(&self, actor: &Actor, page: &PageRequest) -> Result<Page<Ageing>, Error>;

    /// What happened with a customer in a currency, the organization's unless told; without void invoices.
    async fn statement(
        &self,
        actor: &Actor,
        customer: CustomerId,
        days: StatementDays,
        currency: Option<Currency>,
    ) -> Result<Statement, Error>;
}

/// Links that show an issued invoice to whoever has them.
#[async_trait]
pub trait InvoiceLinks: Send + Sync {
    /// Makes a link; what it holds is shown this once.
    async fn create_link(&self, actor: &Actor, invoice: InvoiceId) -> Result<NewInvoiceLink, Error>;

    /// The links of an invoice, the oldest first, revoked ones too.
    async fn links(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        page: &PageRequest,
    ) -> Result<Page<InvoiceLink>, Error>;

    /// Revokes one.
    async fn revoke_link(&self, actor: &Actor, invoice: InvoiceId, id: InvoiceLinkId) -> Result<(), Error>;

    /// What somebody with a link sees, whoever he is.
    async fn open_link(&self, token: &Secret) -> Result<PublicInvoice, Error>;
}

/// The papers of issued documents. The first one handed out is the original, later ones are marked as copies.
#[async_trait]
pub trait InvoicePapers: Send + Sync {
    /// Prints an issued document as original and copy, and keeps both; what is there is not printed again. Finishes the
    /// job that acts, if it printed something.
    async fn print(&self, actor: &Actor, of: PaperOf) -> Result<Printing, Error>;

    /// The paper for whoever reads invoices.
    async fn paper(&self, actor: &Actor, of: PaperOf, wanted: Wanted) -> Result<Paper, Error>;

    /// The invoice's paper for somebody with a link, whoever he is.
    async fn public_paper(&self, actor: &Actor, token: &Secret) -> Result<Paper, Error>;
}

/// Documents mailed to customers.
#[async_trait]
pub trait InvoiceSendings: Send + Sync {
    /// Sends an issued document, with a link to it if it is an invoice: a job brings it on its way.
    async fn send(&self, actor: &Actor, of: PaperOf, command: SendDocument) -> Result<Sending, Error>;

    /// How far one is.
    async fn sending(&self, actor: &Actor, id: InvoiceSendingId) -> Result<Sending, Error>;

    /// Those of an invoice and of its credit notes, the newest first.
    async fn sendings(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        page: &PageRequest,
    ) -> Result<Page<Sending>, Error>;

    /// Brings one on its way; finishes the job that acts when it ends. For jobs.
    async fn deliver(&self, actor: &Actor, id: InvoiceSendingId) -> Result<Delivery, Error>;
}

/// What customers say that they paid. It books nothing.
#[async_trait]
pub trait InvoiceClaims: Send + Sync {
    /// Somebody with a link says that he paid, whoever he is: the seller is told, once for each day.
    async fn claim_payment(&self, actor: &Actor, token: &Secret, command: ClaimPayment) -> Result<(), Error>;

    /// What was said of an invoice, the newest first.
    async fn payment_claims(
        &self,
        actor: &Actor,
        invoice: InvoiceId,
        page: &PageRequest,
    ) -> Result<Page<PaymentClaim>, Error>;
}
