//! The form in which settings lie in the cache. What does not read back, because another version of the program
//! wrote it, counts as forgotten.

use kernel::{Currency, Timestamp, Version};
use serde::{Deserialize, Serialize};

use super::OrganizationSettings;
use super::values::{AccentColor, parse_time_zone};

#[derive(Serialize, Deserialize)]
struct Remembered {
    currency: String,
    time_zone: String,
    fiscal_year_start_month: i64,
    calendar: String,
    locale: String,
    accent_color: String,
    version: i64,
    updated_at: Timestamp,
}

pub(super) fn write(settings: &OrganizationSettings) -> Option<Vec<u8>> {
    let remembered = Remembered {
        currency: settings.currency.code().to_owned(),
        time_zone: settings.time_zone.name().to_owned(),
        fiscal_year_start_month: settings.fiscal_year_start_month,
        calendar: settings.calendar.name().to_owned(),
        locale: settings.locale.tag().to_owned(),
        accent_color: settings.accent_color.as_str().to_owned(),
        version: settings.version.0,
        updated_at: settings.updated_at,
    };
    serde_json::to_vec(&remembered).ok()
}

pub(super) fn read(text: &[u8]) -> Option<OrganizationSettings> {
    let remembered: Remembered = serde_json::from_slice(text).ok()?;
    Some(OrganizationSettings {
        currency: Currency::parse("currency", &remembered.currency).ok()?,
        time_zone: parse_time_zone(&remembered.time_zone).ok()?,
        fiscal_year_start_month: remembered.fiscal_year_start_month,
        calendar: remembered.calendar.parse().ok()?,
        locale: remembered.locale.parse().ok()?,
        accent_color: AccentColor::parse(&remembered.accent_color).ok()?,
        version: Version(remembered.version),
        updated_at: remembered.updated_at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_reads_back_and_anything_else_is_forgotten() {
        let settings = OrganizationSettings::initial(Timestamp::UNIX_EPOCH);
        let text = write(&settings).expect("written");
        assert_eq!(read(&text), Some(settings));
        for other in [&b""[..], b"{}", b"null", br#"{"currency":"NPR"}"#] {
            assert_eq!(read(other), None);
        }
    }
}
