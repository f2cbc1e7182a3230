use std::fmt;

use calendar::FiscalLabel;
use kernel::FieldFault;

/// What an issued document is called: series, fiscal year of the day of issue, and the place in both, consecutive from
/// 1 without gaps. Written `INV-2083/84-000123`. Sorts by series, year and place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNumber {
    pub series: Series,
    pub year: FiscalLabel,
    pub running: RunningNumber,
}

/// Which documents are counted together: 1 to 10 capital letters and digits of ASCII, a letter first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series(String);

/// A place in a series and fiscal year: 1 to 999,999,999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunningNumber(i64);

impl DocumentNumber {
    /// Reads what [`fmt::Display`] wrote, and nothing else.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldFault> {
        let malformed =
            || FieldFault::new(field, "invalid_number", "must be a number such as `INV-2083/84-000123`");
        let mut parts = text.splitn(3, '-');
        let mut part = || parts.next().ok_or_else(malformed);
        let series = Series::parse(field, part()?)?;
        let year = part()?.parse().map_err(|_not_a_label| malformed())?;
        let running = part()?.parse().ok().and_then(RunningNumber::new).ok_or_else(malformed)?;
        let number = Self { series, year, running };
        if number.to_string() == text { Ok(number) } else { Err(malformed()) }
    }

    /// The same where a slash would part folders: `INV-2083-84-000123`.
    pub fn file_stem(&self) -> String {
        self.to_string().replace('/', "-")
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{:06}", self.series.0, self.year, self.running.0)
    }
}

impl Series {
    const LONGEST: usize = 10;

    /// Invoices, unless the organization names others.
    pub fn invoices() -> Self {
        Self("INV".to_owned())
    }

    /// Credit notes, likewise.
    pub fn credit_notes() -> Self {
        Self("CN".to_owned())
    }

    /// Judges a series.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldFault> {
        let begins = text.starts_with(|first: char| first.is_ascii_uppercase());
        let allowed = text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if begins && allowed && text.len() <= Self::LONGEST {
            return Ok(Self(text.to_owned()));
        }
        let detail = "must be 1 to 10 capital letters and digits, a letter first";
        Err(FieldFault::new(field, "invalid_series", detail))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl RunningNumber {
    /// A place, if it is in range.
    pub fn new(place: i64) -> Option<Self> {
        (1..=999_999_999).contains(&place).then_some(Self(place))
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use calendar::FiscalStart;
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn a_number_names_series_year_and_place() {
        let day = "2026-11-23".parse().expect("a day");
        let number = DocumentNumber {
            series: Series::invoices(),
            year: FiscalStart::NEPAL.label_on(day).expect("in the table"),
            running: RunningNumber::new(123).expect("in range"),
        };
        assert_eq!(number.to_string(), "INV-2083/84-000123");
        assert_eq!(number.file_stem(), "INV-2083-84-000123");
        assert_eq!(DocumentNumber::parse("number", "INV-2083/84-000123"), Ok(number));
        let large = DocumentNumber::parse("number", "CN-2026-1234567").expect("a number");
        assert_eq!((large.series, large.running.get()), (Series::credit_notes(), 1_234_567));
    }

    #[test]
    fn a_number_has_one_spelling() {
        for text in [
            "INV-2083/84-123",
            "INV-2083/84-0000123",
            "INV-2083/84-000000",
            "INV-2083/84-+00123",
            "INV-2083/85-000123",
            "inv-2083/84-000123",
            "INV-2083/84-000123 ",
            "INV-2083/84",
            "-2083/84-000123",
            "INV-2083/84-1-000123",
            "INV-2083/84-1000000000",
            "",
        ] {
            assert!(DocumentNumber::parse("number", text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_series_is_a_short_word_in_capitals() {
        for text in ["A", "INV", "POKHARA2", "ABCDEFGHIJ"] {
            assert_eq!(Series::parse("series", text).expect("a series").as_str(), text);
        }
        for text in ["", "2A", "inv", "A-B", "A/B", "ABCDEFGHIJK", "É", "A B"] {
            assert_eq!(Series::parse("series", text).expect_err(text).code, "invalid_series", "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(series in "[A-Z][A-Z0-9]{0,9}", year in 1000..9998_i32, place in 1..=999_999_999_i64, spans in proptest::bool::ANY) {
            let label = if spans { format!("{year}/{:02}", (year + 1) % 100) } else { year.to_string() };
            let number = DocumentNumber {
                series: Series::parse("series", &series).expect("a series"),
                year: label.parse().expect("a label"),
                running: RunningNumber::new(place).expect("in range"),
            };
            prop_assert_eq!(DocumentNumber::parse("number", &number.to_string()), Ok(number));
        }
    }
}
