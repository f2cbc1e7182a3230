use chrono::NaiveDate;
use kernel::FieldFault;

/// What a schedule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SchedulePeriod {
    Day,
    Week,
    Month,
    Year,
}

/// Every how many periods: 1 to 365.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Every(u16);

/// When a schedule ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduleEnd {
    Never,
    /// The last day on which it may recur; not before the first one.
    On(NaiveDate),
    /// After so many occurrences, the first one included: 1 to 10,000.
    After(u32),
}

impl SchedulePeriod {
    /// Every one, from the shortest.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// The word on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == name)
    }

    /// Not more than it has in any calendar, a day less where an end of month is shorter than the one before.
    pub(super) const fn fewest_days(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 28,
            Self::Year => 360,
        }
    }
}

impl Every {
    /// Judges a number.
    pub fn parse(field: &str, periods: i64) -> Result<Self, FieldFault> {
        match u16::try_from(periods) {
            Ok(periods @ 1..=365) => Ok(Self(periods)),
            _ => Err(FieldFault::new(field, "out_of_range", "must be from 1 to 365")),
        }
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl ScheduleEnd {
    pub(super) fn judged(self, field: &str, start: NaiveDate) -> Result<(), FieldFault> {
        match self {
            Self::On(last) if last < start => {
                Err(FieldFault::new(field, "out_of_range", "must not be before the first day"))
            }
            Self::After(0) | Self::After(10_001..) => {
                Err(FieldFault::new(field, "out_of_range", "must be from 1 to 10,000 occurrences"))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn admits_index(self, index: u32) -> bool {
        !matches!(self, Self::After(count) if index >= count)
    }

    pub(super) fn admits_day(self, day: NaiveDate) -> bool {
        !matches!(self, Self::On(last) if day > last)
    }
}
