//! What is kept of a person or an organization, made to be forgotten.

use database::entities::{email_message, notification, notification_default, notification_preference, user};
use database::{StoreError, Tx};
use kernel::{OrganizationId, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

/// Deletes a person's feed and preferences and takes his address out of the ledger of mails, in every organization:
/// it is he who is erased.
pub(crate) async fn person(tx: &Tx, user: UserId) -> Result<(), StoreError> {
    let (id, connection) = (user.uuid(), tx.connection());
    notification::Entity::delete_many().filter(notification::Column::UserId.eq(id)).exec(connection).await?;
    notification_preference::Entity::delete_many()
        .filter(notification_preference::Column::UserId.eq(id))
        .exec(connection)
        .await?;
    if let Some(person) = user::Entity::find_by_id(id).one(connection).await? {
        email_message::Entity::update_many()
            .col_expr(email_message::Column::Recipient, Expr::value(""))
            .col_expr(email_message::Column::Error, Expr::value(Option::<String>::None))
            .filter(email_message::Column::Recipient.eq(person.email))
            .exec(connection)
            .await?;
    }
    Ok(())
}

/// Deletes entries and mails of an organization, at most `limit` of each, then its preferences; says whether
/// nothing is left.
pub(crate) async fn organization(tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, StoreError> {
    let (id, connection) = (org.uuid(), tx.connection());
    let entries = notification::Entity::find()
        .select_only()
        .column(notification::Column::Id)
        .filter(notification::Column::OrganizationId.eq(id))
        .limit(limit);
    let entries = notification::Entity::delete_many()
        .filter(notification::Column::OrganizationId.eq(id))
        .filter(notification::Column::Id.in_subquery(entries.into_query()));
    let mails = email_message::Entity::find()
        .select_only()
        .column(email_message::Column::Id)
        .filter(email_message::Column::OrganizationId.eq(id))
        .limit(limit);
    let mails = email_message::Entity::delete_many()
        .filter(email_message::Column::OrganizationId.eq(id))
        .filter(email_message::Column::Id.in_subquery(mails.into_query()));
    let gone = [entries.exec(connection).await?.rows_affected, mails.exec(connection).await?.rows_affected];
    if gone.iter().any(|rows| *rows >= limit) {
        return Ok(false);
    }
    notification_preference::Entity::delete_many()
        .filter(notification_preference::Column::OrganizationId.eq(id))
        .exec(connection)
        .await?;
    notification_default::Entity::delete_many()
        .filter(notification_default::Column::OrganizationId.eq(id))
        .exec(connection)
        .await?;
    Ok(true)
}
