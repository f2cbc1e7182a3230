//! Which claims somebody still holds: a claim is the lease of the job that made it.

use database::entities::job::{Column, Entity};
use kernel::Timestamp;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

/// The leases that hold now. Of whatever organization: a claim is one lease alone.
pub(crate) fn held(now: Timestamp) -> SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::LeaseToken)
        .filter(Column::State.eq("running"))
        .filter(Column::LeaseUntil.gt(now))
        .filter(Column::LeaseToken.is_not_null())
        .into_query()
}
