//! The ledger as people see it. Who was still to come when a campaign was cancelled shows as cancelled.

use super::{
    By, CampaignId, CampaignState, Column, Condition, ConnectionTrait, Entity, OrganizationId, Page,
    PageRequest, Places, QueryFilter, QuerySelect, Recipient, RecipientState, StoreError, Timestamp, of,
    read, read_page,
};
use crate::Report;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait};

pub(crate) async fn recipients(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    (campaign, at): (CampaignId, CampaignState),
    state: Option<RecipientState>,
    page: &PageRequest,
) -> Result<Page<Recipient>, StoreError> {
    let stored = state.map(|state| stored(at, state));
    let wanted = Condition::all()
        .add(Column::CampaignId.eq(campaign.uuid()))
        .add_option(stored.map(|name| Column::State.eq(name)));
    let places = Places { org: Column::OrganizationId, id: Column::Id };
    let found = (org, Entity::find().filter(wanted));
    let rows = places.page(connection, found, By::Oldest, page, |row| row.id).await?;
    read_page(rows, |row| {
        let recipient = read(row)?;
        Ok(Recipient { state: shown(at, recipient.state), ..recipient })
    })
}

pub(crate) async fn report(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    (campaign, at): (CampaignId, CampaignState),
) -> Result<Report, StoreError> {
    let own = Entity::find()
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::CampaignId.eq(campaign.uuid()));
    let counts: Vec<(String, i64)> = own
        .clone()
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "count")
        .group_by(Column::State)
        .into_tuple()
        .all(connection)
        .await?;
    let unsubscribed = own.filter(Column::UnsubscribedAt.is_not_null()).count(connection).await?;
    let mut report = Report { unsubscribed, ..Report::default() };
    for (state, count) in counts {
        let state = shown(at, RecipientState::stored("campaign_recipients.state", &state)?);
        let count = u64::try_from(count).unwrap_or_default();
        *report.by_state.entry(state.name()).or_default() += count;
        report.recipients += count;
    }
    Ok(report)
}

/// What is still to be done: when the next turn comes, and whether somebody is at work.
pub(crate) async fn waiting(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    campaign: CampaignId,
) -> Result<(Option<Timestamp>, bool), StoreError> {
    let next: Option<Option<Timestamp>> = Entity::find()
        .select_only()
        .column_as(Column::DueAt.min(), "next")
        .filter(of(org, campaign, RecipientState::Pending))
        .into_tuple()
        .one(connection)
        .await?;
    let busy = Entity::find().filter(of(org, campaign, RecipientState::Sending)).count(connection).await?;
    Ok((next.flatten(), busy > 0))
}

fn shown(at: CampaignState, state: RecipientState) -> RecipientState {
    match (at, state) {
        (CampaignState::Cancelled, RecipientState::Pending) => RecipientState::Cancelled,
        _ => state,
    }
}

/// What stands in the rows of those that show so.
fn stored(at: CampaignState, state: RecipientState) -> &'static str {
    match (at, state) {
        (CampaignState::Cancelled, RecipientState::Cancelled) => RecipientState::Pending.name(),
        // Nobody is pending then, and no row says `cancelled`.
        (CampaignState::Cancelled, RecipientState::Pending) => RecipientState::Cancelled.name(),
        _ => state.name(),
    }
}
