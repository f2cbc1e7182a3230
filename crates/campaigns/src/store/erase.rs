//! Erasing what an organization had here.

use database::entities::{campaign, campaign_recipient, campaign_test, contact, contact_list, suppression};
use database::{StoreError, Tx};
use kernel::OrganizationId;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

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
