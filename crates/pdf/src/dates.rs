use calendar::BsDate;
use chrono::{Datelike, NaiveDate};
use kernel::Locale;

use crate::figures::Figures;

/// A day in the reader's own calendar and in the other one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Day {
    pub(crate) main: String,
    /// Nothing where the table of Bikram Sambat does not reach: a guess on paper would be worse.
    pub(crate) other: Option<String>,
}

impl Day {
    /// English reads the Gregorian day first, Nepali the one of Bikram Sambat.
    pub(crate) fn of(date: NaiveDate, locale: Locale) -> Self {
        let gregorian = gregorian(date, locale);
        let Ok(bs) = BsDate::from_gregorian(date) else {
            return Self { main: gregorian, other: None };
        };
        let bs = bikram_sambat(bs, locale);
        match locale {
            Locale::En => Self { main: gregorian, other: Some(format!("{bs} BS")) },
            Locale::Ne => Self { main: bs, other: Some(format!("ई.सं. {gregorian}")) },
        }
    }
}

fn gregorian(date: NaiveDate, locale: Locale) -> String {
    let names = match locale {
        Locale::En => &AD_EN,
        Locale::Ne => &AD_NE,
    };
    written(date.year(), name(names, date.month()), date.day(), locale)
}

fn bikram_sambat(date: BsDate, locale: Locale) -> String {
    let names = match locale {
        Locale::En => &BS_EN,
        Locale::Ne => &BS_NE,
    };
    written(date.year(), name(names, date.month()), date.day(), locale)
}

/// `7 Mangsir 2083`, `२०८३ मंसिर ७`.
fn written(year: i32, month: &str, day: u32, locale: Locale) -> String {
    match locale {
        Locale::En => format!("{day} {month} {year}"),
        Locale::Ne => Figures(locale).digits(&format!("{year} {month} {day}")),
    }
}

fn name(names: &[&'static str; 12], month: u32) -> &'static str {
    let found = (1..).zip(names).find(|(number, _)| *number == month);
    found.map_or("", |(_, name)| *name)
}

const AD_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const AD_NE: [&str; 12] =
    ["जनवरी", "फेब्रुअरी", "मार्च", "अप्रिल", "मे", "जुन", "जुलाई", "अगस्ट", "सेप्टेम्बर", "अक्टोबर", "नोभेम्बर", "डिसेम्बर"];
const BS_EN: [&str; 12] = [
    "Baisakh", "Jestha", "Ashadh", "Shrawan", "Bhadra", "Ashwin", "Kartik", "Mangsir", "Poush", "Magh",
    "Falgun", "Chaitra",
];
const BS_NE: [&str; 12] =
    ["बैशाख", "जेठ", "असार", "साउन", "भदौ", "असोज", "कात्तिक", "मंसिर", "पुस", "माघ", "फागुन", "चैत"];

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str, locale: Locale) -> (String, Option<String>) {
        let Day { main, other } = Day::of(text.parse().expect("a day"), locale);
        (main, other)
    }

    #[test]
    fn a_day_stands_in_both_calendars_the_readers_first() {
        let english = ("23 November 2026".to_owned(), Some("7 Mangsir 2083 BS".to_owned()));
        assert_eq!(day("2026-11-23", Locale::En), english);
        let nepali = ("२०८३ मंसिर ७".to_owned(), Some("ई.सं. २०२६ नोभेम्बर २३".to_owned()));
        assert_eq!(day("2026-11-23", Locale::Ne), nepali);
    }

    #[test]
    fn outside_the_table_there_is_no_guess() {
        assert_eq!(day("2040-01-02", Locale::Ne), ("२०४० जनवरी २".to_owned(), None));
    }
}
