use uuid::Uuid;

use super::Checker;
use crate::{Doing, Outcome};

/// Somebody in the ledger of a campaign.
#[derive(Clone, Debug)]
pub struct RecipientRow {
    pub email: String,
    pub state: String,
}

impl Checker {
    /// The ledger of a campaign.
    pub async fn recipients(&self, campaign: Uuid) -> Outcome<Vec<RecipientRow>> {
        let sql = "SELECT email, state FROM campaign_recipients WHERE campaign_id = $1 ORDER BY id";
        let rows: Vec<(String, String)> =
            sqlx::query_as(sql).bind(campaign).fetch_all(&self.pool).await.doing("reading a ledger")?;
        Ok(rows.into_iter().map(|(email, state)| RecipientRow { email, state }).collect())
    }
}
