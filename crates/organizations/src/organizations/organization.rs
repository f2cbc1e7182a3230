use std::fmt;

use chrono::TimeDelta;
use kernel::{
    Changes, EmailAddress, FieldFault, Fields, OrganizationId, Patch, Timestamp, Version, multi_line,
    single_line,
};

use super::OrganizationEvent;
use super::policy::SecurityPolicy;
use super::slug::Slug;
use crate::Error;

/// How long a deletion can be taken back.
const GRACE: TimeDelta = TimeDelta::days(14);

/// A tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    pub id: OrganizationId,
    pub name: OrganizationName,
    pub slug: Slug,
    /// The name in the register of companies.
    pub legal_name: Option<String>,
    /// PAN or VAT number.
    pub tax_id: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<EmailAddress>,
    pub policy: SecurityPolicy,
    pub version: Version,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// When it is erased, if that was asked for.
    pub delete_after: Option<Timestamp>,
}

/// A new organization of whoever asks for it.
#[derive(Clone, Debug)]
pub struct CreateOrganization {
    pub name: String,
    /// Made from the name if absent.
    pub slug: Option<String>,
}

/// A change of the profile; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateOrganization {
    pub name: Option<String>,
    pub slug: Option<String>,
    pub legal_name: Patch<String>,
    pub tax_id: Patch<String>,
    pub address: Patch<String>,
    pub phone: Patch<String>,
    pub email: Patch<String>,
}

/// The same, parsed.
#[derive(Debug)]
pub(crate) struct Profile {
    name: Option<OrganizationName>,
    pub(crate) slug: Option<Slug>,
    legal_name: Patch<String>,
    tax_id: Patch<String>,
    address: Patch<String>,
    phone: Patch<String>,
    email: Patch<EmailAddress>,
}

impl UpdateOrganization {
    pub(crate) fn parse(self) -> Result<Profile, Error> {
        let mut fields = Fields::new();
        let line = |field, max| move |text: String| single_line(field, &text, max);
        let email = |text: String| EmailAddress::parse("email", &text);
        let name = self.name.and_then(|name| fields.check(OrganizationName::parse("name", &name)));
        let slug = self.slug.and_then(|slug| fields.check(Slug::parse("slug", &slug)));
        let profile = Profile {
            name,
            slug,
            legal_name: checked(&mut fields, self.legal_name, line("legalName", 200)),
            tax_id: checked(&mut fields, self.tax_id, line("taxId", 40)),
            address: checked(&mut fields, self.address, |text| multi_line("address", &text, 500)),
            phone: checked(&mut fields, self.phone, line("phone", 40)),
            email: checked(&mut fields, self.email, email),
        };
        match fields.finish() {
            Ok(()) => Ok(profile),
            Err(faults) => Err(Error::Invalid(faults)),
        }
    }
}

fn checked<T>(
    fields: &mut Fields,
    patch: Patch<String>,
    parse: impl FnOnce(String) -> Result<T, FieldFault>,
) -> Patch<T> {
    fields.check(patch.try_map(parse)).unwrap_or(Patch::Keep)
}

impl Organization {
    /// A new one, with nothing but a name.
    pub(crate) fn found(id: OrganizationId, name: OrganizationName, slug: Slug, now: Timestamp) -> Self {
        Self {
            id,
            name,
            slug,
            legal_name: None,
            tax_id: None,
            address: None,
            phone: None,
            email: None,
            policy: SecurityPolicy::default(),
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
            delete_after: None,
        }
    }

    /// Refuses a change that was made upon an older version.
    pub(crate) fn expect(&self, version: Version) -> Result<(), Error> {
        if self.version == version {
            return Ok(());
        }
        Err(Error::Stale { current: self.version })
    }

    /// The organization with another profile, and what that changed.
    pub(crate) fn with_profile(&self, profile: Profile, now: Timestamp) -> (Self, Changes) {
        let after = Self {
            name: profile.name.unwrap_or_else(|| self.name.clone()),
            slug: profile.slug.unwrap_or_else(|| self.slug.clone()),
            legal_name: profile.legal_name.apply(self.legal_name.clone()),
            tax_id: profile.tax_id.apply(self.tax_id.clone()),
            address: profile.address.apply(self.address.clone()),
            phone: profile.phone.apply(self.phone.clone()),
            email: profile.email.apply(self.email.clone()),
            ..self.changed(now)
        };
        let mut changes = Changes::new();
        changes.note("name", self.name.as_str(), after.name.as_str());
        changes.note("slug", self.slug.as_str(), after.slug.as_str());
        changes.note("legalName", &self.legal_name, &after.legal_name);
        changes.note("taxId", &self.tax_id, &after.tax_id);
        changes.note("address", &self.address, &after.address);
        changes.note("phone", &self.phone, &after.phone);
        changes.note("email", &self.email, &after.email);
        (after, changes)
    }

    /// The organization with another security policy, and what that changed.
    pub(crate) fn with_policy(&self, policy: SecurityPolicy, now: Timestamp) -> (Self, Changes) {
        let changes = self.policy.changes_to(&policy);
        let after = Self { policy, ..self.changed(now) };
        (after, changes)
    }

    /// The organization in its days of grace. Whoever asks must have typed its name.
    pub(crate) fn closing(&self, typed: &str, now: Timestamp) -> Result<(Self, OrganizationEvent), Error> {
        if typed.trim() != self.name.as_str() {
            let fault = FieldFault::new("name", "name_mismatch", "must be the name of the organization");
            return Err(fault.into());
        }
        if self.delete_after.is_some() {
            return Err(Error::DeletionRequested);
        }
        let after = Self { delete_after: Some(now + GRACE), ..self.changed(now) };
        let event = OrganizationEvent::DeletionRequested {
            org: self.id,
            version: after.version,
            delete_after: now + GRACE,
        };
        Ok((after, event))
    }

    /// The organization that stays after all.
    pub(crate) fn staying(&self, now: Timestamp) -> Result<(Self, OrganizationEvent), Error> {
        if self.delete_after.is_none() {
            return Err(Error::DeletionNotRequested);
        }
        let after = Self { delete_after: None, ..self.changed(now) };
        let event = OrganizationEvent::DeletionCancelled { org: self.id, version: after.version };
        Ok((after, event))
    }

    /// Whether its days of grace are over.
    pub(crate) fn is_due(&self, now: Timestamp) -> bool {
        self.delete_after.is_some_and(|after| after <= now)
    }

    fn changed(&self, now: Timestamp) -> Self {
        Self { version: self.version.next(), updated_at: now, ..self.clone() }
    }
}

/// An organization's name: one line of at most 120 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationName(String);

impl OrganizationName {
    /// Judges a name.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldFault> {
        single_line(field, text, 120).map(Self)
    }

    pub(crate) fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrganizationName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
