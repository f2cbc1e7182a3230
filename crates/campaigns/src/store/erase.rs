//! Erasing what an organization had here, and whoever leaves for good.

use database::entities::{
    campaign, campaign_recipient, campaign_test, contact, contact_list, membership, suppression, user,
};
use database::{StoreError, Tx};
use kernel::{OrganizationId, Timestamp, UserId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::RecipientState;

/// Deletes at most `limit` rows of each large table, and all else once none is left; says whether that is so. Nothing
/// is sent any more from the first step on, and who asked for no mails stands there until nobody is left to send to.
pub(crate) async fn organization(tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, StoreError> {
    let id = org.uuid();
    campaign::Entity::update_many()
        .col_expr(campaign::Column::Run, Expr::value(Option::<Uuid>::None))
        .filter(campaign::Column::OrganizationId.eq(id))
        .filter(campaign::Column::Run.is_not_null())
        .exec(tx.connection())
        .await?;
    let ledgers = some_of::<campaign_recipient::Entity>(tx, id, limit).await?;
    let contacts = some_of::<contact::Entity>(tx, id, limit).await?;
    if ledgers >= limit || contacts >= limit {
        return Ok(false);
    }
    if some_of::<suppression::Entity>(tx, id, limit).await? >= limit {
        return Ok(false);
    }
    all_of::<campaign_test::Entity>(tx, id).await?;
    all_of::<campaign::Entity>(tx, id).await?;
    all_of::<contact_list::Entity>(tx, id).await?;
    Ok(true)
}

async fn some_of<E: EntityTrait>(tx: &Tx, org: Uuid, limit: u64) -> Result<u64, StoreError> {
    let own = || Expr::col((E::default(), "organization_id")).eq(org);
    let some =
        E::find().select_only().expr(Expr::col((E::default(), "id"))).filter(own()).limit(limit).into_query();
    let delete = E::delete_many().filter(own()).filter(Expr::col((E::default(), "id")).in_subquery(some));
    Ok(delete.exec(tx.connection()).await?.rows_affected)
}

async fn all_of<E: EntityTrait>(tx: &Tx, org: Uuid) -> Result<(), StoreError> {
    E::delete_many()
        .filter(Expr::col((E::default(), "organization_id")).eq(org))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Takes a person out of the ledgers of campaigns to members, and out of tests. Without organization: he leaves all.
pub(crate) async fn person(tx: &Tx, id: UserId, now: Timestamp) -> Result<(), StoreError> {
    let Some(person) = user::Entity::find_by_id(id.uuid()).one(tx.connection()).await? else { return Ok(()) };
    let organizations: Vec<Uuid> = membership::Entity::find()
        .select_only()
        .column(membership::Column::OrganizationId)
        .filter(membership::Column::UserId.eq(id.uuid()))
        .into_tuple()
        .all(tx.connection())
        .await?;
    let nobody = format!("erased-{}@invalid", id.uuid().simple());
    for org in organizations {
        leave_ledgers(tx, org, (&person.email, &nobody), now).await?;
        leave_tests(tx, org, (&person.email, &nobody), now).await?;
    }
    Ok(())
}

async fn leave_tests(
    tx: &Tx,
    org: Uuid,
    (email, nobody): (&str, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    use campaign_test::{Column, Entity};
    let his = || Entity::update_many().filter(Column::OrganizationId.eq(org)).filter(Column::Email.eq(email));
    his()
        .col_expr(Column::State, Expr::value("failed"))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .filter(Column::State.eq("queued"))
        .exec(tx.connection())
        .await?;
    his()
        .col_expr(Column::Email, Expr::value(nobody))
        .col_expr(Column::FullName, Expr::value(""))
        .exec(tx.connection())
        .await?;
    Ok(())
}

async fn leave_ledgers(
    tx: &Tx,
    org: Uuid,
    (email, nobody): (&str, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    use campaign_recipient::{Column, Entity};
    let to_members = campaign::Entity::find()
        .select_only()
        .column(campaign::Column::Id)
        .filter(campaign::Column::OrganizationId.eq(org))
        .filter(campaign::Column::Audience.eq("members"))
        .into_query();
    let his = || {
        Entity::update_many()
            .filter(Column::OrganizationId.eq(org))
            .filter(Column::Email.eq(email))
            .filter(Column::CampaignId.in_subquery(to_members.clone()))
    };
    his()
        .col_expr(Column::State, Expr::value(RecipientState::Suppressed.name()))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .filter(Column::State.eq(RecipientState::Pending.name()))
        .exec(tx.connection())
        .await?;
    his()
        .col_expr(Column::Email, Expr::value(nobody))
        .col_expr(Column::FirstName, Expr::value(Option::<String>::None))
        .col_expr(Column::LastName, Expr::value(Option::<String>::None))
        .exec(tx.connection())
        .await?;
    Ok(())
}
