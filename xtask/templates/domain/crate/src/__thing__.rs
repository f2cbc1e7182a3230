use kernel::{
    Changes, Fields, Patch, __Thing__Id, Timestamp, UserId, Version, multi_line, single_line,
};

use crate::Error;

/// One of an organization's __things_in_words__.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct __Thing__ {
    pub id: __Thing__Id,
    pub name: String,
    pub description: Option<String>,
    /// Who cares for it.
    pub owner: Option<UserId>,
    pub version: Version,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What is known of a new one.
#[derive(Clone, Debug, Default)]
pub struct Create__Thing__ {
    pub name: String,
    pub description: Option<String>,
    pub owner: Option<UserId>,
}

/// A change; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct Update__Thing__ {
    pub name: Option<String>,
    pub description: Patch<String>,
    pub owner: Patch<UserId>,
}

/// Which of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct __Thing__Filter {
    pub owner: Option<UserId>,
}

/// A new one, judged.
#[derive(Debug)]
pub(crate) struct Draft {
    name: String,
    description: Option<String>,
    owner: Option<UserId>,
}

/// A change, judged.
#[derive(Debug)]
pub(crate) struct Edit {
    name: Option<String>,
    description: Patch<String>,
    owner: Patch<UserId>,
}

impl Create__Thing__ {
    pub(crate) fn parse(self) -> Result<Draft, Error> {
        let mut fields = Fields::new();
        let name = fields.check(single_line("name", &self.name, 120));
        let description = self.description.map(|text| multi_line("description", &text, 10_000));
        let description = fields.check(description.transpose());
        match (name, description) {
            (Some(name), Some(description)) => Ok(Draft { name, description, owner: self.owner }),
            _ => Err(fields.into()),
        }
    }
}

impl Update__Thing__ {
    pub(crate) fn parse(self) -> Result<Edit, Error> {
        let mut fields = Fields::new();
        let name = fields.check(self.name.map(|text| single_line("name", &text, 120)).transpose());
        let description =
            fields.check(self.description.try_map(|text| multi_line("description", &text, 10_000)));
        match (name, description) {
            (Some(name), Some(description)) => Ok(Edit { name, description, owner: self.owner }),
            _ => Err(fields.into()),
        }
    }
}

impl __Thing__ {
    /// A new one.
    pub(crate) fn create(id: __Thing__Id, draft: Draft, now: Timestamp) -> Self {
        Self {
            id,
            name: draft.name,
            description: draft.description,
            owner: draft.owner,
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
        }
    }

    /// The same after a change, and what that changed.
    pub(crate) fn edited(&self, edit: Edit, now: Timestamp) -> (Self, Changes) {
        let after = Self {
            name: edit.name.unwrap_or_else(|| self.name.clone()),
            description: edit.description.apply(self.description.clone()),
            owner: edit.owner.apply(self.owner),
            version: self.version.next(),
            updated_at: now,
            ..self.clone()
        };
        let mut changes = Changes::new();
        changes.note("name", &self.name, &after.name);
        changes.note("description", &self.description, &after.description);
        changes.note("ownerId", self.owner, after.owner);
        (after, changes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_are_told_at_once() {
        let command = Create__Thing__ {
            name: " ".to_owned(),
            description: Some("\0".to_owned()),
            owner: None,
        };
        let Err(Error::Invalid(faults)) = command.parse() else { panic!("refused") };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["name", "description"]);
    }

    #[test]
    fn a_change_tells_what_it_changed_and_nothing_else() {
        let id = __Thing__Id::from_uuid(uuid::Uuid::from_u128(1));
        let create = Create__Thing__ { name: "First".to_owned(), ..Create__Thing__::default() };
        let before = __Thing__::create(id, create.parse().expect("valid"), Timestamp::UNIX_EPOCH);
        let update = Update__Thing__ {
            name: Some(" First ".to_owned()),
            description: Patch::Set("More".to_owned()),
            ..Update__Thing__::default()
        };
        let (after, changes) = before.edited(update.parse().expect("valid"), Timestamp::UNIX_EPOCH);
        assert_eq!(changes.fields(), ["description"]);
        assert_eq!((after.version, after.description.as_deref()), (Version(2), Some("More")));
    }
}
