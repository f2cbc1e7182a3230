//! Two organizations with people in them, and what they sell.

use std::sync::Arc;

use database::entities::{event, membership, organization, organization_settings, role, user};
use database::{Database, StoreError, Tx, testing};
use invoices::{
    Amount, CreateCustomer, Customer, DraftInvoice, FullInvoice, Invoices, Method, Ports, RecordPayment,
    WriteDiscount, WriteDocument, WriteDocumentLine,
};
use kernel::{
    Actor, App, Cause, Currency, CustomerId, Money, OrganizationId, Page, PageRequest, Request, Rights,
    Scope, ScopeSet, Stream, SystemRole, TaxRateId, UserId, Version, Who,
};
use platform::Keyring;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
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
                rows::organization(tx, id, now).await?;
                for (user, role) in people {
                    rows::member(tx, id, user, role, now).await?;
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

/// What other domains would write.
mod rows {
    use kernel::{RoleId, Timestamp};

    use super::{
        EntityTrait, OrganizationId, Set, StoreError, SystemRole, Tx, UserId, Version, membership,
        organization, organization_settings, role, user,
    };

    pub(super) async fn organization(tx: &Tx, id: OrganizationId, now: Timestamp) -> Result<(), StoreError> {
        let row = organization::ActiveModel {
            id: Set(id.uuid()),
            name: Set("Acme".to_owned()),
            legal_name: Set(Some("Acme Private Limited".to_owned())),
            tax_id: Set(Some("301234567".to_owned())),
            slug: Set(id.to_string()),
            require_mfa: Set(false),
            mfa_grace_days: Set(0),
            allowed_domains: Set(String::new()),
            session_max_days: Set(30),
            epoch: Set(1),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..organization::ActiveModel::default()
        };
        organization::Entity::insert(row).exec_without_returning(tx.connection()).await?;
        roles(tx, id, now).await?;
        settings(tx, id, now).await
    }

    async fn roles(tx: &Tx, id: OrganizationId, now: Timestamp) -> Result<(), StoreError> {
        let roles = SystemRole::ALL.map(|system| role::ActiveModel {
            organization_id: Set(id.uuid()),
            id: Set(system.id().uuid()),
            name: Set(system.name().to_owned()),
            description: Set(String::new()),
            rank: Set(i64::from(system.rank().0)),
            scopes: Set(system.scopes().to_stored()),
            is_system: Set(true),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        });
        role::Entity::insert_many(roles).exec_without_returning(tx.connection()).await?;
        Ok(())
    }

    async fn settings(tx: &Tx, id: OrganizationId, now: Timestamp) -> Result<(), StoreError> {
        let settings = organization_settings::ActiveModel {
            organization_id: Set(id.uuid()),
            currency: Set("NPR".to_owned()),
            time_zone: Set("Asia/Kathmandu".to_owned()),
            fiscal_year_start_month: Set(4),
            calendar: Set("bs".to_owned()),
            locale: Set("en".to_owned()),
            accent_color: Set("#336699".to_owned()),
            version: Set(1),
            updated_at: Set(now),
        };
        organization_settings::Entity::insert(settings).exec_without_returning(tx.connection()).await?;
        Ok(())
    }

    pub(super) async fn member(
        tx: &Tx,
        org: OrganizationId,
        id: UserId,
        role: RoleId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let person = user::ActiveModel {
            id: Set(id.uuid()),
            email: Set(format!("{id}@example.com")),
            full_name: Set(format!("Person {}", id.uuid().as_u128())),
            locale: Set("en".to_owned()),
            time_zone: Set("Asia/Kathmandu".to_owned()),
            calendar: Set("ad".to_owned()),
            theme: Set("system".to_owned()),
            version: Set(Version::FIRST.0),
            created_at: Set(now),
            updated_at: Set(now),
            ..user::ActiveModel::default()
        };
        user::Entity::insert(person).exec_without_returning(tx.connection()).await?;
        let membership = membership::ActiveModel {
            organization_id: Set(org.uuid()),
            user_id: Set(id.uuid()),
            role_id: Set(role.uuid()),
            status: Set("active".to_owned()),
            epoch: Set(1),
            version: Set(Version::FIRST.0),
            joined_at: Set(now),
            updated_at: Set(now),
        };
        membership::Entity::insert(membership).exec_without_returning(tx.connection()).await?;
        Ok(())
    }
}
