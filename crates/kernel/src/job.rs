use std::fmt;
use std::str::FromStr;

use crate::{Stream, Timestamp};

/// The class of a job: what waits for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Queue {
    /// A person waits for it: mails with links.
    High,
    Default,
    /// Thousands at a time.
    Bulk,
}

impl Queue {
    /// In the order in which a free worker looks at them.
    pub const ALL: [Self; 3] = [Self::High, Self::Default, Self::Bulk];

    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Default => "default",
            Self::Bulk => "bulk",
        }
    }
}

impl fmt::Display for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that names no queue.
#[derive(Debug, thiserror::Error)]
#[error("unknown queue `{0}`")]
pub struct UnknownQueue(String);

impl FromStr for Queue {
    type Err = UnknownQueue;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|queue| queue.name() == text).ok_or_else(|| UnknownQueue(text.to_owned()))
    }
}

/// A job to be written into the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobDraft {
    /// `<module>.<verb>`, as in `notifications.send_mail`.
    pub kind: &'static str,
    pub queue: Queue,
    /// Whose job it is.
    pub stream: Stream,
    /// JSON; ids only.
    pub payload: String,
    /// Not before; at once if absent.
    pub run_at: Option<Timestamp>,
    /// While a job of this kind and key waits or runs, another is not added.
    pub dedupe_key: Option<String>,
}
