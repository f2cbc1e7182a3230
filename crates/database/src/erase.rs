//! What the log and the ledger keep of an organization or a person, made to be forgotten.

use kernel::{OrganizationId, Stream};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::entities::{event, idempotency_key, job, stream};
use crate::{StoreError, Tx};

/// Empties the texts of a stream's events. Their hashes stay, and with them the chain.
pub async fn blank(tx: &Tx, stream: Stream) -> Result<(), StoreError> {
    event::Entity::update_many()
        .col_expr(event::Column::Data, Expr::value(""))
        .col_expr(event::Column::Private, Expr::value(""))
        .filter(event::Column::StreamId.eq(stream.id()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Deletes events, jobs and idempotency keys of an organization, at most `limit` of each, and its stream once all
/// are gone; says whether they are. The job that does this must stand on another stream.
pub async fn organization(tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, StoreError> {
    let (id, connection) = (org.uuid(), tx.connection());
    let events = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::StreamId.eq(id))
        .order_by_asc(event::Column::Seq)
        .limit(limit);
    let gone = event::Entity::delete_many()
        .filter(event::Column::Id.in_subquery(events.into_query()))
        .exec(connection)
        .await?;
    let jobs = job::Entity::find()
        .select_only()
        .column(job::Column::Id)
        .filter(job::Column::StreamId.eq(id))
        .limit(limit);
    let done = job::Entity::delete_many()
        .filter(job::Column::Id.in_subquery(jobs.into_query()))
        .exec(connection)
        .await?;
    if gone.rows_affected >= limit || done.rows_affected >= limit {
        return Ok(false);
    }
    // They live for a day at most, so they are few.
    idempotency_key::Entity::delete_many()
        .filter(idempotency_key::Column::OrganizationId.eq(id))
        .exec(connection)
        .await?;
    stream::Entity::delete_by_id(id).exec(connection).await?;
    Ok(true)
}
