//! How an organization writes invoices, and the numbers it has drawn.

use calendar::FiscalLabel;
use database::entities::{invoice_counter, invoice_settings};
use database::{StoreError, Tx};
use kernel::{OrganizationId, Version};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QuerySelect};

use super::stored;
use crate::{Design, DocumentNumber, DueDays, Error, InvoiceSettings, RunningNumber, Series};

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
) -> Result<InvoiceSettings, Error> {
    let row = invoice_settings::Entity::find_by_id(org.uuid()).one(connection).await;
    read(row.map_err(StoreError::from)?.ok_or(Error::NotPrepared)?)
}

/// The same, kept from other changes until the commit. Whoever issues a document does this right before he looks at the
/// clock and draws its number, so that the days of documents grow with their numbers.
pub(crate) async fn lock(tx: &Tx, org: OrganizationId) -> Result<InvoiceSettings, Error> {
    let row = invoice_settings::Entity::find_by_id(org.uuid())
        .lock(LockType::NoKeyUpdate)
        .one(tx.connection())
        .await;
    read(row.map_err(StoreError::from)?.ok_or(Error::NotPrepared)?)
}

/// Writes those of a new organization; leaves those alone that are there.
pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    settings: &InvoiceSettings,
) -> Result<bool, StoreError> {
    let row = invoice_settings::ActiveModel { organization_id: Set(org.uuid()), ..written(settings) };
    let inserted = invoice_settings::Entity::insert(row)
        .on_conflict_do_nothing_on([invoice_settings::Column::OrganizationId])
        .exec_without_returning(tx.connection())
        .await?;
    Ok(matches!(inserted, sea_orm::TryInsertResult::Inserted(1..)))
}

/// Writes settings that were locked before in this transaction.
pub(crate) async fn save(tx: &Tx, org: OrganizationId, settings: &InvoiceSettings) -> Result<(), StoreError> {
    let row = invoice_settings::ActiveModel {
        organization_id: sea_orm::ActiveValue::Unchanged(org.uuid()),
        ..written(settings)
    };
    invoice_settings::Entity::update(row).exec(tx.connection()).await?;
    Ok(())
}

/// The next number of a series and fiscal year. The last lock of a domain: everybody else who issues waits for the end
/// of this commit, and a commit that fails leaves no gap.
pub(crate) async fn draw(
    tx: &Tx,
    org: OrganizationId,
    series: Series,
    year: FiscalLabel,
) -> Result<DocumentNumber, StoreError> {
    use invoice_counter::{ActiveModel, Column, Entity};
    let first = ActiveModel {
        organization_id: Set(org.uuid()),
        series: Set(series.as_str().to_owned()),
        fiscal_year: Set(year.to_string()),
        last_number: Set(1),
    };
    let next = OnConflict::columns([Column::OrganizationId, Column::Series, Column::FiscalYear])
        .value(Column::LastNumber, Expr::col((Entity, Column::LastNumber)).add(1))
        .to_owned();
    let drawn = Entity::insert(first).on_conflict(next).exec_with_returning(tx.connection()).await?;
    let running = RunningNumber::new(drawn.last_number)
        .ok_or_else(|| StoreError::corrupt("invoice_counters.last_number", drawn.last_number.to_string()))?;
    Ok(DocumentNumber { series, year, running })
}

fn written(settings: &InvoiceSettings) -> invoice_settings::ActiveModel {
    invoice_settings::ActiveModel {
        invoice_series: Set(settings.invoice_series.as_str().to_owned()),
        credit_note_series: Set(settings.credit_note_series.as_str().to_owned()),
        due_days: Set(settings.due_days.get().into()),
        notes: Set(settings.notes.clone()),
        terms: Set(settings.terms.clone()),
        design: Set(settings.design.name().to_owned()),
        payment_details: Set(settings.payment_details.clone()),
        version: Set(settings.version.0),
        updated_at: Set(settings.updated_at),
        ..invoice_settings::ActiveModel::default()
    }
}

fn read(row: invoice_settings::Model) -> Result<InvoiceSettings, Error> {
    let series = |column, text: &str| {
        Series::parse(column, text).map_err(|fault| StoreError::corrupt(column, fault.detail))
    };
    let days = DueDays::new(row.due_days);
    Ok(InvoiceSettings {
        invoice_series: series("invoice_settings.invoice_series", &row.invoice_series)?,
        credit_note_series: series("invoice_settings.credit_note_series", &row.credit_note_series)?,
        due_days: days
            .ok_or_else(|| StoreError::corrupt("invoice_settings.due_days", row.due_days.to_string()))?,
        notes: row.notes,
        terms: row.terms,
        design: stored("invoice_settings.design", &row.design, Design::named)?,
        payment_details: row.payment_details,
        version: Version(row.version),
        updated_at: row.updated_at,
    })
}
