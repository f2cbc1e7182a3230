use async_trait::async_trait;
use database::Tx;
use kernel::{Actor, FileId, PortFault};

use crate::Owner;

/// What files belong to.
#[async_trait]
pub trait Owners: Send + Sync {
    /// Whether the actor sees this file of its owner.
    async fn shows(&self, actor: &Actor, file: FileId, owner: Owner) -> Result<bool, PortFault>;

    /// Lets go of a file that is being deleted, in that commit, if the actor may take it away; refuses otherwise.
    async fn let_go(&self, tx: &Tx, actor: &Actor, file: FileId, owner: Owner) -> Result<(), PortFault>;
}
