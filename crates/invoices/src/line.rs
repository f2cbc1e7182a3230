use kernel::{Currency, FieldFault, Fields, Money, multi_line};

use crate::{Amount, Discount, Quantity, TaxClass, WriteDiscount};

/// What is sold, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub description: Description,
    pub quantity: Quantity,
    /// Without tax.
    pub unit_price: Amount,
    pub discount: Discount,
    pub tax: TaxClass,
}

/// A line as callers give it.
#[derive(Clone, Debug)]
pub struct WriteLine {
    pub description: String,
    /// Up to three decimals, as in `2.500`.
    pub quantity: String,
    /// Without tax, in the currency of the document.
    pub unit_price: Money,
    pub discount: WriteDiscount,
    /// What the tax rate it names stands for.
    pub tax: TaxClass,
}

/// Text of 1 to 500 characters, maybe of several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description(String);

/// The lines of a document, at most 500; a draft may have none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines(Vec<Line>);

impl WriteLine {
    /// Judges everything at once.
    fn parse(self, currency: Currency) -> Result<Line, Vec<FieldFault>> {
        let mut fields = Fields::new();
        let description = fields.check(Description::parse("description", &self.description));
        let quantity = fields.check(Quantity::parse("quantity", &self.quantity));
        let unit_price = fields.check(Amount::parse("unitPrice", self.unit_price, currency));
        let discount = fields.check(self.discount.parse("discount", currency));
        let tax = self.tax;
        match (description, quantity, unit_price, discount) {
            (Some(description), Some(quantity), Some(unit_price), Some(discount)) => {
                Ok(Line { description, quantity, unit_price, discount, tax })
            }
            _ => Err(fields.finish().err().unwrap_or_default()),
        }
    }
}

impl Description {
    const LONGEST: usize = 500;

    /// Judges a text.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldFault> {
        if text.trim().is_empty() {
            return Err(FieldFault::new(field, "required", "must not be empty"));
        }
        multi_line(field, text.trim(), Self::LONGEST).map(Self)
    }

    /// Takes a text that was judged before.
    pub const fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Lines {
    /// How many there may be.
    pub const MOST: usize = 500;

    /// Judges all lines at once; a fault names its line by its place, as in `lines/0/quantity`.
    pub fn parse(field: &str, lines: Vec<WriteLine>, currency: Currency) -> Result<Self, Vec<FieldFault>> {
        if lines.len() > Self::MOST {
            let detail = format!("must be at most {} lines", Self::MOST);
            return Err(vec![FieldFault::new(field, "too_many", detail)]);
        }
        let mut fields = Fields::new();
        let within = |at: usize, faults: Vec<FieldFault>| -> Vec<FieldFault> {
            faults.into_iter().map(|fault| fault.within(at).within(field)).collect()
        };
        let judged = lines.into_iter().enumerate().filter_map(|(at, line)| {
            fields.check_all(line.parse(currency).map_err(|faults| within(at, faults)))
        });
        let judged = judged.collect();
        fields.finish().map(|()| Self(judged))
    }

    /// Takes lines that were judged before.
    pub const fn from_stored(lines: Vec<Line>) -> Self {
        Self(lines)
    }

    /// All of them, in order.
    pub fn as_slice(&self) -> &[Line] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_line() -> WriteLine {
        WriteLine {
            description: "Rice, 25 kg\nfrom Jhapa".to_owned(),
            quantity: "2.5".to_owned(),
            unit_price: Money { amount: 250_000, currency: Currency::NPR },
            discount: WriteDiscount::Share(500),
            tax: TaxClass::Exempt,
        }
    }

    #[test]
    fn every_fault_of_every_line_is_told_at_once() {
        let usd = Currency::parse("currency", "USD").expect("a code");
        let bad = WriteLine {
            description: " \n".to_owned(),
            quantity: "2,5".to_owned(),
            unit_price: Money { amount: -1, currency: Currency::NPR },
            discount: WriteDiscount::Amount(Money { amount: 1, currency: usd }),
            ..a_line()
        };
        let long = WriteLine { description: "x".repeat(501), ..a_line() };
        let faults = Lines::parse("lines", vec![bad, a_line(), long], Currency::NPR).expect_err("refused");
        let found: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        assert_eq!(
            found,
            [
                ("lines/0/description", "required"),
                ("lines/0/quantity", "invalid_quantity"),
                ("lines/0/unitPrice", "out_of_range"),
                ("lines/0/discount", "currency_mismatch"),
                ("lines/2/description", "too_long"),
            ]
        );
    }

    #[test]
    fn a_document_has_at_most_500_lines_and_a_draft_may_have_none() {
        let parse = |count| Lines::parse("lines", vec![a_line(); count], Currency::NPR);
        assert_eq!(parse(500).expect("enough").as_slice().len(), 500);
        assert_eq!(parse(501).expect_err("too many")[0].code, "too_many");
        assert_eq!(parse(0), Ok(Lines::default()));
    }
}
