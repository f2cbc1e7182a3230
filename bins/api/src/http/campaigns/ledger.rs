//! What would become, and what became, of a campaign.

use actix_web::web::{Data, Path};
use campaigns::{Campaigns, Preflight, Recipient, RecipientState, Report, Severity};
use kernel::{CampaignId, RecipientId, Scope};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Answer, Caller, Endpoint, Instant, PageQuery, Query, Reply};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get(
            "campaigns_preflight",
            "/campaigns/{id}/preflight",
            "See all that is in the way of sending",
        )
        .scope(Scope::CampaignsRead)
        .returns::<PreflightView>()
        .to(preflight),
        Endpoint::get("campaigns_report", "/campaigns/{id}/report", "See a campaign in figures")
            .scope(Scope::CampaignsRead)
            .description("The states together are all recipients.")
            .returns::<ReportView>()
            .to(report),
        Endpoint::get(
            "campaign_recipients_list",
            "/campaigns/{id}/recipients",
            "List what became of each mail",
        )
        .scope(Scope::CampaignsRead)
        .query::<RecipientsQuery>()
        .lists::<RecipientView>()
        .to(recipients),
    ]
}

/// Where the mail to somebody stands.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RecipientState)]
enum StateWord {
    Pending,
    Sending,
    Sent,
    Failed,
    /// It may have been taken; it is not sent again by itself.
    Uncertain,
    Suppressed,
    Bounced,
    Cancelled,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RecipientsQuery {
    state: Option<StateWord>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CampaignPreflight)]
struct PreflightView {
    /// Nothing is in the way.
    ready: bool,
    /// Who would get it now.
    recipients: u64,
    /// Who would not, of the audience.
    suppressed: u64,
    problems: Vec<PreflightProblemView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CampaignPreflightProblem)]
struct PreflightProblemView {
    /// Stands in the way; others are warnings.
    blocking: bool,
    code: &'static str,
    detail: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CampaignReport)]
struct ReportView {
    recipients: u64,
    pending: u64,
    sending: u64,
    sent: u64,
    failed: u64,
    uncertain: u64,
    suppressed: u64,
    bounced: u64,
    cancelled: u64,
    /// Who asked for no more by a link of this campaign.
    unsubscribed: u64,
    /// Of the failed, those whose mails were never refused for good: they may be sent again.
    gave_up: u64,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CampaignRecipient)]
struct RecipientView {
    #[schema(value_type = Uuid)]
    id: RecipientId,
    email: String,
    first_name: Option<String>,
    last_name: Option<String>,
    state: StateWord,
    attempts: i64,
    /// What the mail system said last.
    error: Option<String>,
    finished_at: Option<Instant>,
    unsubscribed_at: Option<Instant>,
}

impl From<Preflight> for PreflightView {
    fn from(found: Preflight) -> Self {
        let ready = found.is_ready();
        let problems = found.faults.into_iter().map(|fault| PreflightProblemView {
            blocking: fault.severity == Severity::Error,
            code: fault.code,
            detail: fault.detail,
        });
        Self {
            ready,
            recipients: found.recipients,
            suppressed: found.suppressed,
            problems: problems.collect(),
        }
    }
}

impl From<Report> for ReportView {
    fn from(report: Report) -> Self {
        let count = |state| report.count(state);
        Self {
            recipients: report.recipients,
            pending: count(RecipientState::Pending),
            sending: count(RecipientState::Sending),
            sent: count(RecipientState::Sent),
            failed: count(RecipientState::Failed),
            uncertain: count(RecipientState::Uncertain),
            suppressed: count(RecipientState::Suppressed),
            bounced: count(RecipientState::Bounced),
            cancelled: count(RecipientState::Cancelled),
            unsubscribed: report.unsubscribed,
            gave_up: report.gave_up,
        }
    }
}

impl From<Recipient> for RecipientView {
    fn from(recipient: Recipient) -> Self {
        Self {
            id: recipient.id,
            email: recipient.email.as_str().to_owned(),
            first_name: recipient.first_name,
            last_name: recipient.last_name,
            state: recipient.state.into(),
            attempts: recipient.attempts,
            error: recipient.error,
            finished_at: recipient.finished_at.map(Instant::from),
            unsubscribed_at: recipient.unsubscribed_at.map(Instant::from),
        }
    }
}

/// The same words on both sides.
macro_rules! same {
    ($($word:ident),+) => {
        impl From<RecipientState> for StateWord {
            fn from(state: RecipientState) -> Self {
                match state { $(RecipientState::$word => Self::$word),+ }
            }
        }

        impl From<StateWord> for RecipientState {
            fn from(word: StateWord) -> Self {
                match word { $(StateWord::$word => Self::$word),+ }
            }
        }
    };
}

same!(Pending, Sending, Sent, Failed, Uncertain, Suppressed, Bounced, Cancelled);

async fn preflight(Caller(actor): Caller, id: Path<CampaignId>, campaigns: Data<dyn Campaigns>) -> Answer {
    Ok(Reply::ok(PreflightView::from(campaigns.preflight(&actor, *id).await?)))
}

async fn report(Caller(actor): Caller, id: Path<CampaignId>, campaigns: Data<dyn Campaigns>) -> Answer {
    Ok(Reply::ok(ReportView::from(campaigns.report(&actor, *id).await?)))
}

async fn recipients(
    Caller(actor): Caller,
    id: Path<CampaignId>,
    Query(query): Query<RecipientsQuery>,
    page: PageQuery,
    campaigns: Data<dyn Campaigns>,
) -> Answer {
    let state = query.state.map(Into::into);
    let found = campaigns.recipients(&actor, *id, state, &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(RecipientView::from))))
}
