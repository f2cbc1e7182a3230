//! A document as the templates read it: every figure written out, every text printable.

use kernel::{Currency, Money};
use serde::Serialize;

use crate::dates::Day;
use crate::document::{Design, Document, Party, Rendition, State, Subject, Tax, TaxNumber};
use crate::figures::Figures;
use crate::printable::{lines, printable};
use crate::{Error, spelling};

mod body;

use body::{Charged, Received, Settled};

#[derive(Debug, Serialize)]
pub(crate) struct Sheet {
    design: &'static str,
    language: &'static str,
    colours: Colours,
    /// The format of the image, if there is one.
    logo: Option<&'static str>,
    is_copy: bool,
    is_void: bool,
    /// What it is called, as a key of the templates' words.
    title: &'static str,
    number: String,
    facts: Vec<Fact>,
    seller: Someone,
    buyer: Someone,
    /// The one sum that a reader looks for.
    headline: Headline,
    words: Option<String>,
    charges: Option<Charged>,
    settlement: Option<Settled>,
    receipt: Option<Received>,
    reason: Vec<String>,
    payment_details: Vec<String>,
    notes: Vec<String>,
    terms: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Colours {
    accent: String,
    on_accent: String,
    ink: String,
    tint: String,
}

/// A line of the head: a key of the templates' words, and a text or a day.
#[derive(Debug, Serialize)]
struct Fact {
    label: &'static str,
    text: Option<String>,
    day: Option<Day>,
}

#[derive(Debug, Serialize)]
struct Someone {
    name: String,
    address: Vec<String>,
    tax_label: Option<&'static str>,
    tax_number: Option<String>,
    email: Option<String>,
    phone: Option<String>,
}

#[derive(Debug, Serialize)]
struct Headline {
    label: &'static str,
    sum: String,
    /// A key of the words for where the invoice stands.
    state: Option<&'static str>,
}

/// Turns values into texts of the sheet.
struct Pen<'a> {
    figures: Figures,
    has_glyph: &'a dyn Fn(char) -> bool,
    currency: Currency,
}

impl Sheet {
    pub(crate) fn of(document: &Document, has_glyph: impl Fn(char) -> bool) -> Result<Self, Error> {
        let figures = Figures(document.locale);
        let total = total(&document.subject);
        let pen = Pen { figures, has_glyph: &has_glyph, currency: total.currency };
        let (charges, settlement, receipt) = match &document.subject {
            Subject::Invoice { charges, settlement } => {
                let settled = settlement.as_ref().map(|settled| pen.settled(settled)).transpose()?;
                (Some(pen.charged(charges)?), settled, None)
            }
            Subject::CreditNote { charges, .. } => (Some(pen.charged(charges)?), None, None),
            Subject::Receipt(receipt) => (None, None, Some(pen.received(receipt)?)),
        };
        let reason = match &document.subject {
            Subject::CreditNote { credited, .. } => pen.lines(&credited.reason),
            Subject::Invoice { .. } | Subject::Receipt(_) => Vec::new(),
        };
        Ok(Self {
            design: design(document.design),
            language: document.locale.tag(),
            colours: Colours::of(document),
            logo: document.logo.as_ref().map(|logo| logo.format()),
            is_copy: document.rendition == Rendition::Copy,
            is_void: state(&document.subject) == Some(State::Void),
            title: title(&document.subject),
            number: pen.text(&document.number),
            facts: pen.facts(document),
            seller: pen.someone(&document.seller),
            buyer: pen.someone(&document.buyer),
            headline: pen.headline(&document.subject)?,
            words: spelling::in_words(total, document.locale),
            charges,
            settlement,
            receipt,
            reason,
            payment_details: pen.optional_lines(document.payment_details.as_deref()),
            notes: pen.optional_lines(document.notes.as_deref()),
            terms: pen.optional_lines(document.terms.as_deref()),
        })
    }
}

impl Colours {
    fn of(document: &Document) -> Self {
        let accent = document.accent;
        Self {
            accent: accent.plain().to_string(),
            on_accent: accent.text_on().to_string(),
            ink: accent.ink().to_string(),
            tint: accent.tint().to_string(),
        }
    }
}

impl Pen<'_> {
    fn text(&self, text: &str) -> String {
        lines(text, self.has_glyph).join(" ")
    }

    fn lines(&self, text: &str) -> Vec<String> {
        lines(text, self.has_glyph)
    }

    fn optional_lines(&self, text: Option<&str>) -> Vec<String> {
        text.map(|text| self.lines(text)).unwrap_or_default()
    }

    /// A sum without its currency, once it is the document's.
    fn money(&self, money: Money) -> Result<String, Error> {
        self.judge(money).map(|money| self.figures.money(money))
    }

    fn sum(&self, money: Money) -> Result<String, Error> {
        self.judge(money).map(|money| self.figures.sum(money))
    }

    fn judge(&self, money: Money) -> Result<Money, Error> {
        if money.currency == self.currency {
            return Ok(money);
        }
        Err(Error::MixedCurrencies { expected: self.currency, found: money.currency })
    }

    fn facts(&self, document: &Document) -> Vec<Fact> {
        let locale = document.locale;
        let text = |label, text: &str| Fact { label, text: Some(self.text(text)), day: None };
        let day = |label, date| Fact { label, text: None, day: Some(Day::of(date, locale)) };
        let mut facts = vec![text("number", &document.number), day("date", document.date)];
        facts.extend(document.due.map(|due| day("due-date", due)));
        match &document.subject {
            Subject::CreditNote { credited, .. } => {
                facts.extend([text("for-invoice", &credited.number), day("invoice-date", credited.date)]);
            }
            Subject::Receipt(receipt) => {
                facts.extend([
                    text("for-invoice", &receipt.invoice),
                    day("invoice-date", receipt.invoice_date),
                ]);
            }
            Subject::Invoice { .. } => {}
        }
        facts.extend(document.order_number.as_deref().map(|number| text("order-number", number)));
        facts
    }

    fn someone(&self, party: &Party) -> Someone {
        let (tax_label, tax_number) = match &party.tax_number {
            Some(TaxNumber::Pan(number)) => (Some("pan"), Some(number)),
            Some(TaxNumber::Vat(number)) => (Some("vat-number"), Some(number)),
            Some(TaxNumber::PanOrVat(number)) => (Some("pan-or-vat"), Some(number)),
            None => (None, None),
        };
        Someone {
            name: self.text(&party.name),
            address: self.lines(&party.address),
            tax_label,
            tax_number: tax_number.map(|number| self.text(number)),
            email: party.email.as_deref().map(|email| self.text(email)),
            phone: party.phone.as_deref().map(|phone| self.text(phone)),
        }
    }

    fn headline(&self, subject: &Subject) -> Result<Headline, Error> {
        let (label, sum) = match subject {
            Subject::Invoice { settlement: Some(settled), .. }
                if matches!(settled.state, State::Open | State::Overdue | State::PartiallyPaid) =>
            {
                ("amount-due", settled.due)
            }
            Subject::Invoice { charges, .. } => ("total", charges.total),
            Subject::CreditNote { charges, .. } => ("total-credited", charges.total),
            Subject::Receipt(receipt) => ("received", receipt.received),
        };
        let state = state(subject).and_then(|state| match state {
            State::Open => None,
            State::Overdue => Some("overdue"),
            State::PartiallyPaid => Some("partially-paid"),
            State::Paid => Some("paid-state"),
            State::Void => Some("void"),
        });
        Ok(Headline { label, sum: self.sum(sum)?, state })
    }

    /// `kg` and the like: on one line, no longer than it need be.
    fn unit(&self, unit: &str) -> String {
        printable(unit.trim(), self.has_glyph)
    }
}

const fn total(subject: &Subject) -> Money {
    match subject {
        Subject::Invoice { charges, .. } | Subject::CreditNote { charges, .. } => charges.total,
        Subject::Receipt(receipt) => receipt.received,
    }
}

fn state(subject: &Subject) -> Option<State> {
    match subject {
        Subject::Invoice { settlement, .. } => settlement.as_ref().map(|settled| settled.state),
        Subject::CreditNote { .. } | Subject::Receipt(_) => None,
    }
}

/// A paper that names a tax is a tax invoice.
fn title(subject: &Subject) -> &'static str {
    match subject {
        Subject::Invoice { charges, .. } if charges.taxes.iter().any(|class| class.tax != Tax::Untaxed) => {
            "tax-invoice"
        }
        Subject::Invoice { .. } => "invoice",
        Subject::CreditNote { .. } => "credit-note",
        Subject::Receipt(_) => "receipt",
    }
}

const fn design(design: Design) -> &'static str {
    match design {
        Design::Classic => "classic",
        Design::Modern => "modern",
        Design::Compact => "compact",
    }
}
