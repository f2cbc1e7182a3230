use kernel::{Currency, Locale, Money};

/// Writes numbers as a reader of a language expects them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures(pub(crate) Locale);

impl Figures {
    /// A sum without its currency, grouped: `1,23,456.00` for rupees, `123,456.00` for others.
    pub(crate) fn money(self, money: Money) -> String {
        let decimals = usize::try_from(money.currency.decimals()).expect("a handful");
        let digits = format!("{:0>width$}", money.amount.unsigned_abs(), width = decimals + 1);
        let (whole, rest) = digits.split_at(digits.len() - decimals);
        let whole = self.grouped(whole, money.currency);
        let sign = if money.amount < 0 { "\u{2212}" } else { "" };
        let point = if decimals > 0 { "." } else { "" };
        self.digits(&format!("{sign}{whole}{point}{rest}"))
    }

    /// A sum with its currency. The space between does not break.
    pub(crate) fn sum(self, money: Money) -> String {
        let currency = match (self.0, money.currency) {
            (Locale::Ne, Currency::NPR) => "रु.",
            (_, other) => other.code(),
        };
        format!("{currency}\u{a0}{}", self.money(money))
    }

    /// `2.5` for 2,500 thousandths.
    pub(crate) fn quantity(self, thousandths: i64) -> String {
        let (whole, rest) = (thousandths.unsigned_abs() / 1_000, thousandths.unsigned_abs() % 1_000);
        let sign = if thousandths < 0 { "\u{2212}" } else { "" };
        let rest = format!(".{rest:03}");
        let rest = rest.trim_end_matches('0').trim_end_matches('.');
        let whole = self.grouped(&whole.to_string(), Currency::NPR);
        self.digits(&format!("{sign}{whole}{rest}"))
    }

    /// `13%` for 1,300 basis points, `12.5%` for 1,250.
    pub(crate) fn rate(self, points: u16) -> String {
        let rest = format!(".{:02}", points % 100);
        let rest = rest.trim_end_matches('0').trim_end_matches('.');
        self.digits(&format!("{}{rest}%", points / 100))
    }

    pub(crate) fn count(self, number: usize) -> String {
        self.digits(&number.to_string())
    }

    /// The same text with the digits of the language.
    pub(crate) fn digits(self, text: &str) -> String {
        match self.0 {
            Locale::En => text.to_owned(),
            Locale::Ne => text.chars().map(devanagari).collect(),
        }
    }

    /// The last three digits, then groups of two (lakh, crore) or three.
    fn grouped(self, whole: &str, currency: Currency) -> String {
        let others = if counts_in_lakh(currency) || self.0 == Locale::Ne { 2 } else { 3 };
        let from_behind = |at: usize| whole.len() - at;
        let mut text = String::with_capacity(whole.len() * 2);
        for (at, digit) in whole.chars().enumerate() {
            let left = from_behind(at);
            if at > 0 && left >= 3 && (left - 3).is_multiple_of(others) {
                text.push(',');
            }
            text.push(digit);
        }
        text
    }
}

/// Where a hundred thousand is written 1,00,000.
pub(crate) fn counts_in_lakh(currency: Currency) -> bool {
    matches!(currency.code(), "NPR" | "INR" | "BDT" | "PKR")
}

fn devanagari(character: char) -> char {
    let digit = character.to_digit(10).and_then(|digit| char::from_u32('०' as u32 + digit));
    digit.unwrap_or(character)
}

/// A sum with its currency as documents write it, for texts that go with them.
pub fn sum(money: Money, locale: Locale) -> String {
    Figures(locale).sum(money)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: i64, code: &str) -> Money {
        Money { amount, currency: Currency::parse("currency", code).expect("a code") }
    }

    #[test]
    fn rupees_are_grouped_by_lakh_and_crore_and_others_by_thousands() {
        let en = Figures(Locale::En);
        let cases = [
            (0, "NPR", "0.00"),
            (5, "NPR", "0.05"),
            (99_999, "NPR", "999.99"),
            (100_000, "NPR", "1,000.00"),
            (12_345_678, "NPR", "1,23,456.78"),
            (999_999_999_999_999, "NPR", "99,99,99,99,99,999.99"),
            (-12_345_678, "INR", "\u{2212}1,23,456.78"),
            (12_345_678, "USD", "123,456.78"),
            (12_345_678, "JPY", "12,345,678"),
            (12_345_678, "KWD", "12,345.678"),
            (i64::MIN, "USD", "\u{2212}92,233,720,368,547,758.08"),
        ];
        for (amount, code, text) in cases {
            assert_eq!(en.money(money(amount, code)), text);
        }
    }

    #[test]
    fn nepali_figures_are_devanagari() {
        let ne = Figures(Locale::Ne);
        assert_eq!(ne.sum(money(12_345_678, "NPR")), "रु.\u{a0}१,२३,४५६.७८");
        assert_eq!(ne.sum(money(12_345_678, "USD")), "USD\u{a0}१,२३,४५६.७८");
        assert_eq!((ne.rate(1_300).as_str(), ne.quantity(2_500).as_str()), ("१३%", "२.५"));
    }

    #[test]
    fn quantities_and_rates_have_no_idle_zeros() {
        let en = Figures(Locale::En);
        let quantities = [1, 2_000, 2_500, 10_000, 1_234_567_891].map(|thousandths| en.quantity(thousandths));
        assert_eq!(quantities, ["0.001", "2", "2.5", "10", "12,34,567.891"]);
        assert_eq!(
            [1_300, 1_250, 5, 10_000].map(|points| en.rate(points)),
            ["13%", "12.5%", "0.05%", "100%"]
        );
    }
}
