use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use serde::Deserialize;

use crate::Error;

/// The lengths of all months that are known, and what follows from them.
pub(crate) struct Table {
    first_day: NaiveDate,
    first_year: i32,
    settled_through: i32,
    months: Vec<[u32; 12]>,
    /// The days before each year, and before the end; one more than there are years.
    starts: Vec<i64>,
}

/// The file, shared with the web app.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Lengths {
    first_day: NaiveDate,
    first_year: i32,
    settled_through: i32,
    month_lengths: BTreeMap<i32, [u32; 12]>,
}

const FILE: &str = include_str!("../../../app/src/lib/bs-table.json");

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let lengths: Lengths = serde_json::from_str(FILE).expect("the committed table reads, as a test shows");
    Table::of(lengths)
});

impl Table {
    /// The one there is.
    pub(crate) fn known() -> &'static Self {
        &TABLE
    }

    fn of(lengths: Lengths) -> Self {
        let years = (lengths.first_year..).map_while(|year| lengths.month_lengths.get(&year).copied());
        let months: Vec<_> = years.collect();
        let mut days = 0;
        let mut starts = vec![days];
        for year in &months {
            days += year.iter().map(|length| i64::from(*length)).sum::<i64>();
            starts.push(days);
        }
        let Lengths { first_day, first_year, settled_through, .. } = lengths;
        Self { first_day, first_year, settled_through, months, starts }
    }

    pub(crate) const fn first_day(&self) -> NaiveDate {
        self.first_day
    }

    pub(crate) fn last_day(&self) -> NaiveDate {
        let days = self.starts.last().copied().unwrap_or_default();
        self.day(days - 1)
    }

    pub(crate) const fn first_year(&self) -> i32 {
        self.first_year
    }

    pub(crate) fn last_year(&self) -> i32 {
        self.years().last().unwrap_or(self.first_year)
    }

    pub(crate) const fn settled_through(&self) -> i32 {
        self.settled_through
    }

    fn years(&self) -> impl Iterator<Item = i32> {
        (self.first_year..).zip(&self.months).map(|(year, _)| year)
    }

    /// The lengths of the months of a year.
    pub(crate) fn months(&self, year: i32) -> Result<&[u32; 12], Error> {
        let place = usize::try_from(i64::from(year) - i64::from(self.first_year)).ok();
        place.and_then(|place| self.months.get(place)).ok_or_else(|| self.outside())
    }

    /// The year a day is in, and how many of its days are before it.
    pub(crate) fn year_of(&self, date: NaiveDate) -> Result<(i32, u32), Error> {
        let days = date.signed_duration_since(self.first_day).num_days();
        let begun = self.starts.iter().zip(self.years()).take_while(|(start, _)| **start <= days);
        let (start, year) = begun.last().ok_or_else(|| self.outside())?;
        if date > self.last_day() {
            return Err(self.outside());
        }
        Ok((year, u32::try_from(days - start).map_err(|_beyond| self.outside())?))
    }

    /// The first day of a year.
    pub(crate) fn start_of(&self, year: i32) -> Result<NaiveDate, Error> {
        self.months(year)?;
        let place = usize::try_from(year - self.first_year).ok();
        let start = place.and_then(|place| self.starts.get(place)).copied();
        start.map(|days| self.day(days)).ok_or_else(|| self.outside())
    }

    pub(crate) fn outside(&self) -> Error {
        Error::OutsideTable {
            first: self.first_day(),
            last: self.last_day(),
            first_year: self.first_year(),
            last_year: self.last_year(),
        }
    }

    /// So many days after the first one.
    fn day(&self, days: i64) -> NaiveDate {
        self.first_day + Days::new(days.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_twelve_months_of_29_to_32_days_and_365_or_366_in_all() {
        let table = Table::known();
        for (year, months) in table.years().zip(&table.months) {
            assert!(months.iter().all(|length| (29..=32).contains(length)), "{year}");
            assert!((365..=366).contains(&months.iter().sum::<u32>()), "{year}");
        }
    }

    #[test]
    fn no_row_of_the_file_is_left_out() {
        let lengths: Lengths = serde_json::from_str(FILE).expect("the file");
        assert_eq!(lengths.month_lengths.len(), Table::known().months.len());
    }

    #[test]
    fn the_range_is_the_one_its_readme_states() {
        let table = Table::known();
        let days = (table.first_day().to_string(), table.last_day().to_string());
        let said = "14 April 1943 to 13 April 2031";
        assert_eq!(days, ("1943-04-14".to_owned(), "2031-04-13".to_owned()));
        assert_eq!((table.first_year(), table.last_year()), (2000, 2087));
        assert!(include_str!("../../../app/src/lib/bs-table.README.md").contains(said));
    }
}
