//! The operations, one file per module of the product: wire types, declarations, handlers.

mod audit;
mod bootstrap;
mod events;
mod jobs;
mod notifications;

use crate::endpoint::Module;

/// Every module, in the order of the document.
pub fn modules() -> Vec<Module> {
    vec![bootstrap::module(), notifications::module(), audit::module(), events::module(), jobs::module()]
}
