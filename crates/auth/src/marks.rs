use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use kernel::{ApiKeyId, Timestamp};

/// When this process last noted the use of a key.
#[derive(Default)]
pub(crate) struct Marks(Mutex<HashMap<ApiKeyId, Timestamp>>);

impl Marks {
    /// True for the first caller in each span of time; he writes the note.
    pub(crate) fn claim(&self, key: ApiKeyId, now: Timestamp, span: TimeDelta) -> bool {
        let mut marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if marks.get(&key).is_some_and(|at| now < *at + span) {
            return false;
        }
        marks.retain(|_, at| now < *at + span);
        marks.insert(key, now);
        true
    }
}
