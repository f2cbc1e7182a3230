use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use serde::Deserialize;

use super::*;

/// Days that are known from elsewhere; the web app is held against the same ones.
#[derive(Deserialize)]
struct Anchor {
    ad: NaiveDate,
    bs: String,
    known: String,
}

fn anchors() -> Vec<Anchor> {
    serde_json::from_str(include_str!("../../../../app/src/lib/bs-anchors.json")).expect("the anchors")
}

fn bs(text: &str) -> BsDate {
    text.parse().expect("a date")
}

#[test]
fn known_days_are_where_history_has_them() {
    assert!(anchors().len() > 10);
    for Anchor { ad, bs, known } in anchors() {
        assert_eq!(BsDate::from_gregorian(ad).expect("in the table").to_string(), bs, "{known}");
        assert_eq!(bs.parse::<BsDate>().expect("in the table").to_gregorian(), ad, "{known}");
    }
}

#[test]
fn every_day_of_the_table_goes_there_and_back_and_none_is_left_out() {
    let (first, last) = (BsDate::first(), BsDate::last());
    let days = first.to_gregorian().iter_days().take_while(|day| *day <= last.to_gregorian());
    let mut before: Option<BsDate> = None;
    let mut count = 0;
    for day in days {
        let date = BsDate::from_gregorian(day).expect("in the table");
        assert_eq!(date.to_gregorian(), day);
        assert_eq!(bs(&date.to_string()), date);
        if let Some(before) = before {
            let follows = (date.year, date.month, date.day) == (before.year, before.month, before.day + 1)
                || date.day == 1 && before.day == BsDate::days_in_month(before.year, before.month).unwrap();
            assert!(follows && before < date, "{before} {date}");
        }
        before = Some(date);
        count += 1;
    }
    assert_eq!((before, count), (Some(last), 32_142));
}

#[test]
fn days_outside_of_the_table_are_refused_with_its_range() {
    let (first, last) = (BsDate::first().to_gregorian(), BsDate::last().to_gregorian());
    let outside = Error::OutsideTable { first, last, first_year: 2000, last_year: 2087 };
    for day in [first.pred_opt(), last.succ_opt(), Some(NaiveDate::MIN), Some(NaiveDate::MAX)] {
        assert_eq!(BsDate::from_gregorian(day.expect("a day")), Err(outside));
    }
    for year in [1999, 2088, i32::MIN, i32::MAX] {
        assert_eq!(BsDate::new(year, 1, 1), Err(outside));
    }
    assert_eq!(
        outside.to_string(),
        "the Bikram Sambat calendar is known from 1943-04-14 to 2031-04-13 AD, the years 2000 to 2087"
    );
}

#[test]
fn days_that_no_month_has_are_refused() {
    for (month, day) in [(1, 32), (1, 0), (0, 1), (13, 1), (12, 31)] {
        assert_eq!(BsDate::new(2083, month, day), Err(Error::NoSuchDay { year: 2083, month, day }));
    }
    assert_eq!(bs("2083-03-32").to_gregorian().to_string(), "2026-07-16");
}

#[test]
fn only_one_spelling_is_read() {
    for text in ["2083-1-1", "2083/01/01", " 2083-01-01", "2083-01-01 ", "२०८३-०१-०१", "+083-01-01", ""]
    {
        assert_eq!(text.parse::<BsDate>(), Err(Error::Malformed("2083-08-07")), "{text}");
    }
}

#[test]
fn months_are_added_over_a_year_and_keep_to_the_last_day() {
    assert_eq!(bs("2082-12-30").add_months(1), Ok(bs("2083-01-30")));
    assert_eq!(bs("2083-03-32").add_months(-1), Ok(bs("2083-02-31")));
    assert_eq!(bs("2083-03-32").add_months(12), Ok(bs("2084-03-31")));
    assert!(matches!(BsDate::last().add_months(1), Err(Error::OutsideTable { .. })));
    assert!(matches!(BsDate::first().add_months(-1), Err(Error::OutsideTable { .. })));
    assert!(matches!(bs("2083-01-01").add_months(i32::MAX), Err(Error::OutsideTable { .. })));
}

proptest! {
    #[test]
    fn added_months_are_so_many_months_away(day in 0..32_142u64, months in -1_100..1_100i32) {
        let date = BsDate::from_gregorian(BsDate::first().to_gregorian() + Days::new(day)).expect("in the table");
        if let Ok(moved) = date.add_months(months) {
            let index = |date: BsDate| date.year * 12 + date.month.cast_signed();
            prop_assert_eq!(index(moved) - index(date), months);
            let length = BsDate::days_in_month(moved.year, moved.month).expect("a month");
            prop_assert!(moved.day == date.day || moved.day == length && length < date.day);
            prop_assert_eq!(BsDate::from_gregorian(moved.to_gregorian()), Ok(moved));
        } else {
            let year = date.year + months.div_euclid(12);
            prop_assert!(!(2001..2087).contains(&year), "{date} {months}");
        }
    }
}
