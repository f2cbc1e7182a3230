use async_trait::async_trait;
use chrono::NaiveDate;
use database::Tx;
use kernel::{
    Actor, Denied, InvoiceScheduleId, OrganizationId, Page, PageRequest, Scope, Stream, Version, Who,
};

use super::InvoiceService;
use crate::event::{ScheduleEvent, ScheduleHappening};
use crate::store::{self, catalogue::known};
use crate::words::must_be_at;
use crate::{
    CreateRecurring, Error, InvoiceSchedules, MadeInvoice, Making, Missed, RecurringFilter, RecurringInvoice,
    UpdateRecurring, WriteSchedule,
};

#[async_trait]
impl InvoiceSchedules for InvoiceService {
    async fn create_schedule(
        &self,
        actor: &Actor,
        command: CreateRecurring,
    ) -> Result<RecurringInvoice, Error> {
        permit(actor, command.making)?;
        let (org, me, env) = (actor.org, actor.user_id(), self.database.env().clone());
        let created = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let connection = tx.connection();
                let settings = store::settings::find(connection, org).await?;
                let customer = store::customers::find(connection, org, command.draft.customer).await?;
                let known = known(connection, org, &command.draft.document).await?;
                let now = env.now();
                let today = store::seller::find(connection, org).await?.today(now);
                let by = (env.id(), me);
                let schedule = command.parse(by, &settings, customer.as_ref(), &known, (today, now))?;
                store::recurring::insert(tx, org, &schedule).await?;
                let customer = schedule.draft.invoice.customer;
                tell(tx, org, &schedule, ScheduleHappening::Created { customer });
                Ok(schedule)
            })
        });
        created.await
    }

    async fn schedule(&self, actor: &Actor, id: InvoiceScheduleId) -> Result<RecurringInvoice, Error> {
        actor.require(Scope::InvoicesRead)?;
        self.find_schedule(actor.org, id).await
    }

    async fn schedules(
        &self,
        actor: &Actor,
        filter: &RecurringFilter,
        page: &PageRequest,
    ) -> Result<Page<RecurringInvoice>, Error> {
        actor.require(Scope::InvoicesRead)?;
        Ok(store::recurring::page(self.database.reader(), actor.org, filter, page).await?)
    }

    async fn update_schedule(
        &self,
        actor: &Actor,
        id: InvoiceScheduleId,
        expected: Version,
        command: UpdateRecurring,
    ) -> Result<RecurringInvoice, Error> {
        permit(actor, command.making.unwrap_or_default())?;
        let (org, actor_of, env) = (actor.org, actor.clone(), self.database.env().clone());
        let updated = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = lock_at(tx, org, id, expected).await?;
                permit(&actor_of, before.making)?;
                let now = env.now();
                let today = store::seller::find(tx.connection(), org).await?.today(now);
                let after = revised(tx, org, &before, command, (today, now)).await?;
                let changes = after.changes_since(&before);
                if changes.is_empty() {
                    return Ok(before);
                }
                store::recurring::save(tx, org, &after).await?;
                if after.draft.document != before.draft.document {
                    store::recurring::replace_lines(tx, org, &after).await?;
                }
                tell(tx, org, &after, ScheduleHappening::Updated { changes });
                Ok(after)
            })
        });
        updated.await
    }

    async fn pause_schedule(
        &self,
        actor: &Actor,
        id: InvoiceScheduleId,
        expected: Version,
    ) -> Result<RecurringInvoice, Error> {
        self.turn(actor, id, expected, Turn::Pause).await
    }

    async fn resume_schedule(
        &self,
        actor: &Actor,
        id: InvoiceScheduleId,
        expected: Version,
        missed: Option<Missed>,
    ) -> Result<RecurringInvoice, Error> {
        self.turn(actor, id, expected, Turn::Resume(missed)).await
    }

    async fn end_schedule(
        &self,
        actor: &Actor,
        id: InvoiceScheduleId,
        expected: Version,
    ) -> Result<RecurringInvoice, Error> {
        self.turn(actor, id, expected, Turn::End).await
    }

    async fn preview_schedule(
        &self,
        actor: &Actor,
        rhythm: WriteSchedule,
        most: usize,
    ) -> Result<Vec<NaiveDate>, Error> {
        actor.require(Scope::InvoicesWrite)?;
        let days = rhythm.parse()?.occurrences_between(None, NaiveDate::MAX);
        // Where the calendar ends, so does what can be said.
        Ok(days.take(most).map_while(Result::ok).map(|occurrence| occurrence.on).collect())
    }

    async fn made(
        &self,
        actor: &Actor,
        id: InvoiceScheduleId,
        page: &PageRequest,
    ) -> Result<Page<MadeInvoice>, Error> {
        actor.require(Scope::InvoicesRead)?;
        self.find_schedule(actor.org, id).await?;
        Ok(store::occurrences::page(self.database.reader(), actor.org, id, page).await?)
    }

    async fn make_due(&self, actor: &Actor) -> Result<u64, Error> {
        if actor.who != Who::System {
            return Err(Denied::Unauthenticated.into());
        }
        self.make_all_due().await
    }
}

/// What people do to a schedule.
#[derive(Clone, Copy)]
enum Turn {
    Pause,
    Resume(Option<Missed>),
    End,
}

impl InvoiceService {
    async fn turn(
        &self,
        actor: &Actor,
        id: InvoiceScheduleId,
        expected: Version,
        turn: Turn,
    ) -> Result<RecurringInvoice, Error> {
        actor.require(Scope::InvoicesWrite)?;
        let (org, actor_of, env) = (actor.org, actor.clone(), self.database.env().clone());
        let turned = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let before = lock_at(tx, org, id, expected).await?;
                let now = env.now();
                let (after, what) = match turn {
                    Turn::Pause => (before.pause(now)?, ScheduleHappening::Paused),
                    Turn::End => (before.end(now)?, ScheduleHappening::Ended),
                    Turn::Resume(missed) => {
                        permit(&actor_of, before.making)?;
                        let today = store::seller::find(tx.connection(), org).await?.today(now);
                        (before.resume(missed, today, now)?, ScheduleHappening::Resumed)
                    }
                };
                store::recurring::save(tx, org, &after).await?;
                tell(tx, org, &after, what);
                Ok(after)
            })
        });
        turned.await
    }

    pub(super) async fn find_schedule(
        &self,
        org: OrganizationId,
        id: InvoiceScheduleId,
    ) -> Result<RecurringInvoice, Error> {
        store::recurring::find(self.database.reader(), org, id).await?.ok_or(Error::NotFound)
    }
}

/// Whoever lets invoices be issued must be one who issues.
fn permit(actor: &Actor, making: Making) -> Result<(), Denied> {
    actor.require(Scope::InvoicesWrite)?;
    match making {
        Making::Draft => Ok(()),
        Making::Issue => actor.require(Scope::InvoicesIssue),
    }
}

async fn lock_at(
    tx: &Tx,
    org: OrganizationId,
    id: InvoiceScheduleId,
    expected: Version,
) -> Result<RecurringInvoice, Error> {
    let schedule = store::recurring::lock(tx, org, id).await?;
    must_be_at(schedule.version, expected)?;
    Ok(schedule)
}

/// One after an update.
async fn revised(
    tx: &Tx,
    org: OrganizationId,
    before: &RecurringInvoice,
    command: UpdateRecurring,
    at: (NaiveDate, kernel::Timestamp),
) -> Result<RecurringInvoice, Error> {
    let connection = tx.connection();
    let customer = match command.draft.customer {
        Some(id) => store::customers::find(connection, org, id).await?,
        None => None,
    };
    let known = match command.draft.document() {
        Some(document) => known(connection, org, &document).await?,
        None => crate::document::Known::default(),
    };
    command.of(before, customer.as_ref(), &known, at)
}

/// Tells what happened to a schedule.
pub(super) fn tell(tx: &Tx, org: OrganizationId, schedule: &RecurringInvoice, what: ScheduleHappening) {
    tx.tell(Stream::Organization(org), ScheduleEvent::of(schedule, what));
}
