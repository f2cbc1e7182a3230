use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use kernel::{FieldFault, Fields, Timestamp};

/// How many tickets were opened and done on one day of the organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayCount {
    pub date: NaiveDate,
    pub opened: u64,
    /// Done for the last time, be it resolved or closed at once.
    pub resolved: u64,
    /// Closed for the last time.
    pub closed: u64,
}

/// Days from the first to the last, both included.
#[derive(Clone, Copy, Debug)]
pub struct DayRange {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// A day of a time zone: from its first instant up to the first one of the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) date: NaiveDate,
    pub(crate) begin: Timestamp,
    pub(crate) end: Timestamp,
}

impl DayRange {
    /// A leap year.
    const MOST: i64 = 366;

    /// The days of a time zone, however long each of them is.
    pub(crate) fn days(self, zone: Tz) -> Result<Vec<Day>, Vec<FieldFault>> {
        let mut fields = Fields::new();
        for (field, date) in [("from", self.from), ("to", self.to)] {
            if !(1970..9999).contains(&date.year()) {
                fields.push(FieldFault::new(
                    field,
                    "out_of_range",
                    "must be between the years 1970 and 9998",
                ));
            }
        }
        if !(0..Self::MOST).contains(&(self.to - self.from).num_days()) {
            let detail = format!("must be from 0 to {} days after `from`", Self::MOST - 1);
            fields.push(FieldFault::new("to", "out_of_range", detail));
        }
        fields.finish()?;
        let day = |date: NaiveDate| {
            let next = date + Days::new(1);
            Day { date, begin: day_begin(zone, date), end: day_begin(zone, next) }
        };
        Ok(self.from.iter_days().take_while(|date| *date <= self.to).map(day).collect())
    }
}

/// The first instant of a day. Where clocks jump over midnight that is when they land; a day that a zone skipped
/// altogether begins, and ends, with the next one.
fn day_begin(zone: Tz, date: NaiveDate) -> Timestamp {
    let midnight = date.and_time(NaiveTime::MIN);
    let minutes = (0..=48 * 60).map(|minutes| midnight + TimeDelta::minutes(minutes));
    let mut instants = minutes.filter_map(|local| zone.from_local_datetime(&local).earliest());
    instants.next().map_or_else(|| midnight.and_utc(), |begin| begin.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn range(from: &str, to: &str, zone: Tz) -> Vec<Day> {
        DayRange { from: date(from), to: date(to) }.days(zone).expect("in range")
    }

    fn hours(day: &Day) -> i64 {
        (day.end - day.begin).num_hours()
    }

    #[test]
    fn midnight_in_kathmandu_is_a_quarter_past_six() {
        let days = range("2026-01-15", "2026-01-15", Tz::Asia__Kathmandu);
        assert_eq!(days[0].begin.to_rfc3339(), "2026-01-14T18:15:00+00:00");
        assert_eq!(days[0].end.to_rfc3339(), "2026-01-15T18:15:00+00:00");
    }

    #[test]
    fn days_of_other_lengths_are_whole_days() {
        let berlin = range("2026-03-28", "2026-03-30", Tz::Europe__Berlin);
        assert_eq!(berlin.iter().map(hours).collect::<Vec<_>>(), [24, 23, 24]);
        let berlin = range("2026-10-25", "2026-10-25", Tz::Europe__Berlin);
        assert_eq!(hours(&berlin[0]), 25);
        // Here the clocks jump from midnight to one.
        let beirut = range("2026-03-29", "2026-03-29", Tz::Asia__Beirut);
        assert_eq!(
            (hours(&beirut[0]), beirut[0].begin.to_rfc3339().as_str()),
            (23, "2026-03-28T22:00:00+00:00")
        );
        // And here a whole day never was.
        let apia = range("2011-12-29", "2011-12-31", Tz::Pacific__Apia);
        assert_eq!(apia.iter().map(hours).collect::<Vec<_>>(), [24, 0, 24]);
    }

    #[test]
    fn ranges_have_bounds() {
        let refused =
            |from: &str, to: &str| DayRange { from: date(from), to: date(to) }.days(Tz::UTC).is_err();
        assert!(refused("2026-01-02", "2026-01-01"));
        assert!(refused("2026-01-01", "2027-01-02"));
        assert!(!refused("2026-01-01", "2027-01-01"));
        assert!(DayRange { from: NaiveDate::MAX, to: NaiveDate::MAX }.days(Tz::UTC).is_err());
    }

    proptest! {
        #[test]
        fn days_follow_each_other_in_every_zone(zone in 0..chrono_tz::TZ_VARIANTS.len(), start in 0..20_000u64) {
            let zone = chrono_tz::TZ_VARIANTS[zone];
            let from = date("1990-01-01") + Days::new(start);
            let days = DayRange { from, to: from + Days::new(30) }.days(zone).expect("in range");
            prop_assert_eq!(days.len(), 31);
            for pair in days.windows(2) {
                prop_assert_eq!(pair[0].end, pair[1].begin);
                prop_assert!(pair[0].begin <= pair[0].end);
            }
        }
    }
}
