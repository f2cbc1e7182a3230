//! Tax rates.

use std::collections::HashMap;

use database::entities::tax_rate::{ActiveModel, Column, Entity, Model};
use database::keyset::{self, Key};
use database::{StoreError, Tx};
use kernel::{Keyset, OrganizationId, Page, PageRequest, TaxRateId, Version};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::{BasisPoints, Error, TaxClass, TaxRate};

pub(crate) async fn insert(tx: &Tx, org: OrganizationId, rate: &TaxRate) -> Result<(), Error> {
    named_once(Entity::insert(written(org, rate)).exec_without_returning(tx.connection()).await.map(drop))
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: TaxRateId,
) -> Result<Option<TaxRate>, StoreError> {
    let row = Entity::find_by_id((org.uuid(), id.uuid())).one(connection).await?;
    row.map(read).transpose()
}

/// Those of the rates that there are.
pub(crate) async fn find_many(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    ids: &[TaxRateId],
) -> Result<HashMap<TaxRateId, TaxRate>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())));
    let rates = found.all(connection).await?.into_iter().map(read);
    rates.map(|rate| rate.map(|rate| (rate.id, rate))).collect()
}

/// A rate, kept from other changes until the commit.
pub(crate) async fn lock(tx: &Tx, org: OrganizationId, id: TaxRateId) -> Result<TaxRate, Error> {
    let one = Entity::find_by_id((org.uuid(), id.uuid())).lock(LockType::NoKeyUpdate);
    let row = one.one(tx.connection()).await.map_err(StoreError::from)?;
    row.map(read).transpose()?.ok_or(Error::NotFound)
}

/// Writes a rate that was locked before in this transaction.
pub(crate) async fn save(tx: &Tx, org: OrganizationId, rate: &TaxRate) -> Result<(), Error> {
    let update = Entity::update_many()
        .set(written(org, rate))
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Id.eq(rate.id.uuid()));
    named_once(update.exec(tx.connection()).await.map(drop))
}

pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    page: &PageRequest,
) -> Result<Page<TaxRate>, StoreError> {
    let mut found = Entity::find().filter(Column::OrganizationId.eq(org.uuid()));
    if let Some(after) = &page.after {
        let name: String = keyset::value(after, 0)?;
        let key = Key::ascending(Expr::col((Entity, Column::Name)), name);
        found = found.filter(keyset::after(vec![key]));
    }
    let sorted = found.order_by_asc(Column::Name).into_model::<Model>();
    let rows = keyset::first(connection, sorted, page.limit.rows() + 1).await?;
    let cut = Page::cut(rows, page.limit, |row| Keyset(vec![row.name.clone()]));
    let rows: Result<Vec<_>, _> = cut.rows.into_iter().map(read).collect();
    Ok(Page { rows: rows?, next: cut.next, total: None })
}

fn named_once(outcome: Result<(), sea_orm::DbErr>) -> Result<(), Error> {
    match outcome.map_err(StoreError::from) {
        Err(error) if error.violates("uq_tax_rates_organization_id_name") => Err(Error::TaxRateNameTaken),
        other => Ok(other?),
    }
}

fn written(org: OrganizationId, rate: &TaxRate) -> ActiveModel {
    ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(rate.id.uuid()),
        name: Set(rate.name.clone()),
        kind: Set(rate.class.name().to_owned()),
        basis_points: Set(points(rate.class)),
        version: Set(rate.version.0),
        created_at: Set(rate.created_at),
        updated_at: Set(rate.updated_at),
        archived_at: Set(rate.archived_at),
    }
}

/// The rate beside the kind, where the kind has one.
pub(super) fn points(class: TaxClass) -> Option<i64> {
    matches!(class, TaxClass::Rated(_)).then(|| class.rate().get().into())
}

/// Reads both back.
pub(super) fn class(column: &'static str, kind: &str, points: Option<i64>) -> Result<TaxClass, StoreError> {
    let rate = points.and_then(BasisPoints::new);
    TaxClass::parse(column, kind, rate).map_err(|fault| StoreError::corrupt(column, fault.detail))
}

fn read(row: Model) -> Result<TaxRate, StoreError> {
    Ok(TaxRate {
        id: row.id.into(),
        class: class("tax_rates.kind", &row.kind, row.basis_points)?,
        name: row.name,
        version: Version(row.version),
        created_at: row.created_at,
        updated_at: row.updated_at,
        archived_at: row.archived_at,
    })
}
