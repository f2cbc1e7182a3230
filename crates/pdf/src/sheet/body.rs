use serde::Serialize;

use super::Pen;
use crate::Error;
use crate::dates::Day;
use crate::document::{Charges, Line, Payment, Receipt, Settlement, Tax, TaxTotal};

/// Lines and totals.
#[derive(Debug, Serialize)]
pub(super) struct Charged {
    has_discounts: bool,
    has_taxes: bool,
    /// Characters of the longest figure: the wider the figures, the smaller they are set.
    widest: usize,
    lines: Vec<Row>,
    totals: Vec<Sum>,
    total: String,
}

#[derive(Debug, Serialize)]
struct Row {
    place: String,
    description: Vec<String>,
    quantity: String,
    unit: Option<String>,
    price: String,
    discount: Option<String>,
    /// A rate, or nothing where the template has a word for the class.
    rate: Option<String>,
    tax: &'static str,
    amount: String,
}

/// A sum below the lines; the label is a key of the templates' words.
#[derive(Debug, Serialize)]
struct Sum {
    label: &'static str,
    rate: Option<String>,
    /// What a tax is taken of.
    on: Option<String>,
    sum: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Settled {
    sums: Vec<Sum>,
    due: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Received {
    payments: Vec<Paid>,
    invoice_total: String,
    received: String,
    due: String,
}

#[derive(Debug, Serialize)]
struct Paid {
    place: String,
    day: Day,
    method: String,
    reference: Option<String>,
    amount: String,
}

impl Pen<'_> {
    pub(super) fn charged(&self, charges: &Charges) -> Result<Charged, Error> {
        let rows = charges.lines.iter().zip(1..).map(|(line, place)| self.row(line, place));
        let lines: Vec<_> = rows.collect::<Result<_, _>>()?;
        let mut totals = vec![Sum::plain("subtotal", self.money(charges.subtotal)?)];
        if let Some(discount) = charges.discount.filter(|discount| discount.amount != 0) {
            let less = kernel::Money { amount: discount.amount.saturating_neg(), ..discount };
            totals.push(Sum::plain("discount", self.money(less)?));
        }
        for class in charges.taxes.iter().filter(|class| class.tax != Tax::Untaxed) {
            totals.push(self.taxed(class)?);
        }
        Ok(Charged {
            has_discounts: lines.iter().any(|row| row.discount.is_some()),
            has_taxes: charges.lines.iter().any(|line| line.tax != Tax::Untaxed),
            widest: lines.iter().map(Row::widest).max().unwrap_or_default(),
            lines,
            totals,
            total: self.sum(charges.total)?,
        })
    }

    fn row(&self, line: &Line, place: usize) -> Result<Row, Error> {
        let discount = line.discount.filter(|discount| discount.amount != 0);
        let (tax, rate) = self.tax(line.tax);
        Ok(Row {
            place: self.figures.count(place),
            description: self.lines(&line.description),
            quantity: self.figures.quantity(line.quantity_thousandths),
            unit: line.unit.as_deref().map(|unit| self.unit(unit)),
            price: self.money(line.unit_price)?,
            discount: discount.map(|discount| self.money(discount)).transpose()?,
            rate,
            tax,
            amount: self.money(line.amount)?,
        })
    }

    fn taxed(&self, class: &TaxTotal) -> Result<Sum, Error> {
        let (label, rate) = self.tax(class.tax);
        Ok(Sum { label, rate, on: Some(self.money(class.taxable)?), sum: self.money(class.amount)? })
    }

    fn tax(&self, tax: Tax) -> (&'static str, Option<String>) {
        match tax {
            Tax::Rated(points) => ("vat", Some(self.figures.rate(points))),
            Tax::Zero => ("zero-rated", None),
            Tax::Exempt => ("exempt", None),
            Tax::Untaxed => ("untaxed", None),
        }
    }

    pub(super) fn settled(&self, settled: &Settlement) -> Result<Settled, Error> {
        let mut sums = Vec::new();
        for (label, money) in [("paid", settled.paid), ("credited", settled.credited)] {
            if money.amount != 0 {
                let less = kernel::Money { amount: money.amount.saturating_neg(), ..money };
                sums.push(Sum::plain(label, self.money(less)?));
            }
        }
        Ok(Settled { sums, due: self.sum(settled.due)? })
    }

    pub(super) fn received(&self, receipt: &Receipt) -> Result<Received, Error> {
        let payments = receipt.payments.iter().zip(1..).map(|(payment, place)| self.paid(payment, place));
        Ok(Received {
            payments: payments.collect::<Result<_, _>>()?,
            invoice_total: self.money(receipt.invoice_total)?,
            received: self.sum(receipt.received)?,
            due: self.sum(receipt.due)?,
        })
    }

    fn paid(&self, payment: &Payment, place: usize) -> Result<Paid, Error> {
        Ok(Paid {
            place: self.figures.count(place),
            day: Day::of(payment.date, self.figures.0),
            method: self.text(&payment.method),
            reference: payment.reference.as_deref().map(|reference| self.text(reference)),
            amount: self.money(payment.amount)?,
        })
    }
}

impl Row {
    fn widest(&self) -> usize {
        let texts = [Some(&self.price), self.discount.as_ref(), Some(&self.amount), Some(&self.quantity)];
        texts.into_iter().flatten().map(|text| text.chars().count()).max().unwrap_or_default()
    }
}

impl Sum {
    const fn plain(label: &'static str, sum: String) -> Self {
        Self { label, rate: None, on: None, sum }
    }
}
