//! One file per table. A domain's store writes only its own tables and may read any.

pub mod app_installation;
pub mod cron_run;
pub mod email_message;
pub mod event;
pub mod idempotency_key;
pub mod job;
pub mod membership;
pub mod notification;
pub mod notification_default;
pub mod notification_preference;
pub mod organization;
pub mod organization_settings;
pub mod organization_slug;
pub mod role;
pub mod stream;
pub mod user;

use sea_orm::EntityTrait;

/// Looks at entities one by one.
pub trait Visitor {
    /// Looks at one.
    fn visit<E: EntityTrait>(&mut self);
}

/// Shows every entity: how a test compares them all with the migrated schema.
pub fn each(visitor: &mut impl Visitor) {
    visitor.visit::<app_installation::Entity>();
    visitor.visit::<cron_run::Entity>();
    visitor.visit::<email_message::Entity>();
    visitor.visit::<event::Entity>();
    visitor.visit::<idempotency_key::Entity>();
    visitor.visit::<job::Entity>();
    visitor.visit::<membership::Entity>();
    visitor.visit::<notification::Entity>();
    visitor.visit::<notification_default::Entity>();
    visitor.visit::<notification_preference::Entity>();
    visitor.visit::<organization::Entity>();
    visitor.visit::<organization_settings::Entity>();
    visitor.visit::<organization_slug::Entity>();
    visitor.visit::<role::Entity>();
    visitor.visit::<stream::Entity>();
    visitor.visit::<user::Entity>();
}
