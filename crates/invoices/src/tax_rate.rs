use kernel::{Changes, Fields, TaxRateId, Timestamp, Version, single_line};

use crate::words::Standing;
use crate::{BasisPoints, Error, TaxClass};

/// How lines may be taxed. What it stands for never changes, so that documents which name it stay right; a new rate is
/// a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxRate {
    pub id: TaxRateId,
    pub name: String,
    pub class: TaxClass,
    pub version: Version,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub archived_at: Option<Timestamp>,
}

/// Makes a tax rate.
#[derive(Clone, Debug)]
pub struct CreateTaxRate {
    pub name: String,
    /// The name of a [`TaxClass`].
    pub kind: String,
    pub basis_points: Option<i64>,
}

/// Changes one.
#[derive(Clone, Debug, Default)]
pub struct UpdateTaxRate {
    pub name: Option<String>,
    pub standing: Option<Standing>,
}

const NAME: usize = 60;

impl CreateTaxRate {
    pub(crate) fn parse(self, id: TaxRateId, now: Timestamp) -> Result<TaxRate, Error> {
        let mut fields = Fields::new();
        let name = fields.check(single_line("name", &self.name, NAME));
        let points = self.basis_points.map(|points| BasisPoints::parse("basisPoints", points));
        let class = match points.transpose() {
            Ok(points) => fields.check(TaxClass::parse("kind", &self.kind, points)),
            Err(fault) => {
                fields.push(fault);
                None
            }
        };
        let (Some(name), Some(class)) = (name, class) else { return Err(fields.into()) };
        let version = Version::FIRST;
        Ok(TaxRate { id, name, class, version, created_at: now, updated_at: now, archived_at: None })
    }
}

impl TaxRate {
    /// What every organization has from the start: Nepal's.
    pub(crate) fn first(now: Timestamp) -> [Self; 3] {
        let vat = TaxClass::Rated(BasisPoints::VAT_OF_NEPAL);
        let rates =
            [(1, "VAT 13 %", vat), (2, "Zero-rated", TaxClass::Zero), (3, "Exempt", TaxClass::Exempt)];
        rates.map(|(number, name, class)| Self {
            id: TaxRateId::first(number),
            name: name.to_owned(),
            class,
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
            archived_at: None,
        })
    }

    pub(crate) fn updated(&self, update: UpdateTaxRate, now: Timestamp) -> Result<(Self, Changes), Error> {
        let name = match update.name {
            Some(name) => single_line("name", &name, NAME)?,
            None => self.name.clone(),
        };
        let archived_at = match update.standing {
            Some(standing) => standing.since(self.archived_at, now),
            None => self.archived_at,
        };
        let after = Self { name, archived_at, version: self.version.next(), updated_at: now, ..self.clone() };
        let mut changes = Changes::new();
        changes.note("name", &self.name, &after.name);
        changes.note("archived", self.archived_at.is_some(), after.archived_at.is_some());
        Ok((after, changes))
    }
}
