//! Lines of documents: those of invoices, of schedules and of credit notes look the same.

use std::collections::BTreeMap;

use database::StoreError;
use database::entities::{credit_note_line, invoice_line, invoice_schedule_line};
use uuid::Uuid;

use super::row::{amount, discount, read_discount};
use super::tax_rates::{class, points};
use crate::{
    Amount, Description, Discount, Document, DocumentLine, Line, LineTotals, Quantity, Sums, TaxClass,
    TaxTotal, Totals,
};

/// How many rows one statement writes: SQLite takes 32,766 values at most, PostgreSQL 65,535.
pub(super) const AT_ONCE: usize = 200;

/// The columns of a line, whatever it is a line of.
pub(super) struct LineRow {
    position: i64,
    description: String,
    quantity: i64,
    unit_price: i64,
    discount_kind: String,
    discount_value: i64,
    item_id: Option<Uuid>,
    tax_rate_id: Option<Uuid>,
    tax_name: Option<String>,
    tax_kind: String,
    tax_basis_points: Option<i64>,
    gross: i64,
    discount: i64,
    amount: i64,
    net: i64,
    tax: i64,
    total: i64,
}

/// The lines of a document in order, as rows.
pub(super) fn rows(document: &Document) -> impl Iterator<Item = LineRow> {
    (0..).zip(&document.lines).map(|(position, line)| LineRow::of(position, line))
}

impl LineRow {
    fn of(position: i64, line: &DocumentLine) -> Self {
        let DocumentLine { line, tax_rate, item, totals } = line;
        let (discount_kind, discount_value) = discount(line.discount);
        Self {
            position,
            description: line.description.as_str().to_owned(),
            quantity: line.quantity.thousandths(),
            unit_price: line.unit_price.minor(),
            discount_kind: discount_kind.to_owned(),
            discount_value,
            item_id: item.map(Into::into),
            tax_rate_id: tax_rate.as_ref().map(|(id, _)| id.uuid()),
            tax_name: tax_rate.as_ref().map(|(_, name)| name.clone()),
            tax_kind: line.tax.name().to_owned(),
            tax_basis_points: points(line.tax),
            gross: totals.gross.minor(),
            discount: totals.discount.minor(),
            amount: totals.amount.minor(),
            net: totals.net.minor(),
            tax: totals.tax.minor(),
            total: totals.total.minor(),
        }
    }

    fn read(self) -> Result<DocumentLine, StoreError> {
        let quantity = Quantity::from_thousandths(self.quantity);
        let line = Line {
            description: Description::from_stored(self.description),
            quantity: quantity
                .ok_or_else(|| StoreError::corrupt("lines.quantity", self.quantity.to_string()))?,
            unit_price: amount("lines.unit_price", self.unit_price)?,
            discount: read_discount("lines.discount_kind", &self.discount_kind, self.discount_value)?,
            tax: class("lines.tax_kind", &self.tax_kind, self.tax_basis_points)?,
        };
        let totals = LineTotals {
            gross: amount("lines.gross", self.gross)?,
            discount: amount("lines.discount", self.discount)?,
            amount: amount("lines.amount", self.amount)?,
            net: amount("lines.net", self.net)?,
            tax: amount("lines.tax", self.tax)?,
            total: amount("lines.total", self.total)?,
        };
        let tax_rate = self.tax_rate_id.map(Into::into).zip(self.tax_name);
        Ok(DocumentLine { line, tax_rate, item: self.item_id.map(Into::into), totals })
    }
}

/// A table of lines, both ways: it has the columns of a line, and those that say whose line it is.
macro_rules! table {
    ($table:ident, $of:ident, $document:ident) => {
        impl LineRow {
            pub(super) fn $of(self, organization_id: Uuid, $document: Uuid) -> $table::Model {
                $table::Model {
                    organization_id,
                    $document,
                    position: self.position,
                    description: self.description,
                    quantity: self.quantity,
                    unit_price: self.unit_price,
                    discount_kind: self.discount_kind,
                    discount_value: self.discount_value,
                    item_id: self.item_id,
                    tax_rate_id: self.tax_rate_id,
                    tax_name: self.tax_name,
                    tax_kind: self.tax_kind,
                    tax_basis_points: self.tax_basis_points,
                    gross: self.gross,
                    discount: self.discount,
                    amount: self.amount,
                    net: self.net,
                    tax: self.tax,
                    total: self.total,
                }
            }
        }

        impl From<$table::Model> for LineRow {
            fn from(row: $table::Model) -> Self {
                Self {
                    position: row.position,
                    description: row.description,
                    quantity: row.quantity,
                    unit_price: row.unit_price,
                    discount_kind: row.discount_kind,
                    discount_value: row.discount_value,
                    item_id: row.item_id,
                    tax_rate_id: row.tax_rate_id,
                    tax_name: row.tax_name,
                    tax_kind: row.tax_kind,
                    tax_basis_points: row.tax_basis_points,
                    gross: row.gross,
                    discount: row.discount,
                    amount: row.amount,
                    net: row.net,
                    tax: row.tax,
                    total: row.total,
                }
            }
        }
    };
}

table!(invoice_line, of_invoice, invoice_id);
table!(invoice_schedule_line, of_schedule, schedule_id);
table!(credit_note_line, of_credit_note, credit_note_id);

/// The document these are the lines of.
pub(super) fn document(
    rows: impl IntoIterator<Item = LineRow>,
    discount: Discount,
    sums: Sums,
) -> Result<Document, StoreError> {
    let lines: Result<Vec<_>, _> = rows.into_iter().map(LineRow::read).collect();
    let lines = lines?;
    let taxes = taxes(lines.iter().map(|line| (line.line.tax, line.totals.net, line.totals.tax)))?;
    let Sums { subtotal, discount: taken_off, tax, total } = sums;
    let of_lines = lines.iter().map(|line| line.totals).collect();
    let totals = Totals { lines: of_lines, subtotal, discount: taken_off, taxes, tax, total };
    Ok(Document { lines, discount, totals })
}

/// What lines come to by their tax class.
pub(super) fn taxes(
    lines: impl IntoIterator<Item = (TaxClass, Amount, Amount)>,
) -> Result<Vec<TaxTotal>, StoreError> {
    let mut classes: BTreeMap<TaxClass, (Amount, Amount)> = BTreeMap::new();
    for (class, net, tax) in lines {
        let sums = classes.entry(class).or_default();
        let added = sums.0.plus(net).zip(sums.1.plus(tax));
        *sums = added.ok_or_else(|| StoreError::corrupt("lines.net", "the sum is out of range"))?;
    }
    let totals = classes.into_iter().map(|(class, (taxable, tax))| TaxTotal { class, taxable, tax });
    Ok(totals.collect())
}
