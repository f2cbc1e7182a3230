use kernel::FieldFault;

use crate::{Amount, BasisPoints};

/// How a line is taxed. Lines of one class are taxed together, as EN 16931 groups them by category and rate (BG-23).
/// Sorts as documents list them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaxClass {
    /// At a rate above nothing: the VAT of Nepal is 1,300 basis points (section 7 of the Value Added Tax Act 2052).
    Rated(BasisPoints),
    /// Taxable at nothing, such as exports.
    Zero,
    /// Not taxable by law.
    Exempt,
    /// The line names no tax, as those of whoever is not registered for one.
    Untaxed,
}

impl TaxClass {
    /// The word in the database and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rated(_) => "rated",
            Self::Zero => "zero",
            Self::Exempt => "exempt",
            Self::Untaxed => "untaxed",
        }
    }

    /// The class of this name; one that is rated has a rate, the others have none.
    pub fn parse(field: &str, name: &str, rate: Option<BasisPoints>) -> Result<Self, FieldFault> {
        let class = match (name, rate) {
            ("rated", Some(rate)) if rate > BasisPoints::default() => Self::Rated(rate),
            ("zero", None) => Self::Zero,
            ("exempt", None) => Self::Exempt,
            ("untaxed", None) => Self::Untaxed,
            ("rated" | "zero" | "exempt" | "untaxed", _) => {
                let detail = "must have a rate above nothing if it is `rated`, and none otherwise";
                return Err(FieldFault::new(field, "invalid_rate", detail));
            }
            _ => {
                let detail = "must be `rated`, `zero`, `exempt` or `untaxed`";
                return Err(FieldFault::new(field, "unknown_value", detail));
            }
        };
        Ok(class)
    }

    /// Of every amount, nothing unless rated.
    pub fn rate(self) -> BasisPoints {
        match self {
            Self::Rated(rate) => rate,
            Self::Zero | Self::Exempt | Self::Untaxed => BasisPoints::default(),
        }
    }

    /// The tax on all lines of this class together, rounded half up once (EN 16931, BR-CO-17).
    pub(crate) fn on(self, taxable: Amount) -> Amount {
        self.rate().of(taxable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_and_its_rate_belong_together() {
        let rate = |points| BasisPoints::new(points);
        for class in [
            TaxClass::Rated(rate(1_300).expect("in range")),
            TaxClass::Zero,
            TaxClass::Exempt,
            TaxClass::Untaxed,
        ] {
            let stored = Some(class.rate()).filter(|rate| rate.get() > 0);
            assert_eq!(TaxClass::parse("kind", class.name(), stored), Ok(class));
        }
        for (name, rate) in [("rated", None), ("rated", rate(0)), ("zero", rate(1)), ("exempt", rate(0))] {
            assert_eq!(TaxClass::parse("kind", name, rate).expect_err(name).code, "invalid_rate");
        }
        assert_eq!(TaxClass::parse("kind", "vat", None).expect_err("unknown").code, "unknown_value");
    }
}
