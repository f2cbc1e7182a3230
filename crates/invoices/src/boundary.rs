//! What can be done around an invoice. [`Invoices`](crate::Invoices) extends all of these.

use async_trait::async_trait;
use kernel::{
    Actor, CatalogueItemId, CreditNoteId, CustomerId, InvoiceId, Page, PageRequest, PaymentId, TaxRateId,
    Version,
};

use crate::{
    CatalogueItem, CreateCustomer, CreateItem, CreateTaxRate, CreditNote, Customer, CustomerFilter, Error,
    FullCreditNote, InvoiceSettings, ItemFilter, Payment, RecordPayment, TaxRate, UpdateCustomer,
    UpdateInvoiceSettings, UpdateItem, UpdateTaxRate, WriteCreditNote,
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
    async fn payment(&self, actor: &Actor, invoice: InvoiceId, id: PaymentId) -> Result<Payment, Error>;

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
