use std::fmt;

use crate::FieldFault;

/// A currency in use, by its code of ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(&'static str);

/// A sum in minor units of its currency, as callers give it; may be anything until it is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    pub amount: i64,
    pub currency: Currency,
}

/// ISO 4217, list one, active currencies of countries; funds, metals and test codes left out. Sorted.
const CODES: [&str; 155] = [
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BHD", "BIF", "BMD",
    "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP", "CRC",
    "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL",
    "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR",
    "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP",
    "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK",
    "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR",
    "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE",
    "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD",
    "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF",
    "XPF", "YER", "ZAR", "ZMW", "ZWG",
];

impl Currency {
    /// The Nepalese rupee.
    pub const NPR: Self = Self("NPR");

    /// Every one, by its code.
    pub fn all() -> impl Iterator<Item = Self> {
        CODES.into_iter().map(Self)
    }

    /// Reads a code.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldFault> {
        match CODES.into_iter().find(|code| *code == text) {
            Some(code) => Ok(Self(code)),
            None => Err(FieldFault::new(
                field,
                "unknown_currency",
                "must be a currency code of ISO 4217 such as `NPR`",
            )),
        }
    }

    /// The code.
    pub const fn code(self) -> &'static str {
        self.0
    }

    /// How many decimals its minor unit has, by ISO 4217: 2 for the rupee, 0 for the yen, 3 for the dinar.
    pub const fn decimals(self) -> u32 {
        match self.0.as_bytes() {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_none_stands_twice() {
        assert!(CODES.is_sorted_by(|a, b| a < b));
        assert!(CODES.contains(&Currency::NPR.code()));
    }

    #[test]
    fn minor_units_are_those_of_iso_4217() {
        let decimals = |code| Currency::parse("currency", code).expect("known").decimals();
        assert_eq!(["NPR", "JPY", "KWD", "UYU", "USD"].map(decimals), [2, 0, 3, 2, 2]);
    }

    #[test]
    fn only_currencies_in_use_are_known() {
        assert_eq!(Currency::parse("currency", "INR").expect("known").code(), "INR");
        for text in ["inr", "HRK", "XXX", "XAU", "NP", "", "NPR "] {
            assert!(Currency::parse("currency", text).is_err(), "{text}");
        }
    }
}
