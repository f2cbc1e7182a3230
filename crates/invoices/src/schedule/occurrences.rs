use std::iter::FusedIterator;

use calendar::Error;
use chrono::NaiveDate;

use super::Schedule;

/// One time that something recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Occurrence {
    /// From 0, the first day of the schedule. With the schedule's id it names the occurrence for good.
    pub index: u32,
    pub on: NaiveDate,
}

/// What recurs in an interval; see [`Schedule::occurrences_between`].
#[derive(Clone, Debug)]
pub struct Occurrences {
    schedule: Schedule,
    /// The one to look at next; `None` at the end.
    next: Option<u32>,
    until: NaiveDate,
}

impl Occurrences {
    pub(super) fn between(schedule: Schedule, after: Option<NaiveDate>, until: NaiveDate) -> Self {
        let next = after.map_or(0, |after| first_after(&schedule, after));
        Self { schedule, next: Some(next), until }
    }
}

impl Iterator for Occurrences {
    type Item = Result<Occurrence, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let index = self.next.take().filter(|index| self.schedule.end().admits_index(*index))?;
        let wanted = |day: NaiveDate| day <= self.until && self.schedule.end().admits_day(day);
        match self.schedule.day_of(index) {
            Ok(on) => {
                let on = on.filter(|on| wanted(*on))?;
                self.next = index.checked_add(1);
                Some(Ok(Occurrence { index, on }))
            }
            // What the table does not have is after its last day.
            Err(Error::OutsideTable { last, .. }) if !last.succ_opt().is_some_and(wanted) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

impl FusedIterator for Occurrences {}

/// The first occurrence after a day, or the first whose day is not known. Days grow with their index, so it halves the
/// range in which it must be.
fn first_after(schedule: &Schedule, after: NaiveDate) -> u32 {
    let is_past = |index| matches!(schedule.day_of(index), Ok(Some(day)) if day <= after);
    let days = after.signed_duration_since(schedule.start()).num_days();
    if days < 0 {
        return 0;
    }
    let (mut low, mut high) = (0, u32::try_from(days / schedule.shortest_step() + 1).unwrap_or(u32::MAX));
    while low < high {
        let middle = u32::midpoint(low, high);
        if is_past(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
