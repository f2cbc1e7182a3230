use kernel::{
    CatalogueItemId, Changes, Currency, Fields, Money, Patch, TaxRateId, Timestamp, Version, multi_line,
    single_line,
};

use crate::words::{Standing, folded, optional_text, patched};
use crate::{Amount, Error};

/// Something that is sold again and again. Documents that took a line from it keep what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueItem {
    pub id: CatalogueItemId,
    pub name: String,
    /// What a line says of it; the name where it is empty.
    pub description: String,
    /// Without tax.
    pub unit_price: Amount,
    pub currency: Currency,
    pub tax_rate: Option<TaxRateId>,
    pub version: Version,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub archived_at: Option<Timestamp>,
}

/// Makes an item.
#[derive(Clone, Debug)]
pub struct CreateItem {
    pub name: String,
    pub description: Option<String>,
    pub unit_price: Money,
    pub tax_rate: Option<TaxRateId>,
}

/// Changes one.
#[derive(Clone, Debug, Default)]
pub struct UpdateItem {
    pub name: Option<String>,
    pub description: Patch<String>,
    pub unit_price: Option<Money>,
    pub tax_rate: Patch<TaxRateId>,
    pub standing: Option<Standing>,
}

/// Which items; what is absent does not restrict.
#[derive(Clone, Debug, Default)]
pub struct ItemFilter {
    pub standing: Option<Standing>,
    /// Part of the name in any case.
    pub text: Option<String>,
}

const NAME: usize = 200;
const DESCRIPTION: usize = 500;

impl CreateItem {
    pub(crate) fn parse(self, id: CatalogueItemId, now: Timestamp) -> Result<CatalogueItem, Error> {
        let mut fields = Fields::new();
        let name = fields.check(single_line("name", &self.name, NAME));
        let currency = self.unit_price.currency;
        let price = fields.check(Amount::parse("unitPrice", self.unit_price, currency));
        let item = CatalogueItem {
            id,
            name: name.unwrap_or_default(),
            description: optional_text(&mut fields, "description", self.description, DESCRIPTION),
            unit_price: price.unwrap_or_default(),
            currency,
            tax_rate: self.tax_rate,
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
            archived_at: None,
        };
        fields.finish()?;
        Ok(item)
    }
}

impl CatalogueItem {
    pub(crate) fn updated(&self, update: UpdateItem, now: Timestamp) -> Result<(Self, Changes), Error> {
        let mut fields = Fields::new();
        let mut after = self.clone();
        if let Some(name) = update.name {
            after.name = fields.check(single_line("name", &name, NAME)).unwrap_or_default();
        }
        if let Some(price) = update.unit_price {
            after.currency = price.currency;
            let price = fields.check(Amount::parse("unitPrice", price, price.currency));
            after.unit_price = price.unwrap_or_default();
        }
        after.description =
            patched(&mut fields, "description", update.description, &self.description, |field, text| {
                multi_line(field, text.trim(), DESCRIPTION)
            });
        after.tax_rate = update.tax_rate.apply(self.tax_rate);
        if let Some(standing) = update.standing {
            after.archived_at = standing.since(self.archived_at, now);
        }
        fields.finish()?;
        let changes = after.changes_since(self);
        after.version = self.version.next();
        after.updated_at = now;
        Ok((after, changes))
    }

    fn changes_since(&self, before: &Self) -> Changes {
        let mut changes = Changes::new();
        changes.note("name", &before.name, &self.name);
        changes.note("description", &before.description, &self.description);
        changes.note("unitPrice", before.unit_price.minor(), self.unit_price.minor());
        changes.note("currency", before.currency.code(), self.currency.code());
        changes.note("taxRateId", before.tax_rate, self.tax_rate);
        changes.note("archived", before.archived_at.is_some(), self.archived_at.is_some());
        changes
    }

    pub(crate) fn name_folded(&self) -> String {
        folded(&self.name)
    }
}
