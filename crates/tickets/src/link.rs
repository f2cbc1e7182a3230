use kernel::{FieldFault, LinkId, TicketId, Timestamp};

use crate::{Category, Error, Ticket, TicketNumber, Title};

/// How one ticket relates to another, as seen from the one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    Blocks,
    BlockedBy,
    Relates,
    Duplicates,
    DuplicatedBy,
}

/// A link, seen from one of its tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub id: LinkId,
    pub relation: Relation,
    /// The ticket at the other end.
    pub other: TicketId,
    pub other_number: TicketNumber,
    pub other_title: Title,
    pub other_status: Category,
    pub created_at: Timestamp,
}

/// Links a ticket to another.
#[derive(Clone, Copy, Debug)]
pub struct LinkTicket {
    pub relation: Relation,
    pub other: TicketId,
}

/// What a link means, from its source to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum LinkKind {
    Blocks,
    Relates,
    Duplicates,
}

/// A link as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) source: TicketId,
    pub(crate) target: TicketId,
    pub(crate) kind: LinkKind,
}

impl Relation {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::Blocks, Self::BlockedBy, Self::Relates, Self::Duplicates, Self::DuplicatedBy];

    /// The word on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::BlockedBy => "blocked_by",
            Self::Relates => "relates",
            Self::Duplicates => "duplicates",
            Self::DuplicatedBy => "duplicated_by",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.name() == name)
    }
}

impl Link {
    /// A new link to another ticket.
    pub(crate) fn to(other: &Ticket, id: LinkId, relation: Relation, now: Timestamp) -> Self {
        Self {
            id,
            relation,
            other: other.id,
            other_number: other.number,
            other_title: other.title.clone(),
            other_status: other.status,
            created_at: now,
        }
    }
}

impl LinkKind {
    const ALL: [Self; 3] = [Self::Blocks, Self::Relates, Self::Duplicates];

    /// The word in the database.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::Relates => "relates",
            Self::Duplicates => "duplicates",
        }
    }

    /// The one of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether links of this kind must not lead back to where they began.
    pub(crate) const fn is_directed(self) -> bool {
        !matches!(self, Self::Relates)
    }
}

impl Edge {
    /// The link that is asked for. What relates has no direction, so it is stored one way round only.
    pub(crate) fn new(ticket: TicketId, link: LinkTicket) -> Result<Self, Error> {
        let LinkTicket { relation, other } = link;
        if ticket == other {
            return Err(FieldFault::new("ticketId", "same_ticket", "must be another ticket").into());
        }
        let (source, target, kind) = match relation {
            Relation::Blocks => (ticket, other, LinkKind::Blocks),
            Relation::BlockedBy => (other, ticket, LinkKind::Blocks),
            Relation::Duplicates => (ticket, other, LinkKind::Duplicates),
            Relation::DuplicatedBy => (other, ticket, LinkKind::Duplicates),
            Relation::Relates => (Ord::min(ticket, other), Ord::max(ticket, other), LinkKind::Relates),
        };
        Ok(Self { source, target, kind })
    }

    /// The same link from the other end.
    pub(crate) const fn reversed(self) -> Self {
        Self { source: self.target, target: self.source, kind: self.kind }
    }

    /// What it means to one of its tickets.
    pub(crate) fn seen_from(self, ticket: TicketId) -> Relation {
        match (self.kind, self.source == ticket) {
            (LinkKind::Blocks, true) => Relation::Blocks,
            (LinkKind::Blocks, false) => Relation::BlockedBy,
            (LinkKind::Relates, _) => Relation::Relates,
            (LinkKind::Duplicates, true) => Relation::Duplicates,
            (LinkKind::Duplicates, false) => Relation::DuplicatedBy,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> TicketId {
        TicketId::from_uuid(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn a_link_means_the_same_from_both_ends() {
        for relation in Relation::ALL {
            let edge = Edge::new(id(2), LinkTicket { relation, other: id(1) }).expect("two tickets");
            assert_eq!(edge.seen_from(id(2)), relation);
            let back = LinkTicket { relation: edge.seen_from(id(1)), other: id(2) };
            assert_eq!(Edge::new(id(1), back).expect("two tickets"), edge);
        }
    }

    #[test]
    fn a_ticket_has_no_link_to_itself() {
        let link = LinkTicket { relation: Relation::Relates, other: id(1) };
        assert!(matches!(Edge::new(id(1), link), Err(Error::Invalid(_))));
    }
}
