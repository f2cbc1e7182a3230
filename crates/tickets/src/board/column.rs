use kernel::{Changes, ColumnId, FieldFault, Fields, Timestamp, Version, single_line};

use crate::{Category, Error};

/// A column of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub id: ColumnId,
    pub name: ColumnName,
    /// The status of every ticket in it. Fixed while there is one.
    pub category: Category,
    /// The lower, the further left; equals stand in the order of their age.
    pub position: i64,
    pub version: Version,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// One line, 1 to 60 characters, unique on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnName(String);

/// Adds a column.
#[derive(Clone, Debug)]
pub struct AddColumn {
    pub name: String,
    pub category: Category,
    /// To the right of all others if absent.
    pub position: Option<i64>,
}

/// Changes a column; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateColumn {
    pub name: Option<String>,
    pub category: Option<Category>,
    pub position: Option<i64>,
}

/// What [`AddColumn`] says, judged.
#[derive(Clone, Debug)]
pub(crate) struct NewColumn {
    pub(crate) name: ColumnName,
    pub(crate) category: Category,
    pub(crate) position: Option<i64>,
}

impl Column {
    const RIGHTMOST: i64 = 1_000_000_000;
    /// Left free between two, so that another fits.
    const STEP: i64 = 1_000;

    pub(crate) const fn new(name: ColumnName, category: Category, id: ColumnId, now: Timestamp) -> Self {
        Self {
            id,
            name,
            category,
            position: Self::STEP,
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
        }
    }

    pub(crate) fn right_of(position: i64) -> i64 {
        Ord::min(position + Self::STEP, Self::RIGHTMOST)
    }

    /// The column after an update, and what changed.
    pub(crate) fn updated(&self, update: UpdateColumn, now: Timestamp) -> Result<(Self, Changes), Error> {
        let mut fields = Fields::new();
        let name = update.name.and_then(|name| fields.check(ColumnName::parse(&name)));
        let position = update.position.and_then(|position| fields.check(parse_position(position)));
        if !fields.is_empty() {
            return Err(fields.into());
        }
        let after = Self {
            name: name.unwrap_or_else(|| self.name.clone()),
            category: update.category.unwrap_or(self.category),
            position: position.unwrap_or(self.position),
            version: self.version.next(),
            updated_at: now,
            ..*self
        };
        let mut changes = Changes::new();
        changes.note("name", self.name.as_str(), after.name.as_str());
        changes.note("category", self.category.name(), after.category.name());
        changes.note("position", self.position, after.position);
        Ok((after, changes))
    }
}

impl ColumnName {
    /// Judges a name.
    pub(crate) fn parse(text: &str) -> Result<Self, FieldFault> {
        single_line("name", text, 60).map(Self)
    }

    /// Takes a name that was judged before.
    pub(crate) const fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AddColumn {
    /// Judges everything at once.
    pub(crate) fn parse(self) -> Result<NewColumn, Error> {
        let mut fields = Fields::new();
        let name = fields.check(ColumnName::parse(&self.name));
        let position = self.position.and_then(|position| fields.check(parse_position(position)));
        match name {
            Some(name) if fields.is_empty() => Ok(NewColumn { name, category: self.category, position }),
            _ => Err(fields.into()),
        }
    }
}

fn parse_position(position: i64) -> Result<i64, FieldFault> {
    if (0..=Column::RIGHTMOST).contains(&position) {
        return Ok(position);
    }
    Err(FieldFault::new("position", "out_of_range", "must be from 0 to 1,000,000,000"))
}
