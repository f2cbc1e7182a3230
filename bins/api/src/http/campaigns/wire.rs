//! Campaigns on the wire.

use campaigns::{Audience, Campaign, CampaignState, CreateCampaign, Error, Filled, Reader, UpdateCampaign};
use kernel::{CampaignId, ContactListId, FieldFault, RoleId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Instant;

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CampaignsQuery {
    pub(super) state: Option<StateWord>,
}

/// Where a campaign stands.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CampaignState)]
pub(super) enum StateWord {
    Draft,
    Scheduled,
    Sending,
    Paused,
    Sent,
    Cancelled,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CreateCampaign)]
pub(super) struct CreateBody {
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// May still be empty.
    #[schema(max_length = 200)]
    subject: String,
    /// Markdown; may still be empty.
    #[schema(max_length = 100_000)]
    body: String,
    audience: AudienceBody,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UpdateCampaign)]
pub(super) struct UpdateBody {
    #[schema(min_length = 1, max_length = 120)]
    name: Option<String>,
    #[schema(max_length = 200)]
    subject: Option<String>,
    #[schema(max_length = 100_000)]
    body: Option<String>,
    audience: Option<AudienceBody>,
}

/// Who gets it, found out when it is sent.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WriteCampaignAudience)]
pub(super) struct AudienceBody {
    kind: AudienceWord,
    /// Only those of a role; with `members`.
    #[schema(value_type = Option<Uuid>)]
    role_id: Option<RoleId>,
    /// Which list; with `list`.
    #[schema(value_type = Option<Uuid>)]
    list_id: Option<ContactListId>,
}

/// Who gets it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CampaignAudience)]
struct AudienceView {
    kind: AudienceWord,
    #[schema(value_type = Option<Uuid>)]
    role_id: Option<RoleId>,
    #[schema(value_type = Option<Uuid>)]
    list_id: Option<ContactListId>,
}

#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CampaignAudienceKind)]
enum AudienceWord {
    Members,
    List,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PreviewCampaign)]
pub(super) struct PreviewBody {
    #[schema(max_length = 254, pattern = "^[^\\u0000-\\u001f]*$")]
    email: Option<String>,
    #[schema(max_length = 120, pattern = "^[^\\u0000-\\u001f]*$")]
    first_name: Option<String>,
    #[schema(max_length = 120, pattern = "^[^\\u0000-\\u001f]*$")]
    last_name: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CampaignPreview)]
pub(super) struct PreviewView {
    subject: String,
    html: String,
    text: String,
}

/// A campaign without its body.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CampaignSummary)]
pub(super) struct CampaignSummaryView {
    #[schema(value_type = Uuid)]
    id: CampaignId,
    name: String,
    subject: String,
    audience: AudienceView,
    state: StateWord,
    /// Whether everybody stands in the ledger.
    planned: bool,
    scheduled_at: Option<Instant>,
    started_at: Option<Instant>,
    finished_at: Option<Instant>,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Campaign)]
pub(super) struct CampaignView {
    #[schema(value_type = Uuid)]
    id: CampaignId,
    name: String,
    subject: String,
    /// Markdown.
    body: String,
    audience: AudienceView,
    state: StateWord,
    /// Whether everybody stands in the ledger.
    planned: bool,
    scheduled_at: Option<Instant>,
    started_at: Option<Instant>,
    finished_at: Option<Instant>,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

impl CreateBody {
    pub(super) fn command(self) -> Result<CreateCampaign, Error> {
        let Self { name, subject, body, audience } = self;
        Ok(CreateCampaign { name, subject, body, audience: audience.read()? })
    }
}

impl UpdateBody {
    pub(super) fn command(self) -> Result<UpdateCampaign, Error> {
        let Self { name, subject, body, audience } = self;
        Ok(UpdateCampaign { name, subject, body, audience: audience.map(AudienceBody::read).transpose()? })
    }
}

impl AudienceBody {
    fn read(self) -> Result<Audience, Error> {
        let fault = |field, detail| Err(FieldFault::new(field, "invalid_combination", detail).into());
        match (self.kind, self.role_id, self.list_id) {
            (AudienceWord::Members, role, None) => Ok(Audience::Members { role }),
            (AudienceWord::List, None, Some(list)) => Ok(Audience::List(list)),
            (AudienceWord::Members, ..) => fault("audience/listId", "must not stand beside `members`"),
            (AudienceWord::List, _, None) => fault("audience/listId", "must say which list"),
            (AudienceWord::List, ..) => fault("audience/roleId", "must not stand beside `list`"),
        }
    }
}

impl AudienceView {
    fn of(audience: Audience) -> Self {
        match audience {
            Audience::Members { role } => Self { kind: AudienceWord::Members, role_id: role, list_id: None },
            Audience::List(list) => Self { kind: AudienceWord::List, role_id: None, list_id: Some(list) },
        }
    }
}

impl From<PreviewBody> for Reader {
    fn from(body: PreviewBody) -> Self {
        let PreviewBody { email, first_name, last_name } = body;
        Self { email: email.unwrap_or_default(), first_name, last_name }
    }
}

impl From<Filled> for PreviewView {
    fn from(Filled { subject, html, text }: Filled) -> Self {
        Self { subject, html, text }
    }
}

impl From<&Campaign> for CampaignSummaryView {
    fn from(campaign: &Campaign) -> Self {
        Self {
            id: campaign.id,
            name: campaign.name.clone(),
            subject: campaign.subject.clone(),
            audience: AudienceView::of(campaign.audience),
            state: campaign.state.into(),
            planned: campaign.planned,
            scheduled_at: campaign.scheduled_at.map(Instant::from),
            started_at: campaign.started_at.map(Instant::from),
            finished_at: campaign.finished_at.map(Instant::from),
            version: campaign.version.0,
            created_at: campaign.created_at.into(),
            updated_at: campaign.updated_at.into(),
        }
    }
}

impl From<&Campaign> for CampaignView {
    fn from(campaign: &Campaign) -> Self {
        Self {
            id: campaign.id,
            name: campaign.name.clone(),
            subject: campaign.subject.clone(),
            body: campaign.body.clone(),
            audience: AudienceView::of(campaign.audience),
            state: campaign.state.into(),
            planned: campaign.planned,
            scheduled_at: campaign.scheduled_at.map(Instant::from),
            started_at: campaign.started_at.map(Instant::from),
            finished_at: campaign.finished_at.map(Instant::from),
            version: campaign.version.0,
            created_at: campaign.created_at.into(),
            updated_at: campaign.updated_at.into(),
        }
    }
}

/// The same words on both sides.
macro_rules! same {
    ($($word:ident),+) => {
        impl From<CampaignState> for StateWord {
            fn from(state: CampaignState) -> Self {
                match state { $(CampaignState::$word => Self::$word),+ }
            }
        }

        impl From<StateWord> for CampaignState {
            fn from(word: StateWord) -> Self {
                match word { $(StateWord::$word => Self::$word),+ }
            }
        }
    };
}

same!(Draft, Scheduled, Sending, Paused, Sent, Cancelled);
