//! The tickets alone: a database in a folder, two small ports, and somebody who works.
//!
//! `cargo run -p tickets --example standalone`

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;

use async_trait::async_trait;
use chrono_tz::Tz;
use database::{Choice, Database, Options, Tx};
use kernel::{
    Actor, App, Cause, Env, FileId, OrganizationId, PageRequest, PortFault, Request, Rights, SystemRole,
    TicketId, UserId, Who,
};
use tickets::{
    Attachments, Calendars, Direction, Error as TicketError, MoveTicket, OpenTicket, People, Priority, Sort,
    SortKey, TicketFilter, Tickets, Visibility, WriteComment,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Prints the board.
pub(crate) fn main() -> Outcome<()> {
    let board = run()?;
    std::io::stdout().write_all(board.as_bytes())?;
    Ok(())
}

/// Works a little and shows the board.
pub(crate) fn run() -> Outcome<String> {
    let env = Env::system();
    let id: uuid::Uuid = env.id();
    let folder = std::env::temp_dir().join(format!("mero-standalone-{id}"));
    let choice = Choice::Sqlite { path: folder.join("tickets.db") };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let board = runtime.block_on(async {
        let database = Database::connect(&Options::new(choice), env).await?;
        database.migrate().await?;
        let board = work(&database).await;
        database.close().await?;
        board
    });
    std::fs::remove_dir_all(folder)?;
    board
}

async fn work(database: &Database) -> Outcome<String> {
    let org = database.env().id();
    let (asha, bina) = (database.env().id(), database.env().id());
    neighbours::found(database, org, &[(asha, "Asha Rai"), (bina, "Bina Gurung")]).await?;

    let tickets = tickets::service(database.clone(), Arc::new(Everybody), Arc::new(Nepal), Arc::new(NoFiles));
    let board = Arc::clone(&tickets);
    let system = Actor::system(org);
    let prepared = database.commit(&system, move |tx| Box::pin(async move { board.prepare(tx, org).await }));
    prepared.await?;

    let actor = member(org, asha);
    let printer = OpenTicket {
        title: "Printer on fire".to_owned(),
        priority: Priority::Urgent,
        assignee: Some(bina),
        tags: vec!["Office".to_owned()],
        ..OpenTicket::default()
    };
    let printer = tickets.open(&actor, printer).await?.ticket;
    let coffee = OpenTicket { title: "No coffee".to_owned(), ..OpenTicket::default() };
    tickets.open(&actor, coffee).await?;

    let in_progress = tickets.board(&actor).await?.columns.get(1).map(|column| column.id);
    let column = in_progress.ok_or("a board has five columns")?;
    let to = MoveTicket { column, before: None, after: None };
    tickets.move_to(&actor, printer.id, printer.version, to).await?;
    let body = format!("@[Bina]({bina}), please bring water");
    let comment = WriteComment { body, visibility: Visibility::Internal };
    tickets.write_comment(&actor, printer.id, comment).await?;
    shown(&*tickets, &actor).await
}

/// The board as text, column by column.
async fn shown(tickets: &dyn Tickets, actor: &Actor) -> Outcome<String> {
    let mut text = String::new();
    let sort = Sort { by: SortKey::Rank, direction: Direction::Ascending };
    for column in tickets.board(actor).await?.columns {
        writeln!(text, "{}", column.name.as_str())?;
        let filter = TicketFilter { columns: vec![column.id], ..TicketFilter::default() };
        for ticket in tickets.list(actor, &filter, sort, &PageRequest::default()).await?.rows {
            let tags = ticket.tags.iter().map(|tag| format!(" #{tag}")).collect::<String>();
            writeln!(text, "  {} {} ({}){tags}", ticket.number, ticket.title, ticket.priority.name())?;
        }
    }
    Ok(text)
}

/// Somebody with the rights of a member.
fn member(org: OrganizationId, user: UserId) -> Actor {
    let role = SystemRole::Member;
    let rights = Rights {
        role: Some(role.id()),
        rank: Some(role.rank()),
        scopes: role.scopes(),
        apps: [App::Tickets].into_iter().collect(),
        ..Rights::default()
    };
    let who = Who::User { user, session: uuid::Uuid::nil().into() };
    Actor { org, who, cause: Cause::Request(Request::default()), rights }
}

/// Where everybody is a member.
struct Everybody;

#[async_trait]
impl People for Everybody {
    async fn are_members(&self, _: OrganizationId, _: &[UserId]) -> Result<Vec<UserId>, PortFault> {
        Ok(Vec::new())
    }
}

/// Where days begin at a quarter past six in the evening, in Greenwich.
struct Nepal;

#[async_trait]
impl Calendars for Nepal {
    async fn time_zone(&self, _: OrganizationId) -> Result<Tz, PortFault> {
        Ok(Tz::Asia__Kathmandu)
    }
}

/// Nobody uploads anything here.
struct NoFiles;

#[async_trait]
impl Attachments for NoFiles {
    async fn claim(&self, _: &Tx, _: &Actor, _: &[FileId], _: TicketId) -> Result<(), PortFault> {
        Err(PortFault::new(TicketError::NotFound))
    }

    async fn release(&self, _: &Tx, _: OrganizationId, _: &[FileId]) -> Result<(), PortFault> {
        Ok(())
    }
}

/// What other domains write in the whole product: an organization, people, memberships.
mod neighbours {
    use database::entities::{membership, organization, role, user};
    use database::{Database, StoreError};
    use kernel::{Actor, OrganizationId, Stream, SystemRole, Timestamp, UserId};
    use sea_orm::{ActiveValue::Set, EntityTrait};

    pub(crate) async fn found(
        database: &Database,
        org: OrganizationId,
        people: &[(UserId, &str)],
    ) -> Result<(), StoreError> {
        let now = database.env().now();
        let users: Vec<_> = people.iter().map(|(id, name)| person(*id, name, now)).collect();
        let memberships: Vec<_> = people.iter().map(|(id, _)| membership(org, *id, now)).collect();
        let system = Actor::system(org);
        let founded = database.commit(&system, move |tx| {
            Box::pin(async move {
                let connection = tx.connection();
                let organization = organization::Entity::insert(organization(org, now));
                organization.exec_without_returning(connection).await?;
                role::Entity::insert(role(org, now)).exec_without_returning(connection).await?;
                user::Entity::insert_many(users).exec_without_returning(connection).await?;
                membership::Entity::insert_many(memberships).exec_without_returning(connection).await?;
                tx.open_stream(Stream::Organization(org)).await
            })
        });
        founded.await
    }

    fn organization(id: OrganizationId, now: Timestamp) -> organization::ActiveModel {
        organization::ActiveModel {
            id: Set(id.uuid()),
            name: Set("Acme".to_owned()),
            slug: Set("acme".to_owned()),
            require_mfa: Set(false),
            mfa_grace_days: Set(0),
            allowed_domains: Set(String::new()),
            session_max_days: Set(30),
            epoch: Set(1),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..organization::ActiveModel::default()
        }
    }

    fn role(org: OrganizationId, now: Timestamp) -> role::ActiveModel {
        role::ActiveModel {
            organization_id: Set(org.uuid()),
            id: Set(SystemRole::Member.id().uuid()),
            name: Set(SystemRole::Member.name().to_owned()),
            description: Set(String::new()),
            rank: Set(i64::from(SystemRole::Member.rank().0)),
            scopes: Set(SystemRole::Member.scopes().to_stored()),
            is_system: Set(true),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        }
    }

    fn person(id: UserId, name: &str, now: Timestamp) -> user::ActiveModel {
        user::ActiveModel {
            id: Set(id.uuid()),
            email: Set(format!("{id}@example.com")),
            full_name: Set(name.to_owned()),
            locale: Set("en".to_owned()),
            time_zone: Set("Asia/Kathmandu".to_owned()),
            calendar: Set("ad".to_owned()),
            theme: Set("system".to_owned()),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..user::ActiveModel::default()
        }
    }

    fn membership(org: OrganizationId, user: UserId, now: Timestamp) -> membership::ActiveModel {
        membership::ActiveModel {
            organization_id: Set(org.uuid()),
            user_id: Set(user.uuid()),
            role_id: Set(SystemRole::Member.id().uuid()),
            status: Set("active".to_owned()),
            epoch: Set(1),
            version: Set(1),
            joined_at: Set(now),
            updated_at: Set(now),
        }
    }
}
