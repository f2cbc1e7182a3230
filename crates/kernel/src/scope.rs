use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::App;

/// The right to one kind of act: `module:verb`. The one registry that guards, seeds and documents read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
#[repr(u8)]
pub enum Scope {
    OrganizationRead,
    OrganizationManage,
    OrganizationDelete,
    OrganizationTransfer,
    SettingsRead,
    SettingsManage,
    MembersRead,
    MembersInvite,
    MembersManage,
    RolesRead,
    RolesManage,
    BillingRead,
    BillingManage,
    AppsRead,
    AppsManage,
    TicketsRead,
    TicketsWrite,
    TicketsAssign,
    TicketsDelete,
    TicketsManage,
    CrmRead,
    CrmWrite,
    CrmDelete,
    CrmManage,
    InvoicesRead,
    InvoicesWrite,
    InvoicesIssue,
    InvoicesVoid,
    InvoicesManage,
    ChatRead,
    ChatWrite,
    ChatCreateChannel,
    ChatModerate,
    CampaignsRead,
    CampaignsWrite,
    CampaignsSend,
    NotificationsRead,
    NotificationsManage,
    FilesRead,
    FilesWrite,
    AuditRead,
    AuditExport,
    ApiKeysRead,
    ApiKeysManage,
    WebhooksRead,
    WebhooksManage,
    SearchRead,
    JobsRead,
    JobsManage,
    AnalyticsRead,
}

/// Scope, its name on the wire, what it allows in the words of the role editor.
const REGISTRY: [(Scope, &str, &str); 50] = [
    (Scope::OrganizationRead, "organization:read", "See the organization's profile"),
    (Scope::OrganizationManage, "organization:manage", "Change the profile and the security policy"),
    (Scope::OrganizationDelete, "organization:delete", "Delete the organization"),
    (Scope::OrganizationTransfer, "organization:transfer", "Transfer the ownership"),
    (Scope::SettingsRead, "settings:read", "See the settings"),
    (Scope::SettingsManage, "settings:manage", "Change the settings"),
    (Scope::MembersRead, "members:read", "See who is a member"),
    (Scope::MembersInvite, "members:invite", "Invite people"),
    (Scope::MembersManage, "members:manage", "Change roles, suspend and remove members"),
    (Scope::RolesRead, "roles:read", "See roles and what they allow"),
    (Scope::RolesManage, "roles:manage", "Create, change and delete custom roles"),
    (Scope::BillingRead, "billing:read", "See plan and bills"),
    (Scope::BillingManage, "billing:manage", "Change the plan and pay"),
    (Scope::AppsRead, "apps:read", "See installed apps"),
    (Scope::AppsManage, "apps:manage", "Install and uninstall apps"),
    (Scope::TicketsRead, "tickets:read", "See tickets"),
    (Scope::TicketsWrite, "tickets:write", "Create, change and comment on tickets"),
    (Scope::TicketsAssign, "tickets:assign", "Assign tickets"),
    (Scope::TicketsDelete, "tickets:delete", "Delete tickets"),
    (Scope::TicketsManage, "tickets:manage", "Change columns and rules of the ticket board"),
    (Scope::CrmRead, "crm:read", "See companies, contacts and deals"),
    (Scope::CrmWrite, "crm:write", "Create and change companies, contacts and deals"),
    (Scope::CrmDelete, "crm:delete", "Delete companies, contacts and deals"),
    (Scope::CrmManage, "crm:manage", "Change pipelines and custom fields"),
    (Scope::InvoicesRead, "invoices:read", "See invoices and customers"),
    (Scope::InvoicesWrite, "invoices:write", "Draft invoices and record payments"),
    (Scope::InvoicesIssue, "invoices:issue", "Issue and send invoices"),
    (Scope::InvoicesVoid, "invoices:void", "Void invoices"),
    (Scope::InvoicesManage, "invoices:manage", "Change tax rates and number series"),
    (Scope::ChatRead, "chat:read", "Read channels"),
    (Scope::ChatWrite, "chat:write", "Write messages"),
    (Scope::ChatCreateChannel, "chat:create-channel", "Create channels"),
    (Scope::ChatModerate, "chat:moderate", "Delete messages and manage channels of others"),
    (Scope::CampaignsRead, "campaigns:read", "See campaigns"),
    (Scope::CampaignsWrite, "campaigns:write", "Draft campaigns"),
    (Scope::CampaignsSend, "campaigns:send", "Send campaigns"),
    (Scope::NotificationsRead, "notifications:read", "Receive notifications"),
    (Scope::NotificationsManage, "notifications:manage", "Change the organization's notification defaults"),
    (Scope::FilesRead, "files:read", "Open files"),
    (Scope::FilesWrite, "files:write", "Upload files"),
    (Scope::AuditRead, "audit:read", "Read the audit log"),
    (Scope::AuditExport, "audit:export", "Export the audit log"),
    (Scope::ApiKeysRead, "api-keys:read", "See API keys"),
    (Scope::ApiKeysManage, "api-keys:manage", "Create and revoke API keys"),
    (Scope::WebhooksRead, "webhooks:read", "See webhooks"),
    (Scope::WebhooksManage, "webhooks:manage", "Create and change webhooks"),
    (Scope::SearchRead, "search:read", "Search"),
    (Scope::JobsRead, "jobs:read", "See background jobs"),
    (Scope::JobsManage, "jobs:manage", "Requeue and discard background jobs"),
    (Scope::AnalyticsRead, "analytics:read", "See reports"),
];

impl Scope {
    /// Every scope, in the order of the registry.
    pub fn all() -> impl Iterator<Item = Self> {
        REGISTRY.iter().map(|(scope, ..)| *scope)
    }

    /// The name on the wire, `module:verb`.
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    /// What it allows, in a few words for people.
    pub fn description(self) -> &'static str {
        self.entry().2
    }

    /// The part before the colon.
    pub fn module(self) -> &'static str {
        self.name().split(':').next().unwrap_or_default()
    }

    /// The app that must be installed for this scope to mean anything; `None` for the platform's own modules.
    pub fn app(self) -> Option<App> {
        self.module().parse().ok()
    }

    const fn bit(self) -> u64 {
        1 << self as u8
    }

    fn entry(self) -> &'static (Self, &'static str, &'static str) {
        REGISTRY.get(self as usize).expect("the registry has one entry per scope, in order")
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that names no scope.
#[derive(Debug, thiserror::Error)]
#[error("unknown scope `{0}`")]
pub struct UnknownScope(String);

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = REGISTRY.iter().find(|(_, name, _)| *name == text);
        found.map(|(scope, ..)| *scope).ok_or_else(|| UnknownScope(text.to_owned()))
    }
}

impl TryFrom<String> for Scope {
    type Error = UnknownScope;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Scope> for &'static str {
    fn from(scope: Scope) -> Self {
        scope.name()
    }
}

/// A set of scopes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScopeSet(u64);

impl ScopeSet {
    /// No scope at all.
    pub const EMPTY: Self = Self(0);

    /// Every scope of the registry.
    pub fn full() -> Self {
        Scope::all().collect()
    }

    /// Whether the scope is in the set.
    pub const fn contains(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// The scopes in both.
    pub const fn intersect(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The set without one scope.
    pub const fn without(self, scope: Scope) -> Self {
        Self(self.0 & !scope.bit())
    }

    /// Whether every scope of this set is in the other.
    pub const fn is_subset_of(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// The scopes in the order of the registry.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::all().filter(move |scope| self.contains(*scope))
    }

    /// Reads names separated by spaces. Names this version does not know grant nothing.
    pub fn parse_stored(text: &str) -> Self {
        text.split_whitespace().filter_map(|name| name.parse().ok()).collect()
    }

    /// Names separated by spaces, the stored form.
    pub fn to_stored(self) -> String {
        self.iter().map(Scope::name).collect::<Vec<_>>().join(" ")
    }
}

impl FromIterator<Scope> for ScopeSet {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | scope.bit()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_stands_at_its_own_place_in_the_registry() {
        for (place, (scope, name, _)) in REGISTRY.iter().enumerate() {
            assert_eq!(*scope as usize, place, "{name}");
            assert_eq!(name.parse::<Scope>().expect("known"), *scope);
        }
    }

    #[test]
    fn a_stored_set_reads_back_and_ignores_unknown_names() {
        let set: ScopeSet = [Scope::TicketsRead, Scope::JobsManage].into_iter().collect();
        assert_eq!(ScopeSet::parse_stored(&set.to_stored()), set);
        assert_eq!(ScopeSet::parse_stored("tickets:read future:thing jobs:manage"), set);
    }

    #[test]
    fn only_work_apps_gate_their_scopes() {
        assert_eq!(Scope::TicketsRead.app(), Some(App::Tickets));
        assert_eq!(Scope::MembersRead.app(), None);
    }
}
