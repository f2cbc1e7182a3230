use std::collections::{HashMap, HashSet};

use kernel::{CatalogueItemId, Currency, FieldFault, Fields, Money, TaxRateId};

use crate::{Discount, Line, LineTotals, Lines, TaxClass, TaxRate, Totals, WriteDiscount, WriteLine};

/// What an invoice or a credit note says it is about, and what it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub lines: Vec<DocumentLine>,
    pub discount: Discount,
    pub totals: Totals,
}

/// A line of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLine {
    pub line: Line,
    /// The rate it named, and what that was called.
    pub tax_rate: Option<(TaxRateId, String)>,
    /// What it was taken from, if it was.
    pub item: Option<CatalogueItemId>,
    pub totals: LineTotals,
}

/// A line as callers give it.
#[derive(Clone, Debug)]
pub struct WriteDocumentLine {
    pub description: String,
    pub quantity: String,
    pub unit_price: Money,
    pub discount: WriteDiscount,
    pub tax_rate: Option<TaxRateId>,
    pub item: Option<CatalogueItemId>,
}

/// Everything that callers say of a document.
#[derive(Clone, Debug)]
pub struct WriteDocument {
    pub lines: Vec<WriteDocumentLine>,
    pub discount: WriteDiscount,
}

/// What there is for lines to name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) rates: HashMap<TaxRateId, TaxRate>,
    pub(crate) items: HashSet<CatalogueItemId>,
}

impl WriteDocument {
    /// The tax rates and catalogue items that its lines name.
    pub(crate) fn named(&self) -> (Vec<TaxRateId>, Vec<CatalogueItemId>) {
        let rates: HashSet<_> = self.lines.iter().filter_map(|line| line.tax_rate).collect();
        let items: HashSet<_> = self.lines.iter().filter_map(|line| line.item).collect();
        (rates.into_iter().collect(), items.into_iter().collect())
    }

    /// Judges all lines at once, and adds them up.
    pub(crate) fn judge(self, currency: Currency, known: &Known) -> Result<Document, Vec<FieldFault>> {
        let mut fields = Fields::new();
        let mut origins = Vec::with_capacity(self.lines.len());
        let mut lines = Vec::with_capacity(self.lines.len());
        for (at, line) in self.lines.into_iter().enumerate() {
            let within = |fault: FieldFault| fault.within(at).within("lines");
            let rate = fields.check(known.rate(line.tax_rate).map_err(within)).flatten();
            fields.check(known.item(line.item).map_err(within));
            let tax = rate.map_or(TaxClass::Untaxed, |rate| rate.class);
            origins.push((rate.map(|rate| (rate.id, rate.name.clone())), line.item));
            let WriteDocumentLine { description, quantity, unit_price, discount, .. } = line;
            lines.push(WriteLine { description, quantity, unit_price, discount, tax });
        }
        let lines = fields.check_all(Lines::parse("lines", lines, currency));
        let discount = fields.check(self.discount.parse("discount", currency));
        let (Some(lines), Some(discount), true) = (lines, discount, fields.is_empty()) else {
            return Err(fields.finish().err().unwrap_or_default());
        };
        Document::of(lines.as_slice().iter().cloned().zip(origins), discount)
    }
}

/// The rate a line named with its name, and the item it was taken from.
type Origin = (Option<(TaxRateId, String)>, Option<CatalogueItemId>);

impl Document {
    /// Adds lines up.
    pub(crate) fn of(
        lines: impl IntoIterator<Item = (Line, Origin)>,
        discount: Discount,
    ) -> Result<Self, Vec<FieldFault>> {
        let (lines, origins): (Vec<_>, Vec<_>) = lines.into_iter().unzip();
        let lines = Lines::from_stored(lines);
        let totals = Totals::of(&lines, discount)?;
        let lines = lines.as_slice().iter().cloned().zip(origins).zip(&totals.lines);
        let lines = lines.map(|((line, (tax_rate, item)), totals)| DocumentLine {
            line,
            tax_rate,
            item,
            totals: *totals,
        });
        Ok(Self { lines: lines.collect(), discount, totals })
    }

    /// The same lines with another discount on the whole.
    pub(crate) fn discounted(self, discount: Discount) -> Result<Self, Vec<FieldFault>> {
        Self::of(self.lines.into_iter().map(DocumentLine::into_parts), discount)
    }

    /// The bare lines.
    pub(crate) fn bare(&self) -> Lines {
        Lines::from_stored(self.lines.iter().map(|line| line.line.clone()).collect())
    }
}

impl DocumentLine {
    pub(crate) fn into_parts(self) -> (Line, Origin) {
        (self.line, (self.tax_rate, self.item))
    }
}

impl Known {
    /// Lines may name archived rates too.
    pub(crate) fn with_archived(mut self) -> Self {
        self.rates.values_mut().for_each(|rate| rate.archived_at = None);
        self
    }

    fn rate(&self, id: Option<TaxRateId>) -> Result<Option<&TaxRate>, FieldFault> {
        let Some(id) = id else { return Ok(None) };
        match self.rates.get(&id) {
            Some(rate) if rate.archived_at.is_some() => {
                Err(FieldFault::new("taxRateId", "archived", "must not be archived"))
            }
            Some(rate) => Ok(Some(rate)),
            None => Err(FieldFault::new("taxRateId", "unknown_tax_rate", "must be a tax rate that there is")),
        }
    }

    fn item(&self, id: Option<CatalogueItemId>) -> Result<(), FieldFault> {
        if id.is_none_or(|id| self.items.contains(&id)) {
            return Ok(());
        }
        Err(FieldFault::new("itemId", "unknown_item", "must be an item of the catalogue"))
    }
}
