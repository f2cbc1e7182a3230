mod attachments;
mod board;
mod bulk;
mod comments;
mod links;
mod reports;
mod scribe;

use std::sync::Arc;

use async_trait::async_trait;
use database::{Database, Tx};
use kernel::{Actor, OrganizationId, Page, PageRequest, Scope, TicketId, UserId, Version};

use self::scribe::Scribe;
use crate::sight::Sight;
use crate::store;
use crate::ticket::{Naming, Revision, no_member};
use crate::{
    Activity, Attachments, BulkRow, BulkUpdate, Calendars, Direction, Error, FullTicket, MoveTicket,
    OpenTicket, People, Sort, Ticket, TicketFilter, TicketHappening, Tickets, UpdateTicket,
};

pub(crate) struct TicketService {
    pub(crate) database: Database,
    pub(crate) people: Arc<dyn People>,
    pub(crate) calendars: Arc<dyn Calendars>,
    pub(crate) files: Arc<dyn Attachments>,
}

#[async_trait]
impl Tickets for TicketService {
    async fn open(&self, actor: &Actor, command: OpenTicket) -> Result<FullTicket, Error> {
        actor.require(Scope::TicketsWrite)?;
        let naming = command.naming(actor.user_id());
        naming.permit(actor)?;
        let draft = command.parse(actor.user_id())?;
        self.must_be_members(actor, &naming).await?;
        let scribe = Scribe::of(actor, &self.database);
        let opened = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let place = store::places::for_new(tx, scribe.org, draft.column).await?;
                let number = store::tickets::next_number(tx, scribe.org).await?;
                let full = FullTicket::open(draft, scribe.env.id(), number, &place.column, scribe.env.now());
                store::tickets::insert(tx, scribe.org, &full, &place.rank).await?;
                scribe.opened(tx, &full.ticket).await?;
                Ok(full)
            })
        });
        opened.await
    }

    async fn get(&self, actor: &Actor, id: TicketId) -> Result<FullTicket, Error> {
        actor.require(Scope::TicketsRead)?;
        self.find(actor, id).await
    }

    async fn list(
        &self,
        actor: &Actor,
        filter: &TicketFilter,
        sort: Sort,
        page: &PageRequest,
    ) -> Result<Page<Ticket>, Error> {
        actor.require(Scope::TicketsRead)?;
        let sight = Sight::of(actor)?;
        Ok(store::list::page(self.database.reader(), actor.org, sight, filter, sort, page).await?)
    }

    async fn update(
        &self,
        actor: &Actor,
        id: TicketId,
        expected: Version,
        command: UpdateTicket,
    ) -> Result<FullTicket, Error> {
        actor.require(Scope::TicketsWrite)?;
        let before = self.find(actor, id).await?;
        let naming = command.naming(&before.ticket, actor.user_id());
        naming.permit(actor)?;
        before.ticket.must_be_at(expected)?;
        let edit = command.parse()?;
        self.must_be_members(actor, &naming).await?;
        let board = if edit.column.is_some() { Some(self.whole_board(actor).await?) } else { None };
        match Revision::of(&before, &edit, board.as_ref(), self.database.env().now())? {
            Some(revision) => self.revise(actor, revision).await,
            None => Ok(before),
        }
    }

    async fn update_many(&self, actor: &Actor, command: BulkUpdate) -> Result<Vec<BulkRow>, Error> {
        actor.require(Scope::TicketsWrite)?;
        bulk::update(self, actor, command).await
    }

    async fn move_to(
        &self,
        actor: &Actor,
        id: TicketId,
        expected: Version,
        command: MoveTicket,
    ) -> Result<FullTicket, Error> {
        actor.require(Scope::TicketsWrite)?;
        let before = self.find(actor, id).await?;
        before.ticket.must_be_at(expected)?;
        let sight = Sight::of(actor)?;
        self.whole_board(actor).await?.destination(before.ticket.column, command.column)?;
        let scribe = Scribe::of(actor, &self.database);
        let moved = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let place = store::places::beside(tx, scribe.org, sight, id, &command).await?;
                let revision = Revision::moving(before, &place.column, scribe.env.now());
                store::tickets::save(tx, scribe.org, &revision, Some(&place.rank)).await?;
                scribe.moved(tx, &revision, place.neighbours).await?;
                Ok(revision.after)
            })
        });
        moved.await
    }

    async fn delete(&self, actor: &Actor, id: TicketId, expected: Version) -> Result<(), Error> {
        actor.require(Scope::TicketsDelete)?;
        let full = self.find(actor, id).await?;
        full.ticket.must_be_at(expected)?;
        let (scribe, port) = (Scribe::of(actor, &self.database), self.files.clone());
        let deleted = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let followers = scribe.followers(tx, &full.ticket).await?;
                let files = store::tickets::delete(tx, scribe.org, id, expected).await?;
                port.release(tx, scribe.org, &files).await?;
                let ticket = full.ticket.clone();
                scribe.tell(tx, &ticket, followers, TicketHappening::Deleted { ticket: full });
                Ok(())
            })
        });
        deleted.await
    }

    async fn watchers(&self, actor: &Actor, id: TicketId, page: &PageRequest) -> Result<Page<UserId>, Error> {
        actor.require(Scope::TicketsRead)?;
        self.find(actor, id).await?;
        Ok(store::watchers::page(self.database.reader(), actor.org, id, page).await?)
    }

    async fn watch(&self, actor: &Actor, id: TicketId, user: UserId) -> Result<(), Error> {
        self.permit_watching(actor, user)?;
        let full = self.find(actor, id).await?;
        self.must_all_be_members(actor, "userId", &[user]).await?;
        let scribe = Scribe::of(actor, &self.database);
        let watched = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::tickets::hold(tx, scribe.org, &[id]).await?;
                let added = store::watchers::add(tx, scribe.org, &[(id, user)], scribe.env.now()).await?;
                if added > 0 {
                    let followers = scribe.followers(tx, &full.ticket).await?;
                    scribe.tell(tx, &full.ticket, followers, TicketHappening::Watched { user });
                }
                Ok(())
            })
        });
        watched.await
    }

    async fn unwatch(&self, actor: &Actor, id: TicketId, user: UserId) -> Result<(), Error> {
        self.permit_watching(actor, user)?;
        let full = self.find(actor, id).await?;
        let scribe = Scribe::of(actor, &self.database);
        let unwatched = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                if store::watchers::remove(tx, scribe.org, id, user).await? {
                    let followers = scribe.followers(tx, &full.ticket).await?;
                    scribe.tell(tx, &full.ticket, followers, TicketHappening::Unwatched { user });
                }
                Ok(())
            })
        });
        unwatched.await
    }

    async fn history(
        &self,
        actor: &Actor,
        id: TicketId,
        direction: Direction,
        page: &PageRequest,
    ) -> Result<Page<Activity>, Error> {
        actor.require(Scope::TicketsRead)?;
        self.find(actor, id).await?;
        let (reader, sight) = (self.database.reader(), Sight::of(actor)?);
        Ok(store::activities::page(reader, actor.org, sight, id, direction, page).await?)
    }

    async fn prepare(&self, tx: &Tx, org: OrganizationId) -> Result<(), Error> {
        board::prepare(tx, org, self.database.env()).await
    }

    async fn erase(&self, tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, Error> {
        Ok(store::erase::organization(tx, org, limit).await?)
    }
}

impl TicketService {
    /// A ticket the actor sees.
    async fn find(&self, actor: &Actor, id: TicketId) -> Result<FullTicket, Error> {
        let found = store::tickets::find(self.database.reader(), actor.org, Sight::of(actor)?, id).await?;
        found.ok_or(Error::NotFound)
    }

    /// Writes a revision; a ticket that changes its column goes to the end of the new one.
    async fn revise(&self, actor: &Actor, revision: Revision) -> Result<FullTicket, Error> {
        let scribe = Scribe::of(actor, &self.database);
        let revised = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                let ranks = match revision.new_column() {
                    Some(column) => store::places::many_at_end(tx, scribe.org, column, 1).await?,
                    None => Vec::new(),
                };
                store::tickets::save(tx, scribe.org, &revision, ranks.first()).await?;
                scribe.revised(tx, std::slice::from_ref(&revision)).await?;
                Ok(revision.after)
            })
        });
        revised.await
    }

    async fn must_be_members(&self, actor: &Actor, naming: &Naming) -> Result<(), Error> {
        let others = naming.others();
        if others.is_empty() {
            return Ok(());
        }
        naming.refuse(&self.people.are_members(actor.org, &others).await?)
    }

    /// The same for people who are all named in one field.
    async fn must_all_be_members(&self, actor: &Actor, field: &str, people: &[UserId]) -> Result<(), Error> {
        let is_other = |user: &&UserId| Some(**user) != actor.user_id();
        let others: Vec<_> = people.iter().filter(is_other).copied().collect();
        if !others.is_empty() && !self.people.are_members(actor.org, &others).await?.is_empty() {
            return Err(no_member(field).into());
        }
        Ok(())
    }

    /// Everybody who sees a ticket decides for himself whether he watches it.
    fn permit_watching(&self, actor: &Actor, user: UserId) -> Result<(), Error> {
        actor.require(Scope::TicketsRead)?;
        if actor.user_id() != Some(user) {
            actor.require(Scope::TicketsAssign)?;
        }
        Ok(())
    }
}
