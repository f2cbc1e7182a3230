use std::collections::HashMap;

use futures_util::stream::BoxStream;
use kernel::{ColumnId, UserId, csv_text};

use crate::ticket::instant;
use crate::{Error, Minutes, Ticket};

/// CSV in chunks: the heading first, then up to a thousand tickets each.
pub type CsvStream = BoxStream<'static, Result<Vec<u8>, Error>>;

const HEADING: [&str; 16] = [
    "number",
    "title",
    "type",
    "status",
    "column",
    "priority",
    "requester",
    "assignee",
    "tags",
    "due_at",
    "estimate_minutes",
    "spent_minutes",
    "created_at",
    "updated_at",
    "resolved_at",
    "closed_at",
];

/// What a spreadsheet shows instead of ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) people: HashMap<UserId, String>,
    pub(crate) columns: HashMap<ColumnId, String>,
}

/// The first line.
pub(crate) fn heading() -> Vec<u8> {
    let mut sheet = Sheet::new();
    sheet.line(HEADING.map(str::to_owned));
    sheet.into_bytes()
}

/// One line for each ticket.
pub(crate) fn lines(tickets: &[Ticket], names: &Names) -> Vec<u8> {
    let mut sheet = Sheet::new();
    for ticket in tickets {
        sheet.line(cells(ticket, names));
    }
    sheet.into_bytes()
}

/// Everybody who is named in these tickets.
pub(crate) fn people_of(tickets: &[Ticket]) -> Vec<UserId> {
    tickets.iter().flat_map(|ticket| [ticket.requester].into_iter().chain(ticket.assignee)).collect()
}

/// What people wrote is made harmless; what the program wrote stays as it is.
fn cells(ticket: &Ticket, names: &Names) -> [String; HEADING.len()] {
    let text = |text: &str| csv_text(text).into_owned();
    let person = |user: UserId| names.people.get(&user).map_or_else(|| user.to_string(), |name| text(name));
    let column = names.columns.get(&ticket.column);
    let time = |at: Option<_>| at.map(instant).unwrap_or_default();
    let minutes = |minutes: Minutes| minutes.get().to_string();
    [
        ticket.number.0.to_string(),
        text(ticket.title.as_str()),
        ticket.kind.name().to_owned(),
        ticket.status.name().to_owned(),
        column.map_or_else(|| ticket.column.to_string(), |name| text(name)),
        ticket.priority.name().to_owned(),
        person(ticket.requester),
        ticket.assignee.map(person).unwrap_or_default(),
        text(&ticket.tags.to_stored()),
        time(ticket.due_at),
        ticket.estimate.map(minutes).unwrap_or_default(),
        minutes(ticket.spent),
        time(Some(ticket.created_at)),
        time(Some(ticket.updated_at)),
        time(ticket.resolved_at),
        time(ticket.closed_at),
    ]
}

/// RFC 4180: quoted where needed, lines ended by CR LF.
struct Sheet(csv::Writer<Vec<u8>>);

impl Sheet {
    fn new() -> Self {
        Self(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new()))
    }

    fn line(&mut self, cells: [String; HEADING.len()]) {
        self.0.write_record(cells).expect("memory takes every line, and all are of one length");
    }

    fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes every line")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    use super::*;
    use crate::{Category, Kind, Priority, Tags, TicketNumber, Title};

    fn a_ticket(title: &str, tag: &str) -> Ticket {
        let id = uuid::Uuid::from_u128(1);
        let now = kernel::Timestamp::UNIX_EPOCH;
        Ticket {
            id: id.into(),
            number: TicketNumber(7),
            title: Title::from_stored(title.to_owned()),
            kind: Kind::Bug,
            priority: Priority::High,
            column: id.into(),
            status: Category::Open,
            requester: id.into(),
            assignee: Some(id.into()),
            tags: Tags::from_stored(tag),
            due_at: Some(now),
            estimate: None,
            spent: Minutes::from_stored(5),
            version: kernel::Version::FIRST,
            created_at: now,
            updated_at: now,
            resolved_at: None,
            closed_at: None,
        }
    }

    fn names(name: &str) -> Names {
        let id = uuid::Uuid::from_u128(1);
        Names {
            people: HashMap::from([(id.into(), name.to_owned())]),
            columns: HashMap::from([(id.into(), name.to_owned())]),
        }
    }

    fn parsed(sheet: &[u8]) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(sheet);
        let records = reader.records().map(|record| record.expect("RFC 4180"));
        records.map(|record| record.iter().map(str::to_owned).collect()).collect()
    }

    fn is_formula(cell: &str) -> bool {
        cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
    }

    #[test]
    fn a_sheet_reads_like_this() {
        let sheet = [heading(), lines(&[a_ticket("Say \"hi\", now", "")], &names("Asha"))].concat();
        assert_eq!(
            String::from_utf8(sheet).expect("text"),
            "number,title,type,status,column,priority,requester,assignee,tags,due_at,estimate_minutes,\
             spent_minutes,created_at,updated_at,resolved_at,closed_at\r\n\
             7,\"Say \"\"hi\"\", now\",bug,open,Asha,high,Asha,Asha,,1970-01-01T00:00:00.000Z,,5,\
             1970-01-01T00:00:00.000Z,1970-01-01T00:00:00.000Z,,\r\n"
        );
    }

    #[test]
    fn a_formula_is_text() {
        let sheet = lines(&[a_ticket("=HYPERLINK(\"x\")", "@sum +1")], &names("-Asha"));
        let cells = &parsed(&sheet)[0];
        assert_eq!((cells[1].as_str(), cells[8].as_str()), ("'=HYPERLINK(\"x\")", "'+1 @sum"));
        assert_eq!((cells[4].as_str(), cells[6].as_str(), cells[7].as_str()), ("'-Asha", "'-Asha", "'-Asha"));
    }

    proptest! {
        #[test]
        fn whatever_people_write_stays_text_and_stays_the_same(
            title in any::<String>(),
            sign in proptest::sample::select(vec!["", "=", "+", "-", "@", "\t", "＝"]),
            name in any::<String>(),
        ) {
            let title = format!("{sign}{title}");
            let cells = &parsed(&lines(&[a_ticket(&title, "")], &names(&name)))[0];
            prop_assert_eq!(cells.len(), HEADING.len());
            prop_assert!(!cells.iter().any(|cell| is_formula(cell)), "{:?}", cells);
            for (cell, text) in [(&cells[1], &title), (&cells[4], &name), (&cells[6], &name)] {
                let unguarded = if is_formula(text) { cell.strip_prefix('\'') } else { Some(cell.as_str()) };
                prop_assert_eq!(unguarded, Some(text.as_str()));
            }
        }
    }
}
