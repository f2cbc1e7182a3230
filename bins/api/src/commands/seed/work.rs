//! The tickets: opened, handed out, moved, talked about and linked, each act by the one whose it is.

use std::collections::{HashMap, VecDeque};

use chrono::TimeDelta;
use composition::Services;
use kernel::{ColumnId, Patch, Timestamp};
use tickets::{
    Category, Kind, LinkTicket, MoveTicket, OpenTicket, Priority, Relation, Ticket, UpdateTicket, Visibility,
    WriteComment,
};

use super::cast::{Cast, Player};
use super::demo::{Demo, Remark, Task, Tie};
use crate::commands::Failure;

/// The end of an office day in Kathmandu, as time since midnight in UTC.
const END_OF_DAY: TimeDelta = TimeDelta::minutes(11 * 60 + 15);

/// The tickets, and what is still to be done to them.
pub(super) struct Work<'a> {
    desk: Desk<'a>,
    agenda: VecDeque<Entry<'a>>,
    links: &'a [Tie],
    tickets: HashMap<&'a str, Ticket>,
}

impl<'a> Work<'a> {
    pub(super) async fn of(
        services: &'a Services,
        cast: &'a Cast<'a>,
        demo: &'a Demo,
    ) -> Result<Self, Failure> {
        let dispatcher = cast.player(&demo.dispatcher)?;
        let board = services.tickets.board(&dispatcher.actor).await?;
        let columns = board.columns.iter().map(|column| (column.category, column.id)).collect();
        let desk = Desk { services, cast, dispatcher, columns };
        let mut agenda = Vec::new();
        for task in demo.history.iter().chain(&demo.tickets) {
            agenda.extend(scheduled(task)?);
        }
        agenda.sort_by(|one, other| other.days_ago.total_cmp(&one.days_ago));
        Ok(Self { desk, agenda: agenda.into(), links: &demo.links, tickets: HashMap::new() })
    }

    /// How many days ago the next act takes place.
    pub(super) fn next(&self) -> Option<f64> {
        self.agenda.front().map(|entry| entry.days_ago)
    }

    /// Does it.
    pub(super) async fn step(&mut self) -> Result<(), Failure> {
        let Some(Entry { task, act, .. }) = self.agenda.pop_front() else { return Ok(()) };
        let ticket = self.tickets.remove(task.title.as_str());
        let ticket = self.desk.play(task, act, ticket).await?;
        self.tickets.insert(&task.title, ticket);
        Ok(())
    }

    /// Links tickets once all are there.
    pub(super) async fn tie(&self) -> Result<(), Failure> {
        for tie in self.links {
            self.desk.tie(tie, &self.tickets).await?;
        }
        Ok(())
    }
}

/// Something that somebody does to a ticket.
enum Act<'a> {
    Open,
    HandOut(&'a str),
    Say(&'a Remark),
    Move(Category),
    Book(i64),
}

struct Entry<'a> {
    days_ago: f64,
    task: &'a Task,
    act: Act<'a>,
}

/// The life of a ticket, spread evenly from its first day to the one at which it came to its place, or half of the way
/// to today.
fn scheduled(task: &Task) -> Result<Vec<Entry<'_>>, Failure> {
    let mut acts = vec![Act::Open];
    acts.extend(task.to.as_deref().map(Act::HandOut));
    acts.extend(task.comments.iter().map(Act::Say));
    let way = way(known("column", &task.column, Category::named)?);
    acts.extend(way.iter().copied().map(Act::Move));
    acts.extend(task.spent.map(Act::Book));
    let first = f64::from(task.opened);
    let last = task.moved.map_or(first / 2.0, f64::from);
    let pause = (first - last) / acts.len() as f64;
    let entries = acts.into_iter().enumerate();
    Ok(entries.map(|(n, act)| Entry { days_ago: first - pause * n as f64, task, act }).collect())
}

struct Desk<'a> {
    services: &'a Services,
    cast: &'a Cast<'a>,
    dispatcher: &'a Player,
    columns: HashMap<Category, ColumnId>,
}

impl Desk<'_> {
    async fn play(&self, task: &Task, act: Act<'_>, ticket: Option<Ticket>) -> Result<Ticket, Failure> {
        let Some(ticket) = ticket else { return self.open(task).await };
        match act {
            Act::Open => Err(format!("two demo tickets are called `{}`", task.title).into()),
            Act::HandOut(to) => self.hand_out(to, ticket).await,
            Act::Say(remark) => self.say(remark, ticket).await,
            Act::Move(category) => self.advance(task, category, ticket).await,
            Act::Book(minutes) => self.book(task, minutes, ticket).await,
        }
    }

    async fn open(&self, task: &Task) -> Result<Ticket, Failure> {
        let open = OpenTicket {
            title: task.title.clone(),
            description: Some(task.description.clone()),
            kind: known("type", &task.r#type, Kind::named)?,
            priority: known("priority", &task.priority, Priority::named)?,
            tags: task.tags.clone(),
            due_at: task.due.map(|days| self.day(days + i64::from(task.opened))),
            estimate_minutes: task.estimate,
            ..OpenTicket::default()
        };
        let by = self.cast.player(&task.by)?;
        Ok(self.services.tickets.open(&by.actor, open).await?.ticket)
    }

    async fn hand_out(&self, to: &str, ticket: Ticket) -> Result<Ticket, Failure> {
        let assignee = Patch::Set(self.cast.player(to)?.user);
        let update = UpdateTicket { assignee, ..UpdateTicket::default() };
        let by = &self.dispatcher.actor;
        Ok(self.services.tickets.update(by, ticket.id, ticket.version, update).await?.ticket)
    }

    async fn say(&self, remark: &Remark, ticket: Ticket) -> Result<Ticket, Failure> {
        let visibility = if remark.internal { Visibility::Internal } else { Visibility::Public };
        let comment = WriteComment { body: self.cast.mentioning(&remark.text), visibility };
        let by = self.cast.player(&remark.by)?;
        self.services.tickets.write_comment(&by.actor, ticket.id, comment).await?;
        Ok(ticket)
    }

    async fn advance(&self, task: &Task, category: Category, ticket: Ticket) -> Result<Ticket, Failure> {
        let column = *self.columns.get(&category).ok_or("the board lacks a column")?;
        let to = MoveTicket { column, before: None, after: None };
        let by = self.responsible(task)?;
        Ok(self.services.tickets.move_to(&by.actor, ticket.id, ticket.version, to).await?.ticket)
    }

    async fn book(&self, task: &Task, minutes: i64, ticket: Ticket) -> Result<Ticket, Failure> {
        let update = UpdateTicket { spent_minutes: Some(minutes), ..UpdateTicket::default() };
        let by = self.responsible(task)?;
        Ok(self.services.tickets.update(&by.actor, ticket.id, ticket.version, update).await?.ticket)
    }

    fn responsible(&self, task: &Task) -> Result<&Player, Failure> {
        task.to.as_ref().map_or(Ok(self.dispatcher), |key| self.cast.player(key))
    }

    async fn tie(&self, tie: &Tie, tickets: &HashMap<&str, Ticket>) -> Result<(), Failure> {
        let find = |title: &str| match tickets.get(title) {
            Some(ticket) => Ok(ticket.id),
            None => Err(format!("no ticket `{title}`")),
        };
        let (from, other) = (find(&tie.from)?, find(&tie.to)?);
        let link = LinkTicket { relation: known("relation", &tie.relation, Relation::named)?, other };
        self.services.tickets.link(&self.dispatcher.actor, from, link).await?;
        Ok(())
    }

    /// The end of a day, so many days from the one that the clock shows.
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

pub(super) fn known<T>(what: &str, name: &str, named: impl FnOnce(&str) -> Option<T>) -> Result<T, Failure> {
    named(name).ok_or_else(|| format!("the demo data has an unknown {what} `{name}`").into())
}
