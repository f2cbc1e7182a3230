//! The tickets: opened, handed out, moved, talked about and linked, each act by the one whose it is.

use std::collections::HashMap;

use chrono::TimeDelta;
use composition::Services;
use kernel::{ColumnId, Patch, TicketId, Timestamp};
use tickets::{
    Category, Kind, LinkTicket, MoveTicket, OpenTicket, Priority, Relation, Ticket, UpdateTicket, Visibility,
    WriteComment,
};

use super::cast::{Cast, Player};
use super::demo::{Demo, Task, Tie};
use crate::commands::Failure;

/// The end of an office day in Kathmandu, as time since midnight in UTC.
const END_OF_DAY: TimeDelta = TimeDelta::minutes(11 * 60 + 15);

/// Plants the tickets.
pub(super) async fn plant(services: &Services, cast: &Cast<'_>, demo: &Demo) -> Result<(), Failure> {
    let dispatcher = cast.player(&demo.dispatcher)?;
    let board = services.tickets.board(&dispatcher.actor).await?;
    let columns = board.columns.iter().map(|column| (column.category, column.id)).collect();
    let desk = Desk { services, cast, dispatcher, columns };
    let mut opened = HashMap::new();
    for task in &demo.tickets {
        let ticket = desk.open(task).await?;
        opened.insert(task.title.as_str(), ticket.id);
        let ticket = desk.hand_out(task, ticket).await?;
        desk.talk(task, ticket.id).await?;
        desk.advance(task, ticket).await?;
    }
    for tie in &demo.links {
        desk.tie(tie, &opened).await?;
    }
    Ok(())
}

struct Desk<'a> {
    services: &'a Services,
    cast: &'a Cast<'a>,
    dispatcher: &'a Player,
    columns: HashMap<Category, ColumnId>,
}

impl Desk<'_> {
    async fn open(&self, task: &Task) -> Result<Ticket, Failure> {
        let open = OpenTicket {
            title: task.title.clone(),
            description: Some(task.description.clone()),
            kind: known("type", &task.r#type, Kind::named)?,
            priority: known("priority", &task.priority, Priority::named)?,
            tags: task.tags.clone(),
            due_at: task.due.map(|days| self.day(days)),
            estimate_minutes: task.estimate,
            ..OpenTicket::default()
        };
        let by = self.cast.player(&task.by)?;
        Ok(self.services.tickets.open(&by.actor, open).await?.ticket)
    }

    async fn hand_out(&self, task: &Task, ticket: Ticket) -> Result<Ticket, Failure> {
        let Some(key) = &task.to else { return Ok(ticket) };
        let assignee = Patch::Set(self.cast.player(key)?.user);
        let update = UpdateTicket { assignee, ..UpdateTicket::default() };
        let by = &self.dispatcher.actor;
        Ok(self.services.tickets.update(by, ticket.id, ticket.version, update).await?.ticket)
    }

    async fn talk(&self, task: &Task, ticket: TicketId) -> Result<(), Failure> {
        for remark in &task.comments {
            let visibility = if remark.internal { Visibility::Internal } else { Visibility::Public };
            let comment = WriteComment { body: self.cast.mentioning(&remark.text), visibility };
            let by = self.cast.player(&remark.by)?;
            self.services.tickets.write_comment(&by.actor, ticket, comment).await?;
        }
        Ok(())
    }

    /// Moves the ticket column by column to where it stands, and notes the time it took.
    async fn advance(&self, task: &Task, mut ticket: Ticket) -> Result<(), Failure> {
        let by = task.to.as_ref().map_or(Ok(self.dispatcher), |key| self.cast.player(key))?;
        for category in way(known("column", &task.column, Category::named)?) {
            let column = *self.columns.get(category).ok_or("the board lacks a column")?;
            let to = MoveTicket { column, before: None, after: None };
            ticket = self.services.tickets.move_to(&by.actor, ticket.id, ticket.version, to).await?.ticket;
        }
        if task.spent.is_some() {
            let update = UpdateTicket { spent_minutes: task.spent, ..UpdateTicket::default() };
            self.services.tickets.update(&by.actor, ticket.id, ticket.version, update).await?;
        }
        Ok(())
    }

    async fn tie(&self, tie: &Tie, opened: &HashMap<&str, TicketId>) -> Result<(), Failure> {
        let find = |title: &str| opened.get(title).copied().ok_or_else(|| format!("no ticket `{title}`"));
        let (from, other) = (find(&tie.from)?, find(&tie.to)?);
        let link = LinkTicket { relation: known("relation", &tie.relation, Relation::named)?, other };
        self.services.tickets.link(&self.dispatcher.actor, from, link).await?;
        Ok(())
    }

    fn day(&self, days: i64) -> Timestamp {
        let today = self.services.database.env().now().date_naive().and_time(chrono::NaiveTime::MIN);
        today.and_utc() + TimeDelta::days(days) + END_OF_DAY
    }
}

/// The columns a ticket goes through after the first one.
const fn way(to: Category) -> &'static [Category] {
    match to {
        Category::Open => &[],
        Category::InProgress => &[Category::InProgress],
        Category::Waiting => &[Category::InProgress, Category::Waiting],
        Category::Resolved => &[Category::InProgress, Category::Resolved],
        Category::Closed => &[Category::Resolved, Category::Closed],
    }
}

fn known<T>(what: &str, name: &str, named: impl FnOnce(&str) -> Option<T>) -> Result<T, Failure> {
    named(name).ok_or_else(|| format!("the demo data has an unknown {what} `{name}`").into())
}
