use chrono::NaiveDate;
use kernel::{CreditNoteId, FileId, InvoiceId, Locale, OrganizationId, Timestamp};
use uuid::Uuid;

use crate::{DocumentNumber, Error, FullCreditNote, FullInvoice, Invoice, Life};

/// A document that has papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaperOf {
    Invoice(InvoiceId),
    CreditNote(CreditNoteId),
}

/// A paper on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub org: OrganizationId,
    pub file: FileId,
    pub rendition: Rendition,
}

/// The first paper of a document, or a later one, which says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rendition {
    Original,
    Copy,
}

/// Which paper somebody asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// The original if nobody has it yet, else a copy.
    #[default]
    Next,
    /// A copy in any case: whoever only looks leaves the original where it is.
    Copy,
}

/// How papers look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Design {
    #[default]
    Classic,
    Modern,
    Compact,
}

/// What became of a paper that was to be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printing {
    Done,
    /// It was there.
    Before,
}

/// All that is printed.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub printed: Printed,
    pub rendition: Rendition,
    pub look: Look,
}

/// The document itself.
#[derive(Clone, Debug)]
pub enum Printed {
    Invoice(Box<FullInvoice>),
    CreditNote {
        note: Box<FullCreditNote>,
        /// Number and day of the invoice that it takes from.
        of: (DocumentNumber, NaiveDate),
    },
}

/// How an organization's papers look and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub design: Design,
    pub locale: Locale,
    /// `#rrggbb`
    pub accent: String,
    /// A bank account, for instance; may be empty.
    pub payment_details: String,
}

/// A paper that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptPaper {
    pub(crate) rendition: Rendition,
    pub(crate) file: FileId,
    /// When the original left the house.
    pub(crate) taken_at: Option<Timestamp>,
}

impl PaperOf {
    /// The id of the document.
    pub fn id(self) -> Uuid {
        match self {
            Self::Invoice(id) => id.uuid(),
            Self::CreditNote(id) => id.uuid(),
        }
    }

    /// The one of this kind and id.
    pub fn named(kind: &str, id: Uuid) -> Option<Self> {
        match kind {
            "invoice" => Some(Self::Invoice(id.into())),
            "credit_note" => Some(Self::CreditNote(id.into())),
            _ => None,
        }
    }

    /// The word in the database and in events.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Invoice(_) => "invoice",
            Self::CreditNote(_) => "credit_note",
        }
    }
}

impl Rendition {
    const ALL: [Self; 2] = [Self::Original, Self::Copy];

    /// The word in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Copy => "copy",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rendition| rendition.name() == name)
    }
}

impl Design {
    const ALL: [Self; 3] = [Self::Classic, Self::Modern, Self::Compact];

    /// The word on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::Modern => "modern",
            Self::Compact => "compact",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|design| design.name() == name)
    }
}

/// What an invoice's paper says changes once after it is issued: when it becomes void.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Revision(i64);

impl Revision {
    pub(crate) const ISSUED: Self = Self(1);
    const VOID: Self = Self(2);

    /// That of an invoice now; drafts have none.
    pub(crate) fn of(invoice: &Invoice) -> Result<Self, Error> {
        match invoice.life {
            Life::Draft => Err(Error::DocumentNotReady),
            Life::Issued(_) => Ok(Self::ISSUED),
            Life::Void => Ok(Self::VOID),
        }
    }

    pub(crate) const fn number(self) -> i64 {
        self.0
    }

    /// What is printed of it: a void invoice has no original any more.
    pub(crate) const fn renditions(self) -> &'static [Rendition] {
        match self {
            Self::VOID => &[Rendition::Copy],
            _ => &Rendition::ALL,
        }
    }
}

impl Printed {
    pub(crate) fn number(&self) -> Option<&DocumentNumber> {
        match self {
            Self::Invoice(full) => full.invoice.issue.as_ref().map(|issue| &issue.number),
            Self::CreditNote { note, .. } => Some(&note.note.issue.number),
        }
    }

    /// What its file is called; a number has strokes, which no file may have.
    pub(crate) fn file_name(&self, rendition: Rendition) -> String {
        let number = self.number().map(|number| number.to_string().replace('/', "-")).unwrap_or_default();
        match rendition {
            Rendition::Original => format!("{number}.pdf"),
            Rendition::Copy => format!("{number}-copy.pdf"),
        }
    }
}
