use std::fmt;
use std::str::FromStr;

use chrono::TimeDelta;
use chrono_tz::Tz;
use kernel::{
    Calendar, Changes, EmailAddress, FieldFault, Fields, Locale, Timestamp, UserId, Version, single_line,
};

use crate::profile::Profile;
use crate::{Error, UserEvent};

/// How long a deletion can be taken back.
const GRACE: TimeDelta = TimeDelta::days(30);

/// A person, global over all organizations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub email: EmailAddress,
    pub full_name: PersonName,
    /// How he wants to be called where space is short.
    pub display_name: Option<PersonName>,
    pub locale: Locale,
    pub time_zone: Tz,
    pub calendar: Calendar,
    pub theme: Theme,
    pub version: Version,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// When the account is erased, if that was asked for.
    pub delete_after: Option<Timestamp>,
}

/// What is known of somebody who signs up.
#[derive(Clone, Debug)]
pub struct NewUser {
    pub id: UserId,
    pub email: EmailAddress,
    pub full_name: String,
    pub locale: Locale,
    /// IANA name; Asia/Kathmandu if absent.
    pub time_zone: Option<String>,
}

impl User {
    /// Somebody who has proven his address.
    pub(crate) fn register(new: NewUser, now: Timestamp) -> Result<Self, Error> {
        let mut fields = Fields::new();
        let full_name = fields.check(PersonName::parse("fullName", &new.full_name));
        let time_zone = new.time_zone.map_or(Ok(Tz::Asia__Kathmandu), |name| parse_time_zone(&name));
        let time_zone = fields.check(time_zone);
        let (Some(full_name), Some(time_zone)) = (full_name, time_zone) else {
            return Err(Error::from(fields));
        };
        Ok(Self {
            id: new.id,
            email: new.email,
            full_name,
            display_name: None,
            locale: new.locale,
            time_zone,
            calendar: Calendar::default(),
            theme: Theme::default(),
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
            delete_after: None,
        })
    }

    /// The user with another profile, and what that changed.
    pub(crate) fn with_profile(&self, profile: Profile, now: Timestamp) -> (Self, Changes) {
        let after = Self {
            full_name: profile.full_name.unwrap_or_else(|| self.full_name.clone()),
            display_name: profile.display_name.apply(self.display_name.clone()),
            locale: profile.locale.unwrap_or(self.locale),
            time_zone: profile.time_zone.unwrap_or(self.time_zone),
            calendar: profile.calendar.unwrap_or(self.calendar),
            theme: profile.theme.unwrap_or(self.theme),
            ..self.changed(now)
        };
        let mut changes = Changes::new();
        changes.note("fullName", self.full_name.as_str(), after.full_name.as_str());
        changes.note(
            "displayName",
            self.display_name.as_ref().map(PersonName::as_str),
            after.display_name.as_ref().map(PersonName::as_str),
        );
        changes.note("locale", self.locale, after.locale);
        changes.note("timeZone", self.time_zone.name(), after.time_zone.name());
        changes.note("calendar", self.calendar, after.calendar);
        changes.note("theme", self.theme.name(), after.theme.name());
        (after, changes)
    }

    /// The user with another proven address.
    pub(crate) fn with_email(&self, email: EmailAddress, now: Timestamp) -> (Self, Changes) {
        let after = Self { email, ..self.changed(now) };
        let mut changes = Changes::new();
        changes.note("email", self.email.as_str(), after.email.as_str());
        (after, changes)
    }

    /// The user in his days of grace.
    pub(crate) fn leaving(&self, now: Timestamp) -> Result<(Self, UserEvent), Error> {
        if self.delete_after.is_some() {
            return Err(Error::DeletionRequested);
        }
        let after = Self { delete_after: Some(now + GRACE), ..self.changed(now) };
        let event =
            UserEvent::DeletionRequested { user: self.id, version: after.version, delete_after: now + GRACE };
        Ok((after, event))
    }

    /// The user who stays after all.
    pub(crate) fn staying(&self, now: Timestamp) -> Result<(Self, UserEvent), Error> {
        if self.delete_after.is_none() {
            return Err(Error::DeletionNotRequested);
        }
        let after = Self { delete_after: None, ..self.changed(now) };
        let event = UserEvent::DeletionCancelled { user: self.id, version: after.version };
        Ok((after, event))
    }

    /// Whether his days of grace are over.
    pub(crate) fn is_due(&self, now: Timestamp) -> bool {
        self.delete_after.is_some_and(|after| after <= now)
    }

    /// What remains of him: a row that others point to and that tells nothing. The domain `invalid` is reserved
    /// for addresses that never exist (RFC 2606).
    pub(crate) fn erased(&self, now: Timestamp) -> (Self, UserEvent) {
        let after = Self {
            email: EmailAddress::from_stored(format!("erased-{}@erased.invalid", self.id)),
            full_name: PersonName("Deleted account".to_owned()),
            display_name: None,
            locale: Locale::default(),
            time_zone: Tz::UTC,
            calendar: Calendar::default(),
            theme: Theme::default(),
            delete_after: None,
            ..self.changed(now)
        };
        let event = UserEvent::Erased { user: self.id, version: after.version };
        (after, event)
    }

    fn changed(&self, now: Timestamp) -> Self {
        Self { version: self.version.next(), updated_at: now, ..self.clone() }
    }
}

/// A person's name: one line of at most 120 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// Judges a name.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldFault> {
        single_line(field, text, 120).map(Self)
    }

    pub(crate) fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The colours of the web app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Whatever the device says.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl FromStr for Theme {
    type Err = FieldFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|theme| theme.name() == text);
        found.ok_or_else(|| FieldFault::new("theme", "unknown_value", "must be `system`, `light` or `dark`"))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn asha() -> User {
        let new = NewUser {
            id: uuid::Uuid::from_u128(1).into(),
            email: EmailAddress::from_stored("asha@example.com".to_owned()),
            full_name: " Asha Rai ".to_owned(),
            locale: Locale::Ne,
            time_zone: None,
        };
        User::register(new, Timestamp::UNIX_EPOCH).expect("valid")
    }

    #[test]
    fn a_new_user_lives_in_kathmandu_unless_he_says_otherwise() {
        let asha = asha();
        assert_eq!(asha.full_name.as_str(), "Asha Rai");
        assert_eq!(asha.time_zone, Tz::Asia__Kathmandu);
    }

    #[test]
    fn an_account_is_due_on_the_thirtieth_day_and_not_before() {
        let (leaving, _) = asha().leaving(Timestamp::UNIX_EPOCH).expect("first time");
        assert!(matches!(leaving.leaving(Timestamp::UNIX_EPOCH), Err(Error::DeletionRequested)));
        let due = Timestamp::UNIX_EPOCH + TimeDelta::days(30);
        assert!(!leaving.is_due(due - TimeDelta::milliseconds(1)) && leaving.is_due(due));
        let (staying, _) = leaving.staying(due).expect("asked before");
        assert!(!staying.is_due(due + GRACE));
        assert!(matches!(staying.staying(due), Err(Error::DeletionNotRequested)));
    }

    #[test]
    fn an_erased_account_tells_nothing() {
        let (erased, _) = asha().erased(Timestamp::UNIX_EPOCH);
        let text = format!("{erased:?}").to_lowercase();
        assert!(!text.contains("asha") && !text.contains("kathmandu"), "{text}");
    }
}
