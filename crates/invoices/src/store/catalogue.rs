//! What is sold again and again.

use std::collections::HashSet;

use database::entities::catalogue_item::{ActiveModel, Column, Entity, Model};
use database::keyset::{self, Key};
use database::{StoreError, Tx};
use kernel::{CatalogueItemId, Currency, Keyset, OrganizationId, Page, PageRequest, Version};
use sea_orm::sea_query::{Condition, Expr, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{containing, row, tax_rates};
use crate::document::Known;
use crate::{CatalogueItem, Error, ItemFilter, Standing, WriteDocument};

pub(crate) async fn insert(tx: &Tx, org: OrganizationId, item: &CatalogueItem) -> Result<(), StoreError> {
    Entity::insert(written(org, item)).exec_without_returning(tx.connection()).await?;
    Ok(())
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: CatalogueItemId,
) -> Result<Option<CatalogueItem>, StoreError> {
    let row = Entity::find_by_id((org.uuid(), id.uuid())).one(connection).await?;
    row.map(read).transpose()
}

/// An item, kept from other changes until the commit.
pub(crate) async fn lock(tx: &Tx, org: OrganizationId, id: CatalogueItemId) -> Result<CatalogueItem, Error> {
    let one = Entity::find_by_id((org.uuid(), id.uuid())).lock(LockType::NoKeyUpdate);
    let row = one.one(tx.connection()).await.map_err(StoreError::from)?;
    row.map(read).transpose()?.ok_or(Error::NotFound)
}

/// Writes an item that was locked before in this transaction.
pub(crate) async fn save(tx: &Tx, org: OrganizationId, item: &CatalogueItem) -> Result<(), StoreError> {
    Entity::update_many()
        .set(written(org, item))
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Id.eq(item.id.uuid()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    filter: &ItemFilter,
    page: &PageRequest,
) -> Result<Page<CatalogueItem>, StoreError> {
    let mut found = Entity::find().filter(wanted(org, filter));
    if let Some(after) = &page.after {
        let (name, id): (String, Uuid) = (keyset::value(after, 0)?, keyset::value(after, 1)?);
        let column = |column: Column| Expr::col((Entity, column));
        let keys =
            vec![Key::ascending(column(Column::NameFolded), name), Key::ascending(column(Column::Id), id)];
        found = found.filter(keyset::after(keys));
    }
    let sorted = found.order_by_asc(Column::NameFolded).order_by_asc(Column::Id).into_model::<Model>();
    let rows = keyset::first(connection, sorted, page.limit.rows() + 1).await?;
    let cut = Page::cut(rows, page.limit, |row| Keyset(vec![row.name_folded.clone(), row.id.to_string()]));
    let rows: Result<Vec<_>, _> = cut.rows.into_iter().map(read).collect();
    Ok(Page { rows: rows?, next: cut.next, total: None })
}

/// What there is of all that the lines of a document name.
pub(crate) async fn known(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    document: &WriteDocument,
) -> Result<Known, StoreError> {
    let (rates, items) = document.named();
    let rates = tax_rates::find_many(connection, org, &rates).await?;
    let items = match items.is_empty() {
        true => HashSet::new(),
        false => there_are(connection, org, &items).await?,
    };
    Ok(Known { rates, items })
}

async fn there_are(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    ids: &[CatalogueItemId],
) -> Result<HashSet<CatalogueItemId>, StoreError> {
    let found = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .into_tuple::<Uuid>();
    Ok(found.all(connection).await?.into_iter().map(Into::into).collect())
}

fn wanted(org: OrganizationId, filter: &ItemFilter) -> Condition {
    Condition::all()
        .add(Column::OrganizationId.eq(org.uuid()))
        .add_option(filter.standing.map(|standing| match standing {
            Standing::Active => Column::ArchivedAt.is_null(),
            Standing::Archived => Column::ArchivedAt.is_not_null(),
        }))
        .add_option(
            filter.text.as_deref().map(|text| containing(Expr::col((Entity, Column::NameFolded)), text)),
        )
}

fn written(org: OrganizationId, item: &CatalogueItem) -> ActiveModel {
    ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(item.id.uuid()),
        name: Set(item.name.clone()),
        name_folded: Set(item.name_folded()),
        description: Set(item.description.clone()),
        unit_price: Set(item.unit_price.minor()),
        currency: Set(item.currency.code().to_owned()),
        tax_rate_id: Set(item.tax_rate.map(Into::into)),
        version: Set(item.version.0),
        created_at: Set(item.created_at),
        updated_at: Set(item.updated_at),
        archived_at: Set(item.archived_at),
    }
}

fn read(row: Model) -> Result<CatalogueItem, StoreError> {
    Ok(CatalogueItem {
        id: row.id.into(),
        name: row.name,
        description: row.description,
        unit_price: row::amount("catalogue_items.unit_price", row.unit_price)?,
        currency: Currency::parse("currency", &row.currency)
            .map_err(|fault| StoreError::corrupt("catalogue_items.currency", fault.detail))?,
        tax_rate: row.tax_rate_id.map(Into::into),
        version: Version(row.version),
        created_at: row.created_at,
        updated_at: row.updated_at,
        archived_at: row.archived_at,
    })
}
