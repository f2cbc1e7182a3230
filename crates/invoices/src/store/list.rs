//! Lists of invoices: one query a page, whatever the sort, from the middle of an index; and one for the names of the
//! customers of drafts.

use chrono::NaiveDate;
use database::StoreError;
use database::entities::invoice::{Column, Entity, Model};
use database::keyset::{self, Key};
use kernel::{Keyset, OrganizationId, Page, PageRequest, Timestamp};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, Order, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use super::{containing, customers, invoices};
use crate::{Direction, Invoice, InvoiceFilter, InvoiceSort, InvoiceSortKey};

/// A page of invoices; `today` decides what is overdue.
pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    filter: &InvoiceFilter,
    today: NaiveDate,
    sort: InvoiceSort,
    page: &PageRequest,
) -> Result<Page<Invoice>, StoreError> {
    let found = Entity::find().filter(wanted(org, filter, today));
    // To count what a text matches, every number would have to be read.
    let total = match (page.count, &filter.text) {
        (true, None) => Some(found.clone().count(connection).await?),
        _ => None,
    };
    let query = behind(found, sort, page.after.as_ref())?.into_model::<Model>();
    let rows = keyset::first(connection, query, page.limit.rows() + 1).await?;
    let cut = Page::cut(rows, page.limit, |row| keyset_of(sort.by, row));
    let nameless = cut.rows.iter().filter(|row| row.buyer_name.is_none());
    let names = customers::names(connection, org, nameless.map(|row| row.customer_id.into())).await?;
    let invoices = cut.rows.into_iter().map(|row| {
        let now = || names.get(&row.customer_id.into()).cloned();
        let name = row.buyer_name.clone().or_else(now).unwrap_or_default();
        invoices::read(row, name)
    });
    let invoices: Result<Vec<_>, _> = invoices.collect();
    Ok(Page { rows: invoices?, next: cut.next, total })
}

fn behind(
    found: Select<Entity>,
    sort: InvoiceSort,
    after: Option<&Keyset>,
) -> Result<Select<Entity>, StoreError> {
    let found = match after {
        Some(after) => found.filter(keyset::after(keys(sort, after)?)),
        None => found,
    };
    let order = order(sort.direction);
    Ok(found.order_by(column(sort.by), order.clone()).order_by(Column::Id, order))
}

fn wanted(org: OrganizationId, filter: &InvoiceFilter, today: NaiveDate) -> Condition {
    let statuses = filter.statuses.iter().map(|status| status.name());
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    Condition::all()
        .add(Column::OrganizationId.eq(org.uuid()))
        .add_option((!filter.statuses.is_empty()).then(|| Column::Status.is_in(statuses)))
        .add_option(filter.overdue.then(|| Column::Due.gt(0).and(Column::DueOn.lt(today.to_string()))))
        .add_option(filter.customer.map(|customer| Column::CustomerId.eq(customer.uuid())))
        .add_option(day(filter.issued_from).map(|day| Column::IssuedOn.gte(day)))
        .add_option(day(filter.issued_to).map(|day| Column::IssuedOn.lte(day)))
        .add_option(day(filter.due_from).map(|day| Column::DueOn.gte(day)))
        .add_option(day(filter.due_to).map(|day| Column::DueOn.lte(day)))
        .add_option(filter.text.as_deref().map(|text| matching(org, text)))
}

/// Part of the number, of the purchase order's number, of the name on the document or of the customer's name now.
fn matching(org: OrganizationId, text: &str) -> Condition {
    use database::entities::customer;
    let folded = |column: Column| SimpleExpr::from(Func::lower(Expr::col((Entity, column))));
    let named = customer::Entity::find()
        .select_only()
        .column(customer::Column::Id)
        .filter(customer::Column::OrganizationId.eq(org.uuid()))
        .filter(containing(Expr::col((customer::Entity, customer::Column::NameFolded)), text))
        .into_query();
    Condition::any()
        .add(containing(folded(Column::Number), text))
        .add(containing(folded(Column::PoNumber), text))
        .add(containing(folded(Column::BuyerName), text))
        .add(Column::CustomerId.in_subquery(named))
}

const fn column(by: InvoiceSortKey) -> Column {
    match by {
        InvoiceSortKey::CreatedAt => Column::CreatedAt,
        InvoiceSortKey::DueOn => Column::DueOrder,
        InvoiceSortKey::Total => Column::Total,
    }
}

const fn order(direction: Direction) -> Order {
    match direction {
        Direction::Ascending => Order::Asc,
        Direction::Descending => Order::Desc,
    }
}

fn keyset_of(by: InvoiceSortKey, row: &Model) -> Keyset {
    let first = match by {
        InvoiceSortKey::CreatedAt => row.created_at.to_rfc3339(),
        InvoiceSortKey::DueOn => row.due_order.clone(),
        InvoiceSortKey::Total => row.total.to_string(),
    };
    Keyset(vec![first, row.id.to_string()])
}

fn keys(sort: InvoiceSort, after: &Keyset) -> Result<Vec<Key>, StoreError> {
    let first: sea_orm::Value = match sort.by {
        InvoiceSortKey::CreatedAt => keyset::value::<Timestamp>(after, 0)?.into(),
        InvoiceSortKey::DueOn => keyset::value::<String>(after, 0)?.into(),
        InvoiceSortKey::Total => keyset::value::<i64>(after, 0)?.into(),
    };
    let values = [(column(sort.by), first), (Column::Id, keyset::value::<Uuid>(after, 1)?.into())];
    let keys = values.map(|(column, value)| Key {
        column: Expr::col((Entity, column)),
        order: order(sort.direction),
        after: Expr::val(value),
    });
    Ok(keys.into())
}
