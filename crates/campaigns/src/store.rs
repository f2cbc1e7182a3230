//! The only rooms here that name the database. Every function takes the organization, or says why not.

pub(crate) mod audience;
pub(crate) mod campaigns;
pub(crate) mod erase;
pub(crate) mod jobs;
pub(crate) mod lists;
pub(crate) mod recipients;
pub(crate) mod suppressions;
pub(crate) mod tests;

use database::StoreError;
use kernel::{Keyset, OrganizationId, Page, PageRequest};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, ModelTrait, QueryFilter, QueryOrder, Select,
};
use uuid::Uuid;

use database::keyset::{self, Key};

/// Rows of a table whose key is organization and id, by id.
struct Places<C> {
    org: C,
    id: C,
}

/// In which order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Oldest,
    Newest,
}

impl<C: ColumnTrait> Places<C> {
    async fn page<E>(
        &self,
        connection: &impl ConnectionTrait,
        (org, found): (OrganizationId, Select<E>),
        by: By,
        page: &PageRequest,
        id: impl Fn(&E::Model) -> Uuid,
    ) -> Result<Page<E::Model>, StoreError>
    where
        E: EntityTrait<Column = C>,
        E::Model: FromQueryResult + ModelTrait<Entity = E>,
    {
        let mut found = found.filter(self.org.eq(org.uuid()));
        if let Some(after) = &page.after {
            let last: Uuid = keyset::value(after, 0)?;
            let column = Expr::col((E::default(), self.id));
            let key = match by {
                By::Oldest => Key::ascending(column, last),
                By::Newest => Key::descending(column, last),
            };
            found = found.filter(keyset::after(vec![key]));
        }
        let sorted = match by {
            By::Oldest => found.order_by_asc(self.id),
            By::Newest => found.order_by_desc(self.id),
        };
        let rows = keyset::first(connection, sorted.into_model::<E::Model>(), page.limit.rows() + 1).await?;
        Ok(Page::cut(rows, page.limit, |row| Keyset(vec![id(row).to_string()])))
    }
}

/// The same page of what its rows say.
fn read_page<M, T>(page: Page<M>, read: impl Fn(M) -> Result<T, StoreError>) -> Result<Page<T>, StoreError> {
    let rows: Result<Vec<_>, _> = page.rows.into_iter().map(read).collect();
    Ok(Page { rows: rows?, next: page.next, total: page.total })
}
