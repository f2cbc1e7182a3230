//! What each mail says: facts from the domains, put into the letter that `notifications` renders and sends.

use auth::{Device, MailedToken};
use database::log::{self, Recorded};
use kernel::{Actor, EmailAddress, EventId, Fault, FaultKind, NotificationId, Secret, UserId};
use notifications::{Letter, Template};
use organizations::InvitationLetter;
use serde_json::{Value, json};
use users::User;

use crate::jobs::{Job, job_error};
use crate::{JobError, Services, notices};

/// The template of the mail that a job sends. None where the job sends none, or only its notification tells which.
pub(crate) const fn template(job: &Job) -> Option<Template> {
    Some(match job {
        Job::MailVerification { .. } => Template::VerifyEmail,
        Job::MailKnownAddress { .. } => Template::KnownAddress,
        Job::MailWelcome { .. } => Template::Welcome,
        Job::MailPasswordReset { .. } => Template::PasswordReset,
        Job::MailPasswordResetDone { .. } => Template::PasswordResetDone,
        Job::MailPasswordChanged { .. } => Template::PasswordChanged,
        Job::MailEmailChange { .. } => Template::EmailChange,
        Job::MailEmailChanged { .. } => Template::EmailChanged,
        Job::MailNewDevice { .. } => Template::NewDevice,
        Job::MailMfaChanged { .. } => Template::MfaChanged,
        Job::MailSecondFactorLocked { .. } => Template::SecondFactorLocked,
        Job::MailSessionTheft { .. } => Template::SessionTheft,
        Job::MailAccountDeletion { .. } => Template::AccountDeletion,
        Job::MailInvitation { .. } => Template::Invitation,
        Job::MailNotification { .. }
        | Job::Notify { .. }
        | Job::RenderInvoicePdf { .. }
        | Job::RenderCreditNotePdf { .. }
        | Job::SendInvoice { .. }
        | Job::MakeRecurringInvoices
        | Job::PlanCampaign { .. }
        | Job::PostCampaign { .. }
        | Job::PostCampaignTest { .. }
        | Job::StartCampaigns
        | Job::RemoveBytes { .. }
        | Job::KeepHouse
        | Job::EraseExpired
        | Job::Drill { .. } => return None,
    })
}

/// The letter of a job; none if what it was about is over.
#[expect(clippy::too_many_lines, reason = "one arm per mail, to be read side by side")]
pub(crate) async fn write(services: &Services, actor: &Actor, job: &Job) -> Result<Option<Letter>, JobError> {
    if let Job::MailNotification { notification } = job {
        return notification_letter(services, actor, *notification).await;
    }
    let Some(template) = template(job) else { return Ok(None) };
    match job {
        Job::MailVerification { sign_up, event } => {
            let facts = json!({ "expires_in": 24 * 60 });
            let token = MailedToken::SignUp(*sign_up);
            with_link(services, token, "verify-email", template, facts, *event).await
        }
        Job::MailPasswordReset { token, event } => {
            let facts = json!({ "expires_in": 30 });
            let token = MailedToken::PasswordReset(*token);
            with_link(services, token, "reset-password", template, facts, *event).await
        }
        Job::MailEmailChange { token, event } => {
            let token = MailedToken::EmailChange(*token);
            let facts = json!({ "expires_in": 30 });
            with_link(services, token, "confirm-email", template, facts, *event).await
        }
        Job::MailInvitation { invitation, event } => {
            let found = services.organizations.invitations.letter(*invitation).await.map_err(job_error)?;
            Ok(found.map(|letter| invitation_letter(services, letter, *event)))
        }
        Job::MailKnownAddress { user, event } => {
            to_person(services, *user, template, "sign-in", *event, |_, _| json!({})).await
        }
        Job::MailWelcome { user, event } => {
            to_person(services, *user, template, "", *event, |_, _| json!({})).await
        }
        Job::MailAccountDeletion { user, event } => {
            let facts = |user: &User, _: &Recorded| json!({ "at": user.delete_after, "time_zone": user.time_zone.name() });
            to_person(services, *user, template, "settings/profile", *event, facts).await
        }
        Job::MailMfaChanged { user, event } => {
            let facts = |user: &User, event: &Recorded| {
                let change = fact(&event.data, "/change").as_str().unwrap_or_default();
                with(circumstances(user, event), "change", json!(told_change(change)))
            };
            to_person(services, *user, template, SECURITY, *event, facts).await
        }
        Job::MailEmailChanged { user, event } => {
            let Some(before) = address_before(services, *event).await? else { return Ok(None) };
            let letter = to_person(services, *user, template, SECURITY, *event, circumstances).await?;
            Ok(letter.map(|letter| Letter { to: before, ..letter }))
        }
        Job::MailNewDevice { user, event }
        | Job::MailSessionTheft { user, event }
        | Job::MailPasswordChanged { user, event }
        | Job::MailPasswordResetDone { user, event }
        | Job::MailSecondFactorLocked { user, event } => {
            to_person(services, *user, template, SECURITY, *event, circumstances).await
        }
        Job::MailNotification { .. }
        | Job::Notify { .. }
        | Job::RenderInvoicePdf { .. }
        | Job::RenderCreditNotePdf { .. }
        | Job::SendInvoice { .. }
        | Job::MakeRecurringInvoices
        | Job::PlanCampaign { .. }
        | Job::PostCampaign { .. }
        | Job::PostCampaignTest { .. }
        | Job::StartCampaigns
        | Job::RemoveBytes { .. }
        | Job::KeepHouse
        | Job::EraseExpired
        | Job::Drill { .. } => Ok(None),
    }
}

/// Where people see their sessions and second factor.
const SECURITY: &str = "settings/security";

/// The address that an account had before an event. None once the person is erased.
async fn address_before(services: &Services, event: EventId) -> Result<Option<EmailAddress>, JobError> {
    let recorded = log::find(&services.database, event).await.map_err(job_error)?;
    let address = recorded.as_ref().and_then(|event| fact(&event.private, "/changes/before/email").as_str());
    let address = address.map(|address| EmailAddress::parse("email", address)).transpose();
    address.map_err(|fault| JobError::Permanent(format!("the address before {}", fault.detail)))
}

async fn with_link(
    services: &Services,
    token: MailedToken,
    page: &str,
    template: Template,
    context: Value,
    event: EventId,
) -> Result<Option<Letter>, JobError> {
    let Some(found) = services.auth.mailings.letter(token).await.map_err(job_error)? else { return Ok(None) };
    let context = match template {
        Template::EmailChange => with(context, "email", json!(found.to)),
        _ => context,
    };
    Ok(Some(Letter {
        key: key(template, event),
        template,
        to: found.to,
        to_name: Some(found.name),
        locale: found.locale,
        link: Some(services.page_with_token(page, &found.token)),
        context,
        preferences_link: None,
    }))
}

fn invitation_letter(services: &Services, letter: InvitationLetter, event: EventId) -> Letter {
    let left = letter.expires_at - services.database.env().now();
    let context = json!({
        "organization": letter.organization_name,
        "role": letter.role_name,
        "inviter": letter.inviter_name,
        "expires_in": left.num_minutes(),
    });
    Letter {
        key: key(Template::Invitation, event),
        template: Template::Invitation,
        to: letter.to,
        to_name: None,
        locale: letter.locale,
        link: Some(services.page_with_token("accept-invitation", &letter.token)),
        context,
        preferences_link: None,
    }
}

async fn to_person(
    services: &Services,
    user: UserId,
    template: Template,
    page: &str,
    event: EventId,
    facts: impl FnOnce(&User, &Recorded) -> Value,
) -> Result<Option<Letter>, JobError> {
    let Some(user) = services.users.find(user).await.map_err(job_error)? else { return Ok(None) };
    let Some(recorded) = log::find(&services.database, event).await.map_err(job_error)? else {
        return Ok(None);
    };
    let context = facts(&user, &recorded);
    let (to, name, locale) = (user.email.clone(), user.full_name.to_string(), user.locale);
    let link = Some(Secret::new(services.page(page)));
    Ok(Some(Letter {
        key: key(template, event),
        template,
        to,
        to_name: Some(name),
        locale,
        link,
        context,
        preferences_link: None,
    }))
}

/// The mail's word for a change of the second factor. To its owner, a replaced one is a new one, and one that an
/// operator took away is gone.
fn told_change(change: &str) -> &str {
    match change {
        "replaced" => "enabled",
        "reset" => "disabled",
        "recovery_codes_replaced" => "recovery_codes_regenerated",
        other => other,
    }
}

/// When and with what something was done to an account.
fn circumstances(user: &User, event: &Recorded) -> Value {
    json!({
        "at": event.occurred_at,
        "time_zone": user.time_zone.name(),
        "device": Device::read(fact(&event.private, "/request/userAgent").as_str()).to_string(),
        "ip": fact(&event.private, "/request/ip"),
    })
}

async fn notification_letter(
    services: &Services,
    actor: &Actor,
    id: NotificationId,
) -> Result<Option<Letter>, JobError> {
    let Some(mailing) = services.notifications.mailing(actor, id).await.map_err(job_error)? else {
        return Ok(None);
    };
    let notification = &mailing.notification;
    let kind = notification.kind.as_str();
    let Some(template) = notices::mails().get(kind).copied() else {
        return Err(JobError::Permanent(format!("no mail speaks of `{kind}`")));
    };
    let page = match notification.subject.kind.as_str() {
        "ticket" => format!("tickets/{}", notification.subject.id),
        "invoice" => format!("invoices/{}", notification.subject.id),
        "invoice_schedule" => format!("invoices/recurring/{}", notification.subject.id),
        _ => "settings/members".to_owned(),
    };
    let told = with(notification.data.clone(), "organization", json!(mailing.organization_name));
    let Some(context) = needed(template, with(told, "actor", json!(mailing.caused_by))) else {
        return Ok(None);
    };
    Ok(Some(Letter {
        key: format!("{}:{id}", template.name()),
        template,
        to: mailing.to,
        to_name: Some(mailing.to_name),
        locale: mailing.locale,
        link: Some(Secret::new(services.page(&page))),
        context,
        preferences_link: template.can_be_muted().then(|| services.page("settings/notifications")),
    }))
}

/// Of what is told, the facts a template speaks of; none if a role or a person it would name is gone meanwhile.
fn needed(template: Template, told: Value) -> Option<Value> {
    let Value::Object(mut told) = told else { return None };
    let facts = template.facts();
    told.retain(|name, value| {
        !value.is_null()
            && (facts.required.contains(&name.as_str()) || facts.optional.contains(&name.as_str()))
    });
    facts.required.iter().all(|name| told.contains_key(*name)).then_some(Value::Object(told))
}

/// The object with one more member.
fn with(mut object: Value, name: &str, value: Value) -> Value {
    if let Value::Object(members) = &mut object {
        members.insert(name.to_owned(), value);
    }
    object
}

/// A member of what an event or a notification tells; null where there is none.
pub(crate) fn fact<'a>(told: &'a Value, path: &str) -> &'a Value {
    told.pointer(path).unwrap_or(&Value::Null)
}

/// One mail per event and template, however often the job runs.
fn key(template: Template, event: EventId) -> String {
    format!("{}:{event}", template.name())
}

/// A thing that is gone is no failure of a mail.
pub(crate) fn if_there<T, E: Fault>(found: Result<T, E>) -> Result<Option<T>, JobError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == FaultKind::NotFound => Ok(None),
        Err(error) => Err(job_error(error)),
    }
}
