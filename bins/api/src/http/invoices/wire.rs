//! What clients send about invoices.

use chrono::NaiveDate;
use invoices::{
    Direction, DraftInvoice, InvoiceFilter, InvoiceSort, InvoiceSortKey, UpdateDraft, UpdateInvoiceSettings,
    WriteDocument,
};
use kernel::{CustomerId, Patch};
use serde::Deserialize;
use utoipa::ToSchema;

use super::document::{DiscountWord, LineBody};
use super::words::{DesignWord, StatusWord};
use crate::http::money::CurrencyWord;
use crate::patch;

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct InvoicesQuery {
    /// Any of these.
    #[serde(default)]
    status: Vec<StatusWord>,
    /// `true`: only those of which something is due after its last day.
    overdue: Option<bool>,
    #[schema(value_type = Option<Uuid>)]
    customer_id: Option<CustomerId>,
    /// Days are included.
    issued_from: Option<NaiveDate>,
    issued_to: Option<NaiveDate>,
    due_from: Option<NaiveDate>,
    due_to: Option<NaiveDate>,
    /// Part of the number, of the customer's name or of the purchase order's number.
    #[schema(min_length = 1, max_length = 100)]
    search: Option<String>,
    /// The newest first unless told.
    sort: Option<SortWord>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[schema(as = InvoiceSort)]
enum SortWord {
    #[serde(rename = "createdAt")]
    CreatedAt,
    #[serde(rename = "-createdAt")]
    CreatedAtDown,
    #[serde(rename = "dueOn")]
    DueOn,
    #[serde(rename = "-dueOn")]
    DueOnDown,
    #[serde(rename = "total")]
    Total,
    #[serde(rename = "-total")]
    TotalDown,
}

impl From<SortWord> for InvoiceSort {
    fn from(word: SortWord) -> Self {
        use Direction::{Ascending as Up, Descending as Down};
        let (by, direction) = match word {
            SortWord::CreatedAt => (InvoiceSortKey::CreatedAt, Up),
            SortWord::CreatedAtDown => (InvoiceSortKey::CreatedAt, Down),
            SortWord::DueOn => (InvoiceSortKey::DueOn, Up),
            SortWord::DueOnDown => (InvoiceSortKey::DueOn, Down),
            SortWord::Total => (InvoiceSortKey::Total, Up),
            SortWord::TotalDown => (InvoiceSortKey::Total, Down),
        };
        Self { by, direction }
    }
}

impl InvoicesQuery {
    /// What is sought, in which order.
    pub(super) fn parts(self) -> (InvoiceFilter, InvoiceSort) {
        let filter = InvoiceFilter {
            statuses: self.status.into_iter().map(Into::into).collect(),
            overdue: self.overdue.unwrap_or_default(),
            customer: self.customer_id,
            issued_from: self.issued_from,
            issued_to: self.issued_to,
            due_from: self.due_from,
            due_to: self.due_to,
            text: self.search,
        };
        (filter, self.sort.map(InvoiceSort::from).unwrap_or_default())
    }
}

/// A draft. What is absent is as the organization has set it.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CreateInvoice)]
pub(super) struct DraftBody {
    #[schema(value_type = Uuid)]
    customer_id: CustomerId,
    currency: CurrencyWord,
    #[schema(max_items = 500)]
    lines: Vec<LineBody>,
    /// On the whole document.
    discount: Option<DiscountWord>,
    #[schema(max_length = 60)]
    po_number: Option<String>,
    #[schema(max_length = 2_000)]
    notes: Option<String>,
    #[schema(max_length = 2_000)]
    terms: Option<String>,
    #[schema(minimum = 0, maximum = 365)]
    due_days: Option<i64>,
}

impl From<DraftBody> for DraftInvoice {
    fn from(body: DraftBody) -> Self {
        Self {
            customer: body.customer_id,
            currency: body.currency.0.code().to_owned(),
            document: document(body.lines, body.discount),
            po_number: body.po_number,
            notes: body.notes,
            terms: body.terms,
            due_days: body.due_days,
        }
    }
}

pub(super) fn document(lines: Vec<LineBody>, discount: Option<DiscountWord>) -> WriteDocument {
    WriteDocument {
        lines: lines.into_iter().map(Into::into).collect(),
        discount: discount.map(Into::into).unwrap_or_default(),
    }
}

/// Lines as they are typed.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PreviewInvoice)]
pub(super) struct PreviewBody {
    pub(super) currency: CurrencyWord,
    #[schema(max_items = 500)]
    lines: Vec<LineBody>,
    discount: Option<DiscountWord>,
}

impl PreviewBody {
    pub(super) fn document(self) -> WriteDocument {
        document(self.lines, self.discount)
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UpdateInvoice)]
pub(super) struct UpdateBody {
    #[schema(value_type = Option<Uuid>)]
    customer_id: Option<CustomerId>,
    /// Another one needs `lines` too.
    currency: Option<CurrencyWord>,
    /// All lines; the ones there stay if absent.
    #[schema(max_items = 500)]
    lines: Option<Vec<LineBody>>,
    /// On the whole document; none of it are 0 basis points.
    discount: Option<DiscountWord>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 60, extensions(("x-clearable" = json!(true))))]
    po_number: Patch<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 2_000, extensions(("x-clearable" = json!(true))))]
    notes: Patch<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 2_000, extensions(("x-clearable" = json!(true))))]
    terms: Patch<String>,
    #[schema(minimum = 0, maximum = 365)]
    due_days: Option<i64>,
}

impl From<UpdateBody> for UpdateDraft {
    fn from(body: UpdateBody) -> Self {
        Self {
            customer: body.customer_id,
            currency: body.currency.map(|currency| currency.0.code().to_owned()),
            lines: body.lines.map(|lines| lines.into_iter().map(Into::into).collect()),
            discount: body.discount.map(Into::into),
            po_number: body.po_number,
            notes: body.notes,
            terms: body.terms,
            due_days: body.due_days,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = VoidInvoice)]
pub(super) struct VoidBody {
    #[schema(min_length = 1, max_length = 500)]
    pub(super) reason: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UpdateInvoiceSettings)]
pub(super) struct SettingsBody {
    /// 1 to 10 capital letters and digits, a letter first.
    #[schema(pattern = "^[A-Z][A-Z0-9]{0,9}$")]
    invoice_series: Option<String>,
    #[schema(pattern = "^[A-Z][A-Z0-9]{0,9}$")]
    credit_note_series: Option<String>,
    #[schema(minimum = 0, maximum = 365)]
    due_days: Option<i64>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 2_000, extensions(("x-clearable" = json!(true))))]
    notes: Patch<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 2_000, extensions(("x-clearable" = json!(true))))]
    terms: Patch<String>,
    design: Option<DesignWord>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, max_length = 500, extensions(("x-clearable" = json!(true))))]
    payment_details: Patch<String>,
}

impl From<SettingsBody> for UpdateInvoiceSettings {
    fn from(body: SettingsBody) -> Self {
        let SettingsBody {
            invoice_series,
            credit_note_series,
            due_days,
            notes,
            terms,
            design,
            payment_details,
        } = body;
        let design = design.map(Into::into);
        Self { invoice_series, credit_note_series, due_days, notes, terms, design, payment_details }
    }
}
