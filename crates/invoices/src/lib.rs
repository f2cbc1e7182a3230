#![doc = include_str!("../README.md")]

mod activity;
mod allocation;
mod balance;
mod boundary;
mod catalogue;
mod claim;
mod credit;
mod customer;
mod discount;
mod document;
mod due;
mod error;
mod event;
mod export;
mod invoice;
mod life;
mod line;
mod link;
mod list;
mod money;
mod number;
mod paper;
mod payment;
mod ports;
mod quantity;
mod rate;
mod recurring;
mod refusal;
mod report;
mod schedule;
mod sending;
mod service;
mod settings;
mod store;
mod tax;
mod tax_rate;
mod totals;
mod words;

use std::sync::Arc;

use async_trait::async_trait;
use database::{Database, Tx};
use kernel::{Actor, InvoiceId, OrganizationId, Page, PageRequest, Version};

pub use activity::Happened;
pub use balance::{Balance, Credited};
pub use boundary::{
    InvoiceCatalogue, InvoiceClaims, InvoiceCredits, InvoiceCustomers, InvoiceLinks, InvoicePapers,
    InvoicePayments, InvoiceReports, InvoiceSchedules, InvoiceSendings,
};
pub use catalogue::{CatalogueItem, CreateItem, ItemFilter, UpdateItem};
pub use claim::{ClaimPayment, PaymentClaim};
pub use credit::{CreditNote, FullCreditNote, WriteCreditNote};
pub use customer::{CreateCustomer, Customer, CustomerFilter, Party, Sides, UpdateCustomer};
pub use discount::{Discount, WriteDiscount};
pub use document::{Document, DocumentLine, WriteDocument, WriteDocumentLine};
pub use due::{DueDays, bikram_sambat, day_in};
pub use error::Error;
pub use event::{InvoiceEvent, InvoiceHappening, Record, RecordEvent, ScheduleEvent, ScheduleHappening};
pub use export::CsvStream;
pub use invoice::{DraftInvoice, FullInvoice, Invoice, Issue, Sums, UpdateDraft, Voided};
pub use life::{Life, Reason, Status};
pub use line::{Description, Line, Lines, WriteLine};
pub use link::{InvoiceLink, NewInvoiceLink, PublicInvoice};
pub use list::{Direction, InvoiceFilter, InvoiceSort, InvoiceSortKey};
pub use money::Amount;
pub use number::{DocumentNumber, RunningNumber, Series};
pub use paper::{Design, Look, Paper, PaperOf, Printed, Printing, Rendition, Sheet, Wanted};
pub use payment::{Method, Payment, PaymentKind, RecordPayment};
pub use ports::{Brought, Cabinet, Ports, Post, Press};
pub use quantity::Quantity;
pub use rate::BasisPoints;
pub use recurring::{
    CreateRecurring, MadeBy, MadeInvoice, Making, Missed, Recurrence, RecurrenceStatus, RecurringFilter,
    RecurringInvoice, StopReason, UpdateRecurring, UpdateRhythm,
};
pub use refusal::Refusal;
pub use report::{Ageing, Entry, EntryKind, Owed, Statement, StatementDays};
pub use schedule::{Every, Occurrence, Occurrences, Schedule, ScheduleEnd, SchedulePeriod, WriteSchedule};
pub use sending::{Delivery, Handed, Parcel, Purpose, SendDocument, Sending, SendingLink, SendingState};
pub use settings::{InvoiceSettings, UpdateInvoiceSettings};
pub use tax::TaxClass;
pub use tax_rate::{CreateTaxRate, TaxRate, UpdateTaxRate};
pub use totals::{LineTotals, TaxTotal, Totals};
pub use words::Standing;

/// Invoices: drafted, issued, made void. What else can be done with them stands in the traits it extends.
#[async_trait]
pub trait Invoices:
    InvoiceCustomers
    + InvoiceCatalogue
    + InvoicePayments
    + InvoiceCredits
    + InvoiceReports
    + InvoiceLinks
    + InvoicePapers
    + InvoiceSchedules
    + InvoiceSendings
    + InvoiceClaims
    + Send
    + Sync
{
    /// Writes a draft.
    async fn draft(&self, actor: &Actor, command: DraftInvoice) -> Result<FullInvoice, Error>;

    /// What lines would come to, as they are typed; keeps nothing.
    async fn preview(
        &self,
        actor: &Actor,
        currency: &str,
        document: WriteDocument,
    ) -> Result<Document, Error>;

    /// An invoice.
    async fn get(&self, actor: &Actor, id: InvoiceId) -> Result<FullInvoice, Error>;

    /// Invoices without their lines.
    async fn list(
        &self,
        actor: &Actor,
        filter: &InvoiceFilter,
        sort: InvoiceSort,
        page: &PageRequest,
    ) -> Result<Page<Invoice>, Error>;

    /// Which day it is for the actor's organization: what is overdue depends on it.
    async fn today(&self, actor: &Actor) -> Result<chrono::NaiveDate, Error>;

    /// Changes a draft; an update that changes nothing leaves its version alone.
    async fn update(
        &self,
        actor: &Actor,
        id: InvoiceId,
        expected: Version,
        command: UpdateDraft,
    ) -> Result<FullInvoice, Error>;

    /// Deletes a draft.
    async fn delete(&self, actor: &Actor, id: InvoiceId, expected: Version) -> Result<(), Error>;

    /// Issues a draft under the next number of its series and fiscal year: from then on it never changes.
    async fn issue(&self, actor: &Actor, id: InvoiceId, expected: Version) -> Result<FullInvoice, Error>;

    /// Makes an issued invoice void that has neither payments nor credit notes. It keeps its number.
    async fn void(
        &self,
        actor: &Actor,
        id: InvoiceId,
        expected: Version,
        reason: &str,
    ) -> Result<FullInvoice, Error>;

    /// Gives a new organization its settings and tax rates, in the commit that founds it. Harmless when it has them.
    async fn prepare(&self, tx: &Tx, org: OrganizationId) -> Result<(), Error>;

    /// Erases what an organization has here, at most `limit` invoices of it; says whether all is gone.
    async fn erase(&self, tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, Error>;
}

/// The service, with who prints documents, keeps what was printed and brings it to people.
pub fn service(database: Database, ports: Ports) -> Arc<dyn Invoices> {
    Arc::new(service::InvoiceService { database, ports })
}
