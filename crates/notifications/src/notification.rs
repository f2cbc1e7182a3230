use chrono::TimeDelta;
use kernel::{EventId, FieldFault, Fields, NotificationId, Subject, Timestamp, UserId};
use serde_json::Value;

use crate::Category;

/// An entry of a person's feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Notification {
    pub id: NotificationId,
    pub user: UserId,
    /// The event it was made from.
    pub event: EventId,
    pub category: Category,
    /// What happened, for the text shown: `ticket_assigned`.
    pub kind: String,
    pub subject: Subject,
    /// The person who caused it; nobody if the system did.
    pub caused_by: Option<UserId>,
    /// Ids and short facts for the text shown.
    pub data: Value,
    pub critical: bool,
    pub created_at: Timestamp,
    /// When it comes back, or came back, after having been put off.
    pub snoozed_until: Option<Timestamp>,
    pub seen_at: Option<Timestamp>,
    pub read_at: Option<Timestamp>,
    pub archived_at: Option<Timestamp>,
}

/// Which part of the feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Neither archived nor put off.
    #[default]
    Inbox,
    Archived,
    /// Put off, not yet back.
    Snoozed,
}

/// Which entries are wanted.
#[derive(Clone, Debug, Default)]
pub struct FeedFilter {
    pub view: View,
    pub unread_only: bool,
    pub category: Option<Category>,
}

/// What waits in the inbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Never shown to him.
    pub unseen: u64,
    /// Shown perhaps, but not opened.
    pub unread: u64,
}

/// What a person did with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It was on his screen.
    Seen,
    Read,
    Unread,
    /// Done with.
    Archived,
    /// Back from the archive, or from having been put off.
    Restored,
    /// Put off: leaves the inbox and comes back unread at that time.
    Snoozed(Timestamp),
}

impl Mark {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Read => "read",
            Self::Unread => "unread",
            Self::Archived => "archived",
            Self::Restored => "restored",
            Self::Snoozed(_) => "snoozed",
        }
    }

    /// Until when, if it is put off.
    pub const fn until(self) -> Option<Timestamp> {
        match self {
            Self::Snoozed(until) => Some(until),
            _ => None,
        }
    }
}

/// A wish to mark entries. `until` belongs to `snoozed` alone: in the future, within a year.
#[derive(Clone, Debug)]
pub struct MarkNotification {
    pub mark: String,
    pub until: Option<Timestamp>,
}

impl MarkNotification {
    pub(crate) fn parse(&self, now: Timestamp) -> Result<Mark, Vec<FieldFault>> {
        let mut fields = Fields::new();
        let mark = fields.check(parse_mark(&self.mark, self.until));
        if let Some(Mark::Snoozed(until)) = mark
            && !(now < until && until <= now + TimeDelta::days(366))
        {
            let detail = "must be in the future, at most a year from now";
            fields.push(FieldFault::new("until", "out_of_range", detail));
        }
        fields.finish()?;
        mark.ok_or_else(Vec::new)
    }
}

fn parse_mark(mark: &str, until: Option<Timestamp>) -> Result<Mark, FieldFault> {
    let mark = match (mark, until) {
        ("snoozed", Some(until)) => return Ok(Mark::Snoozed(until)),
        ("snoozed", None) => {
            return Err(FieldFault::new("until", "required", "must say until when"));
        }
        ("seen", _) => Mark::Seen,
        ("read", _) => Mark::Read,
        ("unread", _) => Mark::Unread,
        ("archived", _) => Mark::Archived,
        ("restored", _) => Mark::Restored,
        _ => {
            let detail = "must be one of `seen`, `read`, `unread`, `archived`, `restored`, `snoozed`";
            return Err(FieldFault::new("mark", "unknown_value", detail));
        }
    };
    match until {
        None => Ok(mark),
        Some(_) => Err(FieldFault::new("until", "not_applicable", "belongs to `snoozed` alone")),
    }
}

/// A wish to mark a whole part of the feed: the inbox, or what is to be restored.
#[derive(Clone, Debug)]
pub struct MarkAll {
    pub mark: MarkNotification,
    pub category: Option<Category>,
    /// Leaves alone what came after this entry: what he had not seen when he wished.
    pub up_to: Option<NotificationId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(mark: &str, until: Option<i64>) -> Result<Mark, (String, &'static str)> {
        let at = |seconds| Timestamp::from_timestamp(seconds, 0).expect("valid");
        let wish = MarkNotification { mark: mark.to_owned(), until: until.map(at) };
        wish.parse(at(1_000)).map_err(|faults| (faults[0].field.clone(), faults[0].code))
    }

    #[test]
    fn a_mark_is_one_of_six_words() {
        for word in ["seen", "read", "unread", "archived", "restored"] {
            assert_eq!(parse(word, None).expect("known").name(), word);
            assert_eq!(parse(word, Some(2_000)), Err(("until".to_owned(), "not_applicable")));
        }
        assert_eq!(parse("burnt", None), Err(("mark".to_owned(), "unknown_value")));
    }

    #[test]
    fn putting_off_needs_a_time_ahead() {
        assert_eq!(parse("snoozed", None), Err(("until".to_owned(), "required")));
        assert!(parse("snoozed", Some(1_001)).is_ok());
        for until in [999, 1_000, 1_000 + 367 * 86_400] {
            assert_eq!(parse("snoozed", Some(until)), Err(("until".to_owned(), "out_of_range")), "{until}");
        }
    }
}
