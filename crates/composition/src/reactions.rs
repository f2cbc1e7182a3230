//! The score of the whole system: which event leads to which job. Pure; runs inside the commit that tells the event.
//! The document of reactions is made from these very lines.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;

use auth::AuthEvent;
use campaigns::{CampaignEvent, CampaignHappening};
use files::FileEvent;
use invoices::{InvoiceEvent, PaperOf};
use kernel::{Event, EventId, JobDraft, NotificationId, Queue, Reactions, Told};
use notifications::{Category, NotificationEvent, Template};
use organizations::InvitationEvent;
use users::UserEvent;
use uuid::Uuid;

use crate::jobs::Job;
use crate::letters;
use crate::notices::{self, NEWS};

/// Plays the score.
pub(crate) struct Score;

impl Reactions for Score {
    fn react(&self, told: &Told<'_>) -> Vec<JobDraft> {
        let kind = told.event.kind();
        let lines = SCORE.iter().filter(|line| line.event == kind);
        lines
            .filter_map(|line| (line.follow)(told.event, told.id))
            .map(|job| job.draft(told.stream))
            .collect()
    }
}

static SCORE: LazyLock<Vec<Line>> = LazyLock::new(|| {
    [of_sign_in(), of_accounts(), of_people(), of_invoices(), of_campaigns(), of_files(), of_feeds()]
        .into_iter()
        .flatten()
        .collect()
});

/// One line of the score.
struct Line {
    /// The kind of the event.
    event: &'static str,
    /// Which events of that kind.
    which: &'static str,
    /// The job about nothing, for its kind, its queue and its mail.
    example: Job,
    follow: Follow,
}

/// The job after an event with this id, if it is meant.
type Follow = Box<dyn Fn(&dyn Event, EventId) -> Option<Job> + Send + Sync>;

/// The job after events of a kind; `about` says what of the event it is about, or that this one is not meant.
fn line<E: Event, I: From<Uuid> + 'static>(
    event: &'static str,
    which: &'static str,
    about: impl Fn(&E) -> Option<I> + Send + Sync + 'static,
    job: fn(I, EventId) -> Job,
) -> Line {
    Line {
        event,
        which,
        example: job(Uuid::nil().into(), Uuid::nil().into()),
        follow: Box::new(move |event, id| {
            let event: &dyn std::any::Any = event;
            Some(job(about(event.downcast_ref()?)?, id))
        }),
    }
}

const ALL: &str = "";

fn of_sign_in() -> Vec<Line> {
    use AuthEvent as Told;
    vec![
        line(
            "auth.sign_up_requested",
            ALL,
            |event: &Told| if let Told::SignUpRequested { sign_up } = event { Some(*sign_up) } else { None },
            |sign_up, event| Job::MailVerification { sign_up, event },
        ),
        line("auth.known_address_registered", ALL, Told::user, |user, event| Job::MailKnownAddress {
            user,
            event,
        }),
        line(
            "auth.signed_in",
            "from a device not seen before",
            |event: &Told| {
                if let Told::SignedIn { user, new_device: true, .. } = event { Some(*user) } else { None }
            },
            |user, event| Job::MailNewDevice { user, event },
        ),
        line("auth.refresh_token_reused", ALL, Told::user, |user, event| Job::MailSessionTheft {
            user,
            event,
        }),
    ]
}

fn of_accounts() -> Vec<Line> {
    use AuthEvent as Told;
    vec![
        line(
            "auth.password_reset_requested",
            ALL,
            |event: &Told| {
                if let Told::PasswordResetRequested { token, .. } = event { Some(*token) } else { None }
            },
            |token, event| Job::MailPasswordReset { token, event },
        ),
        line("auth.password_reset", ALL, Told::user, |user, event| Job::MailPasswordResetDone {
            user,
            event,
        }),
        line("auth.password_changed", ALL, Told::user, |user, event| Job::MailPasswordChanged {
            user,
            event,
        }),
        line(
            "auth.email_change_requested",
            ALL,
            |event: &Told| {
                if let Told::EmailChangeRequested { token, .. } = event { Some(*token) } else { None }
            },
            |token, event| Job::MailEmailChange { token, event },
        ),
        line("auth.email_changed", ALL, Told::user, |user, event| Job::MailEmailChanged { user, event }),
        line("auth.mfa_changed", ALL, Told::user, |user, event| Job::MailMfaChanged { user, event }),
        line("auth.second_factor_locked", ALL, Told::user, |user, event| Job::MailSecondFactorLocked {
            user,
            event,
        }),
    ]
}

fn of_people() -> Vec<Line> {
    let invited = |kind| {
        line(
            kind,
            ALL,
            |event: &InvitationEvent| Some(event.invitation),
            |invitation, event| Job::MailInvitation { invitation, event },
        )
    };
    vec![
        line(
            "users.user_created",
            ALL,
            |event: &UserEvent| if let UserEvent::Created { user } = event { Some(*user) } else { None },
            |user, event| Job::MailWelcome { user, event },
        ),
        line(
            "users.deletion_requested",
            ALL,
            |event: &UserEvent| {
                if let UserEvent::DeletionRequested { user, .. } = event { Some(*user) } else { None }
            },
            |user, event| Job::MailAccountDeletion { user, event },
        ),
        invited("invitations.invitation_created"),
        invited("invitations.invitation_resent"),
    ]
}

fn of_invoices() -> Vec<Line> {
    let of_invoice = |kind| {
        line(
            kind,
            ALL,
            |event: &InvoiceEvent| match event.to_print() {
                Some(PaperOf::Invoice(invoice)) => Some(invoice),
                _ => None,
            },
            |invoice, _| Job::RenderInvoicePdf { invoice },
        )
    };
    let of_note = line(
        "invoices.credit_note_issued",
        ALL,
        |event: &InvoiceEvent| match event.to_print() {
            Some(PaperOf::CreditNote(note)) => Some(note),
            _ => None,
        },
        |note, _| Job::RenderCreditNotePdf { note },
    );
    let sent = line("invoices.sending_requested", ALL, InvoiceEvent::to_send, |sending, _| {
        Job::SendInvoice { sending }
    });
    vec![of_invoice("invoices.invoice_issued"), of_invoice("invoices.invoice_voided"), of_note, sent]
}

/// A run is planned, then posted batch by batch: each that leaves more to do leads to the next.
fn of_campaigns() -> Vec<Line> {
    use CampaignHappening as What;
    let plan = |kind| {
        line(
            kind,
            ALL,
            |event: &CampaignEvent| match event.what {
                What::Started { run } | What::Resumed { run } | What::Continued { run } => Some(run),
                _ => None,
            },
            |run, _| Job::PlanCampaign { run },
        )
    };
    let post = |kind, which| Line {
        event: kind,
        which,
        example: Job::PostCampaign { run: Uuid::nil().into(), not_before: None },
        follow: Box::new(|event, _| posting(event)),
    };
    let test = line(
        "campaigns.test_requested",
        ALL,
        |event: &CampaignEvent| if let What::TestRequested { test } = event.what { Some(test) } else { None },
        |test, _| Job::PostCampaignTest { test },
    );
    vec![
        plan("campaigns.campaign_started"),
        plan("campaigns.campaign_resumed"),
        plan("campaigns.campaign_continued"),
        post("campaigns.campaign_planned", ALL),
        post("campaigns.batch_sent", "that leaves more to do"),
        test,
    ]
}

/// The job that posts what a run has left, once its time has come.
fn posting(event: &dyn Event) -> Option<Job> {
    let event: &dyn std::any::Any = event;
    match event.downcast_ref::<CampaignEvent>()?.what {
        CampaignHappening::Planned { run, .. } => Some(Job::PostCampaign { run, not_before: None }),
        CampaignHappening::BatchSent { run, next, .. } => {
            next.map(|at| Job::PostCampaign { run, not_before: Some(at) })
        }
        _ => None,
    }
}

fn of_files() -> Vec<Line> {
    vec![line("files.file_deleted", ALL, FileEvent::deleted, |file, _| Job::RemoveBytes { file })]
}

/// What feeds speak of is said where they are written.
fn of_feeds() -> Vec<Line> {
    let nil = Uuid::nil();
    let kinds: BTreeSet<_> = NEWS.iter().map(|news| news.event).collect();
    let news = kinds.into_iter().map(|event| Line {
        event,
        which: ALL,
        example: Job::Notify { event: nil.into() },
        follow: Box::new(|_, event| Some(Job::Notify { event })),
    });
    let by_mail = line(
        "notifications.notification_created",
        "wanted by mail too",
        |event: &NotificationEvent| match event {
            NotificationEvent::NotificationCreated { notification, by_mail: true, .. } => Some(*notification),
            _ => None,
        },
        |notification: NotificationId, _| Job::MailNotification { notification },
    );
    news.chain([by_mail]).collect()
}

/// What follows from events of a kind.
#[derive(Clone, Debug)]
pub struct Reaction {
    pub event: &'static str,
    /// Which events of that kind; all if it says nothing.
    pub which: &'static str,
    /// The kind of the job.
    pub job: &'static str,
    pub queue: Queue,
    pub effects: Vec<Effect>,
}

/// What a job does for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Mail(Template),
    /// An entry in the feeds of those that members of the event's data name.
    Entry {
        kind: &'static str,
        category: Category,
        to: &'static [&'static str],
    },
    /// The mail that belongs to an entry of that kind.
    MailOfEntry {
        kind: &'static str,
        template: Template,
    },
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mail(template) => write!(f, "mail `{}`", template.name()),
            Self::Entry { kind, category, to } => {
                write!(f, "entry `{kind}` ({}) for `{}`", category.name(), to.join("`, `"))
            }
            Self::MailOfEntry { kind, template } => write!(f, "mail `{}` of entry `{kind}`", template.name()),
        }
    }
}

/// All reactions there are, by the event's kind.
pub fn reactions() -> Vec<Reaction> {
    let reaction = |line: &Line| Reaction {
        event: line.event,
        which: line.which,
        job: line.example.kind(),
        queue: line.example.queue(),
        effects: effects(line),
    };
    let mut all: Vec<_> = SCORE.iter().map(reaction).collect();
    all.sort_by_key(|reaction| reaction.event);
    all
}

fn effects(line: &Line) -> Vec<Effect> {
    match line.example {
        Job::Notify { .. } => {
            let news = NEWS.iter().filter(|news| news.event == line.event);
            news.map(|news| Effect::Entry { kind: news.entry, category: news.category, to: news.to })
                .collect()
        }
        Job::MailNotification { .. } => {
            let mails = notices::mails().into_iter();
            mails.map(|(kind, template)| Effect::MailOfEntry { kind, template }).collect()
        }
        _ => letters::template(&line.example).map(Effect::Mail).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests;
