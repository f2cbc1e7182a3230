use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, FileId, Page, PageRequest, Scope, TicketId};

use super::{Scribe, TicketService};
use crate::attachment::Hook;
use crate::sight::Sight;
use crate::{AttachFiles, Attachment, Error, TicketAttachments, TicketHappening, Visibility, store};

#[async_trait]
impl TicketAttachments for TicketService {
    async fn attachments(
        &self,
        actor: &Actor,
        ticket: TicketId,
        page: &PageRequest,
    ) -> Result<Page<Attachment>, Error> {
        actor.require(Scope::TicketsRead)?;
        self.find(actor, ticket).await?;
        let (reader, sight) = (self.database.reader(), Sight::of(actor)?);
        Ok(store::attachments::page(reader, actor.org, sight, ticket, page).await?)
    }

    async fn attach(&self, actor: &Actor, ticket: TicketId, command: AttachFiles) -> Result<(), Error> {
        actor.require(Scope::TicketsWrite)?;
        actor.require(Scope::FilesWrite)?;
        let ticket = self.find(actor, ticket).await?.ticket;
        let AttachFiles { files, comment } = command.parse()?;
        let visibility = self.hooked_visibility(actor, ticket.id, comment).await?;
        let hook = Hook { ticket: ticket.id, comment, visibility, attached_by: actor.user_id() };
        let (scribe, port, by) = (Scribe::of(actor, &self.database), self.files.clone(), actor.clone());
        let attached = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::tickets::hold(tx, scribe.org, &[ticket.id]).await?;
                port.claim(tx, &by, &files, ticket.id).await?;
                store::attachments::insert(tx, scribe.org, &files, hook, scribe.env.now()).await?;
                let what = TicketHappening::FilesAttached { files, comment, visibility };
                scribe.tell(tx, &ticket, scribe.followers(tx, &ticket).await?, what);
                Ok(())
            })
        });
        attached.await
    }

    async fn shows_attachment(&self, actor: &Actor, file: FileId) -> Result<bool, Error> {
        if !actor.has(Scope::TicketsRead) {
            return Ok(false);
        }
        let (reader, sight) = (self.database.reader(), Sight::of(actor)?);
        let Some(hook) = store::attachments::hook(reader, actor.org, sight, file).await? else {
            return Ok(false);
        };
        Ok(store::tickets::find(reader, actor.org, sight, hook.ticket).await?.is_some())
    }

    async fn let_go(&self, tx: &Tx, actor: &Actor, file: FileId) -> Result<(), Error> {
        actor.require(Scope::TicketsWrite)?;
        let (connection, sight) = (tx.connection(), Sight::of(actor)?);
        let hook =
            store::attachments::hook(connection, actor.org, sight, file).await?.ok_or(Error::NotFound)?;
        if hook.attached_by.is_none() || hook.attached_by != actor.user_id() {
            actor.require(Scope::TicketsManage)?;
        }
        store::tickets::hold(tx, actor.org, &[hook.ticket]).await?;
        let found = store::tickets::find(connection, actor.org, sight, hook.ticket).await?;
        let ticket = found.ok_or(Error::NotFound)?.ticket;
        store::attachments::delete(tx, actor.org, &[file]).await?;
        let scribe = Scribe::of(actor, &self.database);
        let what = TicketHappening::FileRemoved { file, comment: hook.comment, visibility: hook.visibility };
        scribe.tell(tx, &ticket, scribe.followers(tx, &ticket).await?, what);
        Ok(())
    }
}

impl TicketService {
    /// Who reads what hangs there; on a comment only its author hangs something.
    async fn hooked_visibility(
        &self,
        actor: &Actor,
        ticket: TicketId,
        comment: Option<kernel::CommentId>,
    ) -> Result<Visibility, Error> {
        let Some(comment) = comment else { return Ok(Visibility::Public) };
        let comment = self.find_comment(actor, ticket, comment).await.map_err(|error| match error {
            Error::NotFound => no_comment().into(),
            other => other,
        })?;
        if comment.deleted_at.is_some() {
            return Err(Error::CommentDeleted);
        }
        if comment.author.is_none() || comment.author != actor.user_id() {
            return Err(no_comment().into());
        }
        Ok(comment.visibility)
    }

    /// Takes files from a comment that is taken back, in that commit.
    pub(super) async fn strip(
        port: &dyn crate::Attachments,
        tx: &Tx,
        org: kernel::OrganizationId,
        ticket: TicketId,
        comment: kernel::CommentId,
    ) -> Result<(), Error> {
        let files = store::attachments::of(tx, org, ticket, Some(comment)).await?;
        store::attachments::delete(tx, org, &files).await?;
        Ok(port.release(tx, org, &files).await?)
    }
}

fn no_comment() -> kernel::FieldFault {
    kernel::FieldFault::new("commentId", "not_found", "must be a comment of your own on this ticket")
}
