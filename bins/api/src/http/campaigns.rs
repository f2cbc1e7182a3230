//! Mails to many.

mod acts;
mod ledger;
mod wire;

use actix_web::web::{Data, Path};
use campaigns::{Campaign, Campaigns};
use kernel::{CampaignId, Scope};
use serde_json::json;

use crate::{Answer, Body, Caller, Endpoint, IfMatch, Module, PageQuery, Problem, Query, Reply};
use wire::{
    CampaignSummaryView, CampaignView, CampaignsQuery, CreateBody, PreviewBody, PreviewView, UpdateBody,
};

/// Bytes that a body with content may have.
const CONTENT: usize = 512 * 1024;

pub(crate) fn module() -> Module {
    let module = Module::new("campaigns", "Mails to many").codes(&[
        ("campaign_not_ready", "The pre-flight shows what is in the way"),
        ("campaign_state", "That cannot be done to a campaign in this state"),
    ]);
    [list_endpoint(), create_endpoint(), get_endpoint(), update_endpoint(), preview_endpoint()]
        .into_iter()
        .chain(acts::endpoints())
        .chain(ledger::endpoints())
        .fold(module, Module::with)
}

fn list_endpoint() -> Endpoint {
    Endpoint::get("campaigns_list", "/campaigns", "List campaigns, the newest first")
        .scope(Scope::CampaignsRead)
        .query::<CampaignsQuery>()
        .description("Without their bodies.")
        .lists::<CampaignSummaryView>()
        .to(list)
}

fn create_endpoint() -> Endpoint {
    Endpoint::post("campaigns_create", "/campaigns", "Write a draft")
        .scope(Scope::CampaignsWrite)
        .description(
            "The body is Markdown; `{{first_name|there}}` is filled in for each recipient. Fields are `email`, \
             `first_name`, `last_name`, `full_name` and `organization`.",
        )
        .body_limit(CONTENT)
        .body::<CreateBody>(json!({
            "name": "Spring harvest",
            "subject": "The first tea of the year, {{first_name|friend}}",
            "body": "Dear {{first_name|friend}},\n\nthe [first flush](https://tea.example) is here.",
            "audience": {"kind": "members"},
        }))
        .creates::<CampaignView>()
        .renders(|request, actor, id| async move {
            let campaigns = request.app_data::<Data<dyn Campaigns>>().ok_or_else(Problem::not_found)?;
            Ok(created(&campaigns.get(&actor, CampaignId::from_uuid(id)).await?))
        })
        .to(create)
}

fn get_endpoint() -> Endpoint {
    Endpoint::get("campaigns_get", "/campaigns/{id}", "Show a campaign")
        .scope(Scope::CampaignsRead)
        .versioned()
        .returns::<CampaignView>()
        .to(get)
}

fn update_endpoint() -> Endpoint {
    Endpoint::patch("campaigns_update", "/campaigns/{id}", "Change a draft")
        .scope(Scope::CampaignsWrite)
        .versioned()
        .body_limit(CONTENT)
        .body::<UpdateBody>(json!({"subject": "Tea, {{first_name|friend}}"}))
        .returns::<CampaignView>()
        .fails_with(409)
        .to(update)
}

fn preview_endpoint() -> Endpoint {
    Endpoint::post("campaigns_preview", "/campaigns/{id}/preview", "See the mail as a recipient gets it")
        .scope(Scope::CampaignsRead)
        .keeps_no_answer()
        .body::<PreviewBody>(json!({"email": "asha@example.com", "firstName": "Asha"}))
        .returns::<PreviewView>()
        .to(preview)
}

async fn list(
    Caller(actor): Caller,
    Query(query): Query<CampaignsQuery>,
    page: PageQuery,
    campaigns: Data<dyn Campaigns>,
) -> Answer {
    let found = campaigns.list(&actor, query.state.map(Into::into), &page.request.clone()).await?;
    Ok(Reply::ok(page.answer(found.map(|campaign| CampaignSummaryView::from(&campaign)))))
}

async fn create(
    Caller(actor): Caller,
    Body(body): Body<CreateBody>,
    campaigns: Data<dyn Campaigns>,
) -> Answer {
    Ok(created(&campaigns.create(&actor, body.command()?).await?))
}

fn created(campaign: &Campaign) -> Reply {
    Reply::created(format!("/campaigns/{}", campaign.id), CampaignView::from(campaign)).at(campaign.version)
}

async fn get(Caller(actor): Caller, id: Path<CampaignId>, campaigns: Data<dyn Campaigns>) -> Answer {
    Ok(shown(&campaigns.get(&actor, *id).await?))
}

fn shown(campaign: &Campaign) -> Reply {
    Reply::ok(CampaignView::from(campaign)).at(campaign.version)
}

async fn update(
    Caller(actor): Caller,
    id: Path<CampaignId>,
    IfMatch(version): IfMatch,
    Body(body): Body<UpdateBody>,
    campaigns: Data<dyn Campaigns>,
) -> Answer {
    Ok(shown(&campaigns.update(&actor, *id, version, body.command()?).await?))
}

async fn preview(
    Caller(actor): Caller,
    id: Path<CampaignId>,
    Body(body): Body<PreviewBody>,
    campaigns: Data<dyn Campaigns>,
) -> Answer {
    Ok(Reply::ok(PreviewView::from(campaigns.preview(&actor, *id, body.into()).await?)))
}
