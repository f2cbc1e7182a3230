//! The demo company, as it stands in `demo.json`.

use serde::Deserialize;

use crate::commands::Failure;

/// Everything that is planted.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Demo {
    /// Of every account.
    pub(crate) password: String,
    pub(super) organization: Company,
    pub(crate) owner: Person,
    /// Those who were invited and joined.
    pub(crate) people: Vec<Person>,
    pub(super) role: CustomRole,
    /// Somebody who was invited and has not joined.
    pub(super) invited: Invited,
    /// The key of the person who hands tickets out.
    pub(super) dispatcher: String,
    pub(super) tickets: Vec<Task>,
    /// Routine that is over and done with.
    pub(super) history: Vec<Task>,
    pub(super) links: Vec<Tie>,
    pub(super) books: Books,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Company {
    pub(super) name: String,
    pub(super) legal_name: String,
    pub(super) tax_id: String,
    pub(super) address: String,
    pub(super) phone: String,
    pub(super) email: String,
    pub(super) accent_color: String,
}

/// Somebody with an account.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Person {
    /// How the rest of the file names him.
    pub(super) key: String,
    pub(crate) name: String,
    pub(crate) email: String,
    /// The name of his role.
    pub(crate) role: String,
    #[serde(default)]
    pub(crate) second_factor: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CustomRole {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) scopes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Invited {
    pub(super) email: String,
    pub(super) role: String,
}

/// A ticket and what was done to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Task {
    pub(super) title: String,
    #[serde(default)]
    pub(super) description: String,
    pub(super) r#type: String,
    pub(super) priority: String,
    /// The category of the column where it stands.
    #[serde(default = "Task::over")]
    pub(super) column: String,
    /// How many days ago it was opened.
    pub(super) opened: u32,
    /// How many days ago it came to the column where it stands.
    pub(super) moved: Option<u32>,
    pub(super) by: String,
    pub(super) to: Option<String>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    /// Days from now.
    pub(super) due: Option<i64>,
    pub(super) estimate: Option<i64>,
    pub(super) spent: Option<i64>,
    #[serde(default)]
    pub(super) comments: Vec<Remark>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Remark {
    pub(super) by: String,
    /// `{key}` mentions a person.
    pub(super) text: String,
    #[serde(default)]
    pub(super) internal: bool,
}

/// A link between two tickets, by their titles.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tie {
    pub(super) from: String,
    pub(super) relation: String,
    pub(super) to: String,
}

/// Invoices and mailings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Books {
    /// The key of whoever keeps them.
    pub(super) clerk: String,
    /// How many days ago they were begun.
    pub(super) begun: u32,
    pub(super) customers: Vec<Client>,
    pub(super) goods: Vec<Good>,
    pub(super) invoices: Vec<Bill>,
    pub(super) mailings: Vec<Mailing>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Client {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) tax_id: Option<String>,
    pub(super) address: String,
    /// Who reads the mails.
    pub(super) first_name: String,
    pub(super) last_name: String,
}

/// Something that is sold, at a price in paisa without VAT.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Good {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) price: i64,
}

/// An invoice and what became of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bill {
    pub(super) customer: String,
    /// How many days ago it was written.
    pub(super) written: u32,
    /// How many days ago it was issued; never, of a draft.
    pub(super) issued: Option<u32>,
    /// How many days the customer has.
    pub(super) due: Option<i64>,
    /// The number of the order.
    pub(super) order: Option<String>,
    /// Keys of goods, and how much of each.
    pub(super) lines: Vec<(String, String)>,
    /// A discount on the whole, in percent.
    pub(super) discount: Option<i64>,
    #[serde(default)]
    pub(super) payments: Vec<Instalment>,
    /// How many days ago it was made void, and why.
    pub(super) void: Option<(u32, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Instalment {
    /// How many days ago it was paid.
    pub(super) paid: u32,
    pub(super) method: String,
    /// In percent of the total; all that is due unless told.
    pub(super) share: Option<i64>,
}

/// A campaign to all customers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mailing {
    pub(super) name: String,
    pub(super) subject: String,
    pub(super) body: String,
    /// How many days ago it was written.
    pub(super) written: u32,
    /// How many days ago it was sent; never, of a draft.
    pub(super) sent: Option<u32>,
}

impl Task {
    fn over() -> String {
        "closed".to_owned()
    }
}

impl Demo {
    /// Reads what was compiled in.
    pub(crate) fn read() -> Result<Self, Failure> {
        Ok(serde_json::from_str(include_str!("demo.json"))?)
    }

    /// Everybody with an account, the owner first.
    pub(crate) fn everybody(&self) -> impl Iterator<Item = &Person> {
        std::iter::once(&self.owner).chain(&self.people)
    }
}
