use database::StoreError;
use database::entities::session::{ActiveModel, Column, Entity, Model};
use kernel::{Keyset, OrganizationId, Page, PageRequest, SessionId, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::device::Device;
use crate::session::{Amr, Ending, Session};

/// A session about to begin.
pub(crate) struct NewSession {
    pub(crate) session: Session,
    pub(crate) amr: Amr,
}

pub(crate) async fn insert(on: &impl ConnectionTrait, new: NewSession) -> Result<(), StoreError> {
    let session = new.session;
    let row = ActiveModel {
        id: Set(session.id.uuid()),
        user_id: Set(session.user.uuid()),
        organization_id: Set(session.organization.map(OrganizationId::uuid)),
        amr: Set(new.amr.to_stored()),
        auth_time: Set(session.created_at),
        created_at: Set(session.created_at),
        expires_at: Set(session.expires_at),
        last_seen_at: Set(session.last_seen_at),
        ip: Set(session.ip),
        device: Set(session.device.to_string()),
        user_agent: Set(session.user_agent),
        revoked_at: Set(None),
        revoke_reason: Set(None),
    };
    Entity::insert(row).exec_without_returning(on).await?;
    Ok(())
}

/// Whether the person has been here before, and whether with such a device.
pub(crate) async fn is_new_device(
    on: &impl ConnectionTrait,
    user: UserId,
    device: Device,
) -> Result<bool, StoreError> {
    let of_user = Entity::find().filter(Column::UserId.eq(user.uuid()));
    if of_user.clone().limit(1).one(on).await?.is_none() {
        return Ok(false);
    }
    let same = of_user.filter(Column::Device.eq(device.to_string())).limit(1).one(on).await?;
    Ok(same.is_none())
}

/// The organization a person last worked in.
pub(crate) async fn last_organization(
    on: &impl ConnectionTrait,
    user: UserId,
) -> Result<Option<OrganizationId>, StoreError> {
    let row = Entity::find()
        .filter(Column::UserId.eq(user.uuid()))
        .filter(Column::OrganizationId.is_not_null())
        .order_by_desc(Column::LastSeenAt)
        .order_by_desc(Column::Id)
        .limit(1)
        .one(on)
        .await?;
    Ok(row.and_then(|row| row.organization_id).map(OrganizationId::from_uuid))
}

/// A session that has neither ended nor outlived itself.
pub(crate) struct Live {
    pub(crate) session: Session,
    pub(crate) amr: Amr,
}

/// A live session, held until the commit: refreshing and revoking it queue.
pub(crate) async fn lock_live(
    on: &impl ConnectionTrait,
    id: SessionId,
    now: Timestamp,
) -> Result<Option<Live>, StoreError> {
    let row = live(now).filter(Column::Id.eq(id.uuid())).lock(LockType::NoKeyUpdate).one(on).await?;
    Ok(row.map(live_session))
}

/// A live session.
pub(crate) async fn find_live(
    on: &impl ConnectionTrait,
    id: SessionId,
    now: Timestamp,
) -> Result<Option<Live>, StoreError> {
    Ok(live(now).filter(Column::Id.eq(id.uuid())).one(on).await?.map(live_session))
}

/// A session, live or not.
pub(crate) async fn find(on: &impl ConnectionTrait, id: SessionId) -> Result<Option<Session>, StoreError> {
    Ok(Entity::find_by_id(id.uuid()).one(on).await?.map(session))
}

/// A person's live sessions, the newest first.
pub(crate) async fn page(
    on: &impl ConnectionTrait,
    user: UserId,
    request: &PageRequest,
    now: Timestamp,
) -> Result<Page<Session>, StoreError> {
    let mut query = live(now).filter(Column::UserId.eq(user.uuid()));
    if let Some(after) = &request.after {
        let id: Uuid = database::keyset::value(after, 0)?;
        query = query.filter(Column::Id.lt(id));
    }
    let rows = query.order_by_desc(Column::Id).limit(request.limit.rows() + 1).all(on).await?;
    Ok(Page::cut(rows, request.limit, |row| Keyset(vec![row.id.to_string()])).map(session))
}

/// Notes that a session was refreshed, and for which organization.
pub(crate) async fn touch(
    on: &impl ConnectionTrait,
    id: SessionId,
    organization: Option<OrganizationId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        organization_id: Set(organization.map(OrganizationId::uuid)),
        last_seen_at: Set(now),
        ..Default::default()
    };
    Entity::update_many().set(row).filter(Column::Id.eq(id.uuid())).exec(on).await?;
    Ok(())
}

/// Notes a fresh proof.
pub(crate) async fn prove(
    on: &impl ConnectionTrait,
    id: SessionId,
    amr: Amr,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel { amr: Set(amr.to_stored()), auth_time: Set(now), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id.uuid())).exec(on).await?;
    Ok(())
}

/// Notes what a session has proven, without a fresh proof.
pub(crate) async fn set_amr(on: &impl ConnectionTrait, id: SessionId, amr: Amr) -> Result<(), StoreError> {
    let row = ActiveModel { amr: Set(amr.to_stored()), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id.uuid())).exec(on).await?;
    Ok(())
}

/// Ends sessions of a person: one, all, or all but one. Returns which were still live.
pub(crate) async fn end(
    on: &impl ConnectionTrait,
    user: UserId,
    which: Which,
    ending: Ending,
    now: Timestamp,
) -> Result<Vec<SessionId>, StoreError> {
    let row = ActiveModel {
        revoked_at: Set(Some(now)),
        revoke_reason: Set(Some(ending.name().to_owned())),
        ..Default::default()
    };
    let mut ended = Entity::update_many()
        .set(row)
        .filter(Column::UserId.eq(user.uuid()))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(now));
    ended = match which {
        Which::Only(id) => ended.filter(Column::Id.eq(id.uuid())),
        Which::AllBut(id) => ended.filter(Column::Id.ne(id.uuid())),
        Which::All => ended,
    };
    let rows = ended.exec_with_returning(on).await?;
    Ok(rows.into_iter().map(|row| SessionId::from_uuid(row.id)).collect())
}

/// Which sessions of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    Only(SessionId),
    AllBut(SessionId),
    All,
}

/// Drops sessions that ended long ago, with their tokens.
pub(crate) async fn sweep(on: &impl ConnectionTrait, ended_before: Timestamp) -> Result<u64, StoreError> {
    let old = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Expr::col(Column::ExpiresAt).lt(ended_before))
        .to_owned();
    super::refresh_tokens::drop_of(on, old.clone()).await?;
    let swept = Entity::delete_many().filter(Column::Id.in_subquery(old)).exec(on).await?;
    Ok(swept.rows_affected)
}

/// Forgets a person's sessions, with their tokens.
pub(crate) async fn erase(on: &impl ConnectionTrait, user: UserId) -> Result<(), StoreError> {
    let his = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Expr::col(Column::UserId).eq(user.uuid()))
        .to_owned();
    super::refresh_tokens::drop_of(on, his.clone()).await?;
    Entity::delete_many().filter(Column::Id.in_subquery(his)).exec(on).await?;
    Ok(())
}

fn live(now: Timestamp) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::RevokedAt.is_null()).filter(Column::ExpiresAt.gt(now))
}

fn live_session(row: Model) -> Live {
    Live { amr: Amr::parse_stored(&row.amr), session: session(row) }
}

fn session(row: Model) -> Session {
    Session {
        id: SessionId::from_uuid(row.id),
        user: UserId::from_uuid(row.user_id),
        organization: row.organization_id.map(OrganizationId::from_uuid),
        created_at: row.created_at,
        expires_at: row.expires_at,
        last_seen_at: row.last_seen_at,
        device: Device::read(row.user_agent.as_deref()),
        ip: row.ip,
        user_agent: row.user_agent,
    }
}

/// Forgets in which of the sessions an organization was chosen.
pub(crate) async fn leave(on: &impl ConnectionTrait, org: OrganizationId) -> Result<(), StoreError> {
    let left = Entity::update_many()
        .col_expr(Column::OrganizationId, Expr::value(Option::<Uuid>::None))
        .filter(Column::OrganizationId.eq(org.uuid()));
    left.exec(on).await?;
    Ok(())
}
