//! Words that several modules spell the same.

use kernel::{Calendar, Locale};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A language of the product.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Locale)]
pub(super) enum LocaleWord {
    En,
    Ne,
}

/// How dates are shown: Gregorian, or Bikram Sambat.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Calendar)]
pub(super) enum CalendarWord {
    Ad,
    Bs,
}

impl From<Locale> for LocaleWord {
    fn from(locale: Locale) -> Self {
        match locale {
            Locale::En => Self::En,
            Locale::Ne => Self::Ne,
        }
    }
}

impl From<LocaleWord> for Locale {
    fn from(word: LocaleWord) -> Self {
        match word {
            LocaleWord::En => Self::En,
            LocaleWord::Ne => Self::Ne,
        }
    }
}

impl From<Calendar> for CalendarWord {
    fn from(calendar: Calendar) -> Self {
        match calendar {
            Calendar::Ad => Self::Ad,
            Calendar::Bs => Self::Bs,
        }
    }
}

impl From<CalendarWord> for Calendar {
    fn from(word: CalendarWord) -> Self {
        match word {
            CalendarWord::Ad => Self::Ad,
            CalendarWord::Bs => Self::Bs,
        }
    }
}
