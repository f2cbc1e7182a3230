use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Timelike, Utc};
use typst::comemo;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::clusters::joined;
use crate::sheet::Sheet;
use crate::world::Shelf;
use crate::{Document, Error};

/// One for the whole process, warm from the first paper on.
static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::open);

/// How many papers a layout stays remembered for; what all papers share is asked for by each, and so never forgotten.
const REMEMBERED: usize = 2;

/// Prints a document as PDF/A-3a, tagged, with its fonts inside. The same document gives the same bytes.
///
/// Takes processor time, about as long as a request may take in all: call it where that blocks nobody.
pub fn render(document: &Document) -> Result<Vec<u8>, Error> {
    let file = typeset(document).and_then(|paper| file(&paper, document));
    comemo::evict(REMEMBERED);
    file
}

fn typeset(document: &Document) -> Result<PagedDocument, Error> {
    let sheet = Sheet::of(document, |character| SHELF.has_glyph(character))?;
    let data = serde_json::to_vec(&sheet).expect("texts and numbers are JSON");
    let world = SHELF.world(data, document.logo.as_ref().map(|logo| logo.bytes()));
    let Warned { output, warnings } = typst::compile(&world);
    debug_assert!(warnings.is_empty(), "{warnings:?}");
    output.map(joined).map_err(|said| refused(&said))
}

fn file(paper: &PagedDocument, document: &Document) -> Result<Vec<u8>, Error> {
    let standards = PdfStandards::new(&[PdfStandard::A_3a]).expect("one standard contradicts nothing");
    let options = PdfOptions {
        ident: Smart::Custom(identity(document)),
        creator: Smart::Custom(Some("Mero Jugx".to_owned())),
        timestamp: moment(document.issued_at).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(paper, &options).map_err(|said| refused(&said))
}

/// What tells this file from every other one; it is hashed into the file's identifier.
fn identity(document: &Document) -> String {
    format!("{} {} {:?}", document.seller.name, document.number, document.rendition)
}

fn moment(time: DateTime<Utc>) -> Option<Datetime> {
    let small = |number: u32| u8::try_from(number).ok();
    let (month, day) = (small(time.month())?, small(time.day())?);
    Datetime::from_ymd_hms(
        time.year(),
        month,
        day,
        small(time.hour())?,
        small(time.minute())?,
        small(time.second())?,
    )
}

fn refused(said: &[SourceDiagnostic]) -> Error {
    let messages: Vec<_> = said.iter().map(|fault| fault.message.as_str()).collect();
    Error::Typesetting(messages.join("; "))
}

#[cfg(test)]
mod tests;
