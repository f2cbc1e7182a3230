use std::fmt;

use chrono_tz::Tz;
use kernel::{Calendar, Changes, Currency, FieldFault, Fields, Locale, Timestamp, Version};

use crate::Error;

/// What an organization has set for all of its people and documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationSettings {
    pub currency: Currency,
    pub time_zone: Tz,
    /// 1 to 12, a month of `calendar`: 4 of Bikram Sambat is Shrawan.
    pub fiscal_year_start_month: i64,
    pub calendar: Calendar,
    pub locale: Locale,
    pub accent_color: AccentColor,
    pub version: Version,
    pub updated_at: Timestamp,
}

/// A change of the settings; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateSettings {
    pub currency: Option<String>,
    pub time_zone: Option<String>,
    pub fiscal_year_start_month: Option<i64>,
    pub calendar: Option<String>,
    pub locale: Option<String>,
    pub accent_color: Option<String>,
}

impl OrganizationSettings {
    /// Of a new organization: Nepal's, whose fiscal year begins with Shrawan.
    pub(crate) fn initial(now: Timestamp) -> Self {
        Self {
            currency: Currency::NPR,
            time_zone: Tz::Asia__Kathmandu,
            fiscal_year_start_month: 4,
            calendar: Calendar::Bs,
            locale: Locale::En,
            accent_color: AccentColor("#2563eb".to_owned()),
            version: Version::FIRST,
            updated_at: now,
        }
    }

    /// The settings after a change, and what that changed.
    pub(crate) fn updated(&self, update: UpdateSettings, now: Timestamp) -> Result<(Self, Changes), Error> {
        let mut fields = Fields::new();
        let currency = |text: &str| Currency::parse("currency", text);
        let after = Self {
            currency: read(&mut fields, update.currency, currency, self.currency),
            time_zone: read(&mut fields, update.time_zone, parse_time_zone, self.time_zone),
            fiscal_year_start_month: match update.fiscal_year_start_month.map(parse_month) {
                Some(month) => fields.check(month).unwrap_or_default(),
                None => self.fiscal_year_start_month,
            },
            calendar: read(&mut fields, update.calendar, str::parse, self.calendar),
            locale: read(&mut fields, update.locale, str::parse, self.locale),
            accent_color: read(
                &mut fields,
                update.accent_color,
                AccentColor::parse,
                self.accent_color.clone(),
            ),
            version: self.version.next(),
            updated_at: now,
        };
        if !fields.is_empty() {
            return Err(Error::from(fields));
        }
        let changes = self.changes_to(&after);
        Ok((after, changes))
    }

    fn changes_to(&self, after: &Self) -> Changes {
        let mut changes = Changes::new();
        changes.note("currency", self.currency.code(), after.currency.code());
        changes.note("timeZone", self.time_zone.name(), after.time_zone.name());
        changes.note("fiscalYearStartMonth", self.fiscal_year_start_month, after.fiscal_year_start_month);
        changes.note("calendar", self.calendar, after.calendar);
        changes.note("locale", self.locale, after.locale);
        changes.note("accentColor", self.accent_color.as_str(), after.accent_color.as_str());
        changes
    }
}

/// The new value; the present one where there is none or it has a fault, which is noted.
fn read<T>(
    fields: &mut Fields,
    text: Option<String>,
    parse: impl FnOnce(&str) -> Result<T, FieldFault>,
    current: T,
) -> T {
    text.and_then(|text| fields.check(parse(&text))).unwrap_or(current)
}

fn parse_month(month: i64) -> Result<i64, FieldFault> {
    if (1..=12).contains(&month) {
        return Ok(month);
    }
    Err(FieldFault::new("fiscalYearStartMonth", "out_of_range", "must be from 1 to 12"))
}

pub(crate) fn parse_time_zone(name: &str) -> Result<Tz, FieldFault> {
    match name.parse() {
        Ok(zone) => Ok(zone),
        Err(chrono_tz::ParseError { .. }) => Err(FieldFault::new(
            "timeZone",
            "unknown_time_zone",
            "must be an IANA time zone such as `Asia/Kathmandu`",
        )),
    }
}

/// A colour as `#rrggbb`, lowercase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccentColor(String);

impl AccentColor {
    /// Judges a colour.
    pub fn parse(text: &str) -> Result<Self, FieldFault> {
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(Self(text.to_lowercase()));
        }
        Err(FieldFault::new("accentColor", "invalid_color", "must be a colour such as `#2563eb`"))
    }

    /// The colour as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccentColor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_of_the_settings_are_told_at_once() {
        let update = UpdateSettings {
            currency: Some("XXX".to_owned()),
            time_zone: Some("Asia/Atlantis".to_owned()),
            fiscal_year_start_month: Some(13),
            calendar: Some("julian".to_owned()),
            locale: Some("fr".to_owned()),
            accent_color: Some("#12345g".to_owned()),
        };
        let refused =
            OrganizationSettings::initial(Timestamp::UNIX_EPOCH).updated(update, Timestamp::UNIX_EPOCH);
        let Err(Error::Invalid(faults)) = refused else {
            panic!("refused");
        };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(
            fields,
            ["currency", "timeZone", "fiscalYearStartMonth", "calendar", "locale", "accentColor"]
        );
    }

    #[test]
    fn a_colour_is_six_digits_behind_a_hash() {
        assert_eq!(AccentColor::parse("#A1b2C3").expect("fine").as_str(), "#a1b2c3");
        for bad in ["", "#fff", "a1b2c3", "#a1b2c3d4", "#a1b2ग", "red"] {
            assert!(AccentColor::parse(bad).is_err(), "{bad}");
        }
    }
}
