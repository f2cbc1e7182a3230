//! The ledger of mails: what was sent to whom, without what it said.

use database::entities::email_message::{ActiveModel, Column, Entity, Model};
use database::{StoreError, Tx};
use kernel::{EmailAddress, MailId, OrganizationId, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, UpdateMany};

/// A mail that this try is to send.
#[derive(Clone, Debug)]
pub(crate) struct Sending {
    pub(crate) id: MailId,
    /// The same at every try.
    pub(crate) message_id: String,
}

/// Notes that a mail is being sent, before it is. Nothing if it was sent already.
/// One that was being sent when its worker died is sent again, under the same message id.
pub(crate) async fn claim(
    tx: &Tx,
    org: OrganizationId,
    key: &str,
    template: &'static str,
    to: &EmailAddress,
    first: Sending,
    now: Timestamp,
) -> Result<Option<Sending>, StoreError> {
    let row = ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(first.id.uuid()),
        message_key: Set(key.to_owned()),
        template: Set(template.to_owned()),
        recipient: Set(to.as_str().to_owned()),
        state: Set("queued".to_owned()),
        message_id: Set(first.message_id),
        attempts: Set(0),
        error: Set(None),
        created_at: Set(now),
        sent_at: Set(None),
    };
    let once = [Column::OrganizationId, Column::MessageKey];
    let insert = Entity::insert(row).on_conflict(OnConflict::columns(once).do_nothing().to_owned());
    insert.exec_without_returning(tx.connection()).await?;
    let due = Entity::update_many()
        .col_expr(Column::State, Expr::value("sending"))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::MessageKey.eq(key))
        .filter(Column::State.ne("sent"));
    let claimed = due.exec_with_returning(tx.connection()).await?.into_iter().next();
    let sending = |row: Model| Sending { id: MailId::from_uuid(row.id), message_id: row.message_id };
    Ok(claimed.map(sending))
}

fn sending(org: OrganizationId, id: MailId) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::State.eq("sending"))
}

/// The mail is in the hands of the next one.
pub(crate) async fn sent(tx: &Tx, org: OrganizationId, id: MailId, now: Timestamp) -> Result<(), StoreError> {
    let update = sending(org, id)
        .col_expr(Column::State, Expr::value("sent"))
        .col_expr(Column::SentAt, Expr::value(now))
        .col_expr(Column::Error, Expr::value(Option::<String>::None));
    update.exec(tx.connection()).await?;
    Ok(())
}

/// The mail waits for its next try.
pub(crate) async fn postpone(
    tx: &Tx,
    org: OrganizationId,
    id: MailId,
    error: &str,
) -> Result<(), StoreError> {
    let update = sending(org, id)
        .col_expr(Column::State, Expr::value("queued"))
        .col_expr(Column::Error, Expr::value(error));
    update.exec(tx.connection()).await?;
    Ok(())
}

/// The mail was refused for good.
pub(crate) async fn fail(tx: &Tx, org: OrganizationId, id: MailId, error: &str) -> Result<(), StoreError> {
    let update = sending(org, id)
        .col_expr(Column::State, Expr::value("failed"))
        .col_expr(Column::Error, Expr::value(error));
    update.exec(tx.connection()).await?;
    Ok(())
}

/// Deletes mails that were sent by `until`, at most `limit`, of whatever organization: all are kept equally long.
/// Says how many.
pub(crate) async fn forget_sent(tx: &Tx, until: Timestamp, limit: u64) -> Result<u64, StoreError> {
    let key = [Column::OrganizationId, Column::Id];
    let old = Entity::find()
        .select_only()
        .columns(key)
        .filter(Column::State.eq("sent"))
        .filter(Column::SentAt.lte(until))
        .limit(limit);
    let key = Expr::tuple(key.map(Expr::col));
    let delete = Entity::delete_many().filter(key.in_subquery(old.into_query()));
    Ok(delete.exec(tx.connection()).await?.rows_affected)
}
