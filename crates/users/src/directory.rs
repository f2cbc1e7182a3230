use kernel::{EmailAddress, FieldFault, RoleId, Timestamp, UserId};

use crate::PersonName;

/// What colleagues see of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: UserId,
    pub email: EmailAddress,
    pub full_name: PersonName,
    pub display_name: Option<PersonName>,
    pub time_zone: String,
    pub role: RoleId,
    pub joined_at: Timestamp,
}

/// Which of the people.
#[derive(Clone, Debug, Default)]
pub struct DirectoryFilter {
    /// The beginning of a word of the name, or of the address.
    pub search: Option<String>,
}

impl DirectoryFilter {
    /// The sought text in lower case; absent if nothing is sought.
    pub(crate) fn needle(&self) -> Result<Option<String>, FieldFault> {
        let needle = self.search.as_deref().unwrap_or_default().trim().to_lowercase();
        if needle.chars().count() > 100 {
            return Err(FieldFault::new("search", "too_long", "must have at most 100 characters"));
        }
        Ok(Some(needle).filter(|needle| !needle.is_empty()))
    }
}
