//! What the feeds say of an event, and to whom.

use std::collections::BTreeMap;

use database::log::{self, Recorded};
use kernel::{Actor, EventId, InvoiceId, InvoiceScheduleId, OrganizationId, Subject, TicketId, UserId};
use notifications::{Category, Notice, Template};
use serde_json::{Value, json};

use crate::jobs::job_error;
use crate::letters::{fact, if_there};
use crate::{Done, JobError, Services};

/// What feeds say after events of a kind.
pub(crate) struct News {
    pub(crate) event: &'static str,
    /// The kind of the entry.
    pub(crate) entry: &'static str,
    pub(crate) category: Category,
    /// The members of the event's data that name its readers.
    pub(crate) to: &'static [&'static str],
    /// The mail of the entry, for readers who want one.
    pub(crate) mail: Template,
    pub(crate) critical: bool,
}

const fn news(
    event: &'static str,
    entry: &'static str,
    category: Category,
    to: &'static [&'static str],
    mail: Template,
) -> News {
    News { event, entry, category, to, mail, critical: false }
}

/// All news there are. Of one event, the most pressing reason first: a person named by several gets the first.
pub(crate) const NEWS: [News; 9] = [
    news(
        "tickets.ticket_assigned",
        "ticket_assigned",
        Category::Assignments,
        &["assigneeId"],
        Template::TicketAssigned,
    ),
    news(
        "tickets.comment_added",
        "ticket_mentioned",
        Category::Mentions,
        &["mentions"],
        Template::TicketMentioned,
    ),
    news(
        "tickets.comment_added",
        "ticket_commented",
        Category::Comments,
        &["watcherIds"],
        Template::TicketCommented,
    ),
    news(
        "tickets.comment_edited",
        "ticket_mentioned",
        Category::Mentions,
        &["mentions"],
        Template::TicketMentioned,
    ),
    news(
        "invoices.sending_failed",
        "invoice_sending_failed",
        Category::Invoices,
        &["readerIds"],
        Template::InvoiceSendingFailed,
    ),
    news(
        "invoices.schedule_stopped",
        "invoice_schedule_stopped",
        Category::Invoices,
        &["recipientIds"],
        Template::InvoiceScheduleStopped,
    ),
    news(
        "invoices.payment_claimed",
        "invoice_payment_claimed",
        Category::Invoices,
        &["readerIds"],
        Template::InvoicePaymentClaimed,
    ),
    news(
        "members.member_role_changed",
        "member_role_changed",
        Category::Membership,
        &["userId"],
        Template::MemberRoleChanged,
    ),
    News {
        event: "members.ownership_transferred",
        entry: "ownership_transferred",
        category: Category::Membership,
        to: &["userId", "toUserId"],
        mail: Template::OwnershipTransferred,
        critical: true,
    },
];

/// The mail of each kind of entry.
pub(crate) fn mails() -> BTreeMap<&'static str, Template> {
    NEWS.iter().map(|news| (news.entry, news.mail)).collect()
}

/// Lets the feeds know.
pub(crate) async fn notify(services: &Services, actor: &Actor, event: EventId) -> Result<Done, JobError> {
    let Some(recorded) = log::find(&services.database, event).await.map_err(job_error)? else {
        return Ok(Done::Unmarked);
    };
    let told = match recorded.topic.as_str() {
        "tickets" => of_ticket(services, actor, &recorded).await?,
        "invoices" if recorded.subject_type == "invoice_schedule" => {
            of_schedule(services, actor, &recorded).await?
        }
        "invoices" => of_invoice(services, actor, &recorded).await?,
        _ => of_member(services, &recorded).await?,
    };
    let Some((subject, facts)) = told else { return Ok(Done::Unmarked) };
    let notice = |news: &News| Notice {
        event: recorded.id,
        recipients: news.to.iter().filter_map(|name| recorded.data.get(name)).flat_map(people).collect(),
        category: news.category,
        kind: news.entry,
        subject: subject.clone(),
        data: facts.clone(),
        critical: news.critical,
    };
    let notices = NEWS.iter().filter(|news| news.event == recorded.kind).map(notice).collect();
    services.notifications.notify(actor, notices).await.map_err(job_error)?;
    Ok(Done::Committed)
}

/// What entries of a ticket's events say, and what they are about; nothing if the ticket is gone.
async fn of_ticket(
    services: &Services,
    actor: &Actor,
    event: &Recorded,
) -> Result<Option<(Subject, Value)>, JobError> {
    let Some(id) = fact(&event.data, "/ticketId").as_str().and_then(|id| id.parse::<TicketId>().ok()) else {
        return Err(JobError::Permanent("the event names no ticket".to_owned()));
    };
    let Some(full) = if_there(services.tickets.get(actor, id).await)? else { return Ok(None) };
    let facts = json!({
        "ticketId": id,
        "number": full.ticket.number.0,
        "title": full.ticket.title.as_str(),
        "commentId": fact(&event.data, "/commentId"),
    });
    Ok(Some((Subject::new("ticket", id), facts)))
}

/// The same of an invoice's events.
async fn of_invoice(
    services: &Services,
    actor: &Actor,
    event: &Recorded,
) -> Result<Option<(Subject, Value)>, JobError> {
    let Some(id) = fact(&event.data, "/invoiceId").as_str().and_then(|id| id.parse::<InvoiceId>().ok())
    else {
        return Err(JobError::Permanent("the event names no invoice".to_owned()));
    };
    let Some(full) = if_there(services.invoices.get(actor, id).await)? else { return Ok(None) };
    let facts = json!({
        "invoiceId": id,
        "number": full.invoice.issue.map(|issue| issue.number.to_string()),
        "customer": full.invoice.customer_name,
    });
    Ok(Some((Subject::new("invoice", id), facts)))
}

/// The same of the events of a schedule of invoices.
async fn of_schedule(
    services: &Services,
    actor: &Actor,
    event: &Recorded,
) -> Result<Option<(Subject, Value)>, JobError> {
    let id = InvoiceScheduleId::from_uuid(event.subject_id);
    let Some(schedule) = if_there(services.invoices.schedule(actor, id).await)? else { return Ok(None) };
    let facts = json!({
        "scheduleId": id,
        "customer": schedule.draft.invoice.customer_name,
        "reason": fact(&event.data, "/reason"),
    });
    Ok(Some((Subject::new("invoice_schedule", id), facts)))
}

/// The same of a member's events.
async fn of_member(services: &Services, event: &Recorded) -> Result<Option<(Subject, Value)>, JobError> {
    let org = OrganizationId::from_uuid(event.stream_id);
    let facts = if event.kind == "members.ownership_transferred" {
        let (old, new) = (people(fact(&event.data, "/userId")), people(fact(&event.data, "/toUserId")));
        let both: Vec<UserId> = old.iter().chain(&new).copied().collect();
        let named = services.users.many_by_id(&both).await.map_err(job_error)?;
        let name = |wanted: &[UserId]| {
            named.iter().find(|user| wanted.contains(&user.id)).map(|user| user.full_name.to_string())
        };
        json!({ "previous_owner": name(&old), "new_owner": name(&new) })
    } else {
        let before = fact(&event.private, "/changes/before/roleId");
        let (role, previous) =
            (role(services, org, fact(&event.data, "/roleId")).await?, role(services, org, before).await?);
        json!({ "role": role, "previous_role": previous })
    };
    Ok(Some((Subject::new("member", event.subject_id), facts)))
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
