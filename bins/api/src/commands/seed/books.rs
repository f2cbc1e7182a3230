//! The books: goods and customers, invoices from their draft to the last payment, and mailings to all customers.

use std::collections::{HashMap, VecDeque};

use campaigns::{Audience, CreateCampaign, ImportRow, OptIn};
use composition::Services;
use invoices::{
    CreateCustomer, CreateItem, DraftInvoice, Method, RecordPayment, WriteDiscount, WriteDocument,
    WriteDocumentLine,
};
use kernel::{
    Actor, CatalogueItemId, ContactListId, Currency, CustomerId, InvoiceId, Money, PageRequest, TaxRateId,
};

use super::cast::Cast;
use super::demo::{self, Bill, Client, Demo, Good, Instalment, Mailing};
use super::work::known;
use crate::commands::Failure;

/// The list that everybody is on who buys.
const LIST: &str = "Customers";

/// Where in an office day things are done.
const IN_THE_MORNING: f64 = 0.9;
const AT_NOON: f64 = 0.6;
const IN_THE_AFTERNOON: f64 = 0.3;

/// What stands in the books, and what is still to be done.
pub(super) struct Books<'a> {
    services: &'a Services,
    clerk: &'a Actor,
    script: &'a demo::Books,
    agenda: VecDeque<Entry<'a>>,
    customers: HashMap<&'a str, CustomerId>,
    goods: HashMap<&'a str, (&'a Good, CatalogueItemId)>,
    vat: Option<TaxRateId>,
    list: Option<ContactListId>,
    /// Invoices, in the order of the script.
    bills: HashMap<usize, InvoiceId>,
}

enum Act<'a> {
    Begin,
    Write(usize, &'a Bill),
    Issue(usize),
    Pay(usize, &'a Instalment),
    Void(usize, &'a str),
    Mail(&'a Mailing),
}

struct Entry<'a> {
    days_ago: f64,
    act: Act<'a>,
}

impl<'a> Books<'a> {
    pub(super) fn of(services: &'a Services, cast: &'a Cast<'_>, demo: &'a Demo) -> Result<Self, Failure> {
        let script = &demo.books;
        let mut agenda = vec![entry(script.begun, 1.0, Act::Begin)];
        for (number, bill) in script.invoices.iter().enumerate() {
            agenda.extend(scheduled(number, bill));
        }
        agenda.extend(script.mailings.iter().map(|mailing| {
            entry(mailing.sent.unwrap_or(mailing.written), IN_THE_MORNING, Act::Mail(mailing))
        }));
        agenda.sort_by(|one, other| other.days_ago.total_cmp(&one.days_ago));
        Ok(Self {
            services,
            clerk: &cast.player(&script.clerk)?.actor,
            script,
            agenda: agenda.into(),
            customers: HashMap::new(),
            goods: HashMap::new(),
            vat: None,
            list: None,
            bills: HashMap::new(),
        })
    }

    /// How many days ago the next act takes place.
    pub(super) fn next(&self) -> Option<f64> {
        self.agenda.front().map(|entry| entry.days_ago)
    }

    /// Does it.
    pub(super) async fn step(&mut self) -> Result<(), Failure> {
        let Some(Entry { act, .. }) = self.agenda.pop_front() else { return Ok(()) };
        match act {
            Act::Begin => self.begin().await,
            Act::Write(number, bill) => self.write(number, bill).await,
            Act::Issue(number) => self.issue(number).await,
            Act::Pay(number, instalment) => self.pay(number, instalment).await,
            Act::Void(number, reason) => self.void(number, reason).await,
            Act::Mail(mailing) => self.mail(mailing).await,
        }
    }

    async fn begin(&mut self) -> Result<(), Failure> {
        let (invoices, script) = (&self.services.invoices, self.script);
        let rates = invoices.tax_rates(self.clerk, &PageRequest::default()).await?.rows;
        let rated = rates.iter().find(|rate| matches!(rate.class, invoices::TaxClass::Rated(_)));
        self.vat = Some(rated.ok_or("there is no VAT")?.id);
        for good in &script.goods {
            let create = CreateItem {
                name: good.name.clone(),
                description: None,
                unit_price: rupees(good.price),
                tax_rate: self.vat,
            };
            let item = invoices.create_item(self.clerk, create).await?;
            self.goods.insert(&good.key, (good, item.id));
        }
        for client in &script.customers {
            let customer = invoices.create_customer(self.clerk, customer(client)).await?;
            self.customers.insert(&client.key, customer.id);
        }
        let list = self.services.campaigns.create_list(self.clerk, LIST, OptIn::Single).await?;
        let rows = script.customers.iter().map(contact).collect();
        self.services.campaigns.import(self.clerk, list.id, rows).await?;
        self.list = Some(list.id);
        Ok(())
    }

    async fn write(&mut self, number: usize, bill: &Bill) -> Result<(), Failure> {
        let lines = bill.lines.iter().map(|(good, quantity)| self.line(good, quantity));
        let discount =
            bill.discount.map_or(WriteDiscount::None, |percent| WriteDiscount::Share(percent * 100));
        let customer = self.customers.get(bill.customer.as_str());
        let draft = DraftInvoice {
            customer: *customer.ok_or_else(|| format!("there is no customer `{}`", bill.customer))?,
            currency: Currency::NPR.code().to_owned(),
            document: WriteDocument { lines: lines.collect::<Result<_, _>>()?, discount },
            po_number: bill.order.clone(),
            notes: None,
            terms: None,
            due_days: bill.due,
        };
        let drafted = self.services.invoices.draft(self.clerk, draft).await?;
        self.bills.insert(number, drafted.invoice.id);
        Ok(())
    }

    fn line(&self, good: &str, quantity: &str) -> Result<WriteDocumentLine, Failure> {
        let (good, item) = self.goods.get(good).ok_or_else(|| format!("nobody sells `{good}`"))?;
        Ok(WriteDocumentLine {
            description: good.name.clone(),
            quantity: quantity.to_owned(),
            unit_price: rupees(good.price),
            discount: WriteDiscount::None,
            tax_rate: self.vat,
            item: Some(*item),
        })
    }

    async fn issue(&self, number: usize) -> Result<(), Failure> {
        let full = self.bill(number).await?;
        self.services.invoices.issue(self.clerk, full.invoice.id, full.invoice.version).await?;
        Ok(())
    }

    async fn pay(&self, number: usize, instalment: &Instalment) -> Result<(), Failure> {
        let full = self.bill(number).await?;
        let balance = full.invoice.life.issued()?;
        let share = instalment.share.map(|percent| balance.total().minor() / 100 * percent);
        let payment = RecordPayment {
            amount: rupees(share.unwrap_or(balance.due().minor())),
            method: known("method", &instalment.method, Method::named)?,
            paid_on: None,
            reference: None,
            note: None,
        };
        self.services.invoices.pay(self.clerk, full.invoice.id, payment).await?;
        Ok(())
    }

    async fn void(&self, number: usize, reason: &str) -> Result<(), Failure> {
        let full = self.bill(number).await?;
        self.services.invoices.void(self.clerk, full.invoice.id, full.invoice.version, reason).await?;
        Ok(())
    }

    async fn bill(&self, number: usize) -> Result<invoices::FullInvoice, Failure> {
        let id = *self.bills.get(&number).ok_or("an invoice is handled before it is written")?;
        Ok(self.services.invoices.get(self.clerk, id).await?)
    }

    async fn mail(&self, mailing: &Mailing) -> Result<(), Failure> {
        let create = CreateCampaign {
            name: mailing.name.clone(),
            subject: mailing.subject.clone(),
            body: mailing.body.clone(),
            audience: Audience::List(self.list.ok_or("a mailing goes out before there are customers")?),
        };
        let campaign = self.services.campaigns.create(self.clerk, create).await?;
        if mailing.sent.is_some() {
            let act = campaigns::Act::Send;
            self.services.campaigns.act(self.clerk, campaign.id, campaign.version, act).await?;
        }
        Ok(())
    }
}

fn scheduled(number: usize, bill: &Bill) -> Vec<Entry<'_>> {
    let mut entries = vec![entry(bill.written, IN_THE_MORNING, Act::Write(number, bill))];
    entries.extend(bill.issued.map(|day| entry(day, AT_NOON, Act::Issue(number))));
    let payments = bill.payments.iter();
    entries.extend(payments.map(|it| entry(it.paid, IN_THE_AFTERNOON, Act::Pay(number, it))));
    let void = bill.void.as_ref();
    entries.extend(void.map(|(day, reason)| entry(*day, IN_THE_AFTERNOON, Act::Void(number, reason))));
    entries
}

/// The more of a day is left, the earlier it is.
fn entry(days_ago: u32, left: f64, act: Act<'_>) -> Entry<'_> {
    Entry { days_ago: f64::from(days_ago) - 1.0 + left, act }
}

fn rupees(paisa: i64) -> Money {
    Money { amount: paisa, currency: Currency::NPR }
}

fn customer(client: &Client) -> CreateCustomer {
    CreateCustomer {
        name: client.name.clone(),
        email: Some(client.email.clone()),
        phone: Some(client.phone.clone()),
        tax_id: client.tax_id.clone(),
        address: Some(client.address.clone()),
        notes: None,
    }
}

fn contact(client: &Client) -> ImportRow {
    ImportRow {
        email: client.email.clone(),
        first_name: Some(client.first_name.clone()),
        last_name: Some(client.last_name.clone()),
    }
}
