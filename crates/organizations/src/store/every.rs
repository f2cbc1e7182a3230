//! Across all tenants, for the operator alone: so no function here takes an organization.

use database::entities::organization;
use database::{StoreError, keyset};
use kernel::{Keyset, OrganizationId, Page, PageRequest};
use sea_orm::sea_query::IntoColumnRef;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::organizations::read;
use crate::organizations::Organization;

/// Every organization but the platform's own. Ids sort by age.
pub(crate) async fn all(
    connection: &impl ConnectionTrait,
    page: &PageRequest,
) -> Result<Page<Organization>, StoreError> {
    let mut rows =
        organization::Entity::find().filter(organization::Column::Id.ne(OrganizationId::PLATFORM.uuid()));
    if let Some(after) = &page.after {
        let last = keyset::value::<uuid::Uuid>(after, 0)?;
        let id = (organization::Entity, organization::Column::Id).into_column_ref();
        rows = rows.filter(keyset::after(vec![keyset::Key::ascending(id, last)]));
    }
    let rows =
        rows.order_by_asc(organization::Column::Id).limit(page.limit.rows() + 1).all(connection).await?;
    let rows = rows.into_iter().map(read).collect();
    Ok(Page::cut(rows, page.limit, |row: &Organization| Keyset(vec![row.id.to_string()])))
}
