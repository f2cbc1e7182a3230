//! Two organizations with people in them, and ports that know them.

use std::sync::Arc;

use async_trait::async_trait;
use chrono_tz::Tz;
use database::entities::{event, membership};
use database::testing::{self, tenant};
use database::{Database, StoreError, Tx};
use kernel::{
    Actor, App, Cause, ColumnId, OrganizationId, Page, PageRequest, PortFault, Request, Rights, Scope,
    ScopeSet, Stream, SystemRole, TicketId, UserId, Who,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tickets::{Calendars, FullTicket, MoveTicket, OpenTicket, People, Tickets, UpdateTicket};
use uuid::Uuid;

use crate::attachments::Drawer;

/// The service on a database of its own.
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) tickets: Arc<dyn Tickets>,
    /// Where most tests happen.
    pub(crate) acme: Organization,
    /// Where somebody else works.
    pub(crate) other: Organization,
}

/// An organization with one person for each role, and a second member.
pub(crate) struct Organization {
    pub(crate) id: OrganizationId,
    pub(crate) owner: Actor,
    pub(crate) asha: Actor,
    pub(crate) bina: Actor,
    pub(crate) guest: Actor,
}

/// Runs a test in a new world.
pub(crate) async fn run(test: impl AsyncFnOnce(World)) {
    testing::run(async |database| {
        let people = Arc::new(Members(database.clone()));
        let world = World::new(database, people).await;
        test(world).await;
    })
    .await;
}

/// The same, where the port takes everybody for a member: only the database is left to object.
pub(crate) async fn run_gullible(test: impl AsyncFnOnce(World)) {
    testing::run(async |database| test(World::new(database, Arc::new(Gullible)).await).await).await;
}

impl World {
    async fn new(database: Database, people: Arc<dyn People>) -> Self {
        let tickets = tickets::service(database.clone(), people, Arc::new(Nepal), Arc::new(Drawer));
        let acme = found(&database, &tickets, 1).await;
        let other = found(&database, &tickets, 2).await;
        Self { database, tickets, acme, other }
    }

    /// Opens a ticket with this title, for oneself.
    pub(crate) async fn open(&self, actor: &Actor, title: &str) -> FullTicket {
        self.tickets.open(actor, named(title)).await.expect("opened")
    }

    /// The columns of acme's board, from left to right.
    pub(crate) async fn columns(&self) -> Vec<ColumnId> {
        let board = self.tickets.board(&self.acme.asha).await.expect("a board");
        board.columns.into_iter().map(|column| column.id).collect()
    }

    /// Puts a ticket at the end of a column.
    pub(crate) async fn put(&self, actor: &Actor, full: &FullTicket, column: ColumnId) -> FullTicket {
        let to = MoveTicket { column, before: None, after: None };
        let (id, version) = (full.ticket.id, full.ticket.version);
        self.tickets.move_to(actor, id, version, to).await.expect("moved")
    }

    /// What was told in an organization, in order.
    pub(crate) async fn told(&self, org: OrganizationId) -> Vec<event::Model> {
        event::Entity::find()
            .filter(event::Column::StreamId.eq(org.uuid()))
            .order_by_asc(event::Column::Seq)
            .all(self.database.reader())
            .await
            .expect("read")
    }

    /// The kinds of what was told since an event of this number.
    pub(crate) async fn kinds_since(&self, seq: usize) -> Vec<String> {
        let told = self.told(self.acme.id).await;
        told.into_iter().skip(seq).map(|event| event.r#type.replace("tickets.", "")).collect()
    }

    pub(crate) async fn get(&self, actor: &Actor, id: TicketId) -> FullTicket {
        self.tickets.get(actor, id).await.expect("seen")
    }
}

/// A ticket with this title.
pub(crate) fn named(title: &str) -> OpenTicket {
    OpenTicket { title: title.to_owned(), ..OpenTicket::default() }
}

/// Nothing but another title.
pub(crate) fn titled(title: &str) -> UpdateTicket {
    UpdateTicket { title: Some(title.to_owned()), ..UpdateTicket::default() }
}

/// A whole list, page by page.
pub(crate) async fn all_pages<T>(limit: i64, mut page: impl AsyncFnMut(PageRequest) -> Page<T>) -> Vec<T> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let limit = kernel::Limit::parse(limit).expect("in range");
        let next = page(PageRequest { limit, after, count: false }).await;
        rows.extend(next.rows);
        match next.next {
            Some(keyset) => after = Some(keyset),
            None => return rows,
        }
    }
}

/// The same person with other scopes.
pub(crate) fn with_scopes(actor: &Actor, scopes: &[Scope]) -> Actor {
    let scopes: ScopeSet = scopes.iter().copied().collect();
    Actor { rights: Rights { scopes, ..actor.rights.clone() }, ..actor.clone() }
}

/// Who an actor is.
pub(crate) fn me(actor: &Actor) -> UserId {
    actor.user_id().expect("a person")
}

async fn found(database: &Database, tickets: &Arc<dyn Tickets>, number: u128) -> Organization {
    let id = OrganizationId::from_uuid(Uuid::from_u128(number << 64));
    let person =
        |place: u128, role| actor(id, UserId::from_uuid(Uuid::from_u128(number * 100 + place)), role);
    let organization = Organization {
        id,
        owner: person(1, SystemRole::Owner),
        asha: person(2, SystemRole::Member),
        bina: person(3, SystemRole::Member),
        guest: person(4, SystemRole::Guest),
    };
    let people = [&organization.owner, &organization.asha, &organization.bina, &organization.guest];
    let people = people.map(|actor| (me(actor), actor.rights.role.expect("a role")));
    let now = database.env().now();
    let database = database.clone();
    let founded: Result<(), StoreError> = database
        .commit(&Actor::system(id), move |tx: &Tx| {
            Box::pin(async move {
                tenant::organization(tx, id, now).await?;
                for (user, role) in people {
                    tenant::member(tx, id, user, role, now).await?;
                }
                tx.open_stream(Stream::Organization(id)).await
            })
        })
        .await;
    founded.expect("founded");
    prepare(&database, tickets, id).await;
    organization
}

/// Prepares the board, as whoever founds an organization does.
pub(crate) async fn prepare(database: &Database, tickets: &Arc<dyn Tickets>, org: OrganizationId) {
    let own = Arc::clone(tickets);
    let prepared: Result<(), tickets::Error> = database
        .commit(&Actor::system(org), move |tx: &Tx| Box::pin(async move { own.prepare(tx, org).await }))
        .await;
    prepared.expect("prepared");
}

fn actor(org: OrganizationId, user: UserId, role: SystemRole) -> Actor {
    let rights = Rights {
        role: Some(role.id()),
        rank: Some(role.rank()),
        scopes: role.scopes(),
        apps: App::ALL.into_iter().collect(),
        ..Rights::default()
    };
    let who = Who::User { user, session: Uuid::from_u128(9).into() };
    Actor { org, who, cause: Cause::Request(Request::default()), rights }
}

/// Knows the members by their rows.
struct Members(Database);

#[async_trait]
impl People for Members {
    async fn are_members(&self, org: OrganizationId, users: &[UserId]) -> Result<Vec<UserId>, PortFault> {
        let active = membership::Entity::find()
            .filter(membership::Column::OrganizationId.eq(org.uuid()))
            .filter(membership::Column::Status.eq("active"))
            .all(self.0.reader())
            .await
            .map_err(|error| PortFault::new(StoreError::from(error)))?;
        let is_active = |user: &&UserId| active.iter().any(|row| row.user_id == user.uuid());
        Ok(users.iter().filter(|user| !is_active(user)).copied().collect())
    }
}

/// Takes everybody for a member.
struct Gullible;

#[async_trait]
impl People for Gullible {
    async fn are_members(&self, _: OrganizationId, _: &[UserId]) -> Result<Vec<UserId>, PortFault> {
        Ok(Vec::new())
    }
}

/// Five hours and three quarters ahead of Greenwich.
struct Nepal;

#[async_trait]
impl Calendars for Nepal {
    async fn time_zone(&self, _: OrganizationId) -> Result<Tz, PortFault> {
        Ok(Tz::Asia__Kathmandu)
    }
}
