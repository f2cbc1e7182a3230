use kernel::{OrganizationId, RoleId, Timestamp};

mod event;
mod founding;
mod organization;
mod policy;
mod slug;

pub use event::OrganizationEvent;
pub use founding::found;
pub use organization::{CreateOrganization, Organization, OrganizationName, UpdateOrganization};
pub use policy::{SecurityPolicy, UpdatePolicy};
pub use slug::Slug;

/// An organization in the list of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyOrganization {
    pub id: OrganizationId,
    pub name: OrganizationName,
    pub slug: Slug,
    pub role: RoleId,
    pub role_name: String,
    pub delete_after: Option<Timestamp>,
}
