use std::collections::HashSet;

use kernel::{ContactId, ContactListId, EmailAddress, Fields, Timestamp, Version, single_line};

use crate::Error;
use crate::words::{optional_line, words};

const NAME: usize = 120;

/// Rows that one import takes.
pub const IMPORT_ROWS: usize = 1_000;

/// People to write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactList {
    pub id: ContactListId,
    pub name: String,
    pub opt_in: OptIn,
    pub version: Version,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

words! {
    /// How somebody gets on a list.
    OptIn {
        /// The organization says that he agreed.
        Single = "single",
        /// He says so himself, by a mail that he answers.
        Double = "double",
    }
}

/// Somebody on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub id: ContactId,
    pub list: ContactListId,
    pub email: EmailAddress,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub consent: Consent,
    pub created_at: Timestamp,
    pub confirmed_at: Option<Timestamp>,
}

words! {
    /// Whether somebody agreed to be written to.
    Consent {
        /// He was asked.
        Pending = "pending",
        Confirmed = "confirmed",
    }
}

/// Somebody to be put on a list.
#[derive(Clone, Debug, Default)]
pub struct ImportRow {
    pub email: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    pub email: String,
    pub outcome: Result<Taken, kernel::FieldFault>,
}

/// How a row was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Added(ContactId),
    /// He is on the list already, or stands twice in what was sent; nothing of him changed.
    Known,
}

pub(crate) fn list_name(name: &str) -> Result<String, Error> {
    Ok(single_line("name", name, NAME)?)
}

/// Reads CSV: a head that names `email` and maybe `first_name` and `last_name`, then the rows. Other columns are left.
pub fn import_rows(csv: &str) -> Result<Vec<ImportRow>, Error> {
    let fault = |detail: String| Error::from(kernel::FieldFault::new("csv", "invalid_format", detail));
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(csv.as_bytes());
    let head = reader.headers().map_err(|error| fault(error.to_string()))?.clone();
    let place = |wanted: &str| {
        let plain =
            |name: &str| name.trim_start_matches('\u{feff}').to_lowercase().replace([' ', '_', '-'], "");
        head.iter().position(|name| plain(name) == wanted)
    };
    let Some(email) = place("email") else {
        return Err(fault("the first line must name a column `email`".to_owned()));
    };
    let (first, last) = (place("firstname"), place("lastname"));
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| fault(error.to_string()))?;
        let cell = |place: Option<usize>| place.and_then(|place| record.get(place)).map(str::to_owned);
        rows.push(ImportRow {
            email: cell(Some(email)).unwrap_or_default(),
            first_name: cell(first),
            last_name: cell(last),
        });
        if rows.len() > IMPORT_ROWS {
            return Err(too_many("csv"));
        }
    }
    Ok(rows)
}

pub(crate) fn too_many(field: &str) -> Error {
    kernel::FieldFault::new(field, "too_long", format!("must have at most {IMPORT_ROWS} rows")).into()
}

/// Judges rows one by one; those that are right come with the contact they would become.
pub(crate) fn judged(
    rows: Vec<ImportRow>,
    list: &ContactList,
    id: impl Fn() -> ContactId,
    now: Timestamp,
) -> Vec<(String, Result<Option<Contact>, kernel::FieldFault>)> {
    let mut seen = HashSet::new();
    let judge = |row: ImportRow| {
        let email = row.email.clone();
        let contact = contact(row, list, id(), now);
        let once = contact.map(|contact| Some(contact).filter(|contact| seen.insert(contact.email.clone())));
        (email, once)
    };
    rows.into_iter().map(judge).collect()
}

fn contact(
    row: ImportRow,
    list: &ContactList,
    id: ContactId,
    now: Timestamp,
) -> Result<Contact, kernel::FieldFault> {
    let email = EmailAddress::parse("email", &row.email)?;
    let mut fields = Fields::new();
    let first_name = optional_line(&mut fields, "firstName", row.first_name, NAME);
    let last_name = optional_line(&mut fields, "lastName", row.last_name, NAME);
    if let Err(faults) = fields.finish() {
        return Err(faults.into_iter().next().expect("faults are never empty"));
    }
    let (consent, confirmed_at) = match list.opt_in {
        OptIn::Single => (Consent::Confirmed, Some(now)),
        OptIn::Double => (Consent::Pending, None),
    };
    Ok(Contact { id, list: list.id, email, first_name, last_name, consent, created_at: now, confirmed_at })
}
