//! Who belongs to an audience, walked in pages from the middle of an index.

use std::collections::HashMap;

use database::StoreError;
use database::entities::{contact, membership, suppression, user};
use kernel::OrganizationId;
use sea_orm::sea_query::{Condition, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;

use super::lists::read_contact;
use crate::content::Reader;
use crate::{Audience, Consent};

/// Somebody of an audience, and the place where he stands in it.
pub(crate) struct Found {
    pub(crate) place: Uuid,
    pub(crate) reader: Reader,
}

/// The next ones behind a place.
pub(crate) async fn next(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    audience: Audience,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Found>, StoreError> {
    match audience {
        Audience::List(list) => {
            let rows = contact::Entity::find()
                .filter(on_list(org, list.uuid()))
                .filter(Condition::all().add_option(after.map(|after| contact::Column::Id.gt(after))))
                .order_by_asc(contact::Column::Id)
                .limit(limit)
                .all(connection)
                .await?;
            rows.into_iter().map(|row| read_contact(row).map(of_contact)).collect()
        }
        Audience::Members { role } => {
            let users: Vec<Uuid> = membership::Entity::find()
                .select_only()
                .column(membership::Column::UserId)
                .filter(active(org, role.map(Into::into)))
                .filter(Condition::all().add_option(after.map(|after| membership::Column::UserId.gt(after))))
                .order_by_asc(membership::Column::UserId)
                .limit(limit)
                .into_tuple()
                .all(connection)
                .await?;
            people(connection, users).await
        }
    }
}

fn of_contact(contact: crate::Contact) -> Found {
    let reader = Reader {
        email: contact.email.as_str().to_owned(),
        first_name: contact.first_name,
        last_name: contact.last_name,
    };
    Found { place: contact.id.uuid(), reader }
}

async fn people(connection: &impl ConnectionTrait, users: Vec<Uuid>) -> Result<Vec<Found>, StoreError> {
    let rows =
        user::Entity::find().filter(user::Column::Id.is_in(users.iter().copied())).all(connection).await?;
    let mut rows: HashMap<_, _> = rows.into_iter().map(|row| (row.id, row)).collect();
    let found = users.into_iter().filter_map(|id| rows.remove(&id)).map(|row| {
        let (first, last) = row.full_name.split_once(' ').unwrap_or((&row.full_name, ""));
        let name = |part: &str| Some(part.trim().to_owned()).filter(|part| !part.is_empty());
        let reader = Reader { email: row.email, first_name: name(first), last_name: name(last) };
        Found { place: row.id, reader }
    });
    Ok(found.collect())
}

/// How many belong to it, and how many of them are not written to.
pub(crate) async fn count(
    connection: &impl ConnectionTrait,
    org: OrganizationId,
    audience: Audience,
) -> Result<(u64, u64), StoreError> {
    Ok(match audience {
        Audience::List(list) => {
            let all = contact::Entity::find().filter(on_list(org, list.uuid()));
            let suppressed = all.clone().filter(contact::Column::Email.in_subquery(not_written_to(org)));
            (all.count(connection).await?, suppressed.count(connection).await?)
        }
        Audience::Members { role } => {
            let all = membership::Entity::find().filter(active(org, role.map(Into::into)));
            let people = user::Entity::find()
                .select_only()
                .column(user::Column::Id)
                .filter(user::Column::Email.in_subquery(not_written_to(org)))
                .into_query();
            let suppressed = all.clone().filter(membership::Column::UserId.in_subquery(people));
            (all.count(connection).await?, suppressed.count(connection).await?)
        }
    })
}

fn on_list(org: OrganizationId, list: Uuid) -> Condition {
    Condition::all()
        .add(contact::Column::OrganizationId.eq(org.uuid()))
        .add(contact::Column::ListId.eq(list))
        .add(contact::Column::State.eq(Consent::Confirmed.name()))
}

fn active(org: OrganizationId, role: Option<Uuid>) -> Condition {
    Condition::all()
        .add(membership::Column::OrganizationId.eq(org.uuid()))
        .add(membership::Column::Status.eq("active"))
        .add_option(role.map(|role| membership::Column::RoleId.eq(role)))
}

fn not_written_to(org: OrganizationId) -> SelectStatement {
    suppression::Entity::find()
        .select_only()
        .column(suppression::Column::Email)
        .filter(suppression::Column::OrganizationId.eq(org.uuid()))
        .into_query()
}
