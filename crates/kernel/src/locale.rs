use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::FieldFault;

/// A language the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    #[default]
    En,
    Ne,
}

impl Locale {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::En, Self::Ne];

    /// Its BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ne => "ne",
        }
    }
}

impl FromStr for Locale {
    type Err = FieldFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|locale| locale.tag() == text);
        found.ok_or_else(|| FieldFault::new("locale", "unknown_value", "must be `en` or `ne`"))
    }
}

/// The calendar dates are shown in: Gregorian or Bikram Sambat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    #[default]
    Ad,
    Bs,
}

impl Calendar {
    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ad => "ad",
            Self::Bs => "bs",
        }
    }
}

impl FromStr for Calendar {
    type Err = FieldFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = [Self::Ad, Self::Bs].into_iter().find(|calendar| calendar.name() == text);
        found.ok_or_else(|| FieldFault::new("calendar", "unknown_value", "must be `ad` or `bs`"))
    }
}
