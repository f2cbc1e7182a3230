//! What other domains' tables say of people and events; read only.

use database::entities::{event, membership, organization, role, user};
use database::{Database, StoreError, Tx};
use kernel::{EmailAddress, EventId, Locale, OrganizationId, Scope, ScopeSet, UserId};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef};
use uuid::Uuid;

/// An active member.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Receiver {
    pub(crate) user: UserId,
    /// Whether his role lets him receive what is not critical.
    pub(crate) may_receive: bool,
}

/// Those of some people who are active members.
pub(crate) async fn receivers(
    tx: &Tx,
    org: OrganizationId,
    users: &[UserId],
) -> Result<Vec<Receiver>, StoreError> {
    let members = membership::Entity::find()
        .select_only()
        .column(membership::Column::UserId)
        .column(role::Column::Scopes)
        .join(JoinType::InnerJoin, role_of_membership())
        .filter(membership::Column::OrganizationId.eq(org.uuid()))
        .filter(membership::Column::Status.eq("active"))
        .filter(membership::Column::UserId.is_in(users.iter().map(|user| user.uuid())));
    let rows: Vec<(Uuid, String)> = members.into_tuple().all(tx.connection()).await?;
    let receiver = |(user, scopes): (Uuid, String)| Receiver {
        user: UserId::from_uuid(user),
        may_receive: ScopeSet::parse_stored(&scopes).contains(Scope::NotificationsRead),
    };
    Ok(rows.into_iter().map(receiver).collect())
}

fn role_of_membership() -> RelationDef {
    membership::Entity::belongs_to(role::Entity)
        .from((membership::Column::OrganizationId, membership::Column::RoleId))
        .to((role::Column::OrganizationId, role::Column::Id))
        .into()
}

/// Who caused an event of the organization's own log; nothing if it is not in there.
pub(crate) async fn causer(
    database: &Database,
    org: OrganizationId,
    id: EventId,
) -> Result<Option<Option<UserId>>, StoreError> {
    let caused_by: Option<Option<Uuid>> = event::Entity::find()
        .select_only()
        .column(event::Column::ActorUserId)
        .filter(event::Column::Id.eq(id.uuid()))
        .filter(event::Column::StreamId.eq(org.uuid()))
        .into_tuple()
        .one(database.reader())
        .await?;
    Ok(caused_by.map(|user| user.map(UserId::from_uuid)))
}

/// Whom a mail goes to, and the names it speaks of.
pub(crate) struct LetterFacts {
    pub(crate) to: EmailAddress,
    pub(crate) to_name: String,
    pub(crate) locale: Locale,
    pub(crate) time_zone: String,
    pub(crate) organization_name: String,
    pub(crate) caused_by: Option<String>,
}

/// The facts for a mail to a member; nothing if he is no active member any more.
pub(crate) async fn letter_facts(
    database: &Database,
    org: OrganizationId,
    to: UserId,
    caused_by: Option<UserId>,
) -> Result<Option<LetterFacts>, StoreError> {
    let member = user::Entity::find_by_id(to.uuid())
        .filter(user::Column::Id.in_subquery(active_members(org)))
        .one(database.reader())
        .await?;
    let organization = organization::Entity::find_by_id(org.uuid()).one(database.reader()).await?;
    let (Some(member), Some(organization)) = (member, organization) else {
        return Ok(None);
    };
    let caused_by = match caused_by {
        Some(person) => user::Entity::find_by_id(person.uuid()).one(database.reader()).await?,
        None => None,
    };
    Ok(Some(LetterFacts {
        to: EmailAddress::from_stored(member.email.clone()),
        locale: member.locale.parse().unwrap_or_default(),
        time_zone: member.time_zone.clone(),
        to_name: name(member),
        organization_name: organization.name,
        caused_by: caused_by.map(name),
    }))
}

fn active_members(org: OrganizationId) -> sea_orm::sea_query::SelectStatement {
    let members = membership::Entity::find()
        .select_only()
        .column(membership::Column::UserId)
        .filter(membership::Column::OrganizationId.eq(org.uuid()))
        .filter(membership::Column::Status.eq("active"));
    sea_orm::QueryTrait::into_query(members)
}

fn name(user: user::Model) -> String {
    user.display_name.unwrap_or(user.full_name)
}
