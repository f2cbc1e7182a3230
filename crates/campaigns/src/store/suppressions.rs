//! Addresses that get no campaigns.

use std::collections::HashSet;

use database::entities::suppression::{ActiveModel, Column, Entity, Model};
use database::{StoreError, Tx};
use kernel::{EmailAddress, OrganizationId, Page, PageRequest, SuppressionId};
use sea_orm::sea_query::{Condition, Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{By, Places, read_page};
use crate::{Reason, Suppression};

/// Writes one down. The word of an address's owner takes the place of any other reason, and nothing takes its place.
/// Answers what stands there now, and whether that is new.
pub(crate) async fn add(
    tx: &Tx,
    org: OrganizationId,
    new: &Suppression,
) -> Result<(Suppression, bool), StoreError> {
    // The row is locked by this write even where it changes nothing, so nobody takes it away before the commit.
    let stays = OnConflict::columns([Column::OrganizationId, Column::Email])
        .value(Column::Email, Expr::value(new.email.as_str()))
        .to_owned();
    Entity::insert(written(org, new)).on_conflict(stays).exec_without_returning(tx.connection()).await?;
    let now = Entity::find().filter(at(org, &new.email)).one(tx.connection()).await?;
    let mut changed = now.is_some_and(|row| row.id == new.id.uuid());
    if !changed && new.reason.is_the_owners() {
        let others = Reason::ALL.iter().filter(|reason| !reason.is_the_owners()).map(|reason| reason.name());
        let update = Entity::update_many()
            .col_expr(Column::Reason, Expr::value(new.reason.name()))
            .col_expr(Column::CampaignId, Expr::value(new.campaign.map(|id| id.uuid())))
            .filter(at(org, &new.email))
            .filter(Column::Reason.is_in(others));
        changed = update.exec(tx.connection()).await?.rows_affected > 0;
    }
    let row = Entity::find().filter(at(org, &new.email)).one(tx.connection()).await?;
    let row = row.ok_or_else(|| StoreError::corrupt("suppressions.email", new.id.to_string()))?;
    Ok((read(row)?, changed))
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: SuppressionId,
) -> Result<Option<Suppression>, StoreError> {
    Entity::find_by_id((org.uuid(), id.uuid())).one(connection).await?.map(read).transpose()
}

/// Deletes one that is not its owner's word; says whether it did.
pub(crate) async fn remove(tx: &Tx, org: OrganizationId, id: SuppressionId) -> Result<bool, StoreError> {
    let others = Reason::ALL.iter().filter(|reason| !reason.is_the_owners()).map(|reason| reason.name());
    let gone = Entity::delete_many()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::Reason.is_in(others))
        .exec(tx.connection())
        .await?;
    Ok(gone.rows_affected > 0)
}

/// Those of these addresses that are not written to.
pub(crate) async fn among(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    addresses: impl IntoIterator<Item = &str>,
) -> Result<HashSet<String>, StoreError> {
    let found: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Email)
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Email.is_in(addresses))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(found.into_iter().collect())
}

pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    reason: Option<Reason>,
    page: &PageRequest,
) -> Result<Page<Suppression>, StoreError> {
    let wanted = Condition::all().add_option(reason.map(|reason| Column::Reason.eq(reason.name())));
    let places = Places { org: Column::OrganizationId, id: Column::Id };
    let found = (org, Entity::find().filter(wanted));
    read_page(places.page(connection, found, By::Newest, page, |row| row.id).await?, read)
}

fn at(org: OrganizationId, email: &EmailAddress) -> Condition {
    Condition::all().add(Column::OrganizationId.eq(org.uuid())).add(Column::Email.eq(email.as_str()))
}

fn written(org: OrganizationId, new: &Suppression) -> ActiveModel {
    ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(new.id.uuid()),
        email: Set(new.email.as_str().to_owned()),
        reason: Set(new.reason.name().to_owned()),
        campaign_id: Set(new.campaign.map(Into::into)),
        created_at: Set(new.created_at),
    }
}

fn read(row: Model) -> Result<Suppression, StoreError> {
    Ok(Suppression {
        id: row.id.into(),
        email: EmailAddress::from_stored(row.email),
        reason: Reason::stored("suppressions.reason", &row.reason)?,
        campaign: row.campaign_id.map(Into::into),
        created_at: row.created_at,
    })
}
