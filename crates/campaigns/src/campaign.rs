use kernel::{
    CampaignId, CampaignRunId, Changes, ContactListId, Fields, RoleId, Timestamp, UserId, Version,
    multi_line, single_line,
};
use uuid::Uuid;

use crate::Error;
use crate::words::{line_or_empty, words};

const NAME: usize = 120;
const SUBJECT: usize = 200;
const BODY: usize = 100_000;

/// A mail to many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    pub id: CampaignId,
    /// For the organization itself; in no mail.
    pub name: String,
    pub subject: String,
    /// Markdown with merge fields.
    pub body: String,
    pub audience: Audience,
    pub state: CampaignState,
    /// The stretch of sending that counts; jobs of any other do nothing.
    pub run: Option<CampaignRunId>,
    /// Whether everybody stands in the ledger.
    pub planned: bool,
    /// The last one of the audience who does.
    pub(crate) planned_to: Option<Uuid>,
    pub scheduled_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    /// Who hears of it if it cannot be sent when its time comes.
    pub(crate) scheduled_by: Option<UserId>,
    pub version: Version,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Who gets it, found out when it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Active members of the organization, all or those of a role.
    Members { role: Option<RoleId> },
    /// Those on a list who agreed.
    List(ContactListId),
}

words! {
    /// Where a campaign stands.
    CampaignState {
        Draft = "draft",
        Scheduled = "scheduled",
        Sending = "sending",
        Paused = "paused",
        Sent = "sent",
        Cancelled = "cancelled",
    }
}

/// What can be done to a campaign besides writing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Schedule {
        at: Timestamp,
    },
    /// Back to a draft.
    Unschedule,
    Send,
    Pause,
    Resume,
    Cancel,
    /// Those of whom nobody knows whether they got it get it again.
    ResendUncertain,
    /// Those whose mails the mail system would not take for long get their turn again.
    ResendFailed,
}

/// Makes a draft.
#[derive(Clone, Debug)]
pub struct CreateCampaign {
    pub name: String,
    pub subject: String,
    pub body: String,
    pub audience: Audience,
}

/// Changes a draft.
#[derive(Clone, Debug, Default)]
pub struct UpdateCampaign {
    pub name: Option<String>,
    pub subject: Option<String>,
    pub body: Option<String>,
    pub audience: Option<Audience>,
}

impl CreateCampaign {
    pub(crate) fn parse(self, id: CampaignId, now: Timestamp) -> Result<Campaign, Error> {
        let draft = Campaign {
            id,
            name: String::new(),
            subject: String::new(),
            body: String::new(),
            audience: self.audience,
            state: CampaignState::Draft,
            run: None,
            planned: false,
            planned_to: None,
            scheduled_at: None,
            started_at: None,
            finished_at: None,
            scheduled_by: None,
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
        };
        let whole = UpdateCampaign {
            name: Some(self.name),
            subject: Some(self.subject),
            body: Some(self.body),
            audience: None,
        };
        let (campaign, _) = draft.updated(whole, now)?;
        Ok(Campaign { version: Version::FIRST, ..campaign })
    }
}

impl Campaign {
    /// The draft after a change, and what changed.
    pub(crate) fn updated(&self, update: UpdateCampaign, now: Timestamp) -> Result<(Self, Changes), Error> {
        let mut fields = Fields::new();
        let mut line =
            |text: Option<String>, before: &str, judge: fn(&str) -> Result<String, kernel::FieldFault>| {
                text.map_or_else(|| before.to_owned(), |text| fields.check(judge(&text)).unwrap_or_default())
            };
        let name = line(update.name, &self.name, |text| single_line("name", text, NAME));
        let subject = line(update.subject, &self.subject, |text| line_or_empty("subject", text, SUBJECT));
        let body = line(update.body, &self.body, |text| multi_line("body", text, BODY));
        fields.finish()?;
        let audience = update.audience.unwrap_or(self.audience);
        let version = self.version.next();
        let after = Self { name, subject, body, audience, version, updated_at: now, ..self.clone() };
        if self.state != CampaignState::Draft {
            return Err(Error::State { state: self.state });
        }
        let changes = after.changes_since(self);
        Ok((after, changes))
    }

    fn changes_since(&self, before: &Self) -> Changes {
        let mut changes = Changes::new();
        changes.note("name", &before.name, &self.name);
        changes.note("subject", &before.subject, &self.subject);
        changes.note("body", &before.body, &self.body);
        changes.note("audience", before.audience.words(), self.audience.words());
        changes
    }

    /// The campaign after an act; `run` is the stretch that a start or resumption begins.
    pub(crate) fn after(&self, act: Act, run: CampaignRunId, now: Timestamp) -> Result<Self, Error> {
        use CampaignState as At;
        let next = Self { version: self.version.next(), updated_at: now, run: None, ..self.clone() };
        let begun = Self { state: At::Sending, run: Some(run), scheduled_at: None, ..next.clone() };
        Ok(match (act, self.state) {
            (Act::Schedule { at }, At::Draft) => {
                Self { state: At::Scheduled, scheduled_at: Some(future(at, now)?), ..next }
            }
            (Act::Unschedule, At::Scheduled) => Self { state: At::Draft, scheduled_at: None, ..next },
            (Act::Send, At::Draft | At::Scheduled) => Self { started_at: Some(now), ..begun },
            (Act::Pause, At::Sending) => Self { state: At::Paused, ..next },
            (Act::Resume, At::Paused) => begun,
            (Act::ResendUncertain | Act::ResendFailed, At::Sent) => Self { finished_at: None, ..begun },
            // Whoever paused it has not yet said that it goes on.
            (Act::ResendUncertain | Act::ResendFailed, At::Paused) => Self { state: At::Paused, ..next },
            (Act::Cancel, At::Draft | At::Scheduled | At::Sending | At::Paused) => {
                Self { state: At::Cancelled, scheduled_at: None, finished_at: Some(now), ..next }
            }
            (_, state) => return Err(Error::State { state }),
        })
    }
}

fn future(at: Timestamp, now: Timestamp) -> Result<Timestamp, Error> {
    if at > now {
        return Ok(at);
    }
    Err(kernel::FieldFault::new("at", "out_of_range", "must be in the future").into())
}

impl Audience {
    /// Its stored kind, list and role.
    pub(crate) fn parts(self) -> (&'static str, Option<Uuid>, Option<Uuid>) {
        match self {
            Self::Members { role } => ("members", None, role.map(RoleId::uuid)),
            Self::List(list) => ("list", Some(list.uuid()), None),
        }
    }

    fn words(self) -> String {
        let (kind, list, role) = self.parts();
        list.or(role).map_or_else(|| kind.to_owned(), |id| format!("{kind} {id}"))
    }
}
