use actix_web::web::Data;
use kernel::{Calendar, Locale, Scope, Version};
use organizations::{OrganizationSettings, Settings, UpdateSettings};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::words::{CalendarWord, LocaleWord};
use crate::{Answer, Body, Caller, Endpoint, IfMatch, Instant, Module, Reply};

pub(crate) fn module() -> Module {
    Module::new("settings", "What the organization has set for all of its people and documents")
        .with(
            Endpoint::get("settings_get", "/settings", "Show the settings")
                .scope(Scope::SettingsRead)
                .versioned()
                .returns::<SettingsView>()
                .to(get),
        )
        .with(
            Endpoint::patch("settings_update", "/settings", "Change the settings")
                .scope(Scope::SettingsManage)
                .versioned()
                .body::<SettingsPatch>(json!({"currency": "NPR", "timeZone": "Asia/Kathmandu"}))
                .returns::<SettingsView>()
                .to(update),
        )
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Settings)]
struct SettingsView {
    /// ISO 4217.
    currency: String,
    /// IANA name.
    time_zone: String,
    /// 1 to 12, a month of `calendar`: 4 of `bs` is Shrawan.
    fiscal_year_start_month: i64,
    calendar: CalendarWord,
    locale: LocaleWord,
    /// `#rrggbb`.
    accent_color: String,
    #[schema(value_type = i64)]
    version: Version,
    updated_at: Instant,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UpdateSettings)]
struct SettingsPatch {
    /// ISO 4217.
    #[schema(pattern = "^[A-Z]{3}$")]
    currency: Option<String>,
    /// IANA name.
    #[schema(min_length = 1, max_length = 60)]
    time_zone: Option<String>,
    #[schema(minimum = 1, maximum = 12)]
    fiscal_year_start_month: Option<i64>,
    calendar: Option<CalendarWord>,
    locale: Option<LocaleWord>,
    #[schema(pattern = "^#[0-9a-fA-F]{6}$")]
    accent_color: Option<String>,
}

async fn get(Caller(actor): Caller, settings: Data<dyn Settings>) -> Answer {
    let found = settings.get(&actor).await?;
    Ok(Reply::ok(SettingsView::from(&found)).at(found.version))
}

async fn update(
    Caller(actor): Caller,
    IfMatch(version): IfMatch,
    Body(body): Body<SettingsPatch>,
    settings: Data<dyn Settings>,
) -> Answer {
    let after = settings.update(&actor, body.into(), version).await?;
    Ok(Reply::ok(SettingsView::from(&after)).at(after.version))
}

impl From<&OrganizationSettings> for SettingsView {
    fn from(settings: &OrganizationSettings) -> Self {
        Self {
            currency: settings.currency.to_string(),
            time_zone: settings.time_zone.name().to_owned(),
            fiscal_year_start_month: settings.fiscal_year_start_month,
            calendar: settings.calendar.into(),
            locale: settings.locale.into(),
            accent_color: settings.accent_color.to_string(),
            version: settings.version,
            updated_at: settings.updated_at.into(),
        }
    }
}

impl From<SettingsPatch> for UpdateSettings {
    fn from(body: SettingsPatch) -> Self {
        Self {
            currency: body.currency,
            time_zone: body.time_zone,
            fiscal_year_start_month: body.fiscal_year_start_month,
            calendar: body.calendar.map(|calendar| Calendar::from(calendar).name().to_owned()),
            locale: body.locale.map(|locale| Locale::from(locale).tag().to_owned()),
            accent_color: body.accent_color,
        }
    }
}
