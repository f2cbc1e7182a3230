//! The words that tickets are described by.

use std::fmt;

/// What sort of work a ticket is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    #[default]
    Task,
    Bug,
    Question,
    Incident,
}

impl Kind {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Task, Self::Bug, Self::Question, Self::Incident];

    /// The word on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Bug => "bug",
            Self::Question => "question",
            Self::Incident => "incident",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// How much it hurts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    Low,
    #[default]
    Medium,
    High,
    Urgent,
}

impl Priority {
    /// Every one, upwards.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Urgent];

    /// The word on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.name() == name)
    }

    /// 1 to 4, so that a database can sort by it.
    pub(crate) const fn level(self) -> i64 {
        self as i64 + 1
    }

    /// The one of this level.
    pub(crate) fn at_level(level: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.level() == level)
    }
}

/// What a column means, and so the status of every ticket in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    Open,
    InProgress,
    /// For somebody outside.
    Waiting,
    Resolved,
    Closed,
}

impl Category {
    /// Every one, in the order of a ticket's life.
    pub const ALL: [Self; 5] = [Self::Open, Self::InProgress, Self::Waiting, Self::Resolved, Self::Closed];

    /// The word on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InProgress => "in_progress",
            Self::Waiting => "waiting",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.name() == name)
    }

    /// Whether nothing is left to do.
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Resolved | Self::Closed)
    }
}

/// The number people call a ticket by; 1, 2, 3.. in each organization, without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketNumber(pub i64);

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}
