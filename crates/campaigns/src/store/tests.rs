//! Mails of campaigns to those who write them.

use database::entities::campaign_test::{ActiveModel, Column, Entity, Model};
use database::entities::user;
use database::{StoreError, Tx};
use kernel::{CampaignId, CampaignTestId, EmailAddress, OrganizationId, Timestamp, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// A mail to see what a campaign looks like.
pub(crate) struct Test {
    pub(crate) id: CampaignTestId,
    pub(crate) campaign: CampaignId,
    pub(crate) email: EmailAddress,
    pub(crate) full_name: String,
}

pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    test: &Test,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(test.id.uuid()),
        campaign_id: Set(test.campaign.uuid()),
        email: Set(test.email.as_str().to_owned()),
        full_name: Set(test.full_name.clone()),
        state: Set("queued".to_owned()),
        error: Set(None),
        created_at: Set(now),
        finished_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// One that is still to be sent.
pub(crate) async fn open(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: CampaignTestId,
) -> Result<Option<Test>, StoreError> {
    let row = Entity::find_by_id((org.uuid(), id.uuid()))
        .filter(Column::State.eq("queued"))
        .one(connection)
        .await?;
    Ok(row.map(read))
}

/// Notes how it ended: sent, or refused for this reason.
pub(crate) async fn end(
    tx: &Tx,
    org: OrganizationId,
    id: CampaignTestId,
    refused: Option<String>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let state = if refused.is_some() { "failed" } else { "sent" };
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::Error, Expr::value(refused))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Address and name of a person. Without organization: people are everybody's, and this one is the caller.
pub(crate) async fn person(
    connection: &impl ConnectionTrait,
    user: UserId,
) -> Result<Option<(EmailAddress, String)>, StoreError> {
    let row = user::Entity::find_by_id(user.uuid()).one(connection).await?;
    Ok(row.map(|row| (EmailAddress::from_stored(row.email), row.full_name)))
}

fn read(row: Model) -> Test {
    Test {
        id: row.id.into(),
        campaign: row.campaign_id.into(),
        email: EmailAddress::from_stored(row.email),
        full_name: row.full_name,
    }
}
