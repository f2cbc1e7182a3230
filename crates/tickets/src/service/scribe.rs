use database::{Database, StoreError, Tx};
use kernel::{Actor, Env, OrganizationId, Stream, TicketId, UserId};

use crate::activity::Line;
use crate::store::places::Neighbours;
use crate::store::{activities, watchers};
use crate::ticket::Revision;
use crate::{
    ActivityKind, BoardEvent, BoardHappening, Comment, Ticket, TicketEvent, TicketHappening, Visibility,
};

/// Writes down, within a commit, what follows from a change: who watches from now on, the history, the events.
pub(super) struct Scribe {
    pub(super) org: OrganizationId,
    /// The person who acts; absent for the platform itself.
    pub(super) me: Option<UserId>,
    pub(super) env: Env,
}

impl Scribe {
    /// For what this actor does.
    pub(super) fn of(actor: &Actor, database: &Database) -> Self {
        Self { org: actor.org, me: actor.user_id(), env: database.env().clone() }
    }

    /// A ticket was opened; its requester and its assignee watch it.
    pub(super) async fn opened(&self, tx: &Tx, ticket: &Ticket) -> Result<(), StoreError> {
        let mut followers = vec![ticket.requester];
        followers.extend(ticket.assignee.filter(|assignee| *assignee != ticket.requester));
        let watching: Vec<_> = followers.iter().map(|user| (ticket.id, *user)).collect();
        watchers::add(tx, self.org, &watching, self.env.now()).await?;
        self.note(tx, vec![Line::opened(ticket.id)]).await?;
        self.tell(tx, ticket, followers.clone(), TicketHappening::Created { ticket: ticket.clone() });
        if let Some(assignee) = ticket.assignee {
            self.tell(tx, ticket, followers, TicketHappening::Assigned { before: None, assignee });
        }
        Ok(())
    }

    /// Tickets were changed; those that changed their column stand at the end of the new one.
    pub(super) async fn revised(&self, tx: &Tx, revisions: &[Revision]) -> Result<(), StoreError> {
        let newcomers: Vec<_> = revisions
            .iter()
            .flat_map(|revision| {
                revision.newcomers().into_iter().map(|user| (revision.after.ticket.id, user))
            })
            .collect();
        watchers::add(tx, self.org, &newcomers, self.env.now()).await?;
        self.note(tx, revisions.iter().filter_map(Line::changed).collect()).await?;
        let ids: Vec<_> = revisions.iter().map(|revision| revision.after.ticket.id).collect();
        let watching = watchers::of_many(tx, self.org, &ids).await?;
        for revision in revisions {
            let moved = revision.new_column().map(|_| Neighbours::default());
            self.tell_of(tx, revision, moved, &watching);
        }
        Ok(())
    }

    /// A ticket was put somewhere on the board.
    pub(super) async fn moved(
        &self,
        tx: &Tx,
        revision: &Revision,
        neighbours: Neighbours,
    ) -> Result<(), StoreError> {
        self.note(tx, Line::changed(revision).into_iter().collect()).await?;
        let watching = watchers::of_many(tx, self.org, &[revision.after.ticket.id]).await?;
        self.tell_of(tx, revision, Some(neighbours), &watching);
        Ok(())
    }

    fn tell_of(
        &self,
        tx: &Tx,
        revision: &Revision,
        moved: Option<Neighbours>,
        watching: &[(TicketId, UserId)],
    ) {
        let (before, ticket) = (&revision.before.ticket, &revision.after.ticket);
        let followers = followers(ticket, watching);
        if let Some(changes) = revision.field_changes() {
            self.tell(tx, ticket, followers.clone(), TicketHappening::Updated { changes });
        }
        if let Some(Neighbours { after, before: next }) = moved {
            let (from, to, status) = (before.column, ticket.column, ticket.status);
            let what = TicketHappening::Moved { from, to, status, after, before: next };
            self.tell(tx, ticket, followers.clone(), what);
        }
        if let Some(assignee) = revision.new_assignee() {
            let what = TicketHappening::Assigned { before: before.assignee, assignee };
            self.tell(tx, ticket, followers, what);
        }
    }

    /// Everybody who watches a ticket, and its requester.
    pub(super) async fn followers(&self, tx: &Tx, ticket: &Ticket) -> Result<Vec<UserId>, StoreError> {
        Ok(followers(ticket, &watchers::of_many(tx, self.org, &[ticket.id]).await?))
    }

    /// Somebody said something; he and everybody mentioned watch the ticket.
    pub(super) async fn commented(
        &self,
        tx: &Tx,
        ticket: &Ticket,
        comment: &Comment,
        mentions: Vec<UserId>,
    ) -> Result<(), StoreError> {
        let speaking = self.me.iter().chain(&mentions);
        let watching: Vec<_> = speaking.map(|user| (ticket.id, *user)).collect();
        watchers::add(tx, self.org, &watching, self.env.now()).await?;
        self.note(tx, vec![Line::of_comment(ActivityKind::Commented, comment)]).await?;
        let followers = self.followers(tx, ticket).await?;
        let watchers = self.readers(tx, &followers, comment).await?;
        let (id, visibility) = (comment.id, comment.visibility);
        let what = TicketHappening::CommentAdded { comment: id, visibility, mentions, watchers };
        self.tell(tx, ticket, followers, what);
        Ok(())
    }

    /// Somebody said it in other words; who is mentioned in them for the first time watches the ticket.
    pub(super) async fn comment_edited(
        &self,
        tx: &Tx,
        ticket: &Ticket,
        before: &Comment,
        after: &Comment,
        mentions: Vec<UserId>,
    ) -> Result<(), StoreError> {
        let watching: Vec<_> = mentions.iter().map(|user| (ticket.id, *user)).collect();
        watchers::add(tx, self.org, &watching, self.env.now()).await?;
        self.note(tx, vec![Line::of_comment(ActivityKind::CommentEdited, after)]).await?;
        let what = TicketHappening::CommentEdited {
            comment: after.id,
            comment_version: after.version,
            visibility: after.visibility,
            mentions,
            before: before.text(),
            after: after.text(),
        };
        self.tell(tx, ticket, self.followers(tx, ticket).await?, what);
        Ok(())
    }

    /// Somebody took it back.
    pub(super) async fn comment_deleted(
        &self,
        tx: &Tx,
        ticket: &Ticket,
        before: &Comment,
        after: &Comment,
    ) -> Result<(), StoreError> {
        self.note(tx, vec![Line::of_comment(ActivityKind::CommentDeleted, after)]).await?;
        let what = TicketHappening::CommentDeleted {
            comment: after.id,
            comment_version: after.version,
            visibility: after.visibility,
            before: before.text(),
        };
        self.tell(tx, ticket, self.followers(tx, ticket).await?, what);
        Ok(())
    }

    /// Those of the people who may read a comment.
    async fn readers(
        &self,
        tx: &Tx,
        people: &[UserId],
        comment: &Comment,
    ) -> Result<Vec<UserId>, StoreError> {
        let guests = match comment.visibility {
            Visibility::Public => Vec::new(),
            Visibility::Internal => watchers::guests_among(tx.connection(), self.org, people).await?,
        };
        Ok(people.iter().filter(|user| !guests.contains(user)).copied().collect())
    }

    /// Adds lines to the history.
    pub(super) async fn note(&self, tx: &Tx, lines: Vec<Line>) -> Result<(), StoreError> {
        activities::add(tx, self.org, self.me, &self.env, lines).await
    }

    /// Tells what happened to a ticket.
    pub(super) fn tell(&self, tx: &Tx, ticket: &Ticket, followers: Vec<UserId>, what: TicketHappening) {
        let (id, number, version) = (ticket.id, ticket.number, ticket.version);
        let event = TicketEvent { ticket: id, number, version, followers, what };
        tx.tell(Stream::Organization(self.org), event);
    }

    /// Tells what happened to the board.
    pub(super) fn tell_of_board(&self, tx: &Tx, what: BoardHappening) {
        tx.tell(Stream::Organization(self.org), BoardEvent { org: self.org, what });
    }
}

fn followers(ticket: &Ticket, watching: &[(TicketId, UserId)]) -> Vec<UserId> {
    let of_ticket = watching.iter().filter(|(id, _)| *id == ticket.id).map(|(_, user)| *user);
    let others = of_ticket.filter(|user| *user != ticket.requester);
    [ticket.requester].into_iter().chain(others).collect()
}
