//! Setting a campaign going, and stopping it.

use actix_web::web::{Data, Path};
use campaigns::{Act, Campaigns};
use kernel::{CampaignId, Scope};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::shown;
use super::wire::CampaignView;
use crate::endpoint::Draft;
use crate::{Answer, Body, Caller, Endpoint, IfMatch, Instant, Problem, Reply};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        test_endpoint(),
        act("campaigns_schedule", "/campaigns/{id}/schedule", "Send a campaign later")
            .body::<ScheduleBody>(json!({"at": "2100-01-15T09:00:00.000Z"}))
            .to(schedule),
        act("campaigns_unschedule", "/campaigns/{id}/unschedule", "Make a scheduled campaign a draft again")
            .to(unschedule),
        act("campaigns_send", "/campaigns/{id}/send", "Send a campaign now")
            .description(
                "Its audience is written into the ledger, and mailed in the background. Each at most once.",
            )
            .requires_idempotency_key()
            .to(send),
        act("campaigns_pause", "/campaigns/{id}/pause", "Pause a campaign")
            .description("At most 20 mails that are on their way are still handed over.")
            .to(pause),
        act("campaigns_resume", "/campaigns/{id}/resume", "Go on sending").to(resume),
        act("campaigns_cancel", "/campaigns/{id}/cancel", "Cancel a campaign").to(cancel),
        act(
            "campaigns_resend_uncertain",
            "/campaigns/{id}/resend-uncertain",
            "Send again what may not have arrived",
        )
        .description(
            "To those of whom nobody knows whether they got it: some may get it twice. A paused campaign stays paused.",
        )
        .requires_idempotency_key()
        .to(resend_uncertain),
        act("campaigns_resend_failed", "/campaigns/{id}/resend-failed", "Send again what was not taken for long")
            .description("To those whose mails were never refused for good (`gaveUp` in the report).")
            .requires_idempotency_key()
            .to(resend_failed),
    ]
}

fn test_endpoint() -> Endpoint {
    Endpoint::post("campaigns_test", "/campaigns/{id}/test", "Mail a campaign to oneself")
        .scope(Scope::CampaignsWrite)
        .accepts()
        .to(test)
}

fn act(id: &'static str, path: &'static str, summary: &'static str) -> Draft {
    Endpoint::post(id, path, summary)
        .scope(Scope::CampaignsSend)
        .versioned()
        .returns::<CampaignView>()
        .fails_with(409)
        .renders(|request, actor, id| async move {
            let campaigns = request.app_data::<Data<dyn Campaigns>>().ok_or_else(Problem::not_found)?;
            Ok(shown(&campaigns.get(&actor, CampaignId::from_uuid(id)).await?))
        })
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ScheduleCampaign)]
struct ScheduleBody {
    at: Instant,
}

async fn test(Caller(actor): Caller, id: Path<CampaignId>, campaigns: Data<dyn Campaigns>) -> Answer {
    campaigns.request_test(&actor, *id).await?;
    Ok(Reply::accepted())
}

async fn schedule(
    Caller(actor): Caller,
    id: Path<CampaignId>,
    IfMatch(version): IfMatch,
    Body(body): Body<ScheduleBody>,
    campaigns: Data<dyn Campaigns>,
) -> Answer {
    Ok(shown(&campaigns.act(&actor, *id, version, Act::Schedule { at: body.at.into() }).await?))
}

/// Declares the handler of an act that takes nothing but the version.
macro_rules! handler {
    ($name:ident, $act:ident) => {
        async fn $name(
            Caller(actor): Caller,
            id: Path<CampaignId>,
            IfMatch(version): IfMatch,
            campaigns: Data<dyn Campaigns>,
        ) -> Answer {
            Ok(shown(&campaigns.act(&actor, *id, version, Act::$act).await?))
        }
    };
}

handler!(unschedule, Unschedule);
handler!(send, Send);
handler!(pause, Pause);
handler!(resume, Resume);
handler!(cancel, Cancel);
handler!(resend_uncertain, ResendUncertain);
handler!(resend_failed, ResendFailed);
