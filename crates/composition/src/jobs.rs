//! Every job there is, and what plays it. A job carries ids, may run twice, and ends in done, retry or dead.

use std::time::Duration;

use database::jobs::Claimed;
use database::{StoreError, Tx};
use invoices::PaperOf;
use kernel::{
    Actor, Audience, CampaignRunId, CampaignTestId, CreditNoteId, Event, EventId, Fault, FaultKind, FileId,
    InvitationId, InvoiceId, InvoiceSendingId, JobDraft, NotificationId, Queue, Scope, Stream, Subject,
    Timestamp, TokenId, UserId,
};
use serde::{Deserialize, Serialize};

use crate::{Done, Handler, JobError, Services, blasts, housekeeping, letters, notices, papers, post};

/// What a worker can be asked to do. Closed: a row of another kind is dead at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload")]
pub enum Job {
    /// The link that proves an address.
    #[serde(rename = "mail.verification")]
    MailVerification { sign_up: TokenId, event: EventId },
    /// Somebody signed up with an address that has an account.
    #[serde(rename = "mail.known_address")]
    MailKnownAddress { user: UserId, event: EventId },
    #[serde(rename = "mail.welcome")]
    MailWelcome { user: UserId, event: EventId },
    #[serde(rename = "mail.password_reset")]
    MailPasswordReset { token: TokenId, event: EventId },
    #[serde(rename = "mail.password_reset_done")]
    MailPasswordResetDone { user: UserId, event: EventId },
    #[serde(rename = "mail.password_changed")]
    MailPasswordChanged { user: UserId, event: EventId },
    #[serde(rename = "mail.email_change")]
    MailEmailChange { token: TokenId, event: EventId },
    /// To the address that an account had.
    #[serde(rename = "mail.email_changed")]
    MailEmailChanged { user: UserId, event: EventId },
    #[serde(rename = "mail.new_device")]
    MailNewDevice { user: UserId, event: EventId },
    #[serde(rename = "mail.mfa_changed")]
    MailMfaChanged { user: UserId, event: EventId },
    #[serde(rename = "mail.second_factor_locked")]
    MailSecondFactorLocked { user: UserId, event: EventId },
    #[serde(rename = "mail.session_theft")]
    MailSessionTheft { user: UserId, event: EventId },
    #[serde(rename = "mail.account_deletion")]
    MailAccountDeletion { user: UserId, event: EventId },
    #[serde(rename = "mail.invitation")]
    MailInvitation { invitation: InvitationId, event: EventId },
    /// A notification, for whoever wants it by mail too.
    #[serde(rename = "mail.notification")]
    MailNotification { notification: NotificationId },
    /// Feeds learn of an event.
    #[serde(rename = "notifications.notify")]
    Notify { event: EventId },
    /// Prints an invoice.
    #[serde(rename = "invoice.render_pdf")]
    RenderInvoicePdf { invoice: InvoiceId },
    #[serde(rename = "invoice.render_credit_note_pdf")]
    RenderCreditNotePdf { note: CreditNoteId },
    /// Mails an invoice or a credit note.
    #[serde(rename = "invoice.send")]
    SendInvoice { sending: InvoiceSendingId },
    /// Makes the invoices that are due by schedules.
    #[serde(rename = "invoice.make_recurring")]
    MakeRecurringInvoices,
    /// Writes the audience of a campaign into its ledger.
    #[serde(rename = "campaigns.plan")]
    PlanCampaign { run: CampaignRunId },
    /// Hands over the next mails of a campaign.
    #[serde(rename = "campaigns.post")]
    PostCampaign {
        run: CampaignRunId,
        #[serde(skip)]
        not_before: Option<Timestamp>,
    },
    /// Mails a campaign to who writes it.
    #[serde(rename = "campaigns.post_test")]
    PostCampaignTest { test: CampaignTestId },
    /// Starts the campaigns that are due.
    #[serde(rename = "campaigns.start_due")]
    StartCampaigns,
    /// Removes the bytes of a deleted file.
    #[serde(rename = "files.remove_bytes")]
    RemoveBytes { file: FileId },
    /// Forgets what is kept for a while only.
    #[serde(rename = "system.keep_house")]
    KeepHouse,
    /// Erases accounts and organizations whose days of grace are over.
    #[serde(rename = "system.erase_expired")]
    EraseExpired,
    /// Tries the machinery of jobs itself; only benchmarks and fault drills write it.
    #[serde(rename = "system.drill")]
    Drill { act: Act },
}

/// What a drill does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Noop,
    /// Tells one event in the commit that ends the job.
    Tell,
    Panic,
    /// Takes the whole process down.
    Abort,
    Hang,
}

impl Job {
    /// The class it waits in: people wait for links.
    pub(crate) const fn queue(&self) -> Queue {
        match self {
            Self::MailVerification { .. }
            | Self::MailKnownAddress { .. }
            | Self::MailPasswordReset { .. }
            | Self::MailEmailChange { .. }
            | Self::MailInvitation { .. } => Queue::High,
            Self::PlanCampaign { .. }
            | Self::PostCampaign { .. }
            | Self::MakeRecurringInvoices
            | Self::RemoveBytes { .. }
            | Self::KeepHouse
            | Self::EraseExpired => Queue::Bulk,
            _ => Queue::Default,
        }
    }

    /// The stored kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::MailVerification { .. } => "mail.verification",
            Self::MailKnownAddress { .. } => "mail.known_address",
            Self::MailWelcome { .. } => "mail.welcome",
            Self::MailPasswordReset { .. } => "mail.password_reset",
            Self::MailPasswordResetDone { .. } => "mail.password_reset_done",
            Self::MailPasswordChanged { .. } => "mail.password_changed",
            Self::MailEmailChange { .. } => "mail.email_change",
            Self::MailEmailChanged { .. } => "mail.email_changed",
            Self::MailNewDevice { .. } => "mail.new_device",
            Self::MailMfaChanged { .. } => "mail.mfa_changed",
            Self::MailSecondFactorLocked { .. } => "mail.second_factor_locked",
            Self::MailSessionTheft { .. } => "mail.session_theft",
            Self::MailAccountDeletion { .. } => "mail.account_deletion",
            Self::MailInvitation { .. } => "mail.invitation",
            Self::MailNotification { .. } => "mail.notification",
            Self::Notify { .. } => "notifications.notify",
            Self::RenderInvoicePdf { .. } => "invoice.render_pdf",
            Self::RenderCreditNotePdf { .. } => "invoice.render_credit_note_pdf",
            Self::SendInvoice { .. } => "invoice.send",
            Self::MakeRecurringInvoices => "invoice.make_recurring",
            Self::PlanCampaign { .. } => "campaigns.plan",
            Self::PostCampaign { .. } => "campaigns.post",
            Self::PostCampaignTest { .. } => "campaigns.post_test",
            Self::StartCampaigns => "campaigns.start_due",
            Self::RemoveBytes { .. } => "files.remove_bytes",
            Self::KeepHouse => "system.keep_house",
            Self::EraseExpired => "system.erase_expired",
            Self::Drill { .. } => "system.drill",
        }
    }

    /// The job as a row of the ledger.
    pub fn draft(&self, stream: Stream) -> JobDraft {
        let payload =
            serde_json::to_value(self).ok().and_then(|mut job| Some(job.get_mut("payload")?.take()));
        JobDraft {
            kind: self.kind(),
            queue: self.queue(),
            stream,
            payload: payload.unwrap_or_default().to_string(),
            run_at: self.not_before(),
            dedupe_key: None,
        }
    }

    const fn not_before(&self) -> Option<Timestamp> {
        match self {
            Self::PostCampaign { not_before, .. } => *not_before,
            _ => None,
        }
    }

    /// Reads a row of the ledger.
    pub fn parse(kind: &str, payload: &str) -> Result<Self, serde_json::Error> {
        let payload: serde_json::Value = serde_json::from_str(payload)?;
        let job = if payload.is_null() {
            serde_json::json!({ "kind": kind })
        } else {
            serde_json::json!({ "kind": kind, "payload": payload })
        };
        serde_json::from_value(job)
    }
}

/// Plays jobs with the services.
pub(crate) struct Play {
    services: Services,
}

impl Play {
    pub(crate) fn new(services: Services) -> Self {
        Self { services }
    }
}

#[async_trait::async_trait]
impl Handler for Play {
    async fn handle(&self, claimed: &Claimed) -> Result<Done, JobError> {
        let job = Job::parse(&claimed.kind, &claimed.payload)
            .map_err(|error| JobError::Permanent(format!("no such job: {error}")))?;
        let actor = Actor::job(claimed.organization, claimed.lease.clone());
        let services = &self.services;
        match job {
            Job::Notify { event } => notices::notify(services, &actor, event).await,
            Job::RenderInvoicePdf { invoice } => {
                papers::print(services, &actor, PaperOf::Invoice(invoice)).await
            }
            Job::RenderCreditNotePdf { note } => {
                papers::print(services, &actor, PaperOf::CreditNote(note)).await
            }
            Job::SendInvoice { sending } => post::deliver(services, &actor, sending).await,
            Job::MakeRecurringInvoices => papers::make_recurring(services, &actor).await,
            Job::PlanCampaign { .. }
            | Job::PostCampaign { .. }
            | Job::PostCampaignTest { .. }
            | Job::StartCampaigns => blasts::play(services, &actor, &job).await,
            Job::RemoveBytes { file } => {
                services.files.remove_bytes(&actor, file).await.map_err(job_error)?;
                Ok(Done::Unmarked)
            }
            Job::KeepHouse => housekeeping::keep_house(services).await,
            Job::EraseExpired => housekeeping::erase_expired(services).await,
            Job::Drill { act } => drill(services, &actor, act).await,
            mail => match letters::write(services, &actor, &mail).await? {
                Some(letter) => {
                    services.mails.send_mail(&actor, letter).await.map_err(job_error)?;
                    Ok(Done::Committed)
                }
                // What the mail was about is over: a link used, a person gone.
                None => Ok(Done::Unmarked),
            },
        }
    }
}

/// What a failure of a domain means for a job.
pub(crate) fn job_error(error: impl Fault) -> JobError {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    match (error.kind(), error.code()) {
        (_, "lease_lost") => JobError::LeaseLost,
        // Room is made by people; what the job was to keep comes then.
        (_, "storage_full") => JobError::Postpone { after: Duration::from_secs(600), reason: text },
        (FaultKind::RateLimited { retry_after }, _) => {
            JobError::Postpone { after: retry_after, reason: text }
        }
        (FaultKind::Internal | FaultKind::Unavailable { .. } | FaultKind::Stale { .. }, _) => {
            JobError::Retry(text)
        }
        _ => JobError::Permanent(text),
    }
}

async fn drill(services: &Services, actor: &Actor, act: Act) -> Result<Done, JobError> {
    match act {
        Act::Noop => Ok(Done::Unmarked),
        Act::Tell => tell(services, actor).await.map_err(job_error),
        Act::Panic => panic!("a drill"),
        Act::Abort => std::process::abort(),
        Act::Hang => {
            tokio::time::sleep(Duration::from_secs(3_600)).await;
            Ok(Done::Unmarked)
        }
    }
}

async fn tell(services: &Services, actor: &Actor) -> Result<Done, StoreError> {
    let (org, id) = (actor.org, services.database.env().id());
    let work = services.database.commit(actor, move |tx: &Tx| {
        Box::pin(async move {
            tx.tell(Stream::Organization(org), Drilled(id));
            tx.finish_job();
            Ok::<_, StoreError>(())
        })
    });
    work.await?;
    Ok(Done::Committed)
}

/// A drill took effect.
#[derive(Debug)]
struct Drilled(EventId);

impl Event for Drilled {
    fn kind(&self) -> &'static str {
        "system.drill_told"
    }

    fn subject(&self) -> Subject {
        Subject::new("drill", self.0)
    }

    fn audience(&self) -> Audience {
        Audience::Scope { scope: Scope::JobsRead, guests: Vec::new() }
    }

    fn data(&self) -> serde_json::Value {
        serde_json::json!({})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_reads_back_from_its_row() {
        let id = uuid::Uuid::from_u128(7);
        let jobs = [
            Job::MailVerification { sign_up: id.into(), event: id.into() },
            Job::MailMfaChanged { user: id.into(), event: id.into() },
            Job::MailInvitation { invitation: id.into(), event: id.into() },
            Job::MailNotification { notification: id.into() },
            Job::Notify { event: id.into() },
            Job::RenderInvoicePdf { invoice: id.into() },
            Job::RenderCreditNotePdf { note: id.into() },
            Job::SendInvoice { sending: id.into() },
            Job::MakeRecurringInvoices,
            Job::PlanCampaign { run: id.into() },
            Job::PostCampaign { run: id.into(), not_before: None },
            Job::PostCampaignTest { test: id.into() },
            Job::StartCampaigns,
            Job::RemoveBytes { file: id.into() },
            Job::KeepHouse,
            Job::EraseExpired,
            Job::Drill { act: Act::Noop },
        ];
        for job in jobs {
            let row = job.draft(Stream::Organization(kernel::OrganizationId::PLATFORM));
            assert_eq!(Job::parse(row.kind, &row.payload).expect("parses"), job);
        }
    }

    #[test]
    fn a_row_of_another_kind_is_refused() {
        Job::parse("system.unheard_of", "null").expect_err("unknown");
        Job::parse("mail.welcome", "{}").expect_err("members are missing");
    }
}
