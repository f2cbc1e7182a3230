//! Addresses that are not written to.

use actix_web::web::{Data, Path};
use campaigns::{Bounce, BounceKind, BounceOutcome, Campaigns, Reason, Suppression, Written};
use kernel::{CampaignId, Scope, SuppressionId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{Answer, Body, Caller, Endpoint, Instant, Module, PageQuery, Problem, Query, Reply};

pub(crate) fn module() -> Module {
    let module = Module::new("suppressions", "Addresses that get no campaigns")
        .codes(&[("suppression_stays", "Who asked not to be written to stays on the list")]);
    [list_endpoint(), create_endpoint(), get_endpoint(), remove_endpoint(), bounces_endpoint()]
        .into_iter()
        .fold(module, Module::with)
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("suppressions_list", "/suppressions", "List addresses that get no campaigns")
        .scope(Scope::CampaignsRead)
        .query::<SuppressionsQuery>()
        .lists::<SuppressionView>()
        .to(list)
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("suppressions_create", "/suppressions", "Write to an address no more")
        .scope(Scope::CampaignsWrite)
        .description("One that is known already stays as it is, and is answered with 200.")
        .body::<AddressBody>(json!({"email": "asha@example.com"}))
        .creates::<SuppressionView>()
        .also_returns::<SuppressionView>(200)
        .renders(|request, actor, id| async move {
            let campaigns = request.app_data::<Data<dyn Campaigns>>().ok_or_else(Problem::not_found)?;
            Ok(created(campaigns.suppression(&actor, SuppressionId::from_uuid(id)).await?))
        })
        .to(create)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("suppressions_get", "/suppressions/{id}", "Show an address that gets no campaigns")
        .scope(Scope::CampaignsRead)
        .returns::<SuppressionView>()
        .to(get)
}

fn remove_endpoint() -> Endpoint {
    Endpoint::delete("suppressions_remove", "/suppressions/{id}", "Write to an address again")
        .scope(Scope::CampaignsWrite)
        .description("Not if its owner unsubscribed or complained: nobody else takes that back.")
        .returns_nothing()
        .fails_with(409)
        .to(remove)
}

fn bounces_endpoint() -> Endpoint {
    Endpoint::post("campaign_bounces_note", "/campaign-bounces", "Tell what came of mails")
        .scope(Scope::CampaignsSend)
        .description(
            "For the mail system, with an API key. A bounce counts against the address that the message went to; the \
             address beside it is read where the message is not one of ours.",
        )
        .body::<BouncesBody>(json!({
            "bounces": [{"messageId": "<0198a3c1-7b1e-7f5a-9c3d-2e4f6a8b0c1d.campaign@example.com>", "kind": "hard"}],
        }))
        .returns::<BouncesView>()
        .to(bounces)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SuppressionsQuery {
    reason: Option<ReasonWord>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SuppressAddress)]
struct AddressBody {
    #[schema(format = "email", max_length = 254)]
    email: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoteBounces)]
struct BouncesBody {
    #[schema(min_items = 1, max_items = 100)]
    bounces: Vec<BounceBody>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoteBounce)]
struct BounceBody {
    /// Of the mail that came back.
    #[schema(max_length = 200, pattern = "^[^\\u0000-\\u001f]*$")]
    message_id: Option<String>,
    #[schema(max_length = 254, pattern = "^[^\\u0000-\\u001f]*$")]
    email: Option<String>,
    kind: BounceWord,
    /// What the mail system says.
    #[schema(max_length = 500, pattern = "^[^\\u0000-\\u001f]*$")]
    detail: Option<String>,
}

/// What came of a mail.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BounceKind)]
enum BounceWord {
    /// The address does not take mail, and will not.
    Hard,
    /// It does not now.
    Soft,
    /// Its owner calls it spam.
    Complaint,
}

/// Why an address gets no campaigns.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SuppressionReason)]
enum ReasonWord {
    Unsubscribed,
    Complained,
    Bounced,
    Manual,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Suppression)]
struct SuppressionView {
    #[schema(value_type = Uuid)]
    id: SuppressionId,
    email: String,
    reason: ReasonWord,
    /// The campaign that led to it.
    #[schema(value_type = Option<Uuid>)]
    campaign_id: Option<CampaignId>,
    created_at: Instant,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NotedBounces)]
struct BouncesView {
    /// In the order of the request.
    results: Vec<BounceView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NotedBounce)]
struct BounceView {
    outcome: OutcomeWord,
    #[schema(value_type = Option<Uuid>)]
    suppression_id: Option<SuppressionId>,
}

/// What was made of a bounce.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BounceOutcome)]
enum OutcomeWord {
    /// The address is written to no more.
    Suppressed,
    Noted,
    /// It names neither a message of ours nor an address.
    Unknown,
}

impl From<ReasonWord> for Reason {
    fn from(word: ReasonWord) -> Self {
        match word {
            ReasonWord::Unsubscribed => Self::Unsubscribed,
            ReasonWord::Complained => Self::Complained,
            ReasonWord::Bounced => Self::Bounced,
            ReasonWord::Manual => Self::Manual,
        }
    }
}

impl From<Suppression> for SuppressionView {
    fn from(found: Suppression) -> Self {
        let reason = match found.reason {
            Reason::Unsubscribed => ReasonWord::Unsubscribed,
            Reason::Complained => ReasonWord::Complained,
            Reason::Bounced => ReasonWord::Bounced,
            Reason::Manual => ReasonWord::Manual,
        };
        Self {
            id: found.id,
            email: found.email.as_str().to_owned(),
            reason,
            campaign_id: found.campaign,
            created_at: found.created_at.into(),
        }
    }
}

impl From<BounceBody> for Bounce {
    fn from(body: BounceBody) -> Self {
        let kind = match body.kind {
            BounceWord::Hard => BounceKind::Hard,
            BounceWord::Soft => BounceKind::Soft,
            BounceWord::Complaint => BounceKind::Complaint,
        };
        Self { message_id: body.message_id, email: body.email, kind, detail: body.detail }
    }
}

impl From<BounceOutcome> for BounceView {
    fn from(outcome: BounceOutcome) -> Self {
        let (outcome, suppression_id) = match outcome {
            BounceOutcome::Suppressed(id) => (OutcomeWord::Suppressed, Some(id)),
            BounceOutcome::Noted => (OutcomeWord::Noted, None),
            BounceOutcome::Unknown => (OutcomeWord::Unknown, None),
        };
        Self { outcome, suppression_id }
    }
}

async fn list(
    Caller(actor): Caller,
    Query(query): Query<SuppressionsQuery>,
    page: PageQuery,
    campaigns: Data<dyn Campaigns>,
) -> Answer {
    let found = campaigns.suppressions(&actor, query.reason.map(Into::into), &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(SuppressionView::from))))
}

async fn create(
    Caller(actor): Caller,
    Body(body): Body<AddressBody>,
    campaigns: Data<dyn Campaigns>,
) -> Answer {
    Ok(match campaigns.suppress(&actor, &body.email).await? {
        Written::New(new) => created(new),
        Written::Known(known) => Reply::ok(SuppressionView::from(known)),
    })
}

fn created(new: Suppression) -> Reply {
    Reply::created(format!("/suppressions/{}", new.id), SuppressionView::from(new))
}

async fn get(Caller(actor): Caller, id: Path<SuppressionId>, campaigns: Data<dyn Campaigns>) -> Answer {
    Ok(Reply::ok(SuppressionView::from(campaigns.suppression(&actor, *id).await?)))
}

async fn remove(Caller(actor): Caller, id: Path<SuppressionId>, campaigns: Data<dyn Campaigns>) -> Answer {
    campaigns.release(&actor, *id).await?;
    Ok(Reply::no_content())
}

async fn bounces(
    Caller(actor): Caller,
    Body(body): Body<BouncesBody>,
    campaigns: Data<dyn Campaigns>,
) -> Answer {
    let found = campaigns.note_bounces(&actor, body.bounces.into_iter().map(Bounce::from).collect()).await?;
    Ok(Reply::ok(BouncesView { results: found.into_iter().map(BounceView::from).collect() }))
}
