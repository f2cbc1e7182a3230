//! The ledger as people see it. Who was still to come when a campaign was cancelled shows as cancelled.

use super::{
    By, CampaignId, CampaignState, Column, Condition, ConnectionTrait, Entity, OrganizationId, Page,
    PageRequest, Places, QueryFilter, QuerySelect, Recipient, RecipientState, StoreError, TRIES, Timestamp,
    of, read, read_page,
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
    let unsubscribed = own.clone().filter(Column::UnsubscribedAt.is_not_null()).count(connection).await?;
    let gave_up = of(org, campaign, RecipientState::Failed).add(Column::Attempts.gte(TRIES));
    let gave_up = own.filter(gave_up).count(connection).await?;
    let mut report = Report { unsubscribed, gave_up, ..Report::default() };
    for (state, count) in counts {
        let state = shown(at, RecipientState::stored("campaign_recipients.state", &state)?);
        let count = u64::try_from(count).unwrap_or_default();
        *report.by_state.entry(state.name()).or_default() += count;
        report.recipients += count;
    }
    Ok(report)
}

/// When something is next to be done of what has not ended; none if all has. One statement, for a mail that another
/// hand gives back changes from `sending` to `pending` meanwhile.
pub(crate) async fn open(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    campaign: CampaignId,
) -> Result<Option<Timestamp>, StoreError> {
    let still = [RecipientState::Pending.name(), RecipientState::Sending.name()];
    let next: Option<Option<Timestamp>> = Entity::find()
        .select_only()
        .column_as(Column::DueAt.min(), "next")
        .filter(Column::OrganizationId.eq(org.uuid()))
        .filter(Column::CampaignId.eq(campaign.uuid()))
        .filter(Column::State.is_in(still))
        .into_tuple()
        .one(connection)
        .await?;
    Ok(next.flatten())
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
