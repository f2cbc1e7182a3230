//! Choices of people and organizations, one row each.

use std::collections::BTreeMap;

use database::entities::{notification_default, notification_preference};
use database::{Database, StoreError, Tx};
use kernel::{OrganizationId, Timestamp, UserId, Version};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::preference::Choices;

/// What some people chose; who is absent chose nothing.
pub(crate) async fn choices_of(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    users: &[UserId],
) -> Result<BTreeMap<UserId, Choices>, StoreError> {
    use notification_preference::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::UserId.is_in(users.iter().map(|user| user.uuid())))
        .all(connection)
        .await?;
    let choices = |row: notification_preference::Model| {
        (UserId::from_uuid(row.user_id), Choices::parse_stored(&row.choices))
    };
    Ok(rows.into_iter().map(choices).collect())
}

/// What a person chose, held until the commit so that two changes at once add up.
pub(crate) async fn hold_choices(
    tx: &Tx,
    org: OrganizationId,
    user: UserId,
    now: Timestamp,
) -> Result<Choices, StoreError> {
    use notification_preference::{ActiveModel, Entity};
    let empty = ActiveModel {
        organization_id: Set(org.uuid()),
        user_id: Set(user.uuid()),
        choices: Set(String::new()),
        updated_at: Set(now),
    };
    let insert = Entity::insert(empty).on_conflict(OnConflict::new().do_nothing().to_owned());
    insert.exec_without_returning(tx.connection()).await?;
    let row = Entity::find_by_id((org.uuid(), user.uuid())).lock_exclusive().one(tx.connection()).await?;
    Ok(row.map_or_else(Choices::default, |row| Choices::parse_stored(&row.choices)))
}

/// Keeps what a person chose.
pub(crate) async fn save_choices(
    tx: &Tx,
    org: OrganizationId,
    user: UserId,
    choices: &Choices,
    now: Timestamp,
) -> Result<(), StoreError> {
    use notification_preference::{Column, Entity};
    let update = Entity::update_many()
        .col_expr(Column::Choices, Expr::value(choices.to_stored()))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::UserId.eq(user.uuid()));
    update.exec(tx.connection()).await?;
    Ok(())
}

/// What the organization chose. Before it ever did, that is nothing, in the first version.
pub(crate) async fn defaults(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
) -> Result<(Choices, Version), StoreError> {
    let row = notification_default::Entity::find_by_id(org.uuid()).one(connection).await?;
    Ok(chosen(row))
}

fn chosen(row: Option<notification_default::Model>) -> (Choices, Version) {
    row.map_or_else(
        || (Choices::default(), Version::FIRST),
        |row| (Choices::parse_stored(&row.choices), Version(row.version)),
    )
}

/// The same, held until the commit.
pub(crate) async fn hold_defaults(
    tx: &Tx,
    org: OrganizationId,
    now: Timestamp,
) -> Result<(Choices, Version), StoreError> {
    use notification_default::{ActiveModel, Entity};
    let empty = ActiveModel {
        organization_id: Set(org.uuid()),
        choices: Set(String::new()),
        version: Set(Version::FIRST.0),
        updated_at: Set(now),
    };
    let insert = Entity::insert(empty).on_conflict(OnConflict::new().do_nothing().to_owned());
    insert.exec_without_returning(tx.connection()).await?;
    Ok(chosen(Entity::find_by_id(org.uuid()).lock_exclusive().one(tx.connection()).await?))
}

/// Keeps what the organization chose, as its next version.
pub(crate) async fn save_defaults(
    tx: &Tx,
    org: OrganizationId,
    choices: &Choices,
    version: Version,
    now: Timestamp,
) -> Result<(), StoreError> {
    use notification_default::{Column, Entity};
    let update = Entity::update_many()
        .col_expr(Column::Choices, Expr::value(choices.to_stored()))
        .col_expr(Column::Version, Expr::value(version.0))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::OrganizationId.eq(org.uuid()));
    update.exec(tx.connection()).await?;
    Ok(())
}

/// Both at once, for those who read outside of a write.
pub(crate) async fn read_both(
    database: &Database,
    org: OrganizationId,
    user: UserId,
) -> Result<(Choices, Choices), StoreError> {
    let (organization, _) = defaults(database.reader(), org).await?;
    let mut own = choices_of(database.reader(), org, &[user]).await?;
    Ok((own.remove(&user).unwrap_or_default(), organization))
}
