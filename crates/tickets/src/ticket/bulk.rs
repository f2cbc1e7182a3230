use std::collections::BTreeSet;

use kernel::{FieldFault, TicketId, Version};

use super::UpdateTicket;
use crate::Error;

/// The same change to 1 to 100 tickets, each at the version the caller has seen.
#[derive(Clone, Debug, Default)]
pub struct BulkUpdate {
    pub tickets: Vec<(TicketId, Version)>,
    pub change: UpdateTicket,
}

/// What became of one of them: its version now, or why it was left out.
#[derive(Debug)]
pub struct BulkRow {
    pub ticket: TicketId,
    pub result: Result<Version, Error>,
}

impl BulkUpdate {
    const MOST: usize = 100;

    /// Refuses too many and the same ticket twice.
    pub(crate) fn must_be_sound(&self) -> Result<(), Error> {
        if !(1..=Self::MOST).contains(&self.tickets.len()) {
            let detail = format!("must be 1 to {} tickets", Self::MOST);
            return Err(FieldFault::new("tickets", "out_of_range", detail).into());
        }
        let mut seen = BTreeSet::new();
        let twice = self.tickets.iter().enumerate().filter(|(_, (id, _))| !seen.insert(*id));
        let faults: Vec<_> = twice.map(|(place, _)| again(place)).collect();
        if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
    }

    pub(crate) fn ids(&self) -> Vec<TicketId> {
        self.tickets.iter().map(|(id, _)| *id).collect()
    }
}

fn again(place: usize) -> FieldFault {
    FieldFault::new("id", "duplicate", "must name each ticket once").within(place).within("tickets")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bulk(ids: impl IntoIterator<Item = u128>) -> BulkUpdate {
        let at_first = |id| (TicketId::from_uuid(uuid::Uuid::from_u128(id)), Version::FIRST);
        BulkUpdate { tickets: ids.into_iter().map(at_first).collect(), ..BulkUpdate::default() }
    }

    #[test]
    fn one_to_a_hundred_different_tickets() {
        assert!(bulk([1]).must_be_sound().is_ok() && bulk(1..=100).must_be_sound().is_ok());
        assert!(bulk([]).must_be_sound().is_err() && bulk(1..=101).must_be_sound().is_err());
        let Err(Error::Invalid(faults)) = bulk([1, 2, 1]).must_be_sound() else { panic!("refused") };
        assert_eq!(faults[0].field, "tickets/2/id");
    }
}
