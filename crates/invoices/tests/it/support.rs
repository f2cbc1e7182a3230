//! Two organizations with people in them, and what they sell.

use std::sync::Arc;

use database::entities::event;
use database::testing::{self, tenant};
use database::{Database, Tx};
use invoices::{
    Amount, CreateCustomer, Customer, DraftInvoice, FullInvoice, Invoices, Method, Ports, RecordPayment,
    WriteDiscount, WriteDocument, WriteDocumentLine,
};
use kernel::{
    Actor, App, Cause, Currency, CustomerId, Money, OrganizationId, Page, PageRequest, Request, Rights,
    Scope, ScopeSet, Stream, SystemRole, TaxRateId, UserId, Who,
};
use platform::Keyring;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::post_office::PostOffice;
use crate::print_shop::{PrintShop, Shelf};

/// The rate of 13 %.
pub(crate) const VAT: Option<TaxRateId> = Some(TaxRateId::first(1));

/// The service on a database of its own.
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) invoices: Arc<dyn Invoices>,
    pub(crate) shop: Arc<PrintShop>,
    pub(crate) post: Arc<PostOffice>,
    /// Where most tests happen.
    pub(crate) acme: Organization,
    /// Where somebody else works.
    pub(crate) other: Organization,
}

/// An organization with one person for each role, and a customer.
pub(crate) struct Organization {
    pub(crate) id: OrganizationId,
    pub(crate) owner: Actor,
    pub(crate) asha: Actor,
    pub(crate) guest: Actor,
    pub(crate) customer: Customer,
}

/// Runs a test in a new world.
pub(crate) async fn run(test: impl AsyncFnOnce(World)) {
    testing::run(async |database| test(World::new(database).await).await).await;
}

impl World {
    async fn new(database: Database) -> Self {
        let shop = Arc::new(PrintShop::default());
        let shelf = Shelf::of(&database, &shop);
        let post = Arc::new(PostOffice::of(&database));
        let keyring = Keyring::from_secret(&"11".repeat(32)).expect("a key");
        let ports = Ports { press: shelf.clone(), cabinet: shelf, post: post.clone(), keyring };
        let invoices = invoices::service(database.clone(), ports);
        let acme = found(&database, &invoices, 1).await;
        let other = found(&database, &invoices, 2).await;
        Self { database, invoices, shop, post, acme, other }
    }

    /// A draft of acme with these lines.
    pub(crate) async fn draft(&self, lines: Vec<WriteDocumentLine>) -> FullInvoice {
        let command = drafted(self.acme.customer.id, lines);
        self.invoices.draft(&self.acme.asha, command).await.expect("drafted")
    }

    /// The same, issued.
    pub(crate) async fn issued(&self, lines: Vec<WriteDocumentLine>) -> FullInvoice {
        let draft = self.draft(lines).await.invoice;
        self.invoices.issue(&self.acme.owner, draft.id, draft.version).await.expect("issued")
    }

    /// An issued invoice over this sum, without tax.
    pub(crate) async fn issued_over(&self, minor: i64) -> FullInvoice {
        self.issued(vec![line("1", minor, None)]).await
    }

    pub(crate) async fn get(&self, full: &FullInvoice) -> FullInvoice {
        self.invoices.get(&self.acme.asha, full.invoice.id).await.expect("seen")
    }

    /// What was told in an organization, in order.
    pub(crate) async fn told(&self, org: OrganizationId) -> Vec<event::Model> {
        event::Entity::find()
            .filter(event::Column::StreamId.eq(org.uuid()))
            .order_by_asc(event::Column::Seq)
            .all(self.database.reader())
            .await
            .expect("read")
    }
}

/// A draft for a customer in rupees.
pub(crate) fn drafted(customer: CustomerId, lines: Vec<WriteDocumentLine>) -> DraftInvoice {
    DraftInvoice {
        customer,
        currency: "NPR".to_owned(),
        document: WriteDocument { lines, discount: WriteDiscount::None },
        po_number: None,
        notes: None,
        terms: None,
        due_days: None,
    }
}

pub(crate) fn line(quantity: &str, unit_price: i64, tax_rate: Option<TaxRateId>) -> WriteDocumentLine {
    WriteDocumentLine {
        description: "Tea".to_owned(),
        quantity: quantity.to_owned(),
        unit_price: npr(unit_price),
        discount: WriteDiscount::None,
        tax_rate,
        item: None,
    }
}

pub(crate) const fn npr(amount: i64) -> Money {
    Money { amount, currency: Currency::NPR }
}

pub(crate) fn amount(minor: i64) -> Amount {
    Amount::new(minor).expect("in range")
}

/// So much in cash, today.
pub(crate) fn cash(minor: i64) -> RecordPayment {
    RecordPayment { amount: npr(minor), method: Method::Cash, paid_on: None, reference: None, note: None }
}

/// A whole list, page by page.
pub(crate) async fn all_pages<T>(limit: i64, mut page: impl AsyncFnMut(PageRequest) -> Page<T>) -> Vec<T> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let limit = kernel::Limit::parse(limit).expect("in range");
        let next = page(PageRequest { limit, after, count: false }).await;
        rows.extend(next.rows);
        match next.next {
            Some(keyset) => after = Some(keyset),
            None => return rows,
        }
    }
}

/// The same person with other scopes.
pub(crate) fn with_scopes(actor: &Actor, scopes: &[Scope]) -> Actor {
    let scopes: ScopeSet = scopes.iter().copied().collect();
    Actor { rights: Rights { scopes, ..actor.rights.clone() }, ..actor.clone() }
}

async fn found(database: &Database, invoices: &Arc<dyn Invoices>, number: u128) -> Organization {
    let id = OrganizationId::from_uuid(Uuid::from_u128(number << 64));
    let person =
        |place: u128, role| actor(id, UserId::from_uuid(Uuid::from_u128(number * 100 + place)), role);
    let (owner, asha, guest) =
        (person(1, SystemRole::Owner), person(2, SystemRole::Member), person(3, SystemRole::Guest));
    let people = [&owner, &asha, &guest];
    let people = people.map(|actor| (actor.user_id().expect("a person"), actor.rights.role.expect("a role")));
    let (now, own) = (database.env().now(), Arc::clone(invoices));
    let founded: Result<(), invoices::Error> = database
        .commit(&Actor::system(id), move |tx: &Tx| {
            Box::pin(async move {
                tenant::organization(tx, id, now).await?;
                for (user, role) in people {
                    tenant::member(tx, id, user, role, now).await?;
                }
                tx.open_stream(Stream::Organization(id)).await?;
                own.prepare(tx, id).await
            })
        })
        .await;
    founded.expect("founded");
    let create = CreateCustomer {
        name: "Himal Traders".to_owned(),
        email: Some("accounts@himal.example".to_owned()),
        tax_id: Some("609876543".to_owned()),
        address: Some("New Road\nKathmandu".to_owned()),
        ..CreateCustomer::default()
    };
    let customer = invoices.create_customer(&asha, create).await.expect("a customer");
    Organization { id, owner, asha, guest, customer }
}

fn actor(org: OrganizationId, user: UserId, role: SystemRole) -> Actor {
    let rights = Rights {
        role: Some(role.id()),
        rank: Some(role.rank()),
        scopes: role.scopes(),
        apps: App::ALL.into_iter().collect(),
        ..Rights::default()
    };
    let who = Who::User { user, session: Uuid::from_u128(9).into() };
    Actor { org, who, cause: Cause::Request(Request::default()), rights }
}
