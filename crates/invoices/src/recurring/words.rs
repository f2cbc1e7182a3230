use std::fmt;

use crate::ScheduleEnd;

/// What becomes of each invoice that a schedule makes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Making {
    /// It waits for somebody to look at it.
    #[default]
    Draft,
    /// It is issued at once.
    Issue,
}

/// What becomes of invoices that fell into the time in which nothing was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    Make,
    /// But the one of today, if there is one.
    Skip,
}

/// Whether a schedule goes on, as people see and filter it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecurrenceStatus {
    Active,
    Paused,
    Stopped,
    Ended,
}

/// Why a schedule stopped by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StopReason {
    CustomerArchived,
    TaxRateArchived,
    /// The calendar does not have the next day, or the fiscal year of the day.
    OutsideCalendar,
    /// Something else of the draft is not right any more.
    Invalid,
}

impl Making {
    const ALL: [Self; 2] = [Self::Draft, Self::Issue];

    /// The word in the database and in events.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Issue => "issue",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|making| making.name() == name)
    }
}

impl RecurrenceStatus {
    const ALL: [Self; 4] = [Self::Active, Self::Paused, Self::Stopped, Self::Ended];

    /// The word on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Stopped => "stopped",
            Self::Ended => "ended",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

impl StopReason {
    const ALL: [Self; 4] =
        [Self::CustomerArchived, Self::TaxRateArchived, Self::OutsideCalendar, Self::Invalid];

    /// The word on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CustomerArchived => "customer_archived",
            Self::TaxRateArchived => "tax_rate_archived",
            Self::OutsideCalendar => "outside_calendar",
            Self::Invalid => "invalid",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

/// As the audit log shows it.
impl fmt::Display for ScheduleEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str("never"),
            Self::On(day) => write!(f, "on {day}"),
            Self::After(count) => write!(f, "after {count}"),
        }
    }
}
