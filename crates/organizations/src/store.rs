//! The only place here that names the database.

pub(crate) mod every;
pub(crate) mod invitations;
pub(crate) mod members;
pub(crate) mod organizations;
pub(crate) mod roles;
pub(crate) mod settings;
pub(crate) mod staff;
