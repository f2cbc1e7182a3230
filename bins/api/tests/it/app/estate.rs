//! An organization with a row of every kind, all of which carry its canary.

use std::collections::BTreeMap;

use auth::CreateApiKey;
use campaigns::{Audience, CreateCampaign, ImportRow, OptIn, Taken};
use database::entities::job;
use files::Upload;
use futures_util::stream::{self, StreamExt};
use invoices::{
    CreateCustomer, CreateItem, CreateRecurring, CreateTaxRate, DraftInvoice, Making, Method, RecordPayment,
    ScheduleEnd, SchedulePeriod, WriteCreditNote, WriteDiscount, WriteDocument, WriteDocumentLine,
    WriteSchedule,
};
use kernel::{Actor, Calendar, Currency, Money, OrganizationId, Scope, Subject, SystemRole, TaxRateId};
use notifications::Notice;
use organizations::{CreateInvitation, CreateRole, InvitationRow, Sent};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;
use tickets::{AddColumn, LinkTicket, OpenTicket, Relation, Visibility, WriteComment};
use uuid::Uuid;

use super::TestApp;
use super::people::Persona;

pub(crate) struct Estate {
    pub(crate) org: OrganizationId,
    pub(crate) owner: Persona,
    /// A word that stands in every text of this organization and nowhere else.
    pub(crate) canary: String,
    /// One id of every kind, by the name of the kind.
    pub(crate) ids: BTreeMap<&'static str, Uuid>,
    /// The token of its open invitation.
    pub(crate) invitation: String,
}

impl Estate {
    /// Founds it and fills it.
    pub(crate) async fn of(app: &TestApp, canary: &str) -> Self {
        let owner = app.found(&format!("{canary} Limited")).await;
        let member = app.member(owner.org, SystemRole::Member).await;
        let mut estate = Self {
            org: owner.org,
            canary: canary.to_owned(),
            ids: BTreeMap::new(),
            invitation: String::new(),
            owner,
        };
        let actor = app.actor(&estate.owner.token).await;
        estate.ids.insert("user", member.user.uuid());
        estate.ids.insert("organization", estate.org.uuid());
        if let kernel::Who::User { session, .. } = app.actor(&member.token).await.who {
            estate.ids.insert("session", session.uuid());
        }
        estate.fill_tickets(app, &actor).await;
        estate.fill_invoices(app, &actor).await;
        estate.fill_people(app, &actor).await;
        estate.fill_campaigns(app, &actor).await;
        estate.fill_files(app, &actor).await;
        estate.fill_log(app, &actor).await;
        estate
    }

    /// The id of a kind of row; a kind that is not here is one that the walk knows no recipe for.
    pub(crate) fn id(&self, kind: &str) -> Uuid {
        *self
            .ids
            .get(kind)
            .unwrap_or_else(|| panic!("the fixtures have no `{kind}`: make one in app/estate.rs"))
    }

    fn text(&self, what: &str) -> String {
        format!("{} {what}", self.canary)
    }

    async fn fill_tickets(&mut self, app: &TestApp, actor: &Actor) {
        let tickets = &app.services.tickets;
        let add = AddColumn { name: self.text("column"), category: tickets::Category::Open, position: None };
        let column = tickets.add_column(actor, add).await.expect("a column");
        self.ids.insert("column", column.id.uuid());
        let open = |title: String| OpenTicket {
            title,
            description: Some(self.text("description")),
            ..Default::default()
        };
        let first = tickets.open(actor, open(self.text("ticket"))).await.expect("a ticket").ticket.id;
        let second = tickets.open(actor, open(self.text("other"))).await.expect("a ticket").ticket.id;
        let link = LinkTicket { relation: Relation::Relates, other: second };
        let link = tickets.link(actor, first, link).await.expect("a link");
        let said = WriteComment { body: self.text("comment"), visibility: Visibility::Internal };
        let comment = tickets.write_comment(actor, first, said).await.expect("a comment");
        self.ids.extend([
            ("ticket", first.uuid()),
            ("other ticket", second.uuid()),
            ("link", link.id.uuid()),
            ("comment", comment.id.uuid()),
        ]);
    }

    /// A tax rate, and a line of something of the catalogue that bears it.
    async fn something_to_sell(&mut self, app: &TestApp, actor: &Actor) -> (TaxRateId, WriteDocumentLine) {
        let invoices = &app.services.invoices;
        let kind = "rated".to_owned();
        let rate = CreateTaxRate { name: self.text("rate"), kind, basis_points: Some(500) };
        let rate = invoices.create_tax_rate(actor, rate).await.expect("a tax rate").id;
        let price = Money { amount: 10_000, currency: Currency::NPR };
        let (name, tax_rate) = (self.text("item"), Some(rate));
        let item = CreateItem { name, description: None, unit_price: price, tax_rate };
        let item = invoices.create_item(actor, item).await.expect("an item").id;
        let line = WriteDocumentLine {
            description: self.text("line"),
            quantity: "1".to_owned(),
            unit_price: price,
            discount: WriteDiscount::None,
            tax_rate,
            item: Some(item),
        };
        self.ids.insert("catalogue item", item.uuid());
        (rate, line)
    }

    /// The same draft every month.
    async fn recur(&mut self, app: &TestApp, actor: &Actor, draft: DraftInvoice) {
        let invoices = &app.services.invoices;
        let rhythm = WriteSchedule {
            start: invoices.today(actor).await.expect("a day"),
            period: SchedulePeriod::Month,
            every: 1,
            calendar: Calendar::Ad,
            end: ScheduleEnd::Never,
        };
        let command = CreateRecurring { draft, rhythm, making: Making::Draft };
        let schedule = invoices.create_schedule(actor, command).await.expect("recurs").id;
        self.ids.insert("invoice schedule", schedule.uuid());
    }

    /// A draft, which changes; and an issued invoice, to which payment and credit note belong.
    async fn fill_invoices(&mut self, app: &TestApp, actor: &Actor) {
        let invoices = &app.services.invoices;
        let create = CreateCustomer { name: self.text("customer"), ..CreateCustomer::default() };
        let customer = invoices.create_customer(actor, create).await.expect("a customer").id;
        let (rate, line) = self.something_to_sell(app, actor).await;
        let draft = DraftInvoice {
            customer,
            currency: "NPR".to_owned(),
            document: WriteDocument { lines: vec![line], discount: WriteDiscount::None },
            po_number: None,
            notes: Some(self.text("notes")),
            terms: None,
            due_days: None,
        };
        self.recur(app, actor, draft.clone()).await;
        let invoice = invoices.draft(actor, draft.clone()).await.expect("a draft").invoice.id;
        let issued = invoices.draft(actor, draft).await.expect("a draft").invoice;
        invoices.issue(actor, issued.id, issued.version).await.expect("issued");
        let reference = Some(self.text("payment"));
        let amount = Money { amount: 5_000, currency: Currency::NPR };
        let pay = RecordPayment { amount, method: Method::Cash, paid_on: None, reference, note: None };
        let payment = invoices.pay(actor, issued.id, pay).await.expect("paid").id;
        let credit = WriteCreditNote { reason: self.text("reason"), lines: None };
        let note = invoices.write_credit_note(actor, issued.id, credit).await.expect("credited").note.id;
        let link = invoices.create_link(actor, issued.id).await.expect("a link").link.id;
        self.ids.extend([
            ("invoice link", link.uuid()),
            ("customer", customer.uuid()),
            ("tax rate", rate.uuid()),
            ("invoice", invoice.uuid()),
            ("payment", payment.uuid()),
            ("credit note", note.uuid()),
        ]);
    }

    async fn fill_people(&mut self, app: &TestApp, actor: &Actor) {
        let organizations = &app.services.organizations;
        let create = CreateRole {
            name: self.text("role"),
            description: None,
            rank: None,
            scopes: vec![Scope::TicketsRead.name().to_owned()],
        };
        let role = organizations.roles.create(actor, create).await.expect("a role").role.id;
        let invite = CreateInvitation { email: format!("{}@example.com", self.canary), role };
        let mut sent = organizations.invitations.create(actor, vec![invite]).await.expect("invited");
        let Some(InvitationRow { outcome: Ok(Sent::New(invitation)), .. }) = sent.pop() else {
            panic!("the invitation was not sent: {sent:?}")
        };
        let letter = organizations.invitations.letter(invitation.id).await.expect("read").expect("open");
        letter.token.expose().clone_into(&mut self.invitation);
        let scopes = vec![Scope::TicketsRead.name().to_owned()];
        let create = CreateApiKey { name: self.text("key"), scopes, expires_at: None };
        let key = app.services.auth.api_keys.create(actor, create).await.expect("a key").key;
        self.ids.extend([
            ("role", role.uuid()),
            ("invitation", invitation.id.uuid()),
            ("api key", key.id.uuid()),
        ]);
    }

    async fn fill_campaigns(&mut self, app: &TestApp, actor: &Actor) {
        let campaigns = &app.services.campaigns;
        let list = campaigns.create_list(actor, &self.text("list"), OptIn::Single).await.expect("a list").id;
        let email = format!("{}@list.example.com", self.canary);
        let row = ImportRow { email, first_name: Some(self.text("contact")), last_name: None };
        let rows = campaigns.import(actor, list, vec![row]).await.expect("imported");
        let Some(Ok(Taken::Added(contact))) = rows.into_iter().next().map(|row| row.outcome) else {
            panic!("the contact was not added")
        };
        let address = format!("{}@gone.example.com", self.canary);
        let suppression = campaigns.suppress(actor, &address).await.expect("suppressed").record().id;
        let create = CreateCampaign {
            name: self.text("campaign"),
            subject: self.text("subject"),
            body: self.text("body"),
            audience: Audience::List(list),
        };
        let campaign = campaigns.create(actor, create).await.expect("a campaign").id;
        self.ids.extend([
            ("contact list", list.uuid()),
            ("contact", contact.uuid()),
            ("suppression", suppression.uuid()),
            ("campaign", campaign.uuid()),
        ]);
    }

    async fn fill_files(&mut self, app: &TestApp, actor: &Actor) {
        let content = stream::iter([Ok("namaste".into())]).boxed();
        let upload = Upload { name: format!("{}.txt", self.text("file")), declared: None, content };
        let file = app.services.files.upload(actor, upload).await.expect("a file");
        self.ids.insert("file", file.id.uuid());
    }

    async fn fill_log(&mut self, app: &TestApp, actor: &Actor) {
        let (database, org) = (&app.services.database, self.org);
        let log = database::log::since(database, org.uuid(), 0, 1).await.expect("read");
        let notice = Notice {
            event: log.first().expect("something happened").id,
            recipients: vec![actor.user_id().expect("a person")],
            category: notifications::Category::Assignments,
            kind: "ticket_assigned",
            subject: Subject::new("ticket", self.id("ticket")),
            data: json!({ "title": self.text("notification") }),
            critical: true,
        };
        let told = app.services.notifications.notify(&Actor::system(org), vec![notice]).await.expect("told");
        let job = database.env().id::<Uuid>();
        let row = dead_job(job, org, self.text("payload"), database.env().now());
        app.alter(move |tx| {
            Box::pin(async move {
                job::Entity::insert(row).exec_without_returning(tx.connection()).await?;
                Ok(())
            })
        })
        .await;
        let notification = told.first().expect("the owner is told").uuid();
        self.ids.extend([("notification", notification), ("job", job)]);
    }
}

fn dead_job(id: Uuid, org: OrganizationId, text: String, now: kernel::Timestamp) -> job::ActiveModel {
    job::ActiveModel {
        id: Set(id),
        stream_id: Set(org.uuid()),
        organization_id: Set(org.uuid()),
        kind: Set("tests.given_up".to_owned()),
        queue: Set("mail".to_owned()),
        payload: Set(json!({ "text": text }).to_string()),
        state: Set("dead".to_owned()),
        run_at: Set(now),
        attempt: Set(5),
        max_attempts: Set(5),
        crashes: Set(0),
        lease_token: Set(None),
        lease_until: Set(None),
        dedupe_key: Set(None),
        errors: Set("[]".to_owned()),
        trace: Set(None),
        created_at: Set(now),
        finished_at: Set(Some(now)),
    }
}
