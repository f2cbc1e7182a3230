use kernel::{Changes, Fields, Patch, Timestamp, Version, multi_line};

use crate::words::patched;
use crate::{Design, DueDays, Error, Series};

/// What new invoices of an organization begin with, and how documents are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceSettings {
    pub invoice_series: Series,
    pub credit_note_series: Series,
    pub due_days: DueDays,
    pub notes: String,
    pub terms: String,
    pub design: Design,
    /// Printed on invoices: a bank account, for instance.
    pub payment_details: String,
    pub version: Version,
    pub updated_at: Timestamp,
}

/// A change of them; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateInvoiceSettings {
    pub invoice_series: Option<String>,
    pub credit_note_series: Option<String>,
    pub due_days: Option<i64>,
    pub notes: Patch<String>,
    pub terms: Patch<String>,
    pub design: Option<Design>,
    pub payment_details: Patch<String>,
}

/// The longest notes and terms of a document.
pub(crate) const LONGEST_TEXT: usize = 2_000;
const LONGEST_DETAILS: usize = 500;

impl InvoiceSettings {
    /// Of a new organization.
    pub(crate) fn initial(now: Timestamp) -> Self {
        Self {
            invoice_series: Series::invoices(),
            credit_note_series: Series::credit_notes(),
            due_days: DueDays::new(15).unwrap_or_default(),
            notes: String::new(),
            terms: String::new(),
            design: Design::default(),
            payment_details: String::new(),
            version: Version::FIRST,
            updated_at: now,
        }
    }

    pub(crate) fn updated(
        &self,
        update: UpdateInvoiceSettings,
        now: Timestamp,
    ) -> Result<(Self, Changes), Error> {
        let mut fields = Fields::new();
        let mut series = |field, text: Option<String>, before: &Series| match text {
            Some(text) => fields.check(Series::parse(field, &text)).unwrap_or_else(|| before.clone()),
            None => before.clone(),
        };
        let invoice_series = series("invoiceSeries", update.invoice_series, &self.invoice_series);
        let credit_note_series =
            series("creditNoteSeries", update.credit_note_series, &self.credit_note_series);
        if invoice_series == credit_note_series {
            let detail = "must not be the series of invoices";
            fields.push(kernel::FieldFault::new("creditNoteSeries", "series_taken", detail));
        }
        let due_days = update.due_days.map(|days| DueDays::parse("dueDays", days));
        let due_days = due_days.and_then(|days| fields.check(days)).unwrap_or(self.due_days);
        let text = |field: &str, text: &str| multi_line(field, text.trim(), LONGEST_TEXT);
        let after = Self {
            invoice_series,
            credit_note_series,
            due_days,
            notes: patched(&mut fields, "notes", update.notes, &self.notes, text),
            terms: patched(&mut fields, "terms", update.terms, &self.terms, text),
            design: update.design.unwrap_or(self.design),
            payment_details: patched(
                &mut fields,
                "paymentDetails",
                update.payment_details,
                &self.payment_details,
                |field, text| multi_line(field, text.trim(), LONGEST_DETAILS),
            ),
            version: self.version.next(),
            updated_at: now,
        };
        fields.finish()?;
        let changes = after.changes_since(self);
        Ok((after, changes))
    }

    fn changes_since(&self, before: &Self) -> Changes {
        let mut changes = Changes::new();
        changes.note("invoiceSeries", before.invoice_series.as_str(), self.invoice_series.as_str());
        changes.note(
            "creditNoteSeries",
            before.credit_note_series.as_str(),
            self.credit_note_series.as_str(),
        );
        changes.note("dueDays", before.due_days.get(), self.due_days.get());
        changes.note("notes", &before.notes, &self.notes);
        changes.note("terms", &before.terms, &self.terms);
        changes.note("design", before.design.name(), self.design.name());
        changes.note("paymentDetails", &before.payment_details, &self.payment_details);
        changes
    }
}
