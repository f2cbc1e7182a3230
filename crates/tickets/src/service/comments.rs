use async_trait::async_trait;
use kernel::{Actor, CommentId, FieldFault, Page, PageRequest, Scope, TicketId, UserId, Version};

use super::{Scribe, TicketService};
use crate::comment::mentions;
use crate::sight::Sight;
use crate::{
    Comment, CommentRevision, Direction, Error, Markdown, TicketComments, Visibility, WriteComment, store,
};

#[async_trait]
impl TicketComments for TicketService {
    async fn comments(
        &self,
        actor: &Actor,
        ticket: TicketId,
        direction: Direction,
        page: &PageRequest,
    ) -> Result<Page<Comment>, Error> {
        actor.require(Scope::TicketsRead)?;
        self.find(actor, ticket).await?;
        let (reader, sight) = (self.database.reader(), Sight::of(actor)?);
        Ok(store::comments::page(reader, actor.org, sight, ticket, direction, page).await?)
    }

    async fn comment(&self, actor: &Actor, ticket: TicketId, id: CommentId) -> Result<Comment, Error> {
        actor.require(Scope::TicketsRead)?;
        self.find(actor, ticket).await?;
        self.find_comment(actor, ticket, id).await
    }

    async fn write_comment(
        &self,
        actor: &Actor,
        ticket: TicketId,
        command: WriteComment,
    ) -> Result<Comment, Error> {
        actor.require(Scope::TicketsWrite)?;
        let ticket = self.find(actor, ticket).await?.ticket;
        let said = command.parse(actor.sees_own_rows_only())?;
        let mentioned = mentions(&said.body);
        self.must_be_able_to_read(actor, said.visibility, &mentioned).await?;
        let scribe = Scribe::of(actor, &self.database);
        let written = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::tickets::hold(tx, scribe.org, &[ticket.id]).await?;
                let comment = Comment::write(scribe.env.id(), ticket.id, scribe.me, said, scribe.env.now());
                store::comments::insert(tx, scribe.org, &comment).await?;
                scribe.commented(tx, &ticket, &comment, mentioned).await?;
                Ok(comment)
            })
        });
        written.await
    }

    async fn edit_comment(
        &self,
        actor: &Actor,
        ticket: TicketId,
        id: CommentId,
        expected: Version,
        body: String,
    ) -> Result<Comment, Error> {
        actor.require(Scope::TicketsWrite)?;
        let ticket = self.find(actor, ticket).await?.ticket;
        let before = self.find_comment(actor, ticket.id, id).await?;
        permit_changing(actor, &before)?;
        before.must_be_at(expected)?;
        let body = Markdown::parse_said("body", &body)?;
        let Some(after) = before.edited(body, self.database.env().now())? else { return Ok(before) };
        let newly = after.newly_mentioned_since(&before);
        self.must_be_able_to_read(actor, after.visibility, &newly).await?;
        let scribe = Scribe::of(actor, &self.database);
        let edited = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::tickets::hold(tx, scribe.org, &[ticket.id]).await?;
                store::comments::save(tx, scribe.org, &before, &after).await?;
                store::comments::keep_revision(tx, scribe.org, &before, scribe.me, scribe.env.now()).await?;
                scribe.comment_edited(tx, &ticket, &before, &after, newly).await?;
                Ok(after)
            })
        });
        edited.await
    }

    async fn delete_comment(
        &self,
        actor: &Actor,
        ticket: TicketId,
        id: CommentId,
        expected: Version,
    ) -> Result<(), Error> {
        actor.require(Scope::TicketsWrite)?;
        let ticket = self.find(actor, ticket).await?.ticket;
        let before = self.find_comment(actor, ticket.id, id).await?;
        permit_changing(actor, &before)?;
        before.must_be_at(expected)?;
        let after = before.deleted(self.database.env().now())?;
        let (scribe, port) = (Scribe::of(actor, &self.database), self.files.clone());
        let deleted = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::tickets::hold(tx, scribe.org, &[ticket.id]).await?;
                store::comments::save(tx, scribe.org, &before, &after).await?;
                store::comments::delete_revisions(tx, scribe.org, id).await?;
                Self::strip(&*port, tx, scribe.org, ticket.id, id).await?;
                scribe.comment_deleted(tx, &ticket, &before, &after).await?;
                Ok(())
            })
        });
        deleted.await
    }

    async fn comment_revisions(
        &self,
        actor: &Actor,
        ticket: TicketId,
        id: CommentId,
        page: &PageRequest,
    ) -> Result<Page<CommentRevision>, Error> {
        actor.require(Scope::TicketsRead)?;
        self.find(actor, ticket).await?;
        self.find_comment(actor, ticket, id).await?;
        Ok(store::comments::revisions(self.database.reader(), actor.org, id, page).await?)
    }
}

impl TicketService {
    pub(super) async fn find_comment(
        &self,
        actor: &Actor,
        ticket: TicketId,
        id: CommentId,
    ) -> Result<Comment, Error> {
        let (reader, sight) = (self.database.reader(), Sight::of(actor)?);
        let found = store::comments::find(reader, actor.org, sight, ticket, id).await?;
        found.ok_or(Error::NotFound)
    }

    /// To mention somebody is to make him read it: he must be a member, and no guest where guests do not read.
    async fn must_be_able_to_read(
        &self,
        actor: &Actor,
        visibility: Visibility,
        mentioned: &[UserId],
    ) -> Result<(), Error> {
        self.must_all_be_members(actor, "body", mentioned).await?;
        if visibility == Visibility::Public || mentioned.is_empty() {
            return Ok(());
        }
        let guests = store::watchers::guests_among(self.database.reader(), actor.org, mentioned).await?;
        if guests.is_empty() { Ok(()) } else { Err(guest_mentioned().into()) }
    }
}

fn permit_changing(actor: &Actor, comment: &Comment) -> Result<(), Error> {
    if comment.author.is_none() || comment.author != actor.user_id() {
        actor.require(Scope::TicketsManage)?;
    }
    Ok(())
}

fn guest_mentioned() -> FieldFault {
    FieldFault::new("body", "guest_mentioned", "must not mention guests, who do not read internal comments")
}
