//! The score of the whole system: which event leads to which job. Pure; runs inside the commit that tells the event.

use auth::AuthEvent;
use kernel::{Event, JobDraft, Reactions, Told};
use notifications::NotificationEvent;
use organizations::{InvitationAct, InvitationEvent, MemberAct, MemberEvent};
use tickets::{TicketEvent, TicketHappening};
use users::UserEvent;

use crate::jobs::Job;

/// The score.
pub(crate) struct Score;

impl Reactions for Score {
    fn react(&self, told: &Told<'_>) -> Vec<JobDraft> {
        react(told).into_iter().map(|job| job.draft(told.stream)).collect()
    }
}

#[expect(clippy::too_many_lines, reason = "the score of the system is read on one screen")]
fn react(told: &Told<'_>) -> Option<Job> {
    let id = told.id;
    if let Some(event) = as_event::<AuthEvent>(told.event) {
        return match *event {
            AuthEvent::SignUpRequested { sign_up } => Some(Job::MailVerification { sign_up, event: id }),
            AuthEvent::KnownAddressRegistered { user } => Some(Job::MailKnownAddress { user, event: id }),
            AuthEvent::PasswordResetRequested { token, .. } => {
                Some(Job::MailPasswordReset { token, event: id })
            }
            AuthEvent::EmailChangeRequested { token, .. } => Some(Job::MailEmailChange { token, event: id }),
            AuthEvent::SignedIn { user, new_device: true, .. } => {
                Some(Job::MailNewDevice { user, event: id })
            }
            AuthEvent::RefreshTokenReused { user, .. } => Some(Job::MailSessionTheft { user, event: id }),
            AuthEvent::MfaChanged { user, change } => {
                Some(Job::MailMfaChanged { user, change: change.name().to_owned(), event: id })
            }
            _ => None,
        };
    }
    if let Some(event) = as_event::<UserEvent>(told.event) {
        return match *event {
            UserEvent::Created { user } => Some(Job::MailWelcome { user, event: id }),
            UserEvent::DeletionRequested { user, .. } => Some(Job::MailAccountDeletion { user, event: id }),
            _ => None,
        };
    }
    if let Some(event) = as_event::<InvitationEvent>(told.event) {
        let mails = matches!(event.act, InvitationAct::Created | InvitationAct::Resent);
        return mails.then_some(Job::MailInvitation { invitation: event.invitation, event: id });
    }
    if let Some(event) = as_event::<NotificationEvent>(told.event) {
        return match *event {
            NotificationEvent::NotificationCreated { notification, by_mail: true, .. } => {
                Some(Job::MailNotification { notification })
            }
            _ => None,
        };
    }
    if let Some(event) = as_event::<TicketEvent>(told.event) {
        use TicketHappening as What;
        let news = matches!(
            event.what,
            What::Assigned { .. } | What::CommentAdded { .. } | What::CommentEdited { .. }
        );
        return news.then_some(Job::Notify { event: id });
    }
    let event = as_event::<MemberEvent>(told.event)?;
    let news = matches!(event.act, MemberAct::RoleChanged { .. } | MemberAct::OwnershipTransferred { .. });
    news.then_some(Job::Notify { event: id })
}

fn as_event<E: Event>(event: &dyn Event) -> Option<&E> {
    let event: &dyn std::any::Any = event;
    event.downcast_ref()
}
