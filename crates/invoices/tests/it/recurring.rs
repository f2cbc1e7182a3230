//! Schedules as people write, change and turn them.

use chrono::{NaiveDate, TimeDelta};
use database::entities::app_installation;
use invoices::{
    CreateRecurring, Error, Making, Missed, Recurrence, RecurrenceStatus, RecurringFilter, RecurringInvoice,
    Refusal, ScheduleEnd, SchedulePeriod, UpdateCustomer, UpdateDraft, UpdateRecurring, UpdateRhythm,
    WriteSchedule,
};
use kernel::{Actor, Calendar, Denied, FieldFault, Page, Scope, Version};
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::support::{VAT, World, all_pages, amount, drafted, line, run, with_scopes};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Every month from a day on.
pub(crate) fn monthly(start: NaiveDate) -> WriteSchedule {
    WriteSchedule {
        start,
        period: SchedulePeriod::Month,
        every: 1,
        calendar: Calendar::Ad,
        end: ScheduleEnd::Never,
    }
}

/// Tea for acme's customer.
pub(crate) fn of_tea(world: &World, rhythm: WriteSchedule, making: Making) -> CreateRecurring {
    let draft = drafted(world.acme.customer.id, vec![line("2", 10_000, VAT)]);
    CreateRecurring { draft, rhythm, making }
}

/// The same, made by the owner.
pub(crate) async fn recurring(world: &World, rhythm: WriteSchedule, making: Making) -> RecurringInvoice {
    let command = of_tea(world, rhythm, making);
    world.invoices.create_schedule(&world.acme.owner, command).await.expect("recurs")
}

/// Lets some days pass, and a run of the timetable.
pub(crate) async fn pass(world: &World, days: i64) -> u64 {
    world.database.env().advance(TimeDelta::days(days));
    make(world).await
}

/// A run of the timetable.
pub(crate) async fn make(world: &World) -> u64 {
    let system = Actor::system(kernel::OrganizationId::PLATFORM);
    world.invoices.make_due(&system).await.expect("made")
}

/// The schedule as it is now.
pub(crate) async fn now(world: &World, id: kernel::InvoiceScheduleId) -> RecurringInvoice {
    world.invoices.schedule(&world.acme.asha, id).await.expect("seen")
}

/// Lets acme have the app; the timetable leaves alone who has not.
pub(crate) async fn install(world: &World) {
    let (org, now) = (world.acme.id, world.database.env().now());
    let system = Actor::system(org);
    let work = world.database.commit(&system, move |tx| {
        Box::pin(async move {
            let row = app_installation::ActiveModel {
                organization_id: Set(org.uuid()),
                app: Set("invoices".to_owned()),
                installed_at: Set(now),
            };
            app_installation::Entity::insert(row).exec_without_returning(tx.connection()).await?;
            Ok::<_, database::StoreError>(())
        })
    });
    work.await.expect("installed");
}

pub(crate) fn codes(error: &Error) -> Vec<(&str, &str)> {
    let Error::Invalid(faults) = error else { panic!("{error:?}") };
    faults.iter().map(|FieldFault { field, code, .. }| (field.as_str(), *code)).collect()
}

const TODAY: &str = "2026-01-15";

#[tokio::test]
async fn a_schedule_says_when_and_what_and_reads_back() {
    run(async |world| {
        let made = recurring(&world, monthly(day("2026-01-31")), Making::Draft).await;
        assert_eq!(made.state, Recurrence::Active { next: day("2026-01-31") });
        assert_eq!(made.upcoming(3), ["2026-01-31", "2026-02-28", "2026-03-31"].map(day));
        assert_eq!(made.draft.invoice.sums.total, amount(22_600));
        assert_eq!(made.draft.invoice.due_days.get(), 15, "as the organization has it");
        assert_eq!(now(&world, made.id).await, made);
        let filter = RecurringFilter::default();
        let listed = all_pages(1, async |page| -> Page<_> {
            world.invoices.schedules(&world.acme.asha, &filter, &page).await.expect("listed")
        });
        assert_eq!(listed.await.len(), 1);
        let ended = RecurringFilter { statuses: vec![RecurrenceStatus::Ended], customer: None };
        let page = kernel::PageRequest::default();
        let none = world.invoices.schedules(&world.acme.asha, &ended, &page).await.expect("listed");
        assert_eq!(none.rows, []);
        let stranger = world.invoices.schedule(&world.other.owner, made.id).await;
        assert!(matches!(stranger, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn months_of_bikram_sambat_are_months_too() {
    run(async |world| {
        let rhythm = WriteSchedule { calendar: Calendar::Bs, ..monthly(day("2026-07-16")) };
        let seen = world.invoices.preview_schedule(&world.acme.asha, rhythm, 3).await.expect("days");
        assert_eq!(seen, ["2026-07-16", "2026-08-16", "2026-09-16"].map(day));
        let made = recurring(&world, rhythm, Making::Draft).await;
        assert_eq!(made.upcoming(3), seen);
    })
    .await;
}

#[tokio::test]
async fn every_fault_of_a_schedule_is_told_at_once() {
    run(async |world| {
        let mut command = of_tea(&world, monthly(day("2026-01-14")), Making::Issue);
        command.draft.document.lines.clear();
        let refused = world.invoices.create_schedule(&world.acme.owner, command.clone()).await;
        let refused = refused.expect_err("refused");
        assert_eq!(codes(&refused), [("lines", "required"), ("startOn", "out_of_range")]);
        command.draft.customer = world.database.env().id();
        command.rhythm.every = 0;
        let refused = world.invoices.create_schedule(&world.acme.owner, command).await.expect_err("refused");
        assert_eq!(codes(&refused), [("customerId", "unknown_customer"), ("every", "out_of_range")]);
    })
    .await;
}

#[tokio::test]
async fn whoever_may_not_issue_lets_nothing_be_issued() {
    run(async |world| {
        let asha = with_scopes(&world.acme.asha, &[Scope::InvoicesRead, Scope::InvoicesWrite]);
        let denied = |outcome: Result<RecurringInvoice, Error>| {
            assert!(
                matches!(outcome, Err(Error::Denied(Denied::ScopeMissing(Scope::InvoicesIssue)))),
                "{outcome:?}"
            );
        };
        let rhythm = monthly(day(TODAY));
        denied(world.invoices.create_schedule(&asha, of_tea(&world, rhythm, Making::Issue)).await);
        let drafts = of_tea(&world, rhythm, Making::Draft);
        let drafts = world.invoices.create_schedule(&asha, drafts).await.expect("drafts are hers");
        let issue = || UpdateRecurring { making: Some(Making::Issue), ..UpdateRecurring::default() };
        denied(world.invoices.update_schedule(&asha, drafts.id, drafts.version, issue()).await);
        let issues = recurring(&world, rhythm, Making::Issue).await;
        let dearer = || UpdateRecurring {
            draft: UpdateDraft { lines: Some(vec![line("1", 1, None)]), ..UpdateDraft::default() },
            making: Some(Making::Draft),
            ..UpdateRecurring::default()
        };
        denied(world.invoices.update_schedule(&asha, issues.id, issues.version, dearer()).await);
        let paused = world.invoices.pause_schedule(&asha, issues.id, issues.version).await.expect("paused");
        denied(world.invoices.resume_schedule(&asha, paused.id, paused.version, None).await);
        let blind = with_scopes(&world.acme.asha, &[Scope::InvoicesRead]);
        let unseen = world.invoices.end_schedule(&blind, paused.id, paused.version).await;
        assert!(matches!(unseen, Err(Error::Denied(Denied::ScopeMissing(Scope::InvoicesWrite)))));
    })
    .await;
}

#[tokio::test]
async fn a_change_holds_from_the_next_one_on() {
    run(async |world| {
        install(&world).await;
        let made = recurring(&world, monthly(day(TODAY)), Making::Draft).await;
        assert_eq!(make(&world).await, 1);
        let stale = UpdateRecurring::default();
        let stale = world.invoices.update_schedule(&world.acme.owner, made.id, made.version, stale).await;
        assert!(matches!(stale, Err(Error::Stale { .. })));
        let seen = now(&world, made.id).await;
        let same = UpdateRecurring::default();
        let same = world.invoices.update_schedule(&world.acme.owner, made.id, seen.version, same).await;
        assert_eq!(same.expect("looked at").version, seen.version);
        let dearer = UpdateRecurring {
            draft: UpdateDraft { lines: Some(vec![line("1", 500, None)]), ..UpdateDraft::default() },
            ..UpdateRecurring::default()
        };
        let after = world.invoices.update_schedule(&world.acme.owner, made.id, seen.version, dearer).await;
        assert_eq!(after.expect("changed").state, Recurrence::Active { next: day("2026-02-15") });
        assert_eq!(pass(&world, 31).await, 1);
        let page = kernel::PageRequest::default();
        let all = world.invoices.made(&world.acme.asha, made.id, &page).await.expect("listed").rows;
        let totals: Vec<_> = all.iter().map(|one| one.invoice.as_ref().expect("there").sums.total).collect();
        assert_eq!(totals, [amount(500), amount(22_600)]);
    })
    .await;
}

#[tokio::test]
async fn another_rhythm_begins_anew_after_all_that_was_made() {
    run(async |world| {
        install(&world).await;
        let made = recurring(&world, monthly(day(TODAY)), Making::Draft).await;
        make(&world).await;
        let version = now(&world, made.id).await.version;
        let change = async |rhythm: UpdateRhythm| {
            let command = UpdateRecurring { rhythm, ..UpdateRecurring::default() };
            world.invoices.update_schedule(&world.acme.owner, made.id, version, command).await
        };
        let weekly = UpdateRhythm { period: Some(SchedulePeriod::Week), ..UpdateRhythm::default() };
        let refused = change(weekly).await.expect_err("would make the day of today twice");
        assert_eq!(codes(&refused), [("startOn", "out_of_range")]);
        let over = UpdateRhythm { end: Some(ScheduleEnd::After(1)), ..UpdateRhythm::default() };
        let refused = change(over).await.expect_err("nothing is left");
        assert_eq!(codes(&refused), [("end", "out_of_range")]);
        let anew = UpdateRhythm { start: Some(day("2026-01-20")), ..weekly };
        let after = change(anew).await.expect("changed");
        assert_eq!(after.upcoming(2), ["2026-01-20", "2026-01-27"].map(day));
    })
    .await;
}

#[tokio::test]
async fn a_pause_leaves_out_what_falls_into_it_unless_told() {
    run(async |world| {
        install(&world).await;
        let owner = &world.acme.owner;
        let daily = WriteSchedule { period: SchedulePeriod::Day, ..monthly(day(TODAY)) };
        let mut kept = Vec::new();
        for missed in [None, Some(Missed::Make)] {
            let made = recurring(&world, daily_from(&world, daily).await, Making::Draft).await;
            let paused = world.invoices.pause_schedule(owner, made.id, made.version).await.expect("paused");
            assert_eq!(paused.upcoming(1), []);
            let twice = world.invoices.pause_schedule(owner, made.id, paused.version).await;
            assert!(matches!(twice, Err(Error::Refused(Refusal::ScheduleNotActive))));
            assert_eq!(pass(&world, 3).await, 0);
            let again = world.invoices.resume_schedule(owner, made.id, paused.version, missed).await;
            let again = again.expect("resumed");
            let twice = world.invoices.resume_schedule(owner, made.id, again.version, None).await;
            assert!(matches!(twice, Err(Error::Refused(Refusal::ScheduleActive))));
            kept.push(make(&world).await);
            let last = now(&world, made.id).await;
            world.invoices.end_schedule(owner, made.id, last.version).await.expect("ended");
        }
        assert_eq!(kept, [1, 4], "the one of today, or all since");
    })
    .await;
}

async fn daily_from(world: &World, rhythm: WriteSchedule) -> WriteSchedule {
    WriteSchedule { start: world.invoices.today(&world.acme.asha).await.expect("a day"), ..rhythm }
}

#[tokio::test]
async fn the_end_is_for_good() {
    run(async |world| {
        let owner = &world.acme.owner;
        let made = recurring(&world, monthly(day(TODAY)), Making::Draft).await;
        let ended = world.invoices.end_schedule(owner, made.id, made.version).await.expect("ended");
        assert_eq!((ended.state, ended.upcoming(1)), (Recurrence::Ended, Vec::new()));
        let refused = [
            world.invoices.end_schedule(owner, made.id, ended.version).await,
            world.invoices.pause_schedule(owner, made.id, ended.version).await,
            world.invoices.resume_schedule(owner, made.id, ended.version, None).await,
            world.invoices.update_schedule(owner, made.id, ended.version, UpdateRecurring::default()).await,
        ];
        for outcome in refused {
            assert!(matches!(outcome, Err(Error::Refused(Refusal::ScheduleEnded))), "{outcome:?}");
        }
    })
    .await;
}

/// Puts acme's customer away, or brings him back.
pub(crate) async fn archive(world: &World, standing: invoices::Standing) {
    let asha = &world.acme.asha;
    let version = world.invoices.customer(asha, world.acme.customer.id).await.expect("there").version;
    let update = UpdateCustomer { standing: Some(standing), ..UpdateCustomer::default() };
    world.invoices.update_customer(asha, world.acme.customer.id, version, update).await.expect("changed");
}

#[tokio::test]
async fn a_customer_who_is_archived_gets_no_schedule() {
    run(async |world| {
        archive(&world, invoices::Standing::Archived).await;
        let command = of_tea(&world, monthly(day(TODAY)), Making::Draft);
        let refused = world.invoices.create_schedule(&world.acme.owner, command).await.expect_err("refused");
        assert_eq!(codes(&refused), [("customerId", "archived")]);
        assert_eq!(world.acme.customer.version, Version::FIRST);
    })
    .await;
}
