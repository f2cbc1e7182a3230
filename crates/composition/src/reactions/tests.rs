use auth::MfaChange;
use campaigns::Tally;
use files::File;
use invoices::{
    Amount, CreditNote, DocumentNumber, DueDays, Invoice, InvoiceHappening, Issue, Life, PaymentClaim,
    Purpose, Reason, ScheduleEvent, ScheduleHappening, Sending, SendingState, StopReason, Sums,
};
use kernel::{Actor, Currency, EmailAddress, OrganizationId, Request, Stream, TokenId, UserId, Version};
use organizations::{InvitationAct, MemberAct, MemberEvent};
use tickets::{TicketEvent, TicketHappening, TicketNumber, Visibility};

use super::*;

const ONE: Uuid = Uuid::from_u128(1);
const ORG: OrganizationId = OrganizationId::from_uuid(Uuid::from_u128(9));

fn user() -> UserId {
    ONE.into()
}

fn token() -> TokenId {
    ONE.into()
}

fn address() -> EmailAddress {
    EmailAddress::parse("email", "asha@example.com").expect("an address")
}

fn of_ticket(what: TicketHappening) -> Box<dyn Event> {
    let (number, version) = (TicketNumber(1), Version::FIRST);
    Box::new(TicketEvent { ticket: ONE.into(), number, version, followers: Vec::new(), what })
}

fn of_member(act: MemberAct) -> Box<dyn Event> {
    Box::new(MemberEvent { org: ORG, user: user(), version: Version::FIRST, act })
}

fn of_invitation(act: InvitationAct) -> Box<dyn Event> {
    let (invitation, role) = (ONE.into(), ONE.into());
    Box::new(InvitationEvent { org: ORG, invitation, role, email: address(), act })
}

fn notified(by_mail: bool) -> Box<dyn Event> {
    let (notification, category) = (ONE.into(), Category::Comments);
    Box::new(NotificationEvent::NotificationCreated { notification, user: user(), category, by_mail })
}

fn signed_in(new_device: bool) -> Box<dyn Event> {
    Box::new(AuthEvent::SignedIn { user: user(), session: ONE.into(), new_device })
}

fn deleted_file() -> Box<dyn Event> {
    let file = File {
        id: ONE.into(),
        org: ORG,
        name: "notes.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        size: 7,
        stored: 7,
        sha256: [0; 32],
        pixels: None,
        has_thumbnail: false,
        uploaded_by: Some(user()),
        owner: None,
        created_at: kernel::Timestamp::default(),
        attached_at: None,
    };
    Box::new(FileEvent::Deleted { file: Box::new(file) })
}

fn of_invoice(what: InvoiceHappening) -> Box<dyn Event> {
    Box::new(InvoiceEvent { invoice: ONE.into(), number: None, version: Version::FIRST, what })
}

fn a_sending() -> Box<Sending> {
    Box::new(Sending {
        id: ONE.into(),
        invoice: ONE.into(),
        of: PaperOf::Invoice(ONE.into()),
        purpose: Purpose::Document,
        to: vec![address()],
        cc: Vec::new(),
        subject: None,
        message: String::new(),
        state: SendingState::Queued,
        error: None,
        created_by: Some(user()),
        created_at: kernel::Timestamp::default(),
        ended_at: None,
        link: None,
        rendition: None,
    })
}

fn a_claim() -> Box<PaymentClaim> {
    Box::new(PaymentClaim {
        id: ONE.into(),
        invoice: ONE.into(),
        link: ONE.into(),
        said_on: chrono::NaiveDate::MIN,
        amount: None,
        currency: Currency::NPR,
        paid_on: None,
        reference: String::new(),
        note: String::new(),
        created_at: kernel::Timestamp::default(),
    })
}

fn of_invoices() -> Vec<Box<dyn Event>> {
    let number = DocumentNumber::parse("number", "INV-2083/84-000001").expect("a number");
    let issue = Issue { number, at: kernel::Timestamp::default(), on: chrono::NaiveDate::MIN, on_bs: None };
    let now = kernel::Timestamp::default();
    let invoice = Invoice {
        id: ONE.into(),
        life: Life::Draft,
        customer: ONE.into(),
        customer_name: "Sagarmatha".to_owned(),
        currency: Currency::NPR,
        po_number: String::new(),
        due_days: DueDays::default(),
        sums: Sums::default(),
        issue: Some(issue.clone()),
        due_on: None,
        version: Version::FIRST,
        created_at: now,
        updated_at: now,
    };
    let note = CreditNote {
        id: ONE.into(),
        invoice: ONE.into(),
        issue,
        reason: Reason::parse("reason", "Returned").expect("a reason"),
        currency: Currency::NPR,
        sums: Sums::default(),
        reduced: Amount::default(),
        refundable: Amount::default(),
    };
    vec![
        of_invoice(InvoiceHappening::Issued { invoice }),
        of_invoice(InvoiceHappening::Voided { reason: "Wrong".to_owned() }),
        of_invoice(InvoiceHappening::Credited { note, status: "paid" }),
        of_invoice(InvoiceHappening::SendingRequested { sending: a_sending() }),
        of_invoice(InvoiceHappening::PaymentClaimed { claim: a_claim(), readers: vec![user()] }),
        of_invoice(InvoiceHappening::SendingFailed {
            sending: a_sending(),
            error: String::new(),
            readers: vec![user()],
        }),
    ]
}

fn of_schedule() -> Box<dyn Event> {
    let what = ScheduleHappening::Stopped { reason: StopReason::CustomerArchived, people: vec![user()] };
    Box::new(ScheduleEvent { schedule: ONE.into(), version: Version::FIRST, status: "stopped", what })
}

fn of_campaign(what: CampaignHappening) -> Box<dyn Event> {
    Box::new(CampaignEvent { campaign: ONE.into(), version: Version::FIRST, what })
}

fn of_campaigns() -> Vec<Box<dyn Event>> {
    let run = ONE.into();
    vec![
        of_campaign(CampaignHappening::Started { run }),
        of_campaign(CampaignHappening::Resumed { run }),
        of_campaign(CampaignHappening::Continued { run }),
        of_campaign(CampaignHappening::Planned { run, recipients: 1 }),
        of_campaign(CampaignHappening::BatchSent {
            run,
            tally: Tally::default(),
            next: Some(kernel::Timestamp::default()),
        }),
        of_campaign(CampaignHappening::TestRequested { test: ONE.into() }),
    ]
}

/// One event for each line of the score.
fn heard() -> Vec<Box<dyn Event>> {
    let (user, token, id) = (user(), token(), ONE);
    let mut heard = of_tickets();
    heard.extend(of_invoices());
    heard.push(of_schedule());
    let others: [Box<dyn Event>; 19] = [
        Box::new(AuthEvent::SignUpRequested { sign_up: token }),
        Box::new(AuthEvent::KnownAddressRegistered { user }),
        signed_in(true),
        Box::new(AuthEvent::RefreshTokenReused { user, session: id.into() }),
        Box::new(AuthEvent::PasswordResetRequested { user, token }),
        Box::new(AuthEvent::PasswordReset { user }),
        Box::new(AuthEvent::PasswordChanged { user }),
        Box::new(AuthEvent::EmailChangeRequested { user, token }),
        Box::new(AuthEvent::EmailChanged { user, before: address(), after: address() }),
        Box::new(AuthEvent::MfaChanged { user, change: MfaChange::Disabled }),
        Box::new(AuthEvent::SecondFactorLocked { user }),
        Box::new(UserEvent::Created { user }),
        Box::new(UserEvent::DeletionRequested {
            user,
            version: Version::FIRST,
            delete_after: kernel::Timestamp::default(),
        }),
        of_invitation(InvitationAct::Created),
        of_invitation(InvitationAct::Resent),
        notified(true),
        of_member(MemberAct::RoleChanged { from: id.into(), to: id.into() }),
        of_member(MemberAct::OwnershipTransferred { to: user }),
        deleted_file(),
    ];
    heard.extend(others);
    heard.extend(of_campaigns());
    heard
}

fn of_tickets() -> Vec<Box<dyn Event>> {
    let (user, id) = (user(), ONE);
    let people = || vec![user];
    vec![
        of_ticket(TicketHappening::Assigned { before: None, assignee: user }),
        of_ticket(TicketHappening::CommentAdded {
            comment: id.into(),
            visibility: Visibility::Public,
            mentions: people(),
            watchers: people(),
        }),
        of_ticket(TicketHappening::CommentEdited {
            comment: id.into(),
            comment_version: Version::FIRST,
            visibility: Visibility::Public,
            mentions: people(),
            before: String::new(),
            after: String::new(),
        }),
    ]
}

fn jobs_after(event: &dyn Event) -> Vec<JobDraft> {
    let actor = Actor::anonymous(Request::default());
    Score.react(&Told {
        id: Uuid::from_u128(7).into(),
        stream: Stream::Organization(ORG),
        actor: &actor,
        event,
    })
}

/// Jobs that speak of a thing, whatever event led to them.
const NAMELESS: [&str; 5] = [
    "mail.notification",
    "files.remove_bytes",
    "invoice.render_pdf",
    "invoice.render_credit_note_pdf",
    "invoice.send",
];

#[test]
fn each_line_is_played_by_an_event_of_its_kind() {
    let mut played = Vec::new();
    for event in heard() {
        let jobs = jobs_after(event.as_ref());
        assert_eq!(jobs.len(), 1, "{event:?}");
        for job in jobs {
            let names_its_event = job.payload.contains(&Uuid::from_u128(7).to_string());
            assert!(names_its_event || job.kind.starts_with("campaigns.") || NAMELESS.contains(&job.kind));
            played.push((event.kind(), job.kind, job.queue));
        }
    }
    played.sort_unstable();
    let written: Vec<_> = reactions().iter().map(|line| (line.event, line.job, line.queue)).collect();
    assert_eq!(played, written);
}

#[test]
fn what_is_not_meant_leads_to_nothing() {
    let deaf = [
        signed_in(false),
        notified(false),
        of_invitation(InvitationAct::Revoked),
        of_ticket(TicketHappening::Watched { user: user() }),
        of_member(MemberAct::Left),
        of_campaign(CampaignHappening::BatchSent { run: ONE.into(), tally: Tally::default(), next: None }),
        Box::new(AuthEvent::AccountEnabled { user: user() }),
    ];
    for event in deaf {
        assert_eq!(jobs_after(event.as_ref()), [], "{event:?}");
    }
}

#[test]
fn entries_are_for_people_whom_the_event_names() {
    let events = heard();
    for news in &NEWS {
        let event = events.iter().find(|event| event.kind() == news.event).expect("one of each kind");
        for name in news.to {
            assert!(event.data().get(name).is_some_and(|people| !people.is_null()), "{} {name}", news.event);
        }
    }
}

#[test]
fn each_job_reaches_somebody_but_those_that_print_and_tidy_up() {
    for reaction in reactions() {
        let is_silent = reaction.job.starts_with("campaigns.")
            || reaction.job == "files.remove_bytes"
            || reaction.job.starts_with("invoice.");
        assert_eq!(reaction.effects.is_empty(), is_silent, "{}", reaction.job);
    }
}
