//! Campaigns.

use database::entities::campaign::{ActiveModel, Column, Entity, Model};
use database::entities::{organization, organization_settings, role};
use database::{StoreError, Tx};
use kernel::{
    CampaignId, CampaignRunId, Locale, OrganizationId, Page, PageRequest, RoleId, Timestamp, UserId, Version,
};
use sea_orm::sea_query::{Condition, LockType};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{By, Places, read_page};
use crate::content::Sender;
use crate::{Audience, Campaign, CampaignState, Error};

pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    campaign: &Campaign,
    by: Option<UserId>,
) -> Result<(), StoreError> {
    let row = ActiveModel { created_by: Set(by.map(Into::into)), ..written(org, campaign) };
    Entity::insert(row).exec_without_returning(tx.connection()).await?;
    Ok(())
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: CampaignId,
) -> Result<Option<Campaign>, StoreError> {
    let row = Entity::find_by_id((org.uuid(), id.uuid())).one(connection).await?;
    row.map(read).transpose()
}

/// The campaign whose sending is this run; none once it was paused, resumed or cancelled.
pub(crate) async fn of_run(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    run: CampaignRunId,
) -> Result<Option<Campaign>, StoreError> {
    let row = Entity::find().filter(at_run(org, run)).one(connection).await?;
    row.map(read).transpose()
}

/// The same, kept from changes until the commit.
pub(crate) async fn lock_run(
    tx: &Tx,
    org: OrganizationId,
    run: CampaignRunId,
) -> Result<Option<Campaign>, StoreError> {
    let row =
        Entity::find().filter(at_run(org, run)).lock(LockType::NoKeyUpdate).one(tx.connection()).await?;
    row.map(read).transpose()
}

fn at_run(org: OrganizationId, run: CampaignRunId) -> Condition {
    Condition::all()
        .add(Column::OrganizationId.eq(org.uuid()))
        .add(Column::Run.eq(run.uuid()))
        .add(Column::State.eq(CampaignState::Sending.name()))
}

/// A campaign, kept from other changes until the commit.
pub(crate) async fn lock(tx: &Tx, org: OrganizationId, id: CampaignId) -> Result<Campaign, Error> {
    let one = Entity::find_by_id((org.uuid(), id.uuid())).lock(LockType::NoKeyUpdate);
    let row = one.one(tx.connection()).await.map_err(StoreError::from)?;
    row.map(read).transpose()?.ok_or(Error::NotFound)
}

/// Writes a campaign that was locked before in this transaction.
pub(crate) async fn save(tx: &Tx, org: OrganizationId, campaign: &Campaign) -> Result<(), StoreError> {
    Entity::update_many()
        .set(ActiveModel { organization_id: NotSet, id: NotSet, ..written(org, campaign) })
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::Id.eq(campaign.id.uuid()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    state: Option<CampaignState>,
    page: &PageRequest,
) -> Result<Page<Campaign>, StoreError> {
    let wanted = Condition::all().add_option(state.map(|state| Column::State.eq(state.name())));
    let places = Places { org: Column::OrganizationId, id: Column::Id };
    let found = (org, Entity::find().filter(wanted));
    read_page(places.page(connection, found, By::Newest, page, |row| row.id).await?, read)
}

/// What is due by its schedule. Of whatever organization: the timetable is everybody's.
pub(crate) async fn due(
    connection: &impl ConnectionTrait,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<(OrganizationId, Campaign)>, StoreError> {
    let rows = Entity::find()
        .filter(Column::State.eq(CampaignState::Scheduled.name()))
        .filter(Column::ScheduledAt.lte(now))
        .order_by_asc(Column::ScheduledAt)
        .limit(limit)
        .all(connection)
        .await?;
    rows.into_iter().map(|row| Ok((row.organization_id.into(), read(row)?))).collect()
}

/// What is being sent. Of whatever organization: the timetable is everybody's.
pub(crate) async fn sending(
    connection: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<(OrganizationId, CampaignRunId)>, StoreError> {
    let rows: Vec<(Uuid, Uuid)> = Entity::find()
        .select_only()
        .columns([Column::OrganizationId, Column::Run])
        .filter(Column::State.eq(CampaignState::Sending.name()))
        .filter(Column::Run.is_not_null())
        .order_by_asc(Column::UpdatedAt)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|(org, run)| (org.into(), run.into())).collect())
}

/// In whose name it is sent.
pub(crate) async fn sender(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
) -> Result<Sender, StoreError> {
    let organization = organization::Entity::find_by_id(org.uuid()).one(connection).await?;
    let settings = organization_settings::Entity::find_by_id(org.uuid()).one(connection).await?;
    let locale: Locale = settings.and_then(|row| row.locale.parse().ok()).unwrap_or_default();
    Ok(Sender { organization: organization.map(|row| row.name).unwrap_or_default(), locale })
}

/// Whether the organization has the role.
pub(crate) async fn has_role(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: RoleId,
) -> Result<bool, StoreError> {
    let found = role::Entity::find()
        .filter(role::Column::OrganizationId.eq(org.uuid()))
        .filter(role::Column::Id.eq(id.uuid()));
    Ok(found.count(connection).await? > 0)
}

fn written(org: OrganizationId, campaign: &Campaign) -> ActiveModel {
    let (audience, list_id, role_id) = campaign.audience.parts();
    ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(campaign.id.uuid()),
        name: Set(campaign.name.clone()),
        subject: Set(campaign.subject.clone()),
        body: Set(campaign.body.clone()),
        audience: Set(audience.to_owned()),
        list_id: Set(list_id),
        role_id: Set(role_id),
        state: Set(campaign.state.name().to_owned()),
        run: Set(campaign.run.map(Into::into)),
        planned: Set(campaign.planned),
        planned_to: Set(campaign.planned_to),
        scheduled_at: Set(campaign.scheduled_at),
        started_at: Set(campaign.started_at),
        finished_at: Set(campaign.finished_at),
        created_by: NotSet,
        scheduled_by: Set(campaign.scheduled_by.map(Into::into)),
        version: Set(campaign.version.0),
        created_at: Set(campaign.created_at),
        updated_at: Set(campaign.updated_at),
    }
}

fn read(row: Model) -> Result<Campaign, StoreError> {
    let audience = match (row.audience.as_str(), row.list_id) {
        ("list", Some(list)) => Audience::List(list.into()),
        ("members", _) => Audience::Members { role: row.role_id.map(Into::into) },
        _ => return Err(StoreError::corrupt("campaigns.audience", row.audience)),
    };
    Ok(Campaign {
        id: row.id.into(),
        name: row.name,
        subject: row.subject,
        body: row.body,
        audience,
        state: CampaignState::stored("campaigns.state", &row.state)?,
        run: row.run.map(Into::into),
        planned: row.planned,
        planned_to: row.planned_to,
        scheduled_at: row.scheduled_at,
        started_at: row.started_at,
        finished_at: row.finished_at,
        scheduled_by: row.scheduled_by.map(Into::into),
        version: Version(row.version),
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}
