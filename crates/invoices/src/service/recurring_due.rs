//! Making the invoices that are due. A commit makes one: the invoice, maybe its number, the day that is done.

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta};
use database::Tx;
use kernel::{Actor, Env, InvoiceScheduleId, OrganizationId};

use super::recurring::tell;
use super::{InvoiceService, issuing};
use crate::event::ScheduleHappening;
use crate::store::{self, catalogue::known};
use crate::{Error, FullInvoice, InvoiceHappening, MadeBy, Making, Recurrence, RecurringInvoice, StopReason};

/// How many invoices one run makes of a schedule, and of all together. The next run makes the rest.
const MOST_OF_ONE: u64 = 50;
const MOST: u64 = 1_000;

/// How many schedules are looked at together.
const PAGE: u64 = 200;

/// No clock is more than this ahead of that of Greenwich.
const EARLIEST_ZONE: TimeDelta = TimeDelta::hours(14);

impl InvoiceService {
    /// Makes what is due of all organizations. One that fails holds up no other; the failure shows in the job.
    pub(super) async fn make_all_due(&self) -> Result<u64, Error> {
        let last_day = (self.database.env().now() + EARLIEST_ZONE).date_naive();
        let (mut made, mut fault, mut after) = (0, None, None);
        // One that has more to do than its share comes up again, on its next day.
        let mut had_its_share = HashSet::new();
        while made < MOST {
            let due = store::recurring::due(self.database.reader(), last_day, after, PAGE).await?;
            let Some((_, _, place)) = due.last() else { break };
            after = Some(*place);
            for (org, id, _) in due {
                if !had_its_share.insert((org, id)) {
                    continue;
                }
                match self.catch_up(org, id, MOST_OF_ONE.min(MOST.saturating_sub(made))).await {
                    Ok(more) => made += more,
                    Err(error) => fault = Some(error),
                }
            }
        }
        fault.map_or(Ok(made), Err)
    }

    async fn catch_up(&self, org: OrganizationId, id: InvoiceScheduleId, most: u64) -> Result<u64, Error> {
        for made in 0..most {
            if !self.make_next(org, id).await? {
                return Ok(made);
            }
        }
        Ok(most)
    }

    /// Makes the next one if it is due. What cannot be made stops the schedule.
    async fn make_next(&self, org: OrganizationId, id: InvoiceScheduleId) -> Result<bool, Error> {
        let seen = self.find_schedule(org, id).await?;
        let Recurrence::Active { next } = seen.state else { return Ok(false) };
        if next > self.today_of(org).await? {
            return Ok(false);
        }
        match self.make(org, seen.clone(), next).await {
            Ok(is_made) => Ok(is_made),
            Err(error) => self.stop(org, seen, StopReason::of(error)?).await,
        }
    }

    /// Makes the one of a day, unless something happened to the schedule meanwhile.
    async fn make(&self, org: OrganizationId, seen: RecurringInvoice, day: NaiveDate) -> Result<bool, Error> {
        let env = self.database.env().clone();
        let system = Actor::system(org);
        let making = self.database.commit(&system, move |tx| {
            Box::pin(async move {
                let schedule = store::recurring::lock(tx, org, seen.id).await?;
                if schedule.version != seen.version {
                    return Ok(false);
                }
                let made_by = MadeBy { schedule: seen.id, occurs_on: day };
                let full = made(tx, org, &schedule, made_by, &env).await?;
                let now = env.now();
                store::occurrences::insert(tx, org, made_by, full.invoice.id, now).await?;
                let after = schedule.made_on(day, now);
                store::recurring::save(tx, org, &after).await?;
                let (invoice, number) = (full.invoice.id, full.invoice.issue.map(|issue| issue.number));
                tell(tx, org, &after, ScheduleHappening::Recurred { occurs_on: day, invoice, number });
                tell_of_end(tx, org, &after).await?;
                Ok(true)
            })
        });
        making.await
    }

    async fn stop(
        &self,
        org: OrganizationId,
        seen: RecurringInvoice,
        reason: StopReason,
    ) -> Result<bool, Error> {
        let env = self.database.env().clone();
        let system = Actor::system(org);
        let stopping = self.database.commit(&system, move |tx| {
            Box::pin(async move {
                let schedule = store::recurring::lock(tx, org, seen.id).await?;
                if schedule.version != seen.version {
                    return Ok(false);
                }
                let after = schedule.stop(reason, env.now());
                store::recurring::save(tx, org, &after).await?;
                tell_of_end(tx, org, &after).await?;
                Ok(false)
            })
        });
        stopping.await
    }
}

/// The invoice of a schedule, judged by what there is now. A day that was missed is made today and, where it is issued,
/// issued today: numbers grow with the days.
async fn made(
    tx: &Tx,
    org: OrganizationId,
    schedule: &RecurringInvoice,
    by: MadeBy,
    env: &Env,
) -> Result<FullInvoice, Error> {
    let connection = tx.connection();
    let settings = store::settings::find(connection, org).await?;
    let command = schedule.next_draft();
    let customer = store::customers::find(connection, org, command.customer).await?;
    let known = known(connection, org, &command.document).await?;
    let draft = command.parse(env.id(), &settings, customer.as_ref(), &known, env.now())?;
    let draft = FullInvoice { made_by: Some(by), ..draft };
    store::invoices::insert(tx, org, &draft, schedule.created_by).await?;
    let drafted = InvoiceHappening::Drafted { customer: draft.invoice.customer };
    super::tell(tx, org, &draft.invoice, drafted);
    match (schedule.making, customer) {
        (Making::Issue, Some(customer)) => {
            let (issue, seller) = issuing::next(tx, org, env, issuing::Kind::Invoice).await?;
            let full = draft.issue(issue, &seller, &customer)?;
            store::invoices::save(tx, org, &full).await?;
            let issued = InvoiceHappening::Issued { invoice: full.invoice.clone() };
            super::tell(tx, org, &full.invoice, issued);
            Ok(full)
        }
        _ => Ok(draft),
    }
}

/// Says that a schedule ended or stopped by itself, if it did.
async fn tell_of_end(tx: &Tx, org: OrganizationId, after: &RecurringInvoice) -> Result<(), Error> {
    match after.state {
        Recurrence::Ended => tell(tx, org, after, ScheduleHappening::Ended),
        Recurrence::Stopped(reason) => {
            let people = store::leaders::and(tx.connection(), org, after.created_by).await?;
            tell(tx, org, after, ScheduleHappening::Stopped { reason, people });
        }
        Recurrence::Active { .. } | Recurrence::Paused => {}
    }
    Ok(())
}
