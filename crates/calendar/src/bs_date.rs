use std::fmt;
use std::str::FromStr;

use chrono::{Days, NaiveDate};

use crate::Error;
use crate::table::Table;

/// A day of the Bikram Sambat calendar that the table knows: 2000-01-01 to 2087-12-30. Sorts by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BsDate {
    year: i32,
    /// 1 is Baisakh, 12 is Chaitra.
    month: u32,
    /// From 1 to 29 .. 32.
    day: u32,
}

impl BsDate {
    /// A day, if the calendar has it.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, Error> {
        let length = Self::days_in_month(year, month).map_err(|error| match error {
            Error::NoSuchMonth => Error::NoSuchDay { year, month, day },
            other => other,
        })?;
        if (1..=length).contains(&day) {
            return Ok(Self { year, month, day });
        }
        Err(Error::NoSuchDay { year, month, day })
    }

    /// The Bikram Sambat name of a Gregorian day; [`Error::OutsideTable`] before 1943-04-14 and after 2031-04-13.
    pub fn from_gregorian(date: NaiveDate) -> Result<Self, Error> {
        let table = Table::known();
        let (year, mut rest) = table.year_of(date)?;
        for (month, length) in (1..).zip(table.months(year)?) {
            if rest < *length {
                return Ok(Self { year, month, day: rest + 1 });
            }
            rest -= length;
        }
        Err(table.outside())
    }

    /// The same day in the Gregorian calendar.
    pub fn to_gregorian(self) -> NaiveDate {
        let table = Table::known();
        let (start, months) = table
            .start_of(self.year)
            .and_then(|start| Ok((start, table.months(self.year)?)))
            .expect("a date is in the table, or it was not made");
        let before: u32 = (1..self.month).zip(months).map(|(_, length)| length).sum();
        start + Days::new(u64::from(before + self.day - 1))
    }

    /// The first day of the table.
    pub fn first() -> Self {
        Self { year: Table::known().first_year(), month: 1, day: 1 }
    }

    /// The last day of the table.
    pub fn last() -> Self {
        Self::from_gregorian(Table::known().last_day()).expect("the last day is in the table")
    }

    /// The last year whose calendar was published; later ones are projected and may still change.
    pub fn settled_through() -> i32 {
        Table::known().settled_through()
    }

    /// The year, such as 2083.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// 1 (Baisakh) to 12 (Chaitra).
    pub const fn month(self) -> u32 {
        self.month
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u32 {
        self.day
    }

    /// How many days a month has, 29 to 32.
    pub fn days_in_month(year: i32, month: u32) -> Result<u32, Error> {
        let months = Table::known().months(year)?;
        let found = (1..).zip(months).find(|(number, _)| *number == month);
        found.map(|(_, length)| *length).ok_or(Error::NoSuchMonth)
    }

    /// The same day so many months later, or earlier, or the last day of that month when it is shorter.
    pub fn add_months(self, months: i32) -> Result<Self, Error> {
        let index = i64::from(self.year) * 12 + i64::from(self.month) - 1 + i64::from(months);
        let outside = |_beyond| Table::known().outside();
        let year = i32::try_from(index.div_euclid(12)).map_err(outside)?;
        let month = u32::try_from(index.rem_euclid(12) + 1).map_err(outside)?;
        let day = self.day.min(Self::days_in_month(year, month)?);
        Ok(Self { year, month, day })
    }
}

/// `2083-08-07`.
impl fmt::Display for BsDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Reads `2083-08-07`, digits of ASCII alone.
impl FromStr for BsDate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let malformed = Error::Malformed("2083-08-07");
        let shape = |(place, byte): (usize, u8)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        };
        if text.len() != 10 || !text.bytes().enumerate().all(shape) {
            return Err(malformed);
        }
        let number = |part: Option<&str>| part.and_then(|part| part.parse::<u32>().ok()).ok_or(malformed);
        let mut parts = text.split('-');
        let year = number(parts.next())?.cast_signed();
        Self::new(year, number(parts.next())?, number(parts.next())?)
    }
}

#[cfg(test)]
mod tests;
