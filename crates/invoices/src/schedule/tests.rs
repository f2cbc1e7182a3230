use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn monthly(start: &str) -> WriteSchedule {
    WriteSchedule {
        start: day(start),
        period: SchedulePeriod::Month,
        every: 1,
        calendar: Calendar::Ad,
        end: ScheduleEnd::Never,
    }
}

fn first(write: WriteSchedule, count: usize) -> Vec<String> {
    let schedule = write.parse().expect("a schedule");
    let occurrences = schedule.occurrences_between(None, NaiveDate::MAX).take(count);
    occurrences.map(|occurrence| occurrence.expect("known").on.to_string()).collect()
}

#[test]
fn a_schedule_of_the_31st_keeps_to_the_ends_of_months() {
    let days = first(monthly("2027-12-31"), 5);
    assert_eq!(days, ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]);
    let quarterly = WriteSchedule { every: 3, ..monthly("2026-11-30") };
    assert_eq!(first(quarterly, 3), ["2026-11-30", "2027-02-28", "2027-05-30"]);
}

#[test]
fn a_schedule_of_29_february_comes_back_to_it() {
    let yearly = WriteSchedule { period: SchedulePeriod::Year, ..monthly("2024-02-29") };
    assert_eq!(first(yearly, 5), ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]);
}

#[test]
fn days_and_weeks_are_the_same_in_both_calendars() {
    for calendar in [Calendar::Ad, Calendar::Bs] {
        let daily =
            WriteSchedule { period: SchedulePeriod::Day, every: 10, calendar, ..monthly("2031-04-01") };
        assert_eq!(first(daily, 3), ["2031-04-01", "2031-04-11", "2031-04-21"]);
        let weekly =
            WriteSchedule { period: SchedulePeriod::Week, every: 2, calendar, ..monthly("2026-12-25") };
        assert_eq!(first(weekly, 3), ["2026-12-25", "2027-01-08", "2027-01-22"]);
    }
}

#[test]
fn months_of_bikram_sambat_end_on_their_own_last_days() {
    // 32 Ashadh 2083; Shrawan and Bhadra have 31 days, Asoj too, Kartik 30, Mangsir 29.
    let write = WriteSchedule { calendar: Calendar::Bs, ..monthly("2026-07-16") };
    let days =
        first(write, 6).into_iter().map(|on| BsDate::from_gregorian(day(&on)).expect("known").to_string());
    let expected = ["2083-03-32", "2083-04-31", "2083-05-31", "2083-06-31", "2083-07-30", "2083-08-29"];
    assert_eq!(days.collect::<Vec<_>>(), expected);
    let yearly = WriteSchedule { period: SchedulePeriod::Year, ..write };
    let days = first(yearly, 2);
    assert_eq!(BsDate::from_gregorian(day(&days[1])).expect("known").to_string(), "2084-03-31");
}

#[test]
fn a_schedule_ends_on_a_day_or_after_a_number() {
    let ending = |end| first(WriteSchedule { end, ..monthly("2026-01-31") }, 99);
    let three = ["2026-01-31", "2026-02-28", "2026-03-31"];
    assert_eq!(ending(ScheduleEnd::After(3)), three);
    assert_eq!(ending(ScheduleEnd::On(day("2026-03-31"))), three);
    assert_eq!(ending(ScheduleEnd::On(day("2026-01-31"))), ["2026-01-31"]);
    let ended =
        WriteSchedule { end: ScheduleEnd::After(1), ..monthly("2026-01-31") }.parse().expect("a schedule");
    assert_eq!(ended.next_after(Some(day("2026-01-31"))), None);
    assert_eq!(ended.next_after(None), Some(Ok(Occurrence { index: 0, on: day("2026-01-31") })));
}

#[test]
fn beyond_the_table_there_is_an_error_and_only_there() {
    let last = BsDate::last().to_gregorian();
    let schedule =
        WriteSchedule { calendar: Calendar::Bs, ..monthly("2031-01-15") }.parse().expect("a schedule");
    let inside: Vec<_> = schedule.occurrences_between(None, last).collect();
    assert!(inside.len() == 3 && inside.iter().all(Result::is_ok), "{inside:?}");
    let mut beyond = schedule.occurrences_between(None, last + Days::new(1)).skip(3);
    assert!(matches!(beyond.next(), Some(Err(calendar::Error::OutsideTable { .. }))));
    assert_eq!(beyond.next(), None);
    let ends = WriteSchedule { calendar: Calendar::Bs, end: ScheduleEnd::On(last), ..monthly("2031-01-15") };
    assert_eq!(ends.parse().expect("a schedule").occurrences_between(None, NaiveDate::MAX).count(), 3);
    let counts =
        WriteSchedule { calendar: Calendar::Bs, end: ScheduleEnd::After(3), ..monthly("2031-01-15") };
    assert!(
        counts.parse().expect("a schedule").occurrences_between(None, NaiveDate::MAX).all(|one| one.is_ok())
    );
}

#[test]
fn nothing_recurs_in_years_of_five_digits() {
    let schedule = WriteSchedule { period: SchedulePeriod::Year, every: 100, ..monthly("9900-01-01") };
    assert_eq!(first(schedule, 9), ["9900-01-01"]);
}

#[test]
fn all_faults_are_told_at_once() {
    let write = WriteSchedule {
        every: 0,
        calendar: Calendar::Bs,
        end: ScheduleEnd::On(day("2031-01-01")),
        ..monthly("2031-04-14")
    };
    let faults = write.parse().expect_err("refused");
    let found: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
    assert_eq!(found, [("startOn", "outside_calendar"), ("every", "out_of_range"), ("end", "out_of_range")]);
    for (every, end) in
        [(366, ScheduleEnd::Never), (1, ScheduleEnd::After(0)), (1, ScheduleEnd::After(10_001))]
    {
        assert_eq!(
            WriteSchedule { every, end, ..monthly("2026-01-01") }.parse().expect_err("refused").len(),
            1
        );
    }
}

fn schedules() -> impl Strategy<Value = Schedule> {
    let start = (0..20_000_u64).prop_map(|days| day("1975-01-31") + Days::new(days));
    let end = prop_oneof![
        3 => Just(ScheduleEnd::Never),
        1 => (1..=60_u32).prop_map(ScheduleEnd::After),
        1 => (0..4_000_u64).prop_map(|days| ScheduleEnd::On(day("2030-01-01") + Days::new(days))),
    ];
    let words = (select(&SchedulePeriod::ALL[..]), 1..=14_i64, select(&[Calendar::Ad, Calendar::Bs][..]));
    (start, words, end).prop_map(|(start, (period, every, calendar), end)| {
        WriteSchedule { start, period, every, calendar, end }.parse().expect("a schedule")
    })
}

/// What is asked for, up to the first day that is not known.
fn known(schedule: &Schedule, after: Option<NaiveDate>, until: NaiveDate) -> Vec<Occurrence> {
    schedule.occurrences_between(after, until).map_while(Result::ok).collect()
}

proptest! {
    #[test]
    fn each_occurrence_comes_once_however_time_is_cut(
        schedule in schedules(),
        cuts in proptest::collection::vec(0..4_000_u64, 0..12),
    ) {
        let until = schedule.start() + Days::new(4_000);
        let whole = known(&schedule, None, until);
        let mut cuts: Vec<_> = cuts.into_iter().map(|days| schedule.start() + Days::new(days)).collect();
        cuts.push(until);
        cuts.sort();
        let mut after = None;
        let mut pieces = Vec::new();
        for cut in cuts {
            pieces.extend(known(&schedule, after, cut));
            after = Some(cut);
        }
        prop_assert_eq!(&pieces, &whole);
        prop_assert!(whole.is_sorted_by(|one, next| one.on < next.on && one.index + 1 == next.index));
        prop_assert!(whole.first().is_none_or(|first| (first.index, first.on) == (0, schedule.start())));
    }

    #[test]
    fn a_search_finds_what_a_walk_finds(schedule in schedules(), days in 0..9_000_u64) {
        let after = schedule.start() + Days::new(days);
        let walked = known(&schedule, None, day("2045-01-01")).into_iter().find(|one| one.on > after);
        let found = known(&schedule, Some(after), day("2045-01-01")).first().copied();
        prop_assert_eq!(found, walked);
    }

    #[test]
    fn months_keep_the_day_or_end_with_the_month(schedule in schedules()) {
        if !matches!(schedule.period(), SchedulePeriod::Month | SchedulePeriod::Year) {
            return Ok(());
        }
        for Occurrence { on, .. } in known(&schedule, None, schedule.start() + Days::new(9_000)) {
            let (wanted, found, next) = match schedule.calendar() {
                Calendar::Ad => (schedule.start().day(), on.day(), (on + Days::new(1)).day()),
                Calendar::Bs => {
                    let bs = |day| BsDate::from_gregorian(day).map(BsDate::day);
                    (bs(schedule.start()).unwrap(), bs(on).unwrap(), bs(on + Days::new(1)).unwrap_or(1))
                }
            };
            prop_assert!(found == wanted || found < wanted && next == 1, "{on}");
        }
    }
}
