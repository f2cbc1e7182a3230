use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use kernel::{FieldFault, Timestamp};

/// How many days after the day of issue an invoice is due: 0 to 365.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct DueDays(u16);

impl DueDays {
    /// A number of days, if it is in range.
    pub fn new(days: i64) -> Option<Self> {
        u16::try_from(days).ok().filter(|days| *days <= 365).map(Self)
    }

    /// Judges a number of days.
    pub fn parse(field: &str, days: i64) -> Result<Self, FieldFault> {
        Self::new(days).ok_or_else(|| FieldFault::new(field, "out_of_range", "must be from 0 to 365 days"))
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The last day on which to pay in time. At the end of the calendar of computers, the day of issue.
    pub fn after(self, issued_on: NaiveDate) -> NaiveDate {
        issued_on.checked_add_days(Days::new(self.0.into())).unwrap_or(issued_on)
    }
}

/// A day in Bikram Sambat, as in `2083-08-07`, where its table has it.
pub fn bikram_sambat(day: NaiveDate) -> Option<String> {
    calendar::BsDate::from_gregorian(day).ok().map(|day| day.to_string())
}

/// Which day it is in a time zone: that of an organization decides when an invoice is issued, due and overdue.
pub fn day_in(zone: Tz, now: Timestamp) -> NaiveDate {
    now.with_timezone(&zone).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_kathmandu_begins_at_a_quarter_past_six_in_the_evening() {
        let day = |now: &str| day_in(Tz::Asia__Kathmandu, now.parse().expect("an instant")).to_string();
        assert_eq!(day("2026-07-16T18:14:59.999Z"), "2026-07-16");
        assert_eq!(day("2026-07-16T18:15:00Z"), "2026-07-17");
    }

    #[test]
    fn due_days_count_from_the_day_of_issue() {
        let issued: NaiveDate = "2026-12-20".parse().expect("a day");
        let after = |days| DueDays::parse("dueDays", days).map(|days| days.after(issued).to_string());
        assert_eq!(after(0), Ok("2026-12-20".to_owned()));
        assert_eq!(after(15), Ok("2027-01-04".to_owned()));
        for days in [-1, 366, i64::MAX] {
            assert!(after(days).is_err(), "{days}");
        }
    }
}
