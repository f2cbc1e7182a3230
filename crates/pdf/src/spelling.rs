//! Sums in words, as cheques and invoices have them.

mod english;
mod nepali;

use kernel::{Currency, Locale, Money};

use crate::figures::counts_in_lakh;

/// A sum in words. Nothing where nobody would read them: sums below nothing, and in Nepali other currencies than the
/// rupee of Nepal.
pub(crate) fn in_words(money: Money, locale: Locale) -> Option<String> {
    let minor = u64::try_from(money.amount).ok()?;
    let unit = 10_u64.pow(money.currency.decimals());
    let (whole, rest) = (minor / unit, minor % unit);
    match locale {
        Locale::En if money.currency == Currency::NPR => Some(rupees_in_english(whole, rest)),
        Locale::En => Some(others_in_english(money.currency, whole, rest)),
        Locale::Ne if money.currency == Currency::NPR => Some(rupees_in_nepali(whole, rest)),
        Locale::Ne => None,
    }
}

/// `Rupees one lakh twenty-three and paisa fifty only`.
fn rupees_in_english(rupees: u64, paisa: u64) -> String {
    let rupees = format!("Rupees {}", english::in_lakh(rupees));
    if paisa == 0 {
        return format!("{rupees} only");
    }
    format!("{rupees} and paisa {} only", english::in_lakh(paisa))
}

/// `USD one hundred twenty-three thousand and 50/100 only`.
fn others_in_english(currency: Currency, whole: u64, rest: u64) -> String {
    let words = if counts_in_lakh(currency) { english::in_lakh(whole) } else { english::in_thousands(whole) };
    let unit = 10_u64.pow(currency.decimals());
    let width = usize::try_from(currency.decimals()).expect("a handful");
    let fraction = if rest == 0 { String::new() } else { format!(" and {rest:0width$}/{unit}") };
    format!("{currency} {words}{fraction} only")
}

fn rupees_in_nepali(rupees: u64, paisa: u64) -> String {
    let rupees = format!("{} रुपैयाँ", nepali::words(rupees));
    if paisa == 0 {
        return format!("{rupees} मात्र");
    }
    format!("{rupees} {} पैसा मात्र", nepali::words(paisa))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(amount: i64, code: &str, locale: Locale) -> Option<String> {
        in_words(Money { amount, currency: Currency::parse("currency", code).expect("a code") }, locale)
    }

    #[test]
    fn rupees_are_spelt_in_lakh_and_crore() {
        for (amount, text) in [
            (0, "Rupees zero only"),
            (50, "Rupees zero and paisa fifty only"),
            (100, "Rupees one only"),
            (
                12_345_678,
                "Rupees one lakh twenty-three thousand four hundred fifty-six and paisa seventy-eight only",
            ),
            (
                999_999_999_999_999,
                "Rupees ninety-nine kharab ninety-nine arab ninety-nine crore ninety-nine lakh ninety-nine thousand \
                 nine hundred ninety-nine and paisa ninety-nine only",
            ),
        ] {
            let spelt = words(amount, "NPR", Locale::En).expect("words");
            if amount == 999_999_999_999_999 {
                assert!(spelt.ends_with("nine hundred ninety-nine and paisa ninety-nine only"), "{spelt}");
                assert!(
                    spelt.starts_with("Rupees ninety-nine kharab ninety-nine arab ninety-nine crore"),
                    "{spelt}"
                );
            }
            assert_eq!(spelt, text);
        }
    }

    #[test]
    fn other_currencies_keep_their_code() {
        let dollars = words(123_456_750, "USD", Locale::En);
        let text =
            "USD one million two hundred thirty-four thousand five hundred sixty-seven and 50/100 only";
        assert_eq!(dollars.as_deref(), Some(text));
        assert_eq!(words(7, "KWD", Locale::En).as_deref(), Some("KWD zero and 007/1000 only"));
        assert_eq!(words(15, "JPY", Locale::En).as_deref(), Some("JPY fifteen only"));
        assert_eq!(words(123, "USD", Locale::Ne), None);
        assert_eq!(words(-1, "NPR", Locale::En), None);
    }

    #[test]
    fn nepali_spells_rupees_and_paisa() {
        for (amount, text) in [
            (0, "शून्य रुपैयाँ मात्र"),
            (12_345_678, "एक लाख तेइस हजार चार सय छपन्न रुपैयाँ अठहत्तर पैसा मात्र"),
            (9_900, "उनान्सय रुपैयाँ मात्र"),
            (1_000_000_000, "एक करोड रुपैयाँ मात्र"),
        ] {
            assert_eq!(words(amount, "NPR", Locale::Ne).as_deref(), Some(text));
        }
    }
}
