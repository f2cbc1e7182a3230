use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::ENDINGS;
use super::document::Document;
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
}

/// What came of the whole document in one role.
pub(super) struct Done {
    pub(super) figures: String,
    pub(super) broken: Vec<String>,
    pub(super) tried: Tried,
}

/// The owner and a member of one organization.
struct Team {
    owner: Person,
    member: Person,
}

impl Stage<'_> {
    /// Lets the tool work in one role.
    pub(super) async fn play(&self, role: Role, dice: &mut Dice) -> Outcome<Done> {
        let client = &self.cluster.client;
        let team = self.team(dice).await.doing("founding an organization")?;
        estate::fill(self.cluster, dice, &team.owner, &team.member).await.doing("filling it")?;
        let own = self.callers_of_endings(role, &team, dice).await.doing("finding callers")?;
        let caller = match role {
            Role::Owner => &team.owner,
            Role::Member => &team.member,
        };
        let known = Known::to(client, &caller.access, self.document).await?;
        let tokens = Tokens { usual: caller.access.clone(), own };
        let task = Task {
            program: self.tool,
            folder: self.cluster.place().folder().join(role.to_string()),
            base: client.base()?,
            settings: settings(&self.effort, &tokens, &known, &self.document.operations),
        };
        let verdict = task.run().await?;
        let mut broken = Vec::new();
        if !verdict.passed {
            broken.push(format!("as {role}, says schemathesis:\n{}", verdict.said));
        }
        let me = client.send(&Call::get("/users/me").token(&caller.access)).await?;
        if me.status != 200 {
            // Whatever came after that was tried by nobody at all.
            let why = "ended his session (then it belongs to the endings), or the run took longer than a token lives";
            broken.push(format!("the {role} was not signed in to the end: an operation {why}: {me}"));
        }
        let Counts { generated, failures, errored } = verdict.counts;
        let figures = format!("{role}: {generated} test cases, {failures} failures, {errored} errors");
        Ok(Done { figures, broken, tried: verdict.tried })
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
        role: Role,
        team: &Team,
        dice: &mut Dice,
    ) -> Outcome<BTreeMap<&'static str, String>> {
        let (client, sink) = (&self.cluster.client, &self.cluster.sink);
        let mut callers = BTreeMap::new();
        for ending in ENDINGS {
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
