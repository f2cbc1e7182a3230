//! The ledger of recipients. A mail is begun by whoever turns its row from `pending` to `sending` in a commit, under a
//! claim that is his alone; only he ends it.

mod again;
mod report;

use database::entities::campaign_recipient::{ActiveModel, Column, Entity, Model};
use database::{StoreError, Tx};
use kernel::{CampaignId, EmailAddress, OrganizationId, Page, PageRequest, RecipientId, Timestamp};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

pub(crate) use again::{abandon, abandoned, renew_given_up, renew_uncertain};
pub(crate) use report::{open, recipients, report};

use super::{By, Places, read_page};
use crate::recipient::TRIES;
use crate::{CampaignState, Recipient, RecipientState};

/// Writes people into the ledger, each address once for each campaign. Says how many are new.
pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    recipients: &[Recipient],
    now: Timestamp,
) -> Result<u64, StoreError> {
    if recipients.is_empty() {
        return Ok(0);
    }
    let once = OnConflict::columns([Column::OrganizationId, Column::CampaignId, Column::Email])
        .do_nothing()
        .to_owned();
    let rows = recipients.iter().map(|recipient| written(org, recipient, now));
    Ok(Entity::insert_many(rows).on_conflict(once).exec_without_returning(tx.connection()).await?)
}

/// Whose turn it is.
pub(crate) async fn due(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    campaign: CampaignId,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<Recipient>, StoreError> {
    let rows = Entity::find()
        .filter(of(org, campaign, RecipientState::Pending))
        .filter(Column::DueAt.lte(now))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Takes these for one who will mail them; those that somebody else took meanwhile, or whose turn he put off, are not
/// among the answer.
pub(crate) async fn claim(
    tx: &Tx,
    org: OrganizationId,
    these: &[RecipientId],
    claim: Claim,
    now: Timestamp,
) -> Result<Vec<Recipient>, StoreError> {
    let rows = Entity::update_many()
        .col_expr(Column::State, Expr::value(RecipientState::Sending.name()))
        .col_expr(Column::ClaimJob, Expr::value(claim.job))
        .col_expr(Column::Claim, Expr::value(claim.lease))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(among(org, these))
        .filter(Column::State.eq(RecipientState::Pending.name()))
        .filter(Column::DueAt.lte(now))
        .exec_with_returning(tx.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Who hands mails over: a job, as long as he has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    pub(crate) job: Uuid,
    /// Jobs that were taken together have one lease.
    pub(crate) lease: Uuid,
}

/// How the handing over of a mail ended.
#[derive(Clone, Debug)]
pub(crate) struct Ending {
    pub(crate) id: RecipientId,
    pub(crate) state: RecipientState,
    pub(crate) error: Option<String>,
    /// Whether it was a try of this mail, or the mail system took none whatever.
    pub(crate) counts: bool,
    /// When its turn comes again, where it does.
    pub(crate) due_at: Timestamp,
}

/// Ends what was begun under a claim; a row that another hand ended meanwhile stays as it is. Says how many it ended.
pub(crate) async fn end(
    tx: &Tx,
    org: OrganizationId,
    claim: Claim,
    endings: &[Ending],
    now: Timestamp,
) -> Result<u64, StoreError> {
    let (sent, others): (Vec<_>, Vec<_>) = endings.iter().partition(|end| end.state == RecipientState::Sent);
    let sent: Vec<_> = sent.into_iter().map(|end| end.id).collect();
    let mut ended = 0;
    if let Some(first) = endings.iter().find(|end| end.state == RecipientState::Sent) {
        ended += end_like(tx, org, claim, &sent, first, now).await?;
    }
    for end in others {
        ended += end_like(tx, org, claim, &[end.id], end, now).await?;
    }
    Ok(ended)
}

async fn end_like(
    tx: &Tx,
    org: OrganizationId,
    claim: Claim,
    these: &[RecipientId],
    end: &Ending,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let finished = (end.state != RecipientState::Pending).then_some(now);
    let given_back = i64::from(!end.counts);
    let ended = Entity::update_many()
        .col_expr(Column::State, Expr::value(end.state.name()))
        .col_expr(Column::Error, Expr::value(end.error.clone()))
        .col_expr(Column::DueAt, Expr::value(end.due_at))
        .col_expr(Column::FinishedAt, Expr::value(finished))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(given_back))
        .col_expr(Column::ClaimJob, Expr::value(Option::<Uuid>::None))
        .col_expr(Column::Claim, Expr::value(Option::<Uuid>::None))
        .filter(among(org, these))
        .filter(Column::State.eq(RecipientState::Sending.name()))
        .filter(Column::ClaimJob.eq(claim.job))
        .filter(Column::Claim.eq(claim.lease))
        .exec(tx.connection())
        .await?;
    Ok(ended.rows_affected)
}

/// Leaves out those who are not written to any more.
pub(crate) async fn suppress(
    tx: &Tx,
    org: OrganizationId,
    these: &[RecipientId],
    now: Timestamp,
) -> Result<u64, StoreError> {
    let left_out = Entity::update_many()
        .col_expr(Column::State, Expr::value(RecipientState::Suppressed.name()))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .filter(among(org, these))
        .filter(Column::State.eq(RecipientState::Pending.name()))
        .exec(tx.connection())
        .await?;
    Ok(left_out.rows_affected)
}

/// Somebody in a ledger. Without organization: a link in a mail names nothing else, and its proof is checked before.
pub(crate) async fn anywhere(
    connection: &impl ConnectionTrait,
    id: RecipientId,
) -> Result<Option<(OrganizationId, Recipient)>, StoreError> {
    let row = Entity::find().filter(Column::Id.eq(id.uuid())).one(connection).await?;
    row.map(|row| Ok((row.organization_id.into(), read(row)?))).transpose()
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    id: RecipientId,
) -> Result<Option<Recipient>, StoreError> {
    Entity::find_by_id((org.uuid(), id.uuid())).one(connection).await?.map(read).transpose()
}

/// Notes that somebody left by a link of this campaign.
pub(crate) async fn unsubscribed(
    tx: &Tx,
    org: OrganizationId,
    id: RecipientId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let note =
        Entity::update_many().col_expr(Column::UnsubscribedAt, Expr::value(now)).filter(among(org, &[id]));
    note.filter(Column::UnsubscribedAt.is_null()).exec(tx.connection()).await?;
    Ok(())
}

/// Notes that a mail came back.
pub(crate) async fn bounced(
    tx: &Tx,
    org: OrganizationId,
    id: RecipientId,
    detail: Option<String>,
) -> Result<(), StoreError> {
    let taken = [RecipientState::Sent.name(), RecipientState::Uncertain.name()];
    Entity::update_many()
        .col_expr(Column::State, Expr::value(RecipientState::Bounced.name()))
        .col_expr(Column::Error, Expr::value(detail))
        .filter(among(org, &[id]))
        .filter(Column::State.is_in(taken))
        .exec(tx.connection())
        .await?;
    Ok(())
}

fn of(org: OrganizationId, campaign: CampaignId, state: RecipientState) -> Condition {
    Condition::all()
        .add(Column::OrganizationId.eq(org.uuid()))
        .add(Column::CampaignId.eq(campaign.uuid()))
        .add(Column::State.eq(state.name()))
}

fn among(org: OrganizationId, these: &[RecipientId]) -> Condition {
    Condition::all()
        .add(Column::OrganizationId.eq(org.uuid()))
        .add(Column::Id.is_in(these.iter().map(|id| id.uuid())))
}

fn written(org: OrganizationId, recipient: &Recipient, now: Timestamp) -> ActiveModel {
    ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(recipient.id.uuid()),
        campaign_id: Set(recipient.campaign.uuid()),
        email: Set(recipient.email.as_str().to_owned()),
        first_name: Set(recipient.first_name.clone()),
        last_name: Set(recipient.last_name.clone()),
        state: Set(recipient.state.name().to_owned()),
        attempts: Set(0),
        due_at: Set(now),
        claim_job: Set(None),
        claim: Set(None),
        error: Set(None),
        finished_at: Set(recipient.finished_at),
        unsubscribed_at: Set(None),
    }
}

fn read(row: Model) -> Result<Recipient, StoreError> {
    Ok(Recipient {
        id: row.id.into(),
        campaign: row.campaign_id.into(),
        email: EmailAddress::from_stored(row.email),
        first_name: row.first_name,
        last_name: row.last_name,
        state: RecipientState::stored("campaign_recipients.state", &row.state)?,
        attempts: row.attempts,
        error: row.error,
        finished_at: row.finished_at,
        unsubscribed_at: row.unsubscribed_at,
    })
}
