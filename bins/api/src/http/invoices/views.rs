//! What clients get of invoices.

use chrono::NaiveDate;
use invoices::{Amount, Balance, FullInvoice, Invoice, InvoiceSettings};
use kernel::{CustomerId, InvoiceId, InvoiceScheduleId};
use serde::Serialize;
use utoipa::ToSchema;

use super::document::{DocumentView, PartyView};
use super::words::{DesignWord, StatusWord};
use crate::Instant;
use crate::http::money::MoneyWord;

/// An invoice without its lines.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Invoice)]
pub(super) struct InvoiceView {
    #[schema(value_type = Uuid)]
    id: InvoiceId,
    /// `INV-2083/84-000123`; null of a draft.
    number: Option<String>,
    status: StatusWord,
    /// Something is due and its last day has passed.
    overdue: bool,
    #[schema(value_type = Uuid)]
    customer_id: CustomerId,
    /// As on the document; of a draft as it is now.
    customer_name: String,
    currency: String,
    po_number: String,
    due_days: u16,
    total: MoneyWord,
    amount_paid: MoneyWord,
    amount_credited: MoneyWord,
    amount_refunded: MoneyWord,
    amount_due: MoneyWord,
    /// What credit notes left over of what was paid.
    amount_refundable: MoneyWord,
    /// The organization's day.
    issued_on: Option<NaiveDate>,
    /// The same day in Bikram Sambat, as in `2083-08-07`, where its table has it.
    issued_on_bs: Option<String>,
    issued_at: Option<Instant>,
    /// The last day on which to pay in time.
    due_on: Option<NaiveDate>,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

impl InvoiceView {
    pub(super) fn of(invoice: &Invoice, today: NaiveDate) -> Self {
        let currency = invoice.currency;
        let money = |amount: Amount| MoneyWord::of(amount.minor(), currency);
        let balance = invoice.balance().unwrap_or(Balance::of(Amount::ZERO));
        let issue = invoice.issue.as_ref();
        Self {
            id: invoice.id,
            number: issue.map(|issue| issue.number.to_string()),
            status: invoice.life.status().into(),
            overdue: invoice.is_overdue(today),
            customer_id: invoice.customer,
            customer_name: invoice.customer_name.clone(),
            currency: currency.code().to_owned(),
            po_number: invoice.po_number.clone(),
            due_days: invoice.due_days.get(),
            total: money(invoice.sums.total),
            amount_paid: money(balance.paid()),
            amount_credited: money(balance.credited()),
            amount_refunded: money(balance.refunded()),
            amount_due: money(balance.due()),
            amount_refundable: money(balance.refundable()),
            issued_on: issue.map(|issue| issue.on),
            issued_on_bs: issue.and_then(|issue| issue.on_bs).map(|day| day.to_string()),
            issued_at: issue.map(|issue| issue.at.into()),
            due_on: invoice.due_on,
            version: invoice.version.0,
            created_at: invoice.created_at.into(),
            updated_at: invoice.updated_at.into(),
        }
    }
}

/// An invoice with all that stands on it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FullInvoice)]
pub(super) struct FullInvoiceView {
    #[serde(flatten)]
    invoice: InvoiceView,
    document: DocumentView,
    notes: String,
    terms: String,
    /// Absent of a draft.
    seller: Option<PartyView>,
    /// Absent of a draft.
    buyer: Option<PartyView>,
    void_reason: Option<String>,
    voided_at: Option<Instant>,
    /// The schedule that made it, if one did.
    made_by: Option<MadeByView>,
}

/// By which schedule an invoice was made, and for which day.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MadeBySchedule)]
pub(super) struct MadeByView {
    #[schema(value_type = Uuid)]
    schedule_id: InvoiceScheduleId,
    occurs_on: NaiveDate,
}

impl FullInvoiceView {
    pub(super) fn of(full: &FullInvoice, today: NaiveDate) -> Self {
        let (sides, voided) = (full.sides.as_ref(), full.voided.as_ref());
        Self {
            invoice: InvoiceView::of(&full.invoice, today),
            document: DocumentView::of(&full.document, full.invoice.currency),
            notes: full.notes.clone(),
            terms: full.terms.clone(),
            seller: sides.map(|sides| PartyView::from(&sides.seller)),
            buyer: sides.map(|sides| PartyView::from(&sides.buyer)),
            void_reason: voided.map(|voided| voided.reason.as_str().to_owned()),
            voided_at: voided.map(|voided| voided.at.into()),
            made_by: full.made_by.map(|by| MadeByView { schedule_id: by.schedule, occurs_on: by.occurs_on }),
        }
    }
}

/// How the organization writes invoices.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InvoiceSettings)]
pub(super) struct SettingsView {
    invoice_series: String,
    credit_note_series: String,
    due_days: u16,
    notes: String,
    terms: String,
    /// How papers look.
    design: DesignWord,
    /// Printed on invoices: a bank account, for instance.
    payment_details: String,
    version: i64,
    updated_at: Instant,
}

impl From<&InvoiceSettings> for SettingsView {
    fn from(settings: &InvoiceSettings) -> Self {
        Self {
            invoice_series: settings.invoice_series.as_str().to_owned(),
            credit_note_series: settings.credit_note_series.as_str().to_owned(),
            due_days: settings.due_days.get(),
            notes: settings.notes.clone(),
            terms: settings.terms.clone(),
            design: settings.design.into(),
            payment_details: settings.payment_details.clone(),
            version: settings.version.0,
            updated_at: settings.updated_at.into(),
        }
    }
}

/// An issued invoice as whoever has a link to it sees it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PublicInvoice)]
pub(super) struct PublicInvoiceView {
    number: Option<String>,
    status: StatusWord,
    overdue: bool,
    currency: String,
    po_number: String,
    document: DocumentView,
    amount_paid: MoneyWord,
    amount_credited: MoneyWord,
    amount_due: MoneyWord,
    issued_on: Option<NaiveDate>,
    issued_on_bs: Option<String>,
    due_on: Option<NaiveDate>,
    notes: String,
    terms: String,
    seller: Option<PartyView>,
    buyer: Option<PartyView>,
}

impl PublicInvoiceView {
    pub(super) fn of(full: &FullInvoice, today: NaiveDate) -> Self {
        let FullInvoiceView { invoice, document, notes, terms, seller, buyer, .. } =
            FullInvoiceView::of(full, today);
        Self {
            number: invoice.number,
            status: invoice.status,
            overdue: invoice.overdue,
            currency: invoice.currency,
            po_number: invoice.po_number,
            document,
            amount_paid: invoice.amount_paid,
            amount_credited: invoice.amount_credited,
            amount_due: invoice.amount_due,
            issued_on: invoice.issued_on,
            issued_on_bs: invoice.issued_on_bs,
            due_on: invoice.due_on,
            notes,
            terms,
            seller,
            buyer,
        }
    }
}
