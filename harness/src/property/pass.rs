use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::ENDINGS;
use super::document::{Document, Operation};
use super::estate;
use super::known::Known;
use super::settings::{Effort, Tokens, settings};
use super::tool::{Counts, Task, Verdict};
use super::tried::Tried;
use crate::{Answer, Call, Cluster, Dice, Doing, Outcome, Person};

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

impl Done {
    /// Adds what came of a part. `me` is what the caller was answered to the question who he is, after it.
    fn add(&mut self, part: &Part<'_>, verdict: Verdict, me: &Answer) {
        let Part { name, operations, .. } = part;
        if !verdict.passed {
            self.broken.push(format!("{name}, says schemathesis:\n{}", verdict.said));
        }
        if me.status != 200 {
            // Whatever came after that was tried by nobody at all.
            let why = "one of the operations ended the session, then it belongs to the endings; or it took too long";
            self.broken.push(format!("{name} was not signed in to the end: {why}: {me}"));
        }
        let (Counts { generated, failures, errored }, count) = (verdict.counts, operations.len());
        self.figures.push(format!(
            "{name}: {count} operations, {generated} test cases, {failures} failures, {errored} errors"
        ));
        self.tried.join(verdict.tried);
    }
}

/// The owner and a member of one organization.
struct Team {
    owner: Person,
    member: Person,
}

impl Team {
    const fn of(&self, role: Role) -> &Person {
        match role {
            Role::Owner => &self.owner,
            Role::Member => &self.member,
        }
    }
}

/// So many operations that a run of the tool ends before a token does.
struct Part<'a> {
    name: String,
    role: Role,
    operations: &'a [Operation],
}

impl Stage<'_> {
    /// Lets the tool work in one role, part by part.
    pub(super) async fn play(&self, role: Role, dice: &mut Dice) -> Outcome<Done> {
        let mut team = self.team(dice).await.doing("founding an organization")?;
        estate::fill(self.cluster, dice, &team.owner, &team.member).await.doing("filling it")?;
        let mut done = Done::default();
        for (number, operations) in self.effort.parts(&self.document.operations).enumerate() {
            let part = Part { name: format!("{role} {}", number + 1), role, operations };
            self.part(&part, &mut team, dice, &mut done).await.doing(&part.name)?;
        }
        Ok(done)
    }

    async fn part(&self, part: &Part<'_>, team: &mut Team, dice: &mut Dice, done: &mut Done) -> Outcome {
        let client = &self.cluster.client;
        let tokens = self.tokens(part, team, dice).await.doing("finding callers")?;
        let known = Known::to(client, &tokens.usual, self.document).await?;
        let task = Task {
            program: self.tool,
            folder: self.cluster.place().folder().join(part.name.replace(' ', "-")),
            base: client.base()?,
            document: self.sabotage,
            settings: settings(&self.effort, &tokens, &known, part.operations),
            operations: part.operations,
        };
        let verdict = task.run().await?;
        let me = client.send(&Call::get("/users/me").token(&tokens.usual)).await?;
        done.add(part, verdict, &me);
        Ok(())
    }

    async fn tokens(&self, part: &Part<'_>, team: &mut Team, dice: &mut Dice) -> Outcome<Tokens> {
        team.owner.refresh(&self.cluster.client, dice.id()).await?;
        if part.role == Role::Member {
            // What the tool calls as an owner may well remove the member.
            team.member.refresh(&self.cluster.client, dice.id()).await?;
        }
        let own = self.callers_of_endings(part, team, dice).await?;
        Ok(Tokens { usual: team.of(part.role).access.clone(), own })
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
        part: &Part<'_>,
        team: &Team,
        dice: &mut Dice,
    ) -> Outcome<BTreeMap<&'static str, String>> {
        let (client, sink) = (&self.cluster.client, &self.cluster.sink);
        let mut callers = BTreeMap::new();
        let endings = ENDINGS.into_iter();
        for ending in endings.filter(|ending| part.operations.iter().any(|operation| operation.id == *ending))
        {
            let caller = match part.role {
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
