use kernel::{OrganizationId, Patch, RoleId, UserId, Version};
use organizations::{
    CreateOrganization, LockedOut, Lockout, MyOrganization, Organization, OrganizationFilter,
    UpdateOrganization, UpdatePolicy,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Instant, patch};

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrganizationsQuery {
    /// Only the one that has this short name, or had it before.
    #[schema(min_length = 1, max_length = 60)]
    slug: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MyOrganization)]
pub(super) struct MyOrganizationView {
    #[schema(value_type = Uuid)]
    id: OrganizationId,
    name: String,
    /// The short name in the address of its pages.
    slug: String,
    #[schema(value_type = Uuid)]
    role_id: RoleId,
    /// The name of the caller's role.
    role: String,
    /// When it is erased, if that was asked for.
    delete_after: Option<Instant>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FoundOrganization {
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// Made from the name if absent.
    #[schema(min_length = 3, max_length = 48, pattern = "^[a-z0-9][a-z0-9-]*[a-z0-9]$")]
    slug: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Organization)]
pub(super) struct OrganizationView {
    #[schema(value_type = Uuid)]
    id: OrganizationId,
    name: String,
    slug: String,
    /// The name in the register of companies.
    legal_name: Option<String>,
    /// PAN or VAT number.
    tax_id: Option<String>,
    address: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    #[schema(value_type = i64)]
    version: Version,
    created_at: Instant,
    updated_at: Instant,
    /// When it is erased, if that was asked for.
    delete_after: Option<Instant>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UpdateOrganization)]
pub(super) struct OrganizationPatch {
    #[schema(min_length = 1, max_length = 120)]
    name: Option<String>,
    #[schema(min_length = 3, max_length = 48, pattern = "^[a-z0-9][a-z0-9-]*[a-z0-9]$")]
    slug: Option<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, extensions(("x-clearable" = json!(true))))]
    legal_name: Patch<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 40, extensions(("x-clearable" = json!(true))))]
    tax_id: Patch<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500, extensions(("x-clearable" = json!(true))))]
    address: Patch<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 40, extensions(("x-clearable" = json!(true))))]
    phone: Patch<String>,
    #[serde(default, deserialize_with = "patch")]
    #[schema(value_type = Option<String>, min_length = 3, max_length = 254, extensions(("x-clearable" = json!(true))))]
    email: Patch<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SecurityPolicy)]
pub(super) struct PolicyView {
    /// Everybody needs a second factor, not only Owner and Admin.
    require_mfa: bool,
    /// Since when that is demanded.
    mfa_required_since: Option<Instant>,
    /// How many days after that, or after joining, a member may still work without; never Owner and Admin.
    grace_days: i64,
    /// Only addresses of these domains may join; any if empty.
    allowed_domains: Vec<String>,
    /// After how many days a session must sign in again.
    session_max_days: i64,
    #[schema(value_type = i64)]
    version: Version,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UpdateSecurityPolicy)]
pub(super) struct PolicyPatch {
    require_mfa: Option<bool>,
    #[schema(minimum = 0, maximum = 90)]
    grace_days: Option<i64>,
    #[schema(max_items = 50)]
    allowed_domains: Option<Vec<String>>,
    #[schema(minimum = 1, maximum = 30)]
    session_max_days: Option<i64>,
}

/// Members without a second factor who could not work any more.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Lockout)]
pub(super) struct LockoutView {
    /// How many they are.
    total: u64,
    /// The first hundred of them.
    members: Vec<LockedOutView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LockedOutMember)]
pub(super) struct LockedOutView {
    #[schema(value_type = Uuid)]
    user_id: UserId,
    full_name: String,
    email: String,
    role: String,
    /// When it begins.
    from: Instant,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct TransferOwnership {
    /// An active member.
    #[schema(value_type = Uuid)]
    pub(super) user_id: UserId,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeleteOrganization {
    #[schema(min_length = 1, max_length = 120)]
    pub(super) name: String,
}

impl From<OrganizationsQuery> for OrganizationFilter {
    fn from(query: OrganizationsQuery) -> Self {
        Self { slug: query.slug }
    }
}

impl From<MyOrganization> for MyOrganizationView {
    fn from(mine: MyOrganization) -> Self {
        Self {
            id: mine.id,
            name: mine.name.to_string(),
            slug: mine.slug.to_string(),
            role_id: mine.role,
            role: mine.role_name,
            delete_after: mine.delete_after.map(Instant::from),
        }
    }
}

impl From<FoundOrganization> for CreateOrganization {
    fn from(body: FoundOrganization) -> Self {
        Self { name: body.name, slug: body.slug }
    }
}

impl From<&Organization> for OrganizationView {
    fn from(organization: &Organization) -> Self {
        Self {
            id: organization.id,
            name: organization.name.to_string(),
            slug: organization.slug.to_string(),
            legal_name: organization.legal_name.clone(),
            tax_id: organization.tax_id.clone(),
            address: organization.address.clone(),
            phone: organization.phone.clone(),
            email: organization.email.as_ref().map(ToString::to_string),
            version: organization.version,
            created_at: organization.created_at.into(),
            updated_at: organization.updated_at.into(),
            delete_after: organization.delete_after.map(Instant::from),
        }
    }
}

impl From<OrganizationPatch> for UpdateOrganization {
    fn from(body: OrganizationPatch) -> Self {
        Self {
            name: body.name,
            slug: body.slug,
            legal_name: body.legal_name,
            tax_id: body.tax_id,
            address: body.address,
            phone: body.phone,
            email: body.email,
        }
    }
}

impl From<&Organization> for PolicyView {
    fn from(organization: &Organization) -> Self {
        let policy = &organization.policy;
        Self {
            require_mfa: policy.require_mfa,
            mfa_required_since: policy.mfa_required_since.map(Instant::from),
            grace_days: policy.grace_days,
            allowed_domains: policy.allowed_domains.clone(),
            session_max_days: policy.session_max_days,
            version: organization.version,
        }
    }
}

impl From<PolicyPatch> for UpdatePolicy {
    fn from(body: PolicyPatch) -> Self {
        Self {
            require_mfa: body.require_mfa,
            grace_days: body.grace_days,
            allowed_domains: body.allowed_domains,
            session_max_days: body.session_max_days,
        }
    }
}

impl From<Lockout> for LockoutView {
    fn from(lockout: Lockout) -> Self {
        Self { total: lockout.total, members: lockout.members.into_iter().map(LockedOutView::from).collect() }
    }
}

impl From<LockedOut> for LockedOutView {
    fn from(member: LockedOut) -> Self {
        Self {
            user_id: member.user,
            full_name: member.full_name,
            email: member.email.to_string(),
            role: member.role_name,
            from: member.from.into(),
        }
    }
}
