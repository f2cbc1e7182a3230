//! Who issues: the organization itself, read where it is kept.

use calendar::FiscalStart;
use chrono_tz::Tz;
use database::StoreError;
use database::entities::{organization, organization_settings};
use kernel::{Calendar, Currency, Locale, OrganizationId};
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::invoice::Seller;
use crate::{Error, Party};

/// The organization as its documents show it.
pub(crate) async fn find(connection: &impl ConnectionTrait, org: OrganizationId) -> Result<Seller, Error> {
    let organization = organization::Entity::find_by_id(org.uuid()).one(connection).await;
    let organization = organization.map_err(StoreError::from)?.ok_or(Error::NotFound)?;
    let settings = organization_settings::Entity::find_by_id(org.uuid()).one(connection).await;
    let settings = settings.map_err(StoreError::from)?.ok_or(Error::NotFound)?;
    let party = Party {
        name: organization.legal_name.unwrap_or(organization.name),
        tax_id: organization.tax_id,
        address: organization.address,
        phone: organization.phone,
        email: organization.email,
    };
    Ok(read(party, &settings)?)
}

/// The language and the accent colour of the organization.
pub(crate) async fn manner(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
) -> Result<(Locale, String), Error> {
    let settings = organization_settings::Entity::find_by_id(org.uuid()).one(connection).await;
    let settings = settings.map_err(StoreError::from)?.ok_or(Error::NotFound)?;
    let locale = settings.locale.parse().map_err(|fault: kernel::FieldFault| {
        StoreError::corrupt("organization_settings.locale", fault.detail)
    })?;
    Ok((locale, settings.accent_color))
}

fn read(party: Party, settings: &organization_settings::Model) -> Result<Seller, StoreError> {
    let calendar: Calendar = settings.calendar.parse().map_err(|fault: kernel::FieldFault| {
        StoreError::corrupt("organization_settings.calendar", fault.detail)
    })?;
    let fiscal_start = FiscalStart::new(calendar, settings.fiscal_year_start_month)
        .map_err(|error| StoreError::corrupt("organization_settings.fiscal_year_start_month", error))?;
    let time_zone: Tz = settings
        .time_zone
        .parse()
        .map_err(|error| StoreError::corrupt("organization_settings.time_zone", error))?;
    let currency = Currency::parse("currency", &settings.currency)
        .map_err(|fault| StoreError::corrupt("organization_settings.currency", fault.detail))?;
    Ok(Seller { party, currency, time_zone, fiscal_start })
}
