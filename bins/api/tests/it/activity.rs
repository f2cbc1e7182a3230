//! Notifications, the audit log and the events of an organization, over real HTTP on a real database.

mod audit;
mod events;
mod notifications;
mod rig;
