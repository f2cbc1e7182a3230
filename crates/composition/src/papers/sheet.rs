//! An issued document as the press takes it. Nothing is added up here.

use invoices::{
    Amount, Design, Document, DocumentLine, FullCreditNote, FullInvoice, Issue, Life, Look, Party, Printed,
    Rendition, Sheet, Sides, TaxClass,
};
use kernel::{Currency, Money};
use pdf::{Charges, Credited, Settlement, State, Subject, TaxNumber};

use super::Jam;

pub(super) fn document(sheet: &Sheet) -> Result<pdf::Document, Jam> {
    match &sheet.printed {
        Printed::Invoice(full) => invoice(full, sheet),
        Printed::CreditNote { note, of } => {
            let credited = Credited {
                number: of.0.to_string(),
                date: of.1,
                reason: note.note.reason.as_str().to_owned(),
            };
            credit_note(note, credited, sheet)
        }
    }
}

fn invoice(full: &FullInvoice, sheet: &Sheet) -> Result<pdf::Document, Jam> {
    let invoice = &full.invoice;
    let (Some(issue), Some(sides)) = (&invoice.issue, &full.sides) else { return Err(Jam::Draft) };
    let charges = charges(&full.document, invoice.currency);
    let settlement = Some(settlement(full, charges.total));
    let bare = bare(issue, sides, sheet, Subject::Invoice { charges, settlement })?;
    Ok(pdf::Document {
        due: invoice.due_on,
        order_number: text(&invoice.po_number),
        notes: text(&full.notes),
        terms: text(&full.terms),
        payment_details: text(&sheet.look.payment_details),
        ..bare
    })
}

/// As it was when it was issued: what is paid later is said by receipts. Of a void one nothing is due.
fn settlement(full: &FullInvoice, total: Money) -> Settlement {
    let none = Money { amount: 0, ..total };
    let (state, due) = match full.invoice.life {
        Life::Void => (State::Void, none),
        Life::Draft | Life::Issued(_) => (State::Open, total),
    };
    Settlement { state, paid: none, credited: none, due }
}

fn credit_note(full: &FullCreditNote, credited: Credited, sheet: &Sheet) -> Result<pdf::Document, Jam> {
    let charges = charges(&full.document, full.note.currency);
    bare(&full.note.issue, &full.sides, sheet, Subject::CreditNote { charges, credited })
}

/// What every paper has.
fn bare(issue: &Issue, sides: &Sides, sheet: &Sheet, subject: Subject) -> Result<pdf::Document, Jam> {
    let Look { design, locale, accent, .. } = &sheet.look;
    Ok(pdf::Document {
        design: match design {
            Design::Classic => pdf::Design::Classic,
            Design::Modern => pdf::Design::Modern,
            Design::Compact => pdf::Design::Compact,
        },
        locale: *locale,
        accent: accent.parse()?,
        logo: None,
        rendition: match sheet.rendition {
            Rendition::Original => pdf::Rendition::Original,
            Rendition::Copy => pdf::Rendition::Copy,
        },
        subject,
        number: issue.number.to_string(),
        date: issue.on,
        due: None,
        issued_at: issue.at,
        order_number: None,
        seller: party(&sides.seller),
        buyer: party(&sides.buyer),
        notes: None,
        terms: None,
        payment_details: None,
    })
}

fn party(party: &Party) -> pdf::Party {
    pdf::Party {
        name: party.name.clone(),
        address: party.address.clone().unwrap_or_default(),
        tax_number: party.tax_id.clone().map(TaxNumber::PanOrVat),
        email: party.email.clone(),
        phone: party.phone.clone(),
    }
}

fn charges(document: &Document, currency: Currency) -> Charges {
    let money = |amount: Amount| Money { amount: amount.minor(), currency };
    let totals = &document.totals;
    Charges {
        lines: document.lines.iter().map(|line| self::line(line, currency)).collect(),
        subtotal: money(totals.subtotal),
        discount: (!totals.discount.is_zero()).then(|| money(totals.discount)),
        taxes: totals
            .taxes
            .iter()
            .map(|class| pdf::TaxTotal {
                tax: tax(class.class),
                taxable: money(class.taxable),
                amount: money(class.tax),
            })
            .collect(),
        total: money(totals.total),
    }
}

fn line(line: &DocumentLine, currency: Currency) -> pdf::Line {
    let money = |amount: Amount| Money { amount: amount.minor(), currency };
    pdf::Line {
        description: line.line.description.as_str().to_owned(),
        quantity_thousandths: line.line.quantity.thousandths(),
        unit: None,
        unit_price: money(line.line.unit_price),
        discount: (!line.totals.discount.is_zero()).then(|| money(line.totals.discount)),
        tax: tax(line.line.tax),
        amount: money(line.totals.amount),
    }
}

fn tax(class: TaxClass) -> pdf::Tax {
    match class {
        TaxClass::Rated(rate) => pdf::Tax::Rated(rate.get()),
        TaxClass::Zero => pdf::Tax::Zero,
        TaxClass::Exempt => pdf::Tax::Exempt,
        TaxClass::Untaxed => pdf::Tax::Untaxed,
    }
}

fn text(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
