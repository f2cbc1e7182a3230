mod occurrences;
mod words;

use calendar::BsDate;
use chrono::{Datelike, Days, Months, NaiveDate};
use kernel::{Calendar, FieldFault, Fields};

pub use occurrences::{Occurrence, Occurrences};
pub use words::{Every, ScheduleEnd, SchedulePeriod};

/// The days on which something recurs. They are counted from the first one, never from one to the next: a schedule
/// that begins on the 31st keeps to the 31st, and falls on the last day of shorter months; likewise 29 February.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    start: NaiveDate,
    period: SchedulePeriod,
    every: Every,
    calendar: Calendar,
    end: ScheduleEnd,
}

/// A schedule as callers give it.
#[derive(Clone, Copy, Debug)]
pub struct WriteSchedule {
    /// The first day.
    pub start: NaiveDate,
    pub period: SchedulePeriod,
    /// Every so many periods, 1 to 365.
    pub every: i64,
    /// Whose months and years are meant; days and weeks are the same in both.
    pub calendar: Calendar,
    pub end: ScheduleEnd,
}

impl WriteSchedule {
    /// Judges everything at once.
    pub fn parse(self) -> Result<Schedule, Vec<FieldFault>> {
        let Self { start, period, calendar, end, .. } = self;
        let mut fields = Fields::new();
        if !(1970..=LAST_YEAR).contains(&start.year()) {
            let detail = "must be between the years 1970 and 9998";
            fields.push(FieldFault::new("startOn", "out_of_range", detail));
        } else if calendar == Calendar::Bs
            && let Err(unknown) = BsDate::from_gregorian(start)
        {
            fields.push(FieldFault::new("startOn", "outside_calendar", unknown.to_string()));
        }
        let every = fields.check(Every::parse("every", self.every));
        fields.check(end.judged("end", start));
        match every {
            Some(every) if fields.is_empty() => Ok(Schedule { start, period, every, calendar, end }),
            _ => Err(fields.finish().err().unwrap_or_default()),
        }
    }
}

/// Nothing recurs in years of five digits.
const LAST_YEAR: i32 = 9998;

impl Schedule {
    /// The first day.
    pub const fn start(&self) -> NaiveDate {
        self.start
    }

    pub const fn period(&self) -> SchedulePeriod {
        self.period
    }

    pub const fn every(&self) -> Every {
        self.every
    }

    pub const fn calendar(&self) -> Calendar {
        self.calendar
    }

    pub const fn end(&self) -> ScheduleEnd {
        self.end
    }

    /// What falls on a day after `after` (on the first day, too, where that is `None`) and up to `until`, in order.
    /// Each occurrence is in exactly one interval, however time is cut into intervals. Computed one by one, as they
    /// are asked for, and never one beyond `until`; take no more than you can handle at once.
    ///
    /// Where months of Bikram Sambat are asked for that the table does not have, the last item is the error; it comes
    /// only if `until` is beyond the table too.
    pub fn occurrences_between(&self, after: Option<NaiveDate>, until: NaiveDate) -> Occurrences {
        Occurrences::between(*self, after, until)
    }

    /// The first occurrence after a day; `None` if there is none any more.
    pub fn next_after(&self, after: Option<NaiveDate>) -> Option<Result<Occurrence, calendar::Error>> {
        self.occurrences_between(after, NaiveDate::MAX).next()
    }

    /// The day of an occurrence, whether or not the schedule has ended; `None` beyond the year 9998. Later ones have
    /// later days.
    fn day_of(&self, index: u32) -> Result<Option<NaiveDate>, calendar::Error> {
        let steps = u64::from(index) * u64::from(self.every.get());
        let day = match self.period {
            SchedulePeriod::Day => self.start.checked_add_days(Days::new(steps)),
            SchedulePeriod::Week => self.start.checked_add_days(Days::new(steps * 7)),
            SchedulePeriod::Month => self.months_later(steps)?,
            SchedulePeriod::Year => self.months_later(steps * 12)?,
        };
        Ok(day.filter(|day| day.year() <= LAST_YEAR))
    }

    fn months_later(&self, months: u64) -> Result<Option<NaiveDate>, calendar::Error> {
        if self.calendar == Calendar::Bs {
            let months = i32::try_from(months).unwrap_or(i32::MAX);
            return Ok(Some(BsDate::from_gregorian(self.start)?.add_months(months)?.to_gregorian()));
        }
        let months = u32::try_from(months).unwrap_or(u32::MAX);
        Ok(self.start.checked_add_months(Months::new(months)))
    }

    /// No more than the days from one occurrence to the next.
    fn shortest_step(&self) -> i64 {
        i64::from(self.every.get()) * self.period.fewest_days()
    }
}

#[cfg(test)]
mod tests;
