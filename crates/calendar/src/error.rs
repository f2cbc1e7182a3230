use chrono::NaiveDate;

/// Why there is no such day or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The table ends before it, on either side.
    #[error(
        "the Bikram Sambat calendar is known from {first} to {last} AD, the years {first_year} to {last_year}"
    )]
    OutsideTable { first: NaiveDate, last: NaiveDate, first_year: i32, last_year: i32 },
    /// A year of the table, but without such a month or day.
    #[error("there is no day {year}-{month:02}-{day:02} BS")]
    NoSuchDay { year: i32, month: u32, day: u32 },
    /// Years have four digits: 1000 to 9998, so that the next one has, too.
    #[error("a fiscal year begins in one of the years 1000 to 9998")]
    YearOutOfRange,
    /// Months are 1 to 12.
    #[error("there are the months 1 to 12")]
    NoSuchMonth,
    /// Not of the form it should have.
    #[error("must look like `{0}`")]
    Malformed(&'static str),
}
