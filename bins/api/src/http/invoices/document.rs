//! What documents are about, both ways.

use invoices::{Discount, Document, DocumentLine, Party, TaxTotal, WriteDiscount, WriteDocumentLine};
use kernel::{CatalogueItemId, Currency, TaxRateId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words::TaxKindWord;
use crate::http::money::MoneyWord;

/// What is taken off: a share or an amount.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = Discount)]
pub(super) enum DiscountWord {
    #[serde(rename_all = "camelCase")]
    Share {
        /// Hundredths of a percent.
        #[schema(minimum = 0, maximum = 10_000)]
        basis_points: i64,
    },
    Amount {
        amount: MoneyWord,
    },
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WriteInvoiceLine)]
pub(super) struct LineBody {
    #[schema(min_length = 1, max_length = 500)]
    description: String,
    /// Up to three decimals, as in `2.500`.
    #[schema(min_length = 1, max_length = 13)]
    quantity: String,
    /// Without tax, in the currency of the document.
    unit_price: MoneyWord,
    discount: Option<DiscountWord>,
    /// No tax is named if absent.
    #[schema(value_type = Option<Uuid>)]
    tax_rate_id: Option<TaxRateId>,
    /// What of the catalogue it was taken from.
    #[schema(value_type = Option<Uuid>)]
    item_id: Option<CatalogueItemId>,
}

impl From<DiscountWord> for WriteDiscount {
    fn from(word: DiscountWord) -> Self {
        match word {
            DiscountWord::Share { basis_points } => Self::Share(basis_points),
            DiscountWord::Amount { amount } => Self::Amount(amount.into()),
        }
    }
}

impl From<LineBody> for WriteDocumentLine {
    fn from(body: LineBody) -> Self {
        Self {
            description: body.description,
            quantity: body.quantity,
            unit_price: body.unit_price.into(),
            discount: body.discount.map(Into::into).unwrap_or_default(),
            tax_rate: body.tax_rate_id,
            item: body.item_id,
        }
    }
}

/// Lines, and what they come to.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InvoiceDocument)]
pub(super) struct DocumentView {
    lines: Vec<LineView>,
    /// On the whole document.
    discount: Option<DiscountWord>,
    /// After the lines' own discounts, before that on the whole.
    subtotal: MoneyWord,
    /// What the discount on the whole takes off.
    discount_total: MoneyWord,
    /// Each tax class that a line has; its tax is rounded once.
    taxes: Vec<TaxView>,
    tax_total: MoneyWord,
    /// The sum of the lines' totals.
    total: MoneyWord,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InvoiceLine)]
pub(super) struct LineView {
    description: String,
    quantity: String,
    unit_price: MoneyWord,
    discount: Option<DiscountWord>,
    #[schema(value_type = Option<Uuid>)]
    tax_rate_id: Option<TaxRateId>,
    tax_name: Option<String>,
    tax_kind: TaxKindWord,
    tax_basis_points: u16,
    #[schema(value_type = Option<Uuid>)]
    item_id: Option<CatalogueItemId>,
    /// Quantity times unit price, less the line's own discount.
    amount: MoneyWord,
    /// Less its part of the discount on the whole.
    net: MoneyWord,
    tax: MoneyWord,
    total: MoneyWord,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InvoiceTax)]
pub(super) struct TaxView {
    kind: TaxKindWord,
    basis_points: u16,
    taxable: MoneyWord,
    tax: MoneyWord,
}

/// One side of a document, as it was when the document was issued.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InvoiceParty)]
pub(super) struct PartyView {
    name: String,
    /// PAN or VAT number.
    tax_id: Option<String>,
    address: Option<String>,
    phone: Option<String>,
    email: Option<String>,
}

impl DocumentView {
    pub(super) fn of(document: &Document, currency: Currency) -> Self {
        let money = |amount: invoices::Amount| MoneyWord::of(amount.minor(), currency);
        let totals = &document.totals;
        Self {
            lines: document.lines.iter().map(|line| LineView::of(line, currency)).collect(),
            discount: word(document.discount, currency),
            subtotal: money(totals.subtotal),
            discount_total: money(totals.discount),
            taxes: totals.taxes.iter().map(|tax| TaxView::of(tax, currency)).collect(),
            tax_total: money(totals.tax),
            total: money(totals.total),
        }
    }
}

impl LineView {
    fn of(line: &DocumentLine, currency: Currency) -> Self {
        let money = |amount: invoices::Amount| MoneyWord::of(amount.minor(), currency);
        let DocumentLine { line, tax_rate, item, totals } = line;
        Self {
            description: line.description.as_str().to_owned(),
            quantity: line.quantity.to_string(),
            unit_price: money(line.unit_price),
            discount: word(line.discount, currency),
            tax_rate_id: tax_rate.as_ref().map(|(id, _)| *id),
            tax_name: tax_rate.as_ref().map(|(_, name)| name.clone()),
            tax_kind: line.tax.into(),
            tax_basis_points: line.tax.rate().get(),
            item_id: *item,
            amount: money(totals.amount),
            net: money(totals.net),
            tax: money(totals.tax),
            total: money(totals.total),
        }
    }
}

impl TaxView {
    fn of(tax: &TaxTotal, currency: Currency) -> Self {
        Self {
            kind: tax.class.into(),
            basis_points: tax.class.rate().get(),
            taxable: MoneyWord::of(tax.taxable.minor(), currency),
            tax: MoneyWord::of(tax.tax.minor(), currency),
        }
    }
}

fn word(discount: Discount, currency: Currency) -> Option<DiscountWord> {
    match discount {
        Discount::None => None,
        Discount::Share(share) => Some(DiscountWord::Share { basis_points: share.get().into() }),
        Discount::Amount(amount) => {
            Some(DiscountWord::Amount { amount: MoneyWord::of(amount.minor(), currency) })
        }
    }
}

impl From<&Party> for PartyView {
    fn from(party: &Party) -> Self {
        let Party { name, tax_id, address, phone, email } = party.clone();
        Self { name, tax_id, address, phone, email }
    }
}
