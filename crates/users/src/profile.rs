use chrono_tz::Tz;
use kernel::{Calendar, FieldFault, Fields, Locale, Patch};

use crate::Error;
use crate::user::{PersonName, Theme, parse_time_zone};

/// A change of one's own profile; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateProfile {
    pub full_name: Option<String>,
    pub display_name: Patch<String>,
    pub locale: Option<String>,
    pub time_zone: Option<String>,
    pub calendar: Option<String>,
    pub theme: Option<String>,
}

/// The same, parsed.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) full_name: Option<PersonName>,
    pub(crate) display_name: Patch<PersonName>,
    pub(crate) locale: Option<Locale>,
    pub(crate) time_zone: Option<Tz>,
    pub(crate) calendar: Option<Calendar>,
    pub(crate) theme: Option<Theme>,
}

impl UpdateProfile {
    pub(crate) fn parse(self) -> Result<Profile, Error> {
        let mut fields = Fields::new();
        let name = |text: String| PersonName::parse("displayName", &text);
        let profile = Profile {
            full_name: optional(&mut fields, self.full_name, |text| PersonName::parse("fullName", text)),
            display_name: fields.check(self.display_name.try_map(name)).unwrap_or_default(),
            locale: optional(&mut fields, self.locale, str::parse),
            time_zone: optional(&mut fields, self.time_zone, parse_time_zone),
            calendar: optional(&mut fields, self.calendar, str::parse),
            theme: optional(&mut fields, self.theme, str::parse),
        };
        match fields.finish() {
            Ok(()) => Ok(profile),
            Err(faults) => Err(Error::Invalid(faults)),
        }
    }
}

fn optional<T>(
    fields: &mut Fields,
    text: Option<String>,
    parse: impl FnOnce(&str) -> Result<T, FieldFault>,
) -> Option<T> {
    text.and_then(|text| fields.check(parse(&text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_of_a_profile_are_told_at_once() {
        let update = UpdateProfile {
            full_name: Some(" ".to_owned()),
            display_name: Patch::Set("a\nb".to_owned()),
            locale: Some("fr".to_owned()),
            time_zone: Some("Asia/Atlantis".to_owned()),
            calendar: Some("julian".to_owned()),
            theme: Some("pink".to_owned()),
        };
        let Err(Error::Invalid(faults)) = update.parse() else {
            panic!("refused");
        };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["fullName", "displayName", "locale", "timeZone", "calendar", "theme"]);
    }
}
