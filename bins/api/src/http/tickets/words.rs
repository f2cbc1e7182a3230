//! The words of tickets on the wire.

use serde::{Deserialize, Serialize};
use tickets::{Category, Kind, Priority, Relation, Visibility};
use utoipa::ToSchema;

/// Declares a wire enum that mirrors one of the domain, with the way there and back.
macro_rules! word {
    ($wire:ident, $domain:ident, $schema:ident, [$($variant:ident),+]) => {
        #[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[schema(as = $schema)]
        pub(super) enum $wire {
            $($variant),+
        }

        impl From<$wire> for $domain {
            fn from(word: $wire) -> Self {
                match word {
                    $($wire::$variant => Self::$variant),+
                }
            }
        }

        impl From<$domain> for $wire {
            fn from(word: $domain) -> Self {
                match word {
                    $($domain::$variant => Self::$variant),+
                }
            }
        }
    };
}

word!(KindWord, Kind, TicketType, [Task, Bug, Question, Incident]);
word!(PriorityWord, Priority, TicketPriority, [Low, Medium, High, Urgent]);
word!(StatusWord, Category, TicketStatus, [Open, InProgress, Waiting, Resolved, Closed]);
word!(VisibilityWord, Visibility, CommentVisibility, [Public, Internal]);
word!(RelationWord, Relation, TicketRelation, [Blocks, BlockedBy, Relates, Duplicates, DuplicatedBy]);
