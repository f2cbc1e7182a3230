use kernel::{
    Currency, CustomerId, FieldFault, Fields, InvoiceId, Patch, Timestamp, Version, multi_line, single_line,
};

use super::{FullInvoice, Invoice, Sums};
use crate::document::Known;
use crate::settings::LONGEST_TEXT;
use crate::words::{optional_line, patched};
use crate::{
    Customer, Document, DueDays, Error, InvoiceSettings, Life, WriteDiscount, WriteDocument,
    WriteDocumentLine,
};

/// Writes a draft. What is absent is as the organization has set it.
#[derive(Clone, Debug)]
pub struct DraftInvoice {
    pub customer: CustomerId,
    pub currency: String,
    pub document: WriteDocument,
    pub po_number: Option<String>,
    pub notes: Option<String>,
    pub terms: Option<String>,
    pub due_days: Option<i64>,
}

/// Changes a draft; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateDraft {
    pub customer: Option<CustomerId>,
    /// Another one needs the lines anew, too.
    pub currency: Option<String>,
    /// All lines.
    pub lines: Option<Vec<WriteDocumentLine>>,
    pub discount: Option<WriteDiscount>,
    pub po_number: Patch<String>,
    pub notes: Patch<String>,
    pub terms: Patch<String>,
    pub due_days: Option<i64>,
}

const PO_NUMBER: usize = 60;

impl DraftInvoice {
    pub(crate) fn parse(
        self,
        id: InvoiceId,
        settings: &InvoiceSettings,
        customer: Option<&Customer>,
        known: &Known,
        now: Timestamp,
    ) -> Result<FullInvoice, Error> {
        let mut fields = Fields::new();
        let name = fields.check(billable(customer)).map(|customer| customer.name.clone());
        let currency = fields.check(Currency::parse("currency", &self.currency));
        let document = currency.and_then(|currency| fields.check_all(self.document.judge(currency, known)));
        let due_days = match self.due_days {
            Some(days) => fields.check(DueDays::parse("dueDays", days)).unwrap_or_default(),
            None => settings.due_days,
        };
        let po_number = optional_line(&mut fields, "poNumber", self.po_number, PO_NUMBER).unwrap_or_default();
        let mut text = |field, text: Option<String>, usual: &str| match text {
            Some(text) => fields.check(multi_line(field, text.trim(), LONGEST_TEXT)).unwrap_or_default(),
            None => usual.to_owned(),
        };
        let notes = text("notes", self.notes, &settings.notes);
        let terms = text("terms", self.terms, &settings.terms);
        let (Some(customer_name), Some(currency), Some(document), true) =
            (name, currency, document, fields.is_empty())
        else {
            return Err(fields.into());
        };
        let invoice = Invoice {
            id,
            life: Life::Draft,
            customer: self.customer,
            customer_name,
            currency,
            po_number,
            due_days,
            sums: Sums::from(&document.totals),
            issue: None,
            due_on: None,
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
        };
        Ok(FullInvoice { invoice, document, notes, terms, sides: None, voided: None, made_by: None })
    }
}

impl UpdateDraft {
    /// The lines it brings, if it brings any, as a document of their own.
    pub(crate) fn document(&self) -> Option<WriteDocument> {
        let lines = self.lines.clone()?;
        Some(WriteDocument { lines, discount: self.discount.unwrap_or_default() })
    }

    /// The draft after it.
    pub(crate) fn of(
        self,
        before: &FullInvoice,
        customer: Option<&Customer>,
        known: &Known,
        now: Timestamp,
    ) -> Result<FullInvoice, Error> {
        let mut fields = Fields::new();
        let mut invoice = before.invoice.clone();
        if let Some(id) = self.customer {
            let found = fields.check(billable(customer));
            invoice.customer = id;
            invoice.customer_name = found.map(|customer| customer.name.clone()).unwrap_or_default();
        }
        if let Some(currency) = &self.currency {
            let currency = fields.check(Currency::parse("currency", currency));
            invoice.currency = currency.unwrap_or(invoice.currency);
        }
        if invoice.currency != before.invoice.currency && self.lines.is_none() {
            fields.push(FieldFault::new("lines", "required", "must be given anew in another currency"));
        }
        if let Some(days) = self.due_days {
            invoice.due_days = fields.check(DueDays::parse("dueDays", days)).unwrap_or_default();
        }
        let document = fields.check_all(self.redone(before, invoice.currency, known));
        let text = |field: &str, text: &str| multi_line(field, text.trim(), LONGEST_TEXT);
        let notes = patched(&mut fields, "notes", self.notes, &before.notes, text);
        let terms = patched(&mut fields, "terms", self.terms, &before.terms, text);
        invoice.po_number =
            patched(&mut fields, "poNumber", self.po_number, &invoice.po_number, |field, text| {
                single_line(field, text, PO_NUMBER)
            });
        let (Some(document), true) = (document, fields.is_empty()) else { return Err(fields.into()) };
        invoice.sums = Sums::from(&document.totals);
        invoice.touched(now);
        Ok(FullInvoice { invoice, document, notes, terms, ..before.clone() })
    }

    /// The lines and the discount after it.
    fn redone(
        &self,
        before: &FullInvoice,
        currency: Currency,
        known: &Known,
    ) -> Result<Document, Vec<FieldFault>> {
        let old = before.document.discount;
        let discount = self.discount.map(|discount| discount.parse("discount", currency)).transpose();
        let discount = discount.map_err(|fault| vec![fault])?;
        match (self.document(), discount) {
            (None, None) => Ok(before.document.clone()),
            (None, Some(discount)) => before.document.clone().discounted(discount),
            (Some(lines), Some(_)) => lines.judge(currency, known),
            (Some(lines), None) => lines.judge(currency, known)?.discounted(old),
        }
    }
}

/// A customer who is there and gets new invoices.
fn billable(customer: Option<&Customer>) -> Result<&Customer, FieldFault> {
    match customer {
        Some(customer) if customer.archived_at.is_some() => {
            Err(FieldFault::new("customerId", "archived", "must not be archived"))
        }
        Some(customer) => Ok(customer),
        None => Err(FieldFault::new("customerId", "unknown_customer", "must be a customer that there is")),
    }
}
