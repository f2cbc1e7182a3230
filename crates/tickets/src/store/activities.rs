//! The history of tickets; lines are only ever added.

use database::entities::ticket_activity;
use database::keyset::{self, Key};
use database::{StoreError, Tx};
use kernel::{ActivityId, Env, Keyset, OrganizationId, Page, PageRequest, TicketId, Timestamp, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::list::order;
use super::row::stored;
use crate::activity::Line;
use crate::sight::Sight;
use crate::{Activity, ActivityKind, Direction, Visibility};

/// Adds lines, all of them by one actor.
pub(crate) async fn add(
    tx: &Tx,
    org: OrganizationId,
    actor: Option<UserId>,
    env: &Env,
    lines: Vec<Line>,
) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    let rows = lines.into_iter().map(|line| ticket_activity::ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(env.id::<ActivityId>().uuid()),
        ticket_id: Set(line.ticket.uuid()),
        actor_id: Set(actor.map(Into::into)),
        kind: Set(line.kind.name().to_owned()),
        visibility: Set(line.visibility.name().to_owned()),
        changes: Set(line.details.to_string()),
        created_at: Set(env.now()),
    });
    ticket_activity::Entity::insert_many(rows).exec_without_returning(tx.connection()).await?;
    Ok(())
}

pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    sight: Sight,
    ticket: TicketId,
    direction: Direction,
    page: &PageRequest,
) -> Result<Page<Activity>, StoreError> {
    let (at, id, order) = (ticket_activity::Column::CreatedAt, ticket_activity::Column::Id, order(direction));
    let visible = Visibility::ALL.into_iter().filter(|visibility| sight.admits(*visibility));
    let mut query = ticket_activity::Entity::find()
        .filter(ticket_activity::Column::OrganizationId.eq(org.uuid()))
        .filter(ticket_activity::Column::TicketId.eq(ticket.uuid()))
        .filter(ticket_activity::Column::Visibility.is_in(visible.map(Visibility::name)));
    if let Some(after) = &page.after {
        let last = (keyset::value::<Timestamp>(after, 0)?, keyset::value::<Uuid>(after, 1)?);
        query = query.filter(keyset::after(vec![
            Key { column: Expr::col(at), order: order.clone(), after: Expr::val(last.0) },
            Key { column: Expr::col(id), order: order.clone(), after: Expr::val(last.1) },
        ]));
    }
    let query = query.order_by(at, order.clone()).order_by(id, order).limit(page.limit.rows() + 1);
    let rows: Result<Vec<_>, _> = query.all(connection).await?.into_iter().map(read).collect();
    Ok(Page::cut(rows?, page.limit, |activity| {
        Keyset(vec![activity.at.to_rfc3339(), activity.id.to_string()])
    }))
}

fn read(row: ticket_activity::Model) -> Result<Activity, StoreError> {
    let details = serde_json::from_str(&row.changes)
        .map_err(|error| StoreError::corrupt("ticket_activities.changes", error))?;
    Ok(Activity {
        id: row.id.into(),
        ticket: row.ticket_id.into(),
        actor: row.actor_id.map(Into::into),
        kind: stored("ticket_activities.kind", &row.kind, ActivityKind::named)?,
        visibility: stored("ticket_activities.visibility", &row.visibility, Visibility::named)?,
        details,
        at: row.created_at,
    })
}
