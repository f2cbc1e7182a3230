use kernel::{Changes, CustomerId, EmailAddress, Fields, Patch, Timestamp, Version, multi_line, single_line};

use crate::Error;
use crate::words::{Standing, folded, optional_line, optional_text, patched, patched_line};

/// Whom invoices are written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    pub name: String,
    pub email: Option<EmailAddress>,
    pub phone: Option<String>,
    /// PAN or VAT number.
    pub tax_id: Option<String>,
    pub address: Option<String>,
    /// For the organization itself; on no document.
    pub notes: String,
    pub version: Version,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub archived_at: Option<Timestamp>,
}

/// One side of a document, as it was when the document was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    /// PAN or VAT number.
    pub tax_id: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// Both of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    pub seller: Party,
    pub buyer: Party,
}

/// Makes a customer.
#[derive(Clone, Debug, Default)]
pub struct CreateCustomer {
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub tax_id: Option<String>,
    pub address: Option<String>,
    pub notes: Option<String>,
}

/// Changes one; issued documents keep what they say.
#[derive(Clone, Debug, Default)]
pub struct UpdateCustomer {
    pub name: Option<String>,
    pub email: Patch<String>,
    pub phone: Patch<String>,
    pub tax_id: Patch<String>,
    pub address: Patch<String>,
    pub notes: Patch<String>,
    pub standing: Option<Standing>,
}

/// Which customers; what is absent does not restrict.
#[derive(Clone, Debug, Default)]
pub struct CustomerFilter {
    pub standing: Option<Standing>,
    /// Part of the name in any case.
    pub text: Option<String>,
}

const NAME: usize = 200;
const PHONE: usize = 40;
const TAX_ID: usize = 40;
const ADDRESS: usize = 500;
const NOTES: usize = 2_000;

impl CreateCustomer {
    pub(crate) fn parse(self, id: CustomerId, now: Timestamp) -> Result<Customer, Error> {
        let mut fields = Fields::new();
        let name = fields.check(single_line("name", &self.name, NAME));
        let email = self.email.and_then(|email| fields.check(EmailAddress::parse("email", &email)));
        let customer = Customer {
            id,
            name: name.unwrap_or_default(),
            email,
            phone: optional_line(&mut fields, "phone", self.phone, PHONE),
            tax_id: optional_line(&mut fields, "taxId", self.tax_id, TAX_ID),
            address: optional_address(&mut fields, self.address),
            notes: optional_text(&mut fields, "notes", self.notes, NOTES),
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
            archived_at: None,
        };
        fields.finish()?;
        Ok(customer)
    }
}

impl Customer {
    /// The customer after a change, and what changed.
    pub(crate) fn updated(&self, update: UpdateCustomer, now: Timestamp) -> Result<(Self, Changes), Error> {
        let mut fields = Fields::new();
        let name = match update.name {
            Some(name) => fields.check(single_line("name", &name, NAME)).unwrap_or_default(),
            None => self.name.clone(),
        };
        let email = update.email.try_map(|email| EmailAddress::parse("email", &email));
        let email = fields.check(email).unwrap_or_default().apply(self.email.clone());
        let address = match update.address {
            Patch::Keep => self.address.clone(),
            Patch::Clear => None,
            Patch::Set(text) => optional_address(&mut fields, Some(text)),
        };
        let notes = patched(&mut fields, "notes", update.notes, &self.notes, |field, text| {
            multi_line(field, text.trim(), NOTES)
        });
        let archived_at = match update.standing {
            Some(standing) => standing.since(self.archived_at, now),
            None => self.archived_at,
        };
        let after = Self {
            name,
            email,
            phone: patched_line(&mut fields, "phone", update.phone, self.phone.clone(), PHONE),
            tax_id: patched_line(&mut fields, "taxId", update.tax_id, self.tax_id.clone(), TAX_ID),
            address,
            notes,
            archived_at,
            version: self.version.next(),
            updated_at: now,
            ..self.clone()
        };
        fields.finish()?;
        let changes = after.changes_since(self);
        Ok((after, changes))
    }

    fn changes_since(&self, before: &Self) -> Changes {
        let mut changes = Changes::new();
        let email = |customer: &Self| customer.email.as_ref().map(|email| email.as_str().to_owned());
        changes.note("name", &before.name, &self.name);
        changes.note("email", email(before), email(self));
        changes.note("phone", &before.phone, &self.phone);
        changes.note("taxId", &before.tax_id, &self.tax_id);
        changes.note("address", &before.address, &self.address);
        changes.note("notes", &before.notes, &self.notes);
        changes.note("archived", before.archived_at.is_some(), self.archived_at.is_some());
        changes
    }

    /// What a document says of him.
    pub(crate) fn as_party(&self) -> Party {
        Party {
            name: self.name.clone(),
            tax_id: self.tax_id.clone(),
            address: self.address.clone(),
            phone: self.phone.clone(),
            email: self.email.as_ref().map(|email| email.as_str().to_owned()),
        }
    }

    pub(crate) fn name_folded(&self) -> String {
        folded(&self.name)
    }
}

fn optional_address(fields: &mut Fields, text: Option<String>) -> Option<String> {
    Some(optional_text(fields, "address", text, ADDRESS)).filter(|text| !text.is_empty())
}
