use kernel::{ColumnId, FieldFault, TicketId};

/// Moves a ticket to a column: next to other tickets there, or to its end.
#[derive(Clone, Copy, Debug)]
pub struct MoveTicket {
    pub column: ColumnId,
    /// The ticket it shall stand directly before.
    pub before: Option<TicketId>,
    /// The ticket it shall stand directly after. With both, it comes to stand between them, directly after the upper.
    pub after: Option<TicketId>,
}

impl MoveTicket {
    /// The tickets it is to stand beside, with the fields that name them.
    pub(crate) fn neighbours(&self) -> Vec<(&'static str, TicketId)> {
        let named = [("afterId", self.after), ("beforeId", self.before)];
        named.into_iter().filter_map(|(field, id)| Some((field, id?))).collect()
    }

    /// Whether it goes by the ticket below it alone.
    pub(crate) const fn is_above(&self) -> bool {
        self.before.is_some() && self.after.is_none()
    }
}

/// A ticket stands beside others in its column, never beside itself.
pub(crate) fn no_neighbour(field: &str) -> FieldFault {
    FieldFault::new(field, "not_in_column", "must be another ticket in the column")
}
