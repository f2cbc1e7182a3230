//! The operations, one file per module of the product: wire types, declarations, handlers.

mod api_keys;
mod audit;
mod auth;
mod bootstrap;
mod campaigns;
mod catalogue;
mod contact_lists;
mod customers;
mod events;
mod files;
mod invitations;
mod invoices;
mod jobs;
mod members;
mod money;
mod notifications;
mod organizations;
mod roles;
mod sessions;
mod settings;
mod suppressions;
mod tickets;
mod users;
mod words;

use crate::endpoint::Module;

pub(crate) use auth::jwks;

/// Every module, in the order of the document.
pub fn modules() -> Vec<Module> {
    vec![
        auth::module(),
        sessions::module(),
        api_keys::module(),
        bootstrap::module(),
        users::module(),
        organizations::module(),
        settings::module(),
        members::module(),
        invitations::module(),
        roles::module(),
        tickets::module(),
        files::module(),
        customers::module(),
        catalogue::module(),
        invoices::module(),
        contact_lists::module(),
        suppressions::module(),
        campaigns::module(),
        notifications::module(),
        audit::module(),
        events::module(),
        jobs::module(),
    ]
}
