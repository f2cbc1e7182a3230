use kernel::{Calendar, Locale, Patch, RoleId, UserId, Version};
use serde::{Deserialize, Serialize};
use users::{DirectoryFilter, Person, Theme, UpdateProfile, User};
use utoipa::ToSchema;

use crate::http::files::LinkView;
use crate::http::words::{CalendarWord, LocaleWord};
use crate::{Instant, patch};

/// Light, dark, or whatever the device says.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Theme)]
pub(super) enum ThemeWord {
    System,
    Light,
    Dark,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = User)]
pub(super) struct UserView {
    #[schema(value_type = Uuid)]
    id: UserId,
    email: String,
    full_name: String,
    /// How he wants to be called where space is short.
    display_name: Option<String>,
    locale: LocaleWord,
    /// IANA name.
    time_zone: String,
    calendar: CalendarWord,
    theme: ThemeWord,
    #[schema(value_type = i64)]
    version: Version,
    created_at: Instant,
    updated_at: Instant,
    /// When the account is erased, if that was asked for.
    delete_after: Option<Instant>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UpdateUser {
    #[schema(min_length = 1, max_length = 120)]
    full_name: Option<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 120, extensions(("x-clearable" = json!(true))))]
    display_name: Patch<String>,
    locale: Option<LocaleWord>,
    /// IANA name, as in `Asia/Kathmandu`.
    #[schema(min_length = 1, max_length = 60)]
    time_zone: Option<String>,
    calendar: Option<CalendarWord>,
    theme: Option<ThemeWord>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DirectoryQuery {
    /// The beginning of a word of the name, or of the address.
    #[schema(max_length = 100)]
    search: Option<String>,
}

/// What colleagues see of a person.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Person)]
pub(super) struct PersonView {
    #[schema(value_type = Uuid)]
    id: UserId,
    email: String,
    full_name: String,
    display_name: Option<String>,
    /// IANA name.
    time_zone: String,
    #[schema(value_type = Uuid)]
    role_id: RoleId,
    joined_at: Instant,
    /// A link to his picture, good for five minutes at most.
    avatar: Option<LinkView>,
}

impl PersonView {
    pub(super) fn with(self, picture: Option<files::Link>) -> Self {
        Self { avatar: picture.map(LinkView::from), ..self }
    }
}

impl From<&User> for UserView {
    fn from(user: &User) -> Self {
        Self {
            id: user.id,
            email: user.email.to_string(),
            full_name: user.full_name.to_string(),
            display_name: user.display_name.as_ref().map(ToString::to_string),
            locale: user.locale.into(),
            time_zone: user.time_zone.name().to_owned(),
            calendar: user.calendar.into(),
            theme: user.theme.into(),
            version: user.version,
            created_at: user.created_at.into(),
            updated_at: user.updated_at.into(),
            delete_after: user.delete_after.map(Instant::from),
        }
    }
}

impl From<UpdateUser> for UpdateProfile {
    fn from(body: UpdateUser) -> Self {
        Self {
            full_name: body.full_name,
            display_name: body.display_name,
            locale: body.locale.map(|locale| Locale::from(locale).tag().to_owned()),
            time_zone: body.time_zone,
            calendar: body.calendar.map(|calendar| Calendar::from(calendar).name().to_owned()),
            theme: body.theme.map(|theme| Theme::from(theme).name().to_owned()),
        }
    }
}

impl From<DirectoryQuery> for DirectoryFilter {
    fn from(query: DirectoryQuery) -> Self {
        Self { search: query.search }
    }
}

impl From<Person> for PersonView {
    fn from(person: Person) -> Self {
        Self {
            id: person.id,
            email: person.email.to_string(),
            full_name: person.full_name.to_string(),
            display_name: person.display_name.map(|name| name.to_string()),
            time_zone: person.time_zone,
            role_id: person.role,
            joined_at: person.joined_at.into(),
            avatar: None,
        }
    }
}

impl From<Theme> for ThemeWord {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::System => Self::System,
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
        }
    }
}

impl From<ThemeWord> for Theme {
    fn from(word: ThemeWord) -> Self {
        match word {
            ThemeWord::System => Self::System,
            ThemeWord::Light => Self::Light,
            ThemeWord::Dark => Self::Dark,
        }
    }
}
