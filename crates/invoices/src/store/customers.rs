//! Customers.

use std::collections::HashMap;

use database::entities::customer::{self, ActiveModel, Column, Entity, Model};
use database::keyset::{self, Key};
use database::{StoreError, Tx};
use kernel::{CustomerId, EmailAddress, Keyset, OrganizationId, Page, PageRequest, Version};
use sea_orm::sea_query::{Condition, Expr, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::containing;
use crate::{Customer, CustomerFilter, Error, Standing};

pub(crate) async fn insert(tx: &Tx, org: OrganizationId, customer: &Customer) -> Result<(), StoreError> {
    Entity::insert(written(org, customer)).exec_without_returning(tx.connection()).await?;
    Ok(())
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: CustomerId,
) -> Result<Option<Customer>, StoreError> {
    let row = Entity::find_by_id((org.uuid(), id.uuid())).one(connection).await?;
    Ok(row.map(read))
}

/// A customer, kept from other changes until the commit.
pub(crate) async fn lock(tx: &Tx, org: OrganizationId, id: CustomerId) -> Result<Customer, Error> {
    let one = Entity::find_by_id((org.uuid(), id.uuid())).lock(LockType::NoKeyUpdate);
    let row = one.one(tx.connection()).await.map_err(StoreError::from)?;
    row.map(read).ok_or(Error::NotFound)
}

/// Writes a customer that was locked before in this transaction.
pub(crate) async fn save(tx: &Tx, org: OrganizationId, customer: &Customer) -> Result<(), StoreError> {
    Entity::update_many()
        .set(written(org, customer))
        .filter(one(org, customer.id))
        .exec(tx.connection())
        .await?;
    Ok(())
}

pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    filter: &CustomerFilter,
    page: &PageRequest,
) -> Result<Page<Customer>, StoreError> {
    let found = Entity::find().filter(wanted(org, filter));
    let total = match (page.count, &filter.text) {
        (true, None) => Some(found.clone().count(connection).await?),
        _ => None,
    };
    let found = match &page.after {
        Some(after) => found.filter(keyset::after(keys(after)?)),
        None => found,
    };
    let sorted = found.order_by_asc(Column::NameFolded).order_by_asc(Column::Id);
    let rows = keyset::first(connection, sorted.into_model::<Model>(), page.limit.rows() + 1).await?;
    let cut = Page::cut(rows, page.limit, |row| Keyset(vec![row.name_folded.clone(), row.id.to_string()]));
    Ok(Page { total, ..cut.map(read) })
}

/// What these customers are called now.
pub(crate) async fn names(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    ids: impl IntoIterator<Item = CustomerId>,
) -> Result<HashMap<CustomerId, String>, StoreError> {
    let ids: Vec<_> = ids.into_iter().map(CustomerId::uuid).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Name])
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Id.is_in(ids))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|(id, name)| (id.into(), name)).collect())
}

fn wanted(org: OrganizationId, filter: &CustomerFilter) -> Condition {
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

fn keys(after: &Keyset) -> Result<Vec<Key>, StoreError> {
    let name: String = keyset::value(after, 0)?;
    let id: Uuid = keyset::value(after, 1)?;
    let column = |column: Column| Expr::col((Entity, column));
    Ok(vec![Key::ascending(column(Column::NameFolded), name), Key::ascending(column(Column::Id), id)])
}

fn one(org: OrganizationId, id: CustomerId) -> Condition {
    Condition::all().add(Column::OrganizationId.eq(org.uuid())).add(Column::Id.eq(id.uuid()))
}

fn written(org: OrganizationId, customer: &Customer) -> ActiveModel {
    ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(customer.id.uuid()),
        name: Set(customer.name.clone()),
        name_folded: Set(customer.name_folded()),
        email: Set(customer.email.as_ref().map(|email| email.as_str().to_owned())),
        phone: Set(customer.phone.clone()),
        tax_id: Set(customer.tax_id.clone()),
        address: Set(customer.address.clone()),
        notes: Set(customer.notes.clone()),
        version: Set(customer.version.0),
        created_at: Set(customer.created_at),
        updated_at: Set(customer.updated_at),
        archived_at: Set(customer.archived_at),
    }
}

fn read(row: customer::Model) -> Customer {
    Customer {
        id: row.id.into(),
        name: row.name,
        email: row.email.map(EmailAddress::from_stored),
        phone: row.phone,
        tax_id: row.tax_id,
        address: row.address,
        notes: row.notes,
        version: Version(row.version),
        created_at: row.created_at,
        updated_at: row.updated_at,
        archived_at: row.archived_at,
    }
}
