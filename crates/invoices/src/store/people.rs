//! Whom an invoice concerns.

use database::StoreError;
use database::entities::invoice::{Column, Entity};
use kernel::{InvoiceId, OrganizationId, UserId};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};
use uuid::Uuid;

use super::leaders;

/// Who wrote an invoice, and the owners and admins; as long as they are active.
pub(crate) async fn concerned(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    invoice: InvoiceId,
) -> Result<Vec<UserId>, StoreError> {
    let writer = Entity::find_by_id((org.uuid(), invoice.uuid()))
        .select_only()
        .column(Column::CreatedBy)
        .into_tuple::<Option<Uuid>>()
        .one(connection)
        .await?;
    leaders::and(connection, org, writer.flatten().map(UserId::from_uuid)).await
}
