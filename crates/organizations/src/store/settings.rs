use database::entities::organization_settings::{ActiveModel, Column, Entity, Model};
use database::{StoreError, Tx};
use kernel::{Calendar, Currency, Locale, OrganizationId, Version};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};

use crate::settings::{AccentColor, OrganizationSettings};

pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    settings: &OrganizationSettings,
) -> Result<(), StoreError> {
    Entity::insert(row(org, settings)).exec_without_returning(tx.connection()).await?;
    Ok(())
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
) -> Result<Option<OrganizationSettings>, StoreError> {
    let row = Entity::find_by_id(org.uuid()).one(connection).await?;
    row.map(read).transpose()
}

pub(crate) async fn lock(tx: &Tx, org: OrganizationId) -> Result<Option<OrganizationSettings>, StoreError> {
    let row = Entity::find_by_id(org.uuid()).lock(LockType::NoKeyUpdate).one(tx.connection()).await?;
    row.map(read).transpose()
}

/// Writes settings that were locked before in this transaction.
pub(crate) async fn save(
    tx: &Tx,
    org: OrganizationId,
    settings: &OrganizationSettings,
) -> Result<(), StoreError> {
    row(org, settings).update(tx.connection()).await?;
    Ok(())
}

pub(crate) async fn delete(tx: &Tx, org: OrganizationId) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::OrganizationId.eq(org.uuid())).exec(tx.connection()).await?;
    Ok(())
}

fn row(org: OrganizationId, settings: &OrganizationSettings) -> ActiveModel {
    ActiveModel {
        organization_id: Set(org.uuid()),
        currency: Set(settings.currency.code().to_owned()),
        time_zone: Set(settings.time_zone.name().to_owned()),
        fiscal_year_start_month: Set(settings.fiscal_year_start_month),
        calendar: Set(settings.calendar.name().to_owned()),
        locale: Set(settings.locale.tag().to_owned()),
        accent_color: Set(settings.accent_color.as_str().to_owned()),
        version: Set(settings.version.0),
        updated_at: Set(settings.updated_at),
    }
}

fn read(row: Model) -> Result<OrganizationSettings, StoreError> {
    Ok(OrganizationSettings {
        currency: stored("currency", Currency::parse("currency", &row.currency))?,
        time_zone: row
            .time_zone
            .parse()
            .map_err(|error: chrono_tz::ParseError| StoreError::corrupt("time_zone", error))?,
        fiscal_year_start_month: row.fiscal_year_start_month,
        calendar: stored("calendar", row.calendar.parse::<Calendar>())?,
        locale: stored("locale", row.locale.parse::<Locale>())?,
        accent_color: stored("accent_color", AccentColor::parse(&row.accent_color))?,
        version: Version(row.version),
        updated_at: row.updated_at,
    })
}

fn stored<T>(column: &'static str, parsed: Result<T, kernel::FieldFault>) -> Result<T, StoreError> {
    parsed.map_err(|fault| StoreError::corrupt(column, fault.detail))
}
