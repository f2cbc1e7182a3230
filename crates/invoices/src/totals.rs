use std::collections::BTreeMap;

use kernel::{FieldFault, Fields};

use crate::allocation::allocate;
use crate::rate::half_up;
use crate::{Amount, Discount, Line, Lines, Quantity, TaxClass};

/// What a document comes to, by the law of totals:
///
/// - each line: `gross` = quantity x unit price, rounded half up; `amount` = gross - the line's own discount, of which
///   a share is rounded half up;
/// - `subtotal` = sum of the lines' amounts; `discount` = the document's, of which a share is rounded half up;
/// - that discount is parted among the lines by their amounts with largest remainders: `net` = amount - its part;
/// - each tax class: `taxable` = sum of its lines' net, `tax` = its rate of that, rounded half up once;
/// - the tax of a class is parted among its lines likewise, so that `total` = sum of the lines' totals
///   = subtotal - discount + tax.
///
/// All in minor units of one currency; rounding happens where it is said and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// In the order of the lines.
    pub lines: Vec<LineTotals>,
    /// After the lines' own discounts, before that of the document.
    pub subtotal: Amount,
    /// That of the document alone.
    pub discount: Amount,
    /// Each class that a line has, in the order documents list them.
    pub taxes: Vec<TaxTotal>,
    pub tax: Amount,
    pub total: Amount,
}

/// What a line comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineTotals {
    pub gross: Amount,
    /// Its own.
    pub discount: Amount,
    /// What a document shows beside it: gross less its own discount.
    pub amount: Amount,
    /// Less its part of the document's discount.
    pub net: Amount,
    /// Its part of the tax of its class; less than a minor unit off its rate of `net`.
    pub tax: Amount,
    pub total: Amount,
}

/// What the lines of a tax class come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxTotal {
    pub class: TaxClass,
    pub taxable: Amount,
    pub tax: Amount,
}

/// A line before it bears its part of anything.
struct Gross {
    gross: Amount,
    discount: Amount,
    amount: Amount,
}

impl Totals {
    /// Adds up a document. All faults at once: `too_large` where a sum leaves its range, `discount_too_large` where a
    /// discount is more than it is taken off.
    pub fn of(lines: &Lines, discount: Discount) -> Result<Self, Vec<FieldFault>> {
        let lines = lines.as_slice();
        let gross = gross_of(lines)?;
        let amounts: Vec<_> = gross.iter().map(|line| line.amount).collect();
        let subtotal = Amount::sum(amounts.iter().copied()).ok_or_else(|| vec![too_large("lines")])?;
        let discount = discount.off(subtotal).ok_or_else(|| vec![discount_too_large("discount")])?;
        let parts = allocate(discount, &amounts);
        let nets: Vec<_> = amounts.iter().zip(parts).map(|(amount, part)| amount.less(part)).collect();
        let (taxes, line_taxes) = taxed(lines, &nets, &[]);
        let tax = Amount::sum(taxes.iter().map(|class| class.tax));
        let tax = tax.ok_or_else(|| vec![too_large("lines")])?;
        let total = subtotal.less(discount).plus(tax).ok_or_else(|| vec![too_large("lines")])?;
        let lines = gross.into_iter().zip(nets).zip(line_taxes);
        let lines = lines.map(|((line, net), tax)| line.bearing(net, tax)).collect();
        Ok(Self { lines, subtotal, discount, taxes, tax, total })
    }
}

impl Totals {
    /// The same for a document that follows others of the same business, which bore `before` together: the tax of each
    /// class is what all of them bear less what the earlier ones bore, both rounded half up once. It is less than a minor
    /// unit off its rate, and never more than what is taxed.
    pub(crate) fn following(lines: &Lines, alone: Self, before: &[TaxTotal]) -> Self {
        let lines = lines.as_slice();
        let nets: Vec<_> = alone.lines.iter().map(|line| line.net).collect();
        let (taxes, line_taxes) = taxed(lines, &nets, before);
        let tax = Amount::sum(taxes.iter().map(|class| class.tax)).expect("no more than what is taxed");
        let total = alone.subtotal.less(alone.discount).plus(tax).expect("no more than what was invoiced");
        let lines = alone.lines.iter().zip(line_taxes).map(|(line, tax)| LineTotals {
            tax,
            total: line.net.plus(tax).expect("a line is no more than the document"),
            ..*line
        });
        Self { lines: lines.collect(), taxes, tax, total, ..alone }
    }
}

impl Gross {
    fn of(line: &Line) -> Result<Self, FieldFault> {
        let thousandths = i128::from(line.quantity.thousandths());
        let gross = half_up(thousandths * line.unit_price.wide(), Quantity::SCALE);
        let gross = Amount::from_wide(gross).ok_or_else(|| too_large("unitPrice"))?;
        let discount = line.discount.off(gross).ok_or_else(|| discount_too_large("discount"))?;
        Ok(Self { gross, discount, amount: gross.less(discount) })
    }

    fn bearing(self, net: Amount, tax: Amount) -> LineTotals {
        let Self { gross, discount, amount } = self;
        let total = net.plus(tax).expect("a line is no more than the document");
        LineTotals { gross, discount, amount, net, tax, total }
    }
}

fn gross_of(lines: &[Line]) -> Result<Vec<Gross>, Vec<FieldFault>> {
    let mut fields = Fields::new();
    let judged = (0..).zip(lines).filter_map(|(at, line): (usize, _)| {
        fields.check(Gross::of(line).map_err(|fault| fault.within(at).within("lines")))
    });
    let judged = judged.collect();
    fields.finish().map(|()| judged)
}

/// The tax of each class, and of each line, of what follows others.
fn taxed(lines: &[Line], nets: &[Amount], before: &[TaxTotal]) -> (Vec<TaxTotal>, Vec<Amount>) {
    let mut classes: BTreeMap<TaxClass, Vec<(usize, Amount)>> = BTreeMap::new();
    for (at, (line, net)) in lines.iter().zip(nets).enumerate() {
        classes.entry(line.tax).or_default().push((at, *net));
    }
    let mut parts = Vec::with_capacity(lines.len());
    let total = |(class, members): (TaxClass, Vec<(usize, Amount)>)| {
        let nets: Vec<_> = members.iter().map(|(_, net)| *net).collect();
        let taxable = Amount::sum(nets.iter().copied()).expect("a class is no more than the subtotal");
        let earlier = before.iter().find(|earlier| earlier.class == class).map(|earlier| earlier.taxable);
        let earlier = earlier.unwrap_or_default();
        let all = earlier.plus(taxable).expect("together no more than what was invoiced");
        let tax = class.on(all).less(class.on(earlier));
        parts.extend(members.iter().map(|(at, _)| *at).zip(allocate(tax, &nets)));
        TaxTotal { class, taxable, tax }
    };
    let totals = classes.into_iter().map(total).collect();
    parts.sort_unstable_by_key(|(at, _)| *at);
    (totals, parts.into_iter().map(|(_, tax)| tax).collect())
}

fn too_large(field: &str) -> FieldFault {
    FieldFault::new(field, "too_large", "must not come to more than 999,999,999,999,999 minor units")
}

fn discount_too_large(field: &str) -> FieldFault {
    FieldFault::new(field, "discount_too_large", "must not be more than it is taken off")
}

#[cfg(test)]
mod tests;
