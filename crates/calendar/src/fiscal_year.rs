use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use kernel::Calendar;

use crate::{BsDate, Error};

/// A fiscal year of an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FiscalYear {
    pub label: FiscalLabel,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
}

/// The month with which fiscal years begin, on its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FiscalStart {
    calendar: Calendar,
    month: u32,
}

/// What a fiscal year is called: `2083/84`, or `2083` where it is a year of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalLabel {
    year: i32,
    /// Whether it ends in the year after.
    spans: bool,
}

impl FiscalStart {
    /// 1 Shrawan, to the end of Ashadh: section 2 of the Income Tax Act 2058 of Nepal.
    pub const NEPAL: Self = Self { calendar: Calendar::Bs, month: 4 };

    /// A month of a calendar, 1 to 12.
    pub fn new(calendar: Calendar, month: i64) -> Result<Self, Error> {
        match u32::try_from(month) {
            Ok(month @ 1..=12) => Ok(Self { calendar, month }),
            _ => Err(Error::NoSuchMonth),
        }
    }

    /// What the fiscal year is called that a day is in. A day of the table has one even when the year ends outside.
    pub fn label_on(self, day: NaiveDate) -> Result<FiscalLabel, Error> {
        let (year, month) = match self.calendar {
            Calendar::Ad => (day.year(), day.month()),
            Calendar::Bs => {
                let date = BsDate::from_gregorian(day)?;
                (date.year(), date.month())
            }
        };
        self.label(if month >= self.month { year } else { year - 1 })
    }

    /// The fiscal year that a day is in.
    pub fn year_around(self, day: NaiveDate) -> Result<FiscalYear, Error> {
        self.year_from(self.label_on(day)?.year)
    }

    /// The fiscal year that begins in a year of the calendar.
    pub fn year_from(self, year: i32) -> Result<FiscalYear, Error> {
        let label = self.label(year)?;
        let (first_day, last_day) = match self.calendar {
            Calendar::Ad => (self.first_ad(year)?, self.first_ad(year + 1)?.pred_opt()),
            Calendar::Bs => {
                let first = BsDate::new(year, self.month, 1)?;
                let last = first.add_months(11)?;
                let length = BsDate::days_in_month(last.year(), last.month())?;
                let last = BsDate::new(last.year(), last.month(), length)?;
                (first.to_gregorian(), Some(last.to_gregorian()))
            }
        };
        Ok(FiscalYear { label, first_day, last_day: last_day.ok_or(Error::YearOutOfRange)? })
    }

    fn label(self, year: i32) -> Result<FiscalLabel, Error> {
        FiscalLabel::new(year, self.month > 1)
    }

    fn first_ad(self, year: i32) -> Result<NaiveDate, Error> {
        NaiveDate::from_ymd_opt(year, self.month, 1).ok_or(Error::YearOutOfRange)
    }
}

impl FiscalLabel {
    fn new(year: i32, spans: bool) -> Result<Self, Error> {
        if (1000..=9998).contains(&year) { Ok(Self { year, spans }) } else { Err(Error::YearOutOfRange) }
    }

    /// The year in which it begins, in the calendar of the organization.
    pub const fn first_year(self) -> i32 {
        self.year
    }
}

/// `2083/84`, `2099/00`, `2026`.
impl fmt::Display for FiscalLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.spans {
            return write!(f, "{}/{:02}", self.year, (self.year + 1) % 100);
        }
        write!(f, "{}", self.year)
    }
}

impl FromStr for FiscalLabel {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let malformed = Error::Malformed("2083/84");
        let year = text.split('/').next().and_then(|year| year.parse().ok()).ok_or(malformed)?;
        let label = Self::new(year, text.contains('/'))?;
        // What is not spelt as it would be written is no label: another second year, signs, zeros in front.
        if label.to_string() == text { Ok(label) } else { Err(malformed) }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn year(start: FiscalStart, on: &str) -> (String, String, String) {
        let FiscalYear { label, first_day, last_day } = start.year_around(day(on)).expect("known");
        (label.to_string(), first_day.to_string(), last_day.to_string())
    }

    fn is(label: &str, first: &str, last: &str) -> (String, String, String) {
        (label.to_owned(), first.to_owned(), last.to_owned())
    }

    #[test]
    fn nepals_year_turns_between_ashadh_and_shrawan() {
        // In the published calendar 1 Shrawan was 16 July in 2024 and 17 July in 2025.
        let first = is("2081/82", "2024-07-16", "2025-07-16");
        assert_eq!(year(FiscalStart::NEPAL, "2024-07-16"), first);
        assert_eq!(year(FiscalStart::NEPAL, "2025-07-16"), first);
        assert_eq!(year(FiscalStart::NEPAL, "2025-07-17"), is("2082/83", "2025-07-17", "2026-07-16"));
    }

    #[test]
    fn other_years_begin_with_the_month_that_is_set() {
        let start = |calendar, month| FiscalStart::new(calendar, month).expect("a month");
        let april = start(Calendar::Ad, 4);
        assert_eq!(year(april, "2027-03-31"), is("2026/27", "2026-04-01", "2027-03-31"));
        assert_eq!(year(start(Calendar::Ad, 1), "2026-12-31"), is("2026", "2026-01-01", "2026-12-31"));
        assert_eq!(year(start(Calendar::Ad, 3), "2024-02-29"), is("2023/24", "2023-03-01", "2024-02-29"));
        assert_eq!(year(start(Calendar::Bs, 1), "2026-04-14"), is("2083", "2026-04-14", "2027-04-13"));
        for month in [0, 13, -1, i64::MAX] {
            assert_eq!(FiscalStart::new(Calendar::Bs, month), Err(Error::NoSuchMonth));
        }
    }

    #[test]
    fn a_year_that_leaves_the_table_is_refused_and_its_days_still_have_a_label() {
        let last = BsDate::last().to_gregorian();
        assert!(matches!(FiscalStart::NEPAL.year_around(last), Err(Error::OutsideTable { .. })));
        assert_eq!(
            FiscalStart::NEPAL.label_on(last).map(|label| label.to_string()),
            Ok("2087/88".to_owned())
        );
        let beyond = FiscalStart::NEPAL.label_on(last + Days::new(1));
        assert!(matches!(beyond, Err(Error::OutsideTable { .. })));
        let first = BsDate::first().to_gregorian();
        assert_eq!(FiscalStart::NEPAL.label_on(first).map(FiscalLabel::first_year), Ok(1999));
        let ad = FiscalStart::new(Calendar::Ad, 7).expect("a month");
        assert_eq!(ad.year_around(NaiveDate::MAX), Err(Error::YearOutOfRange));
    }

    #[test]
    fn a_label_has_one_spelling() {
        for text in ["2083/84", "2099/00", "2026"] {
            assert_eq!(text.parse::<FiscalLabel>().expect("a label").to_string(), text);
        }
        for text in ["2083/85", "2083/084", "2083-84", "2083/", "+2083", "083", "12083", "", "2083/84/85"] {
            assert!(text.parse::<FiscalLabel>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_is_in_the_one_year_around_it(offset in 500..31_000u64, month in 1..13i64, bs in proptest::bool::ANY) {
            let calendar = if bs { Calendar::Bs } else { Calendar::Ad };
            let start = FiscalStart::new(calendar, month).expect("a month");
            let on = BsDate::first().to_gregorian() + Days::new(offset);
            let year = start.year_around(on).expect("known");
            prop_assert!(year.first_day <= on && on <= year.last_day);
            let next = start.year_around(year.last_day + Days::new(1)).expect("known");
            prop_assert_eq!(next.first_day, year.last_day + Days::new(1));
            prop_assert_eq!(next.label.first_year(), year.label.first_year() + 1);
            prop_assert_eq!(year.label.to_string().parse(), Ok(year.label));
        }
    }
}
