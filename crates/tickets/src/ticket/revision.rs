use kernel::{Changes, ColumnId, Timestamp, UserId};

use super::{Edit, FullTicket};
use crate::{Board, Column, Error};

/// One change of a ticket, decided and not yet written.
#[derive(Clone, Debug)]
pub(crate) struct Revision {
    pub(crate) before: FullTicket,
    pub(crate) after: FullTicket,
    /// The values before and after; the description among them.
    pub(crate) changes: Changes,
}

impl Revision {
    /// What an edit makes of a ticket; nothing if all is as it was. The board says whether it may change its column.
    pub(crate) fn of(
        before: &FullTicket,
        edit: &Edit,
        board: Option<&Board>,
        now: Timestamp,
    ) -> Result<Option<Self>, Error> {
        let mut after = edit.applied(before)?;
        if let (Some(board), Some(to)) = (board, edit.column) {
            after.ticket.stand_in(board.destination(before.ticket.column, to)?, now);
        }
        if after == *before {
            return Ok(None);
        }
        Ok(Some(Self::between(before.clone(), after, now)))
    }

    /// A ticket put somewhere on the board, maybe in the column where it stood.
    pub(crate) fn moving(before: FullTicket, column: &Column, now: Timestamp) -> Self {
        let mut after = before.clone();
        after.ticket.stand_in(column, now);
        Self::between(before, after, now)
    }

    fn between(before: FullTicket, mut after: FullTicket, now: Timestamp) -> Self {
        after.ticket.version = before.ticket.version.next();
        after.ticket.updated_at = now;
        let mut changes = after.ticket.changes_since(&before.ticket);
        changes.note("description", before.description.as_str(), after.description.as_str());
        Self { before, after, changes }
    }

    /// What changed beside its place on the board, if anything did.
    pub(crate) fn field_changes(&self) -> Option<Changes> {
        let fields: Vec<_> = self.changes.fields();
        let others: Vec<_> = fields.into_iter().filter(|field| !PLACE.contains(field)).collect();
        (!others.is_empty()).then(|| self.changes.only(&others))
    }

    /// The column it leaves its old one for.
    pub(crate) fn new_column(&self) -> Option<ColumnId> {
        Some(self.after.ticket.column).filter(|column| *column != self.before.ticket.column)
    }

    /// The one who has it from now on.
    pub(crate) fn new_assignee(&self) -> Option<UserId> {
        self.after.ticket.assignee.filter(|assignee| Some(*assignee) != self.before.ticket.assignee)
    }

    /// Those who watch it from now on.
    pub(crate) fn newcomers(&self) -> Vec<UserId> {
        let requester = Some(self.after.ticket.requester);
        let requester = requester.filter(|requester| *requester != self.before.ticket.requester);
        self.new_assignee().into_iter().chain(requester).collect()
    }

    /// Whether it gets other tags.
    pub(crate) fn retags(&self) -> bool {
        self.before.ticket.tags != self.after.ticket.tags
    }
}

const PLACE: [&str; 2] = ["columnId", "status"];

#[cfg(test)]
mod tests {
    use kernel::{Patch, TicketId, Version};

    use super::*;
    use crate::{Category, ColumnName, OpenTicket, TicketNumber, Transitions, UpdateTicket};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_timestamp(second, 0).expect("valid")
    }

    fn column(number: u128, category: Category) -> Column {
        let name = ColumnName::parse("Column").expect("valid");
        Column::new(name, category, uuid::Uuid::from_u128(number).into(), at(0))
    }

    fn a_ticket() -> FullTicket {
        let me = UserId::from_uuid(uuid::Uuid::from_u128(1));
        let open = OpenTicket { title: "Printer on fire".to_owned(), ..OpenTicket::default() };
        let id = TicketId::from_uuid(uuid::Uuid::from_u128(7));
        let draft = open.parse(Some(me)).expect("valid");
        FullTicket::open(draft, id, TicketNumber(1), &column(1, Category::Open), at(1))
    }

    fn moved(before: FullTicket, category: Category, second: i64) -> FullTicket {
        Revision::moving(before, &column(2, category), at(second)).after
    }

    #[test]
    fn an_edit_that_changes_nothing_is_no_revision() {
        let ticket = a_ticket();
        let board = Board {
            columns: vec![column(1, Category::Open)],
            transitions: Transitions::Usual,
            version: Version::FIRST,
        };
        let same = UpdateTicket {
            title: Some(" Printer on fire ".to_owned()),
            column: Some(ticket.ticket.column),
            ..UpdateTicket::default()
        };
        let edit = same.parse().expect("valid");
        assert!(Revision::of(&ticket, &edit, Some(&board), at(2)).expect("allowed").is_none());
    }

    #[test]
    fn a_revision_tells_each_field_and_counts_one_version() {
        let change = UpdateTicket {
            description: Patch::Set("Help".to_owned()),
            due_at: Patch::Set(at(100)),
            add_tags: vec!["Fire".to_owned()],
            ..UpdateTicket::default()
        };
        let edit = change.parse().expect("valid");
        let revision = Revision::of(&a_ticket(), &edit, None, at(2)).expect("allowed").expect("changed");
        assert_eq!(revision.changes.fields(), ["tags", "dueAt", "description"]);
        assert_eq!(revision.after.ticket.version, Version(2));
        assert_eq!(revision.after.ticket.updated_at, at(2));
        assert!(revision.retags() && revision.new_column().is_none());
    }

    #[test]
    fn the_times_of_being_done_follow_the_columns() {
        let times = |full: &FullTicket| (full.ticket.resolved_at, full.ticket.closed_at);
        let resolved = moved(a_ticket(), Category::Resolved, 5);
        assert_eq!(times(&resolved), (Some(at(5)), None));
        let closed = moved(resolved, Category::Closed, 6);
        assert_eq!(times(&closed), (Some(at(5)), Some(at(6))));
        assert_eq!(times(&moved(closed.clone(), Category::Closed, 7)), (Some(at(5)), Some(at(6))));
        assert_eq!(times(&moved(closed, Category::Open, 8)), (None, None));
    }

    #[test]
    fn all_faults_of_an_edit_are_told_at_once() {
        let change = UpdateTicket {
            title: Some("\n".to_owned()),
            due_at: Patch::Set(Timestamp::MAX_UTC),
            estimate_minutes: Patch::Set(-1),
            ..UpdateTicket::default()
        };
        let Err(Error::Invalid(faults)) = change.parse() else { panic!("refused") };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["title", "dueAt", "estimateMinutes"]);
    }
}
