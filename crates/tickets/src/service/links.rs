use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, FieldFault, LinkId, Page, PageRequest, Scope, TicketId};

use super::{Scribe, TicketService};
use crate::activity::Line;
use crate::link::Edge;
use crate::sight::Sight;
use crate::{ActivityKind, Error, FullTicket, Link, LinkTicket, TicketHappening, TicketLinks, store};

#[async_trait]
impl TicketLinks for TicketService {
    async fn links(&self, actor: &Actor, ticket: TicketId, page: &PageRequest) -> Result<Page<Link>, Error> {
        actor.require(Scope::TicketsRead)?;
        self.find(actor, ticket).await?;
        let (reader, sight) = (self.database.reader(), Sight::of(actor)?);
        Ok(store::links::page(reader, actor.org, sight, ticket, page).await?)
    }

    async fn one_link(&self, actor: &Actor, ticket: TicketId, id: LinkId) -> Result<Link, Error> {
        actor.require(Scope::TicketsRead)?;
        self.find(actor, ticket).await?;
        let (reader, sight) = (self.database.reader(), Sight::of(actor)?);
        store::links::find(reader, actor.org, sight, ticket, id).await?.ok_or(Error::NotFound)
    }

    async fn link(&self, actor: &Actor, ticket: TicketId, command: LinkTicket) -> Result<Link, Error> {
        actor.require(Scope::TicketsWrite)?;
        let ticket = self.find(actor, ticket).await?.ticket;
        let edge = Edge::new(ticket.id, command)?;
        let other = self.other_end(actor, command.other).await?;
        let scribe = Scribe::of(actor, &self.database);
        let linked = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                must_not_go_round(tx, &scribe, edge).await?;
                store::tickets::hold(tx, scribe.org, &[edge.source, edge.target]).await?;
                let link = Link::to(&other.ticket, scribe.env.id(), command.relation, scribe.env.now());
                store::links::insert(tx, scribe.org, link.id, edge, link.created_at).await?;
                scribe.note(tx, Line::of_link(ActivityKind::Linked, edge).into()).await?;
                let what =
                    TicketHappening::Linked { link: link.id, relation: link.relation, other: link.other };
                scribe.tell(tx, &ticket, scribe.followers(tx, &ticket).await?, what);
                Ok(link)
            })
        });
        linked.await
    }

    async fn unlink(&self, actor: &Actor, ticket: TicketId, id: LinkId) -> Result<(), Error> {
        actor.require(Scope::TicketsWrite)?;
        let ticket = self.find(actor, ticket).await?.ticket;
        let (reader, sight) = (self.database.reader(), Sight::of(actor)?);
        let link = store::links::find(reader, actor.org, sight, ticket.id, id).await?;
        let Link { relation, other, .. } = link.ok_or(Error::NotFound)?;
        let scribe = Scribe::of(actor, &self.database);
        let unlinked = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::tickets::hold(tx, scribe.org, &[ticket.id, other]).await?;
                let edge =
                    store::links::delete(tx, scribe.org, ticket.id, id).await?.ok_or(Error::NotFound)?;
                scribe.note(tx, Line::of_link(ActivityKind::Unlinked, edge).into()).await?;
                let what = TicketHappening::Unlinked { link: id, relation, other };
                scribe.tell(tx, &ticket, scribe.followers(tx, &ticket).await?, what);
                Ok(())
            })
        });
        unlinked.await
    }
}

impl TicketService {
    /// A ticket named in a command; the actor must see it.
    async fn other_end(&self, actor: &Actor, id: TicketId) -> Result<FullTicket, Error> {
        match self.find(actor, id).await {
            Err(Error::NotFound) => {
                Err(FieldFault::new("ticketId", "not_found", "must be a ticket of this organization").into())
            }
            found => found,
        }
    }
}

/// Refuses a link that leads back to where it began. The board is locked meanwhile, or two links that are made at
/// once could close a circle together.
async fn must_not_go_round(tx: &Tx, scribe: &Scribe, edge: Edge) -> Result<(), Error> {
    if !edge.kind.is_directed() {
        return Ok(());
    }
    store::board::lock(tx, scribe.org).await?;
    if store::links::leads_to(tx, scribe.org, edge.kind, edge.target, edge.source).await? {
        return Err(Error::LinkCycle);
    }
    Ok(())
}
