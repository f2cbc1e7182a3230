use async_trait::async_trait;
use chrono::NaiveDate;
use kernel::{Actor, InvoiceScheduleId, Page, PageRequest, Version};

use crate::{
    CreateRecurring, Error, MadeInvoice, Missed, RecurringFilter, RecurringInvoice, UpdateRecurring,
    WriteSchedule,
};

/// Invoices that are made again and again. Where they are issued by themselves, whoever says so needs `invoices:issue`.
#[async_trait]
pub trait InvoiceSchedules: Send + Sync {
    /// Lets an invoice recur.
    async fn create_schedule(
        &self,
        actor: &Actor,
        command: CreateRecurring,
    ) -> Result<RecurringInvoice, Error>;

    /// One that recurs.
    async fn schedule(&self, actor: &Actor, id: InvoiceScheduleId) -> Result<RecurringInvoice, Error>;

    /// All of them without their lines, the newest first.
    async fn schedules(
        &self,
        actor: &Actor,
        filter: &RecurringFilter,
        page: &PageRequest,
    ) -> Result<Page<RecurringInvoice>, Error>;

    /// Changes what will be made; an update that changes nothing leaves its version alone.
    async fn update_schedule(
        &self,
        actor: &Actor,
        id: InvoiceScheduleId,
        expected: Version,
        command: UpdateRecurring,
    ) -> Result<RecurringInvoice, Error>;

    /// Lets nothing be made until it is resumed.
    async fn pause_schedule(
        &self,
        actor: &Actor,
        id: InvoiceScheduleId,
        expected: Version,
    ) -> Result<RecurringInvoice, Error>;

    /// Goes on after a pause or a stop. Unless told, what fell into a pause is left out, and what it owes since it
    /// stopped is made.
    async fn resume_schedule(
        &self,
        actor: &Actor,
        id: InvoiceScheduleId,
        expected: Version,
        missed: Option<Missed>,
    ) -> Result<RecurringInvoice, Error>;

    /// Ends it for good.
    async fn end_schedule(
        &self,
        actor: &Actor,
        id: InvoiceScheduleId,
        expected: Version,
    ) -> Result<RecurringInvoice, Error>;

    /// The first days of a rhythm, at most so many; keeps nothing.
    async fn preview_schedule(
        &self,
        actor: &Actor,
        rhythm: WriteSchedule,
        most: usize,
    ) -> Result<Vec<NaiveDate>, Error>;

    /// What one made, the latest day first.
    async fn made(
        &self,
        actor: &Actor,
        id: InvoiceScheduleId,
        page: &PageRequest,
    ) -> Result<Page<MadeInvoice>, Error>;

    /// Makes what is due in all organizations, each by its own clock; says how many invoices. Bounded: the next run
    /// makes the rest.
    async fn make_due(&self, actor: &Actor) -> Result<u64, Error>;
}
