//! Invoices that schedules make.

use std::sync::Arc;

use chrono::TimeDelta;
use database::Tx;
use database::entities::{invoice_occurrence, invoice_schedule};
use invoices::{
    Error, Making, Recurrence, ScheduleEnd, SchedulePeriod, Standing, Status, StopReason, UpdateTaxRate,
    WriteSchedule,
};
use kernel::{Actor, Denied, OrganizationId, PageRequest};
use sea_orm::{ActiveValue::Set, EntityTrait, PaginatorTrait};

use crate::recurring::{archive, day, install, make, monthly, now, of_tea, pass, recurring};
use crate::support::{World, run};

const TODAY: &str = "2026-01-15";

fn daily(end: ScheduleEnd) -> WriteSchedule {
    WriteSchedule { period: SchedulePeriod::Day, end, ..monthly(day(TODAY)) }
}

#[tokio::test]
async fn sixteen_runs_at_once_make_each_occurrence_once() {
    run(async |world| {
        install(&world).await;
        let schedules = [
            recurring(&world, monthly(day(TODAY)), Making::Issue).await.id,
            recurring(&world, daily(ScheduleEnd::Never), Making::Issue).await.id,
            recurring(&world, daily(ScheduleEnd::Never), Making::Draft).await.id,
        ];
        world.database.env().advance(TimeDelta::days(4));
        let world = Arc::new(world);
        let runs = (0..16).map(|_| {
            let world = Arc::clone(&world);
            tokio::spawn(async move { make(&world).await })
        });
        let mut made = 0;
        for run in runs.collect::<Vec<_>>() {
            made += run.await.expect("ran");
        }
        assert_eq!(made, 1 + 5 + 5);
        let count = invoice_occurrence::Entity::find().count(world.database.reader()).await.expect("counted");
        assert_eq!(count, 11);
        let mut numbers = Vec::new();
        for id in schedules {
            let page = PageRequest::default();
            let rows = world.invoices.made(&world.acme.asha, id, &page).await.expect("listed").rows;
            let issued = rows.iter().filter_map(|row| row.invoice.as_ref()?.issue.as_ref());
            numbers.extend(issued.map(|issue| issue.number.running.get()));
        }
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6], "no gaps");
    })
    .await;
}

#[tokio::test]
async fn what_was_missed_is_made_in_order_and_issued_today() {
    run(async |world| {
        install(&world).await;
        let schedule = recurring(&world, daily(ScheduleEnd::Never), Making::Issue).await;
        assert_eq!(pass(&world, 59).await, 50, "a run has an end");
        assert_eq!((make(&world).await, make(&world).await), (10, 0));
        let rows = crate::support::all_pages(7, async |page| {
            world.invoices.made(&world.acme.asha, schedule.id, &page).await.expect("listed")
        });
        let rows = rows.await;
        assert_eq!(rows.len(), 60);
        assert!(rows.is_sorted_by(|a, b| a.occurs_on > b.occurs_on), "the latest day first");
        let issues: Vec<_> =
            rows.iter().rev().map(|row| row.invoice.clone().expect("there").issue.expect("issued")).collect();
        let numbers: Vec<_> = issues.iter().map(|issue| issue.number.running.get()).collect();
        assert_eq!(numbers, (1..=60).collect::<Vec<_>>());
        let today = world.invoices.today(&world.acme.asha).await.expect("a day");
        assert!(issues.iter().all(|issue| issue.on == today), "numbers grow with the days");
        assert_eq!(now(&world, schedule.id).await.made, 60);
    })
    .await;
}

#[tokio::test]
async fn a_day_begins_by_the_clock_of_the_organization() {
    run(async |world| {
        install(&world).await;
        recurring(&world, monthly(day("2026-01-16")), Making::Draft).await;
        // 2026-01-15T18:14:59Z, a second before midnight in Kathmandu.
        world.database.env().advance(TimeDelta::seconds((9 * 60 + 15) * 60 - 1));
        assert_eq!(make(&world).await, 0);
        world.database.env().advance(TimeDelta::seconds(1));
        assert_eq!(make(&world).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_made_says_by_whom_and_is_not_made_again_when_deleted() {
    run(async |world| {
        install(&world).await;
        let schedule = recurring(&world, monthly(day(TODAY)), Making::Draft).await;
        assert_eq!(make(&world).await, 1);
        let page = PageRequest::default();
        let made = world.invoices.made(&world.acme.asha, schedule.id, &page).await.expect("listed").rows;
        let invoice = made[0].invoice.clone().expect("there");
        let full = world.invoices.get(&world.acme.asha, invoice.id).await.expect("seen");
        assert_eq!(full.invoice.life.status(), Status::Draft);
        let by = full.made_by.expect("a schedule");
        assert_eq!((by.schedule, by.occurs_on), (schedule.id, day(TODAY)));
        assert_eq!(full.document, schedule.draft.document);
        world.invoices.delete(&world.acme.asha, invoice.id, invoice.version).await.expect("deleted");
        assert_eq!(make(&world).await, 0);
        let made = world.invoices.made(&world.acme.asha, schedule.id, &page).await.expect("listed").rows;
        assert_eq!((made.len(), made[0].invoice.as_ref()), (1, None));
    })
    .await;
}

#[tokio::test]
async fn a_schedule_ends_after_its_last_day_or_its_last_invoice() {
    run(async |world| {
        install(&world).await;
        let ends = [ScheduleEnd::After(2), ScheduleEnd::On(day("2026-01-16"))];
        let mut ids = Vec::new();
        for end in ends {
            ids.push(recurring(&world, daily(end), Making::Draft).await.id);
        }
        assert_eq!(pass(&world, 10).await, 4);
        for id in ids {
            assert_eq!(now(&world, id).await.state, Recurrence::Ended);
        }
        let told = world.told(world.acme.id).await;
        assert_eq!(told.iter().filter(|event| event.r#type == "invoices.schedule_ended").count(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_schedule_stops_when_its_customer_is_archived_and_makes_up_for_it_afterwards() {
    run(async |world| {
        install(&world).await;
        let schedule = recurring(&world, daily(ScheduleEnd::Never), Making::Issue).await;
        archive(&world, Standing::Archived).await;
        assert_eq!(pass(&world, 1).await, 0);
        let stopped = now(&world, schedule.id).await;
        assert_eq!(stopped.state, Recurrence::Stopped(StopReason::CustomerArchived));
        assert_eq!(pass(&world, 1).await, 0);
        let told = world.told(world.acme.id).await;
        let told: Vec<_> = told.iter().filter(|event| event.r#type == "invoices.schedule_stopped").collect();
        assert_eq!(told.len(), 1);
        let owner = world.acme.owner.user_id().expect("a person").to_string();
        assert!(told[0].data.contains(&owner) && told[0].data.contains("customer_archived"));
        archive(&world, Standing::Active).await;
        let again = world.invoices.resume_schedule(&world.acme.owner, schedule.id, stopped.version, None);
        again.await.expect("resumed");
        assert_eq!(make(&world).await, 3, "what it owes since it stopped");
    })
    .await;
}

#[tokio::test]
async fn a_schedule_stops_when_its_tax_rate_is_archived_and_holds_up_no_other() {
    run(async |world| {
        install(&world).await;
        let owner = &world.acme.owner;
        let first = recurring(&world, monthly(day(TODAY)), Making::Issue).await;
        let mut untaxed = of_tea(&world, monthly(day(TODAY)), Making::Issue);
        untaxed.draft.document.lines[0].tax_rate = None;
        world.invoices.create_schedule(owner, untaxed).await.expect("recurs");
        let rate = kernel::TaxRateId::first(1);
        let version = world.invoices.tax_rate(owner, rate).await.expect("there").version;
        let gone = UpdateTaxRate { name: None, standing: Some(Standing::Archived) };
        world.invoices.update_tax_rate(owner, rate, version, gone).await.expect("archived");
        assert_eq!(make(&world).await, 1);
        let stopped = now(&world, first.id).await;
        assert_eq!(stopped.state, Recurrence::Stopped(StopReason::TaxRateArchived));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_made_where_the_app_is_not_installed_nor_for_people_who_ask() {
    run(async |world| {
        recurring(&world, monthly(day(TODAY)), Making::Draft).await;
        assert_eq!(make(&world).await, 0);
        let asked = world.invoices.make_due(&world.acme.owner).await;
        assert!(matches!(asked, Err(Error::Denied(Denied::Unauthenticated))));
        install(&world).await;
        assert_eq!(make(&world).await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_database_itself_makes_a_day_once() {
    run(async |world| {
        install(&world).await;
        let schedule = recurring(&world, monthly(day(TODAY)), Making::Draft).await;
        assert_eq!(make(&world).await, 1);
        let row = invoice_occurrence::Entity::find().one(world.database.reader()).await.expect("read");
        let row: invoice_occurrence::ActiveModel = row.expect("made").into();
        let system = Actor::system(world.acme.id);
        let twice = world.database.commit(&system, move |tx: &Tx| {
            Box::pin(async move {
                let row = invoice_occurrence::ActiveModel { invoice_id: Set(None), ..row };
                let again = sea_orm::ActiveModelTrait::reset_all(row);
                invoice_occurrence::Entity::insert(again).exec_without_returning(tx.connection()).await?;
                Ok::<_, database::StoreError>(())
            })
        });
        let refused = twice.await.expect_err("refused");
        assert!(
            refused.violates("uq_invoice_occurrences_organization_id_schedule_id_occurs_on"),
            "{refused:?}"
        );
        assert_eq!(now(&world, schedule.id).await.made, 1);
    })
    .await;
}

#[tokio::test]
async fn schedules_go_with_their_organization() {
    run(async |world| {
        install(&world).await;
        recurring(&world, monthly(day(TODAY)), Making::Issue).await;
        make(&world).await;
        assert!(erased(&world, world.acme.id).await);
        let left = invoice_schedule::Entity::find().count(world.database.reader()).await.expect("counted");
        assert_eq!(left, 0);
    })
    .await;
}

async fn erased(world: &World, org: OrganizationId) -> bool {
    let own = world.invoices.clone();
    let system = Actor::system(OrganizationId::PLATFORM);
    let work =
        world.database.commit(&system, move |tx: &Tx| Box::pin(async move { own.erase(tx, org, 100).await }));
    work.await.expect("erased")
}
