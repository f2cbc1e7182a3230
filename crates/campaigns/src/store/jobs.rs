//! The jobs behind campaigns: which claims somebody still holds, a claim being a job and its lease; and which runs go on.

use database::StoreError;
use database::entities::job::{Column, Entity};
use kernel::{CampaignRunId, OrganizationId, Timestamp};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

/// The jobs and leases that hold now. Of whatever organization: a claim is one lease alone.
pub(crate) fn held(now: Timestamp) -> SelectStatement {
    Entity::find()
        .select_only()
        .columns([Column::Id, Column::LeaseToken])
        .filter(Column::State.eq("running"))
        .filter(Column::LeaseUntil.gt(now))
        .filter(Column::LeaseToken.is_not_null())
        .into_query()
}

/// Whether a job of a run waits or is at work.
pub(crate) async fn carries_on(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    run: CampaignRunId,
) -> Result<bool, StoreError> {
    let job: Option<uuid::Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::State.is_in(["ready", "running"]))
        .filter(Column::Payload.contains(run.to_string()))
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(job.is_some())
}
