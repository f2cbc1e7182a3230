use std::collections::VecDeque;

use database::Database;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use kernel::{Keyset, Limit, OrganizationId, PageRequest, csv_text};
use serde_json::{Value, json};

use crate::{AuditFilter, Entry, Error, store};

/// How a log is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180, with a byte order mark for spreadsheets.
    Csv,
    /// One JSON object per line.
    JsonLines,
}

impl Format {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }
}

/// A file in pieces, each made when it is asked for.
pub type Chunks = BoxStream<'static, Result<Vec<u8>, Error>>;

const HEADER: [&str; 19] = [
    "seq",
    "occurred_at",
    "type",
    "actor_kind",
    "actor_name",
    "actor_user_id",
    "actor_key_id",
    "subject_type",
    "subject_id",
    "subject_version",
    "ip",
    "user_agent",
    "request_id",
    "trace_id",
    "id",
    "data",
    "before",
    "after",
    "organization_id",
];

/// Where an export stands.
struct Reader {
    database: Database,
    org: OrganizationId,
    filter: AuditFilter,
    format: Format,
    /// Pages that are to come; the one without a keyset is the first.
    next: VecDeque<Option<Keyset>>,
}

/// Writes the log as it is when it is read: what is told meanwhile is newer than the first page.
pub(crate) fn chunks(database: Database, org: OrganizationId, filter: AuditFilter, format: Format) -> Chunks {
    let reader = Reader { database, org, filter, format, next: VecDeque::from([None]) };
    stream::try_unfold(reader, |mut reader| async move {
        let Some(after) = reader.next.pop_front() else {
            return Ok(None);
        };
        let first = after.is_none();
        let request = PageRequest { limit: Limit::EXPORT, after, count: false };
        let page = store::list(&reader.database, reader.org, &reader.filter, &request).await?;
        reader.next.extend(page.next.map(Some));
        let chunk = reader.write(&page.rows, first)?;
        Ok(Some((chunk, reader)))
    })
    .boxed()
}

impl Reader {
    fn write(&self, entries: &[Entry], first: bool) -> Result<Vec<u8>, Error> {
        match self.format {
            Format::Csv => csv(self.org, entries, first).map_err(Error::Write),
            Format::JsonLines => Ok(json_lines(self.org, entries)),
        }
    }
}

fn csv(org: OrganizationId, entries: &[Entry], first: bool) -> Result<Vec<u8>, csv::Error> {
    let start = if first { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start);
    if first {
        writer.write_record(HEADER)?;
    }
    for entry in entries {
        writer.write_record(cells(org, entry).iter().map(|cell| csv_text(cell).into_owned()))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn cells(org: OrganizationId, entry: &Entry) -> [String; 19] {
    let json = |value: &Value| if value.is_null() { String::new() } else { value.to_string() };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        entry.seq.to_string(),
        time(entry),
        entry.kind.clone(),
        entry.by.kind.name().to_owned(),
        text(&entry.by.name),
        entry.by.user.map(|user| user.to_string()).unwrap_or_default(),
        entry.by.key.map(|key| key.to_string()).unwrap_or_default(),
        entry.subject.kind.clone(),
        entry.subject.id.to_string(),
        entry.subject.version.map(|version| version.to_string()).unwrap_or_default(),
        text(&entry.ip),
        text(&entry.user_agent),
        text(&entry.request_id),
        text(&entry.trace),
        entry.id.to_string(),
        json(&entry.data),
        json(&entry.before),
        json(&entry.after),
        org.to_string(),
    ]
}

fn time(entry: &Entry) -> String {
    entry.occurred_at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn json_lines(org: OrganizationId, entries: &[Entry]) -> Vec<u8> {
    let line = |entry: &Entry| {
        let line = json!({
            "seq": entry.seq, "id": entry.id, "occurredAt": time(entry), "type": entry.kind,
            "organizationId": org,
            "actor": {
                "kind": entry.by.kind.name(), "name": entry.by.name, "userId": entry.by.user,
                "keyId": entry.by.key,
            },
            "subject": entry.subject, "data": entry.data, "before": entry.before, "after": entry.after,
            "ip": entry.ip, "userAgent": entry.user_agent, "requestId": entry.request_id,
            "traceId": entry.trace,
        });
        format!("{line}\n")
    };
    entries.iter().map(line).collect::<String>().into_bytes()
}
