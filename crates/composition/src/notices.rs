//! What the feeds say of an event, and to whom.

use database::log::{self, Recorded};
use kernel::{Actor, EventId, OrganizationId, Subject, TicketId, UserId};
use notifications::{Category, Notice};
use serde_json::{Value, json};

use crate::jobs::job_error;
use crate::letters::{fact, if_there};
use crate::{Done, JobError, Services};

/// Lets the feeds know.
pub(crate) async fn notify(services: &Services, actor: &Actor, event: EventId) -> Result<Done, JobError> {
    let Some(recorded) = log::find(&services.database, event).await.map_err(job_error)? else {
        return Ok(Done::Unmarked);
    };
    let notices = match recorded.topic.as_str() {
        "tickets" => of_ticket(services, actor, &recorded).await?,
        _ => of_member(services, &recorded).await?,
    };
    if notices.is_empty() {
        return Ok(Done::Unmarked);
    }
    services.notifications.notify(actor, notices).await.map_err(job_error)?;
    Ok(Done::Committed)
}

/// The most pressing reason first: a person named by several notices gets the first.
async fn of_ticket(services: &Services, actor: &Actor, event: &Recorded) -> Result<Vec<Notice>, JobError> {
    let Some(id) = fact(&event.data, "/ticketId").as_str().and_then(|id| id.parse::<TicketId>().ok()) else {
        return Err(JobError::Permanent("the event names no ticket".to_owned()));
    };
    let Some(full) = if_there(services.tickets.get(actor, id).await)? else { return Ok(Vec::new()) };
    let facts = json!({
        "ticketId": id,
        "number": full.ticket.number.0,
        "title": full.ticket.title.as_str(),
        "commentId": fact(&event.data, "/commentId"),
    });
    let notice = |kind, category, recipients| Notice {
        event: event.id,
        recipients,
        category,
        kind,
        subject: Subject::new("ticket", id),
        data: facts.clone(),
        critical: false,
    };
    Ok(match event.kind.as_str() {
        "tickets.ticket_assigned" => {
            vec![notice("ticket_assigned", Category::Assignments, people(fact(&event.data, "/assigneeId")))]
        }
        "tickets.comment_added" => vec![
            notice("ticket_mentioned", Category::Mentions, people(fact(&event.data, "/mentions"))),
            notice("ticket_commented", Category::Comments, people(fact(&event.data, "/watcherIds"))),
        ],
        "tickets.comment_edited" => {
            vec![notice("ticket_mentioned", Category::Mentions, people(fact(&event.data, "/mentions")))]
        }
        _ => Vec::new(),
    })
}

async fn of_member(services: &Services, event: &Recorded) -> Result<Vec<Notice>, JobError> {
    let notice = |kind, recipients, data| Notice {
        event: event.id,
        recipients,
        category: Category::Membership,
        kind,
        subject: Subject::new("member", event.subject_id),
        data,
        critical: kind == "ownership_transferred",
    };
    let org = OrganizationId::from_uuid(event.stream_id);
    Ok(match event.kind.as_str() {
        "members.member_role_changed" => {
            let before = fact(&event.private, "/changes/before/roleId");
            let (role, previous) = (
                role(services, org, fact(&event.data, "/roleId")).await?,
                role(services, org, before).await?,
            );
            let data = json!({ "role": role, "previous_role": previous });
            vec![notice("member_role_changed", people(fact(&event.data, "/userId")), data)]
        }
        "members.ownership_transferred" => {
            let (old, new) = (people(fact(&event.data, "/userId")), people(fact(&event.data, "/toUserId")));
            let both: Vec<UserId> = old.iter().chain(&new).copied().collect();
            let named = services.users.many_by_id(&both).await.map_err(job_error)?;
            let name = |wanted: &[UserId]| {
                named.iter().find(|user| wanted.contains(&user.id)).map(|user| user.full_name.to_string())
            };
            let data = json!({ "previous_owner": name(&old), "new_owner": name(&new) });
            vec![notice("ownership_transferred", both, data)]
        }
        _ => Vec::new(),
    })
}

/// The name of a role, as long as it is there.
async fn role(services: &Services, org: OrganizationId, id: &Value) -> Result<Option<String>, JobError> {
    let Some(id) = id.as_str().and_then(|id| id.parse().ok()) else { return Ok(None) };
    services.organizations.roles.name(org, id).await.map_err(job_error)
}

/// One id or a list of them.
fn people(value: &Value) -> Vec<UserId> {
    let ids = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    ids.iter().filter_map(|id| id.as_str()?.parse().ok()).collect()
}
