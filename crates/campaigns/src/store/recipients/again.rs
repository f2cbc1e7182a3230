//! What workers that went down left in its middle, and mails that get their turn again.

use database::{StoreError, Tx};
use kernel::{CampaignId, OrganizationId, Timestamp, is_sabotaged};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::super::jobs::held;
use super::{Column, Entity, TRIES, of};
use crate::RecipientState;

/// The campaigns in which something was begun under a claim that nobody holds any more. Of whatever organization: the
/// timetable is everybody's.
pub(crate) async fn abandoned(
    connection: &impl ConnectionTrait,
    now: Timestamp,
) -> Result<Vec<(OrganizationId, CampaignId)>, StoreError> {
    let found: Vec<(Uuid, Uuid)> = Entity::find()
        .select_only()
        .columns([Column::OrganizationId, Column::CampaignId])
        .filter(Column::State.eq(RecipientState::Sending.name()))
        .filter(abandoned_since(now))
        .distinct()
        .into_tuple()
        .all(connection)
        .await?;
    Ok(found.into_iter().map(|(org, campaign)| (org.into(), campaign.into())).collect())
}

/// What was begun in a campaign under claims that nobody holds any more becomes uncertain. Says how many.
pub(crate) async fn abandon(
    tx: &Tx,
    org: OrganizationId,
    campaign: CampaignId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let state = if is_sabotaged("uncertain") { RecipientState::Pending } else { RecipientState::Uncertain };
    let left = Entity::update_many()
        .col_expr(Column::State, Expr::value(state.name()))
        .col_expr(Column::Error, Expr::value("the worker went down while it handed the mail over"))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .col_expr(Column::ClaimJob, Expr::value(Option::<Uuid>::None))
        .col_expr(Column::Claim, Expr::value(Option::<Uuid>::None))
        .filter(of(org, campaign, RecipientState::Sending))
        .filter(abandoned_since(now))
        .exec(tx.connection())
        .await?;
    Ok(left.rows_affected)
}

/// Those of whom nobody knows whether they got it are pending again. Says how many.
pub(crate) async fn renew_uncertain(
    tx: &Tx,
    org: OrganizationId,
    campaign: CampaignId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    renew(tx, of(org, campaign, RecipientState::Uncertain), now).await
}

/// Those whose mails the mail system would not take for long are pending again. Says how many.
pub(crate) async fn renew_given_up(
    tx: &Tx,
    org: OrganizationId,
    campaign: CampaignId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    renew(tx, of(org, campaign, RecipientState::Failed).add(Column::Attempts.gte(TRIES)), now).await
}

async fn renew(tx: &Tx, these: Condition, now: Timestamp) -> Result<u64, StoreError> {
    let again = Entity::update_many()
        .col_expr(Column::State, Expr::value(RecipientState::Pending.name()))
        .col_expr(Column::DueAt, Expr::value(now))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::Error, Expr::value(Option::<String>::None))
        .col_expr(Column::FinishedAt, Expr::value(Option::<Timestamp>::None))
        .filter(these)
        .exec(tx.connection())
        .await?;
    Ok(again.rows_affected)
}

fn abandoned_since(now: Timestamp) -> SimpleExpr {
    Expr::tuple([Expr::col(Column::ClaimJob), Expr::col(Column::Claim)]).not_in_subquery(held(now))
}
