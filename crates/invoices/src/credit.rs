use kernel::{CreditNoteId, Currency, InvoiceId};

use crate::{
    Amount, Description, Discount, Document, Error, FullInvoice, Issue, Line, Quantity, Reason, Refusal,
    Sides, Sums, TaxTotal, Totals, WriteDocumentLine,
};

/// Takes back a part of an invoice, or all of it. Never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditNote {
    pub id: CreditNoteId,
    pub invoice: InvoiceId,
    pub issue: Issue,
    pub reason: Reason,
    /// The invoice's.
    pub currency: Currency,
    pub sums: Sums,
    /// By how much less was due.
    pub reduced: Amount,
    /// The rest, which had been paid.
    pub refundable: Amount,
}

/// A credit note with all that stands on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullCreditNote {
    pub note: CreditNote,
    pub document: Document,
    pub sides: Sides,
}

/// Writes one.
#[derive(Clone, Debug)]
pub struct WriteCreditNote {
    pub reason: String,
    /// What is taken back; all that is not yet credited if absent.
    pub lines: Option<Vec<WriteDocumentLine>>,
}

/// All that is not yet credited: the invoice itself, or what earlier notes left of each tax class.
pub(crate) fn rest_of(invoice: &FullInvoice, before: &[TaxTotal]) -> Result<Document, Error> {
    if before.iter().all(|class| class.taxable.is_zero() && class.tax.is_zero()) {
        return Ok(invoice.document.clone());
    }
    let number = invoice.invoice.issue.as_ref().map(|issue| issue.number.to_string()).unwrap_or_default();
    let left = invoice.document.totals.taxes.iter().filter_map(|class| {
        let left = class.taxable.less(credited(before, class).taxable);
        (!left.is_zero()).then(|| (rest_line(&number, class, left), (None, None)))
    });
    let rest = Document::of(left, Discount::None)?;
    credit(invoice, before, rest)
}

/// The document as it credits the invoice, after earlier notes. Of each tax class it takes no more than was invoiced.
/// The tax is what the sum of all notes bears more than the sum of the earlier ones, rounded once each: so notes never
/// take more tax than was invoiced, and the last one takes exactly what is left.
pub(crate) fn credit(
    invoice: &FullInvoice,
    before: &[TaxTotal],
    document: Document,
) -> Result<Document, Error> {
    let invoiced = &invoice.document.totals.taxes;
    for class in &document.totals.taxes {
        let whole = invoiced.iter().find(|whole| whole.class == class.class);
        let left = whole.map_or(Amount::ZERO, |whole| whole.taxable.less(credited(before, class).taxable));
        if class.taxable > left {
            return Err(Refusal::NotInvoiced.into());
        }
    }
    let totals = Totals::following(&document.bare(), document.totals.clone(), before);
    let lines = document.lines.into_iter().zip(&totals.lines).map(|(mut line, totals)| {
        line.totals = *totals;
        line
    });
    Ok(Document { lines: lines.collect(), discount: document.discount, totals: totals.clone() })
}

/// What earlier notes took of a class.
fn credited(before: &[TaxTotal], class: &TaxTotal) -> TaxTotal {
    let nothing = TaxTotal { class: class.class, taxable: Amount::ZERO, tax: Amount::ZERO };
    before.iter().find(|other| other.class == class.class).copied().unwrap_or(nothing)
}

fn rest_line(number: &str, class: &TaxTotal, left: Amount) -> Line {
    Line {
        description: Description::from_stored(format!("{number}: the rest")),
        quantity: Quantity::ONE,
        unit_price: left,
        discount: Discount::None,
        tax: class.class,
    }
}
