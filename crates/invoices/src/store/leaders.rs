//! Who is told when something is the matter that people must mend.

use database::StoreError;
use database::entities::membership::{Column, Entity};
use kernel::{OrganizationId, SystemRole, UserId};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// The owners and admins of the organization, and who is concerned besides, as long as they are active.
pub(crate) async fn and(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    concerned: Option<UserId>,
) -> Result<Vec<UserId>, StoreError> {
    let leaders = [SystemRole::Owner, SystemRole::Admin].map(|role| role.id().uuid());
    let among = Condition::any()
        .add(Column::RoleId.is_in(leaders))
        .add_option(concerned.map(|user| Column::UserId.eq(user.uuid())));
    let people: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::UserId)
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Status.eq("active"))
        .filter(among)
        .order_by_asc(Column::UserId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(people.into_iter().map(Into::into).collect())
}
