//! Links between tickets.

use std::collections::{BTreeSet, HashMap};

use database::entities::{ticket, ticket_link};
use database::{StoreError, Tx, keyset};
use kernel::{Keyset, LinkId, OrganizationId, Page, PageRequest, TicketId, Timestamp};
use sea_orm::sea_query::Condition;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use super::row::stored;
use super::tickets::seen;
use crate::link::{Edge, LinkKind};
use crate::sight::Sight;
use crate::{Category, Error, Link, TicketNumber, Title};

/// The links of a ticket whose other end is seen.
fn of_ticket(org: OrganizationId, sight: Sight, ticket: TicketId) -> Select<ticket_link::Entity> {
    let end = |this: ticket_link::Column, other: ticket_link::Column| {
        let unseen = matches!(sight, Sight::OwnRows(_)).then(|| {
            let visible = ticket::Entity::find().select_only().column(ticket::Column::Id);
            other.in_subquery(visible.filter(seen(org, sight)).into_query())
        });
        Condition::all().add(this.eq(ticket.uuid())).add_option(unseen)
    };
    let (source, target) = (ticket_link::Column::SourceId, ticket_link::Column::TargetId);
    ticket_link::Entity::find()
        .filter(ticket_link::Column::OrganizationId.eq(org.uuid()))
        .filter(Condition::any().add(end(source, target)).add(end(target, source)))
}

pub(crate) async fn page(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    sight: Sight,
    ticket: TicketId,
    page: &PageRequest,
) -> Result<Page<Link>, StoreError> {
    let mut query = of_ticket(org, sight, ticket);
    if let Some(after) = &page.after {
        query = query.filter(ticket_link::Column::Id.gt(keyset::value::<Uuid>(after, 0)?));
    }
    let query = query.order_by_asc(ticket_link::Column::Id).limit(page.limit.rows() + 1);
    let cut = Page::cut(query.all(connection).await?, page.limit, |row| Keyset(vec![row.id.to_string()]));
    let rows = described(connection, org, ticket, cut.rows).await?;
    Ok(Page { rows, next: cut.next, total: None })
}

pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    sight: Sight,
    ticket: TicketId,
    id: LinkId,
) -> Result<Option<Link>, StoreError> {
    let query = of_ticket(org, sight, ticket).filter(ticket_link::Column::Id.eq(id.uuid()));
    let rows = query.all(connection).await?;
    Ok(described(connection, org, ticket, rows).await?.pop())
}

/// Links as the ticket sees them; one whose other end vanished this very moment is left out.
async fn described(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    ticket: TicketId,
    rows: Vec<ticket_link::Model>,
) -> Result<Vec<Link>, StoreError> {
    let mut links = Vec::with_capacity(rows.len());
    for row in rows {
        links.push((LinkId::from_uuid(row.id), row.created_at, edge(&row)?));
    }
    let other = |edge: Edge| if edge.source == ticket { edge.target } else { edge.source };
    let ends = ends(connection, org, links.iter().map(|(_, _, edge)| other(*edge))).await?;
    let seen = links.into_iter().filter_map(|(id, created_at, edge)| {
        let (number, title, status) = ends.get(&other(edge))?.clone();
        Some(Link {
            id,
            relation: edge.seen_from(ticket),
            other: other(edge),
            other_number: number,
            other_title: title,
            other_status: status,
            created_at,
        })
    });
    Ok(seen.collect())
}

type End = (TicketNumber, Title, Category);

async fn ends(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    tickets: impl Iterator<Item = TicketId>,
) -> Result<HashMap<TicketId, End>, StoreError> {
    use ticket::Column;
    let rows = ticket::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Number, Column::Title, Column::Status])
        .filter(seen(org, Sight::Everything))
        .filter(Column::Id.is_in(tickets.map(TicketId::uuid)))
        .into_tuple::<(Uuid, i64, String, String)>();
    let rows = rows.all(connection).await?.into_iter();
    rows.map(|(id, number, title, status)| {
        let status = stored("tickets.status", &status, Category::named)?;
        Ok((id.into(), (TicketNumber(number), Title::from_stored(title), status)))
    })
    .collect()
}

/// Writes a link; the database knows whether it is there already.
pub(crate) async fn insert(
    tx: &Tx,
    org: OrganizationId,
    id: LinkId,
    edge: Edge,
    now: Timestamp,
) -> Result<(), Error> {
    let row = ticket_link::ActiveModel {
        organization_id: Set(org.uuid()),
        id: Set(id.uuid()),
        source_id: Set(edge.source.uuid()),
        target_id: Set(edge.target.uuid()),
        kind: Set(edge.kind.name().to_owned()),
        created_at: Set(now),
    };
    let inserted = ticket_link::Entity::insert(row).exec_without_returning(tx.connection()).await;
    match inserted.map_err(StoreError::from) {
        Ok(_) => Ok(()),
        Err(error) if error.violates("uq_ticket_links_organization_id_source_id_target_id_kind") => {
            Err(Error::AlreadyLinked)
        }
        Err(error) => Err(error.into()),
    }
}

/// Deletes a link of a ticket; says which it was.
pub(crate) async fn delete(
    tx: &Tx,
    org: OrganizationId,
    ticket: TicketId,
    id: LinkId,
) -> Result<Option<Edge>, StoreError> {
    let query = of_ticket(org, Sight::Everything, ticket).filter(ticket_link::Column::Id.eq(id.uuid()));
    let Some(row) = query.one(tx.connection()).await? else { return Ok(None) };
    let gone = ticket_link::Entity::delete_by_id((org.uuid(), id.uuid())).exec(tx.connection()).await?;
    if gone.rows_affected == 0 { Ok(None) } else { edge(&row).map(Some) }
}

/// Whether one ticket is reached from another over links of a kind.
pub(crate) async fn leads_to(
    tx: &Tx,
    org: OrganizationId,
    kind: LinkKind,
    from: TicketId,
    to: TicketId,
) -> Result<bool, StoreError> {
    let mut seen = BTreeSet::from([from.uuid()]);
    let mut frontier = vec![from.uuid()];
    while !frontier.is_empty() {
        let next = ticket_link::Entity::find()
            .select_only()
            .column(ticket_link::Column::TargetId)
            .filter(ticket_link::Column::OrganizationId.eq(org.uuid()))
            .filter(ticket_link::Column::Kind.eq(kind.name()))
            .filter(ticket_link::Column::SourceId.is_in(frontier))
            .into_tuple::<Uuid>()
            .all(tx.connection())
            .await?;
        if next.contains(&to.uuid()) {
            return Ok(true);
        }
        frontier = next.into_iter().filter(|ticket| seen.insert(*ticket)).collect();
    }
    Ok(false)
}

fn edge(row: &ticket_link::Model) -> Result<Edge, StoreError> {
    let kind = stored("ticket_links.kind", &row.kind, LinkKind::named)?;
    Ok(Edge { source: row.source_id.into(), target: row.target_id.into(), kind })
}
