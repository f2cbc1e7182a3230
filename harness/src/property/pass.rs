use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::ENDINGS;
use super::document::{Document, Operation};
use super::estate;
use super::known::Known;
use super::settings::{Effort, Tokens, settings};
use super::tool::{Counts, Task};
use super::tried::Tried;
use crate::{Call, Cluster, Dice, Doing, Outcome, Person};

/// As whom the tool calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Owner,
    Member,
}

/// Where the tool works.
pub(super) struct Stage<'a> {
    pub(super) cluster: &'a Cluster,
    pub(super) document: &'a Document,
    pub(super) tool: &'a Path,
    pub(super) effort: Effort,
    /// A document that lies, to be shown instead.
    pub(super) sabotage: Option<&'a Path>,
}

/// What came of the document in one role.
#[derive(Default)]
pub(super) struct Done {
    pub(super) figures: Vec<String>,
    pub(super) broken: Vec<String>,
    pub(super) tried: Tried,
}

/// The owner and a member of one organization.
struct Team {
    owner: Person,
    member: Person,
}

impl Team {
    fn of(&mut self, role: Role) -> &mut Person {
        match role {
            Role::Owner => &mut self.owner,
            Role::Member => &mut self.member,
        }
    }
}

impl Stage<'_> {
    /// Lets the tool work in one role, in parts that end before a token does.
    pub(super) async fn play(&self, role: Role, dice: &mut Dice) -> Outcome<Done> {
        let mut team = self.team(dice).await.doing("founding an organization")?;
        estate::fill(self.cluster, dice, &team.owner, &team.member).await.doing("filling it")?;
        let mut done = Done::default();
        for (number, operations) in self.effort.parts(&self.document.operations).enumerate() {
            let name = format!("{role} {}", number + 1);
            self.part(&name, operations, role, &mut team, dice, &mut done).await.doing(name)?;
        }
        Ok(done)
    }

    async fn part(
        &self,
        name: &str,
        operations: &[Operation],
        role: Role,
        team: &mut Team,
        dice: &mut Dice,
        done: &mut Done,
    ) -> Outcome {
        let client = &self.cluster.client;
        for person in [&mut team.owner, &mut team.member] {
            person.refresh(client, dice.id()).await?;
        }
        let own = self.callers_of_endings(operations, role, team, dice).await.doing("finding callers")?;
        let token = team.of(role).access.clone();
        let known = Known::to(client, &token, self.document).await?;
        let tokens = Tokens { usual: token.clone(), own };
        let task = Task {
            program: self.tool,
            folder: self.cluster.place().folder().join(name.replace(' ', "-")),
            base: client.base()?,
            document: self.sabotage,
            settings: settings(&self.effort, &tokens, &known, operations),
            operations,
        };
        let verdict = task.run().await?;
        if !verdict.passed {
            done.broken.push(format!("{name}, says schemathesis:\n{}", verdict.said));
        }
        let me = client.send(&Call::get("/users/me").token(&token)).await?;
        if me.status != 200 {
            // Whatever came after that was tried by nobody at all.
            let why = "one of the operations ended the session, then it belongs to the endings; or it took too long";
            done.broken.push(format!("{name} was not signed in to the end: {why}: {me}"));
        }
        let Counts { generated, failures, errored } = verdict.counts;
        let count = operations.len();
        done.figures.push(format!(
            "{name}: {count} operations, {generated} test cases, {failures} failures, {errored} errors"
        ));
        done.tried.join(verdict.tried);
        Ok(())
    }

    async fn team(&self, dice: &mut Dice) -> Outcome<Team> {
        let (client, sink) = (&self.cluster.client, &self.cluster.sink);
        let owner = Person::owner(client, sink, dice).await?;
        let member = owner.colleague(client, sink, dice).await?;
        Ok(Team { owner, member })
    }

    /// Members of the same organization, or owners of others.
    async fn callers_of_endings(
        &self,
        operations: &[Operation],
        role: Role,
        team: &Team,
        dice: &mut Dice,
    ) -> Outcome<BTreeMap<&'static str, String>> {
        let (client, sink) = (&self.cluster.client, &self.cluster.sink);
        let mut callers = BTreeMap::new();
        let endings = ENDINGS.into_iter();
        for ending in endings.filter(|ending| operations.iter().any(|operation| operation.id == *ending)) {
            let caller = match role {
                Role::Owner => Person::owner(client, sink, dice).await?,
                Role::Member => team.owner.colleague(client, sink, dice).await?,
            };
            callers.insert(ending, caller.access);
        }
        Ok(callers)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Owner => "Owner",
            Self::Member => "Member",
        })
    }
}
