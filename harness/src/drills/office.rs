//! Clerks who write invoices and send their requests until somebody answers.

use std::time::Duration;

use serde_json::json;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::scene::Scene;
use crate::{Answer, Call, Client, Outcome};

/// How long a clerk insists.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// Drafts are written by so many at once.
const AT_ONCE: usize = 8;
/// Of each invoice, in minor units.
pub(super) const TOTAL: i64 = 250_000;

/// Whoever writes invoices of an organization, all to one customer.
#[derive(Clone, Debug)]
pub(super) struct Office {
    pub(super) client: Client,
    token: String,
    customer: Uuid,
}

impl Office {
    pub(super) async fn open(scene: &Scene) -> Outcome<Self> {
        let (client, token) = (scene.cluster.client.clone(), scene.team.owner.access.clone());
        let form = json!({"name": "Annapurna Stationers", "taxId": "301234567"});
        let customer =
            client.send(&Call::post("/customers", form).token(&token)).await?.with(201)?.id("/id")?;
        Ok(Self { client, token, customer })
    }

    /// Writes drafts while nothing is disturbed.
    pub(super) async fn drafts(&self, scene: &mut Scene, count: usize) -> Outcome<Vec<Uuid>> {
        let mut tasks = JoinSet::new();
        for lane in 0..AT_ONCE {
            let (office, share) = (self.clone(), count / AT_ONCE + usize::from(lane < count % AT_ONCE));
            let keys: Vec<_> = (0..share).map(|_| scene.dice.id()).collect();
            tasks.spawn(async move {
                let mut drafts = Vec::new();
                for key in keys {
                    drafts.push(office.draft(key).await?);
                }
                Ok(drafts)
            });
        }
        let drafts = tasks.join_all().await.into_iter().collect::<Outcome<Vec<_>>>()?;
        Ok(drafts.concat())
    }

    async fn draft(&self, key: Uuid) -> Outcome<Uuid> {
        let price = json!({"amount": TOTAL, "currency": "NPR"});
        let line = json!({"description": "Copy paper A4, 80 g", "quantity": "1", "unitPrice": price});
        let form = json!({"customerId": self.customer, "currency": "NPR", "lines": [line]});
        let call = Call::post("/invoices", form).token(&self.token).key(key);
        self.client.insist(&call, PATIENCE).await?.with(201)?.id("/id")
    }

    /// What issues a draft.
    pub(super) fn issue(&self, draft: Uuid, key: Uuid) -> Call {
        let call = Call::act(&format!("/invoices/{draft}/issue")).token(&self.token).key(key);
        call.header("if-match", "\"1\"".to_owned())
    }

    /// What books the payment of a whole invoice.
    pub(super) fn pay(&self, invoice: Uuid, key: Uuid) -> Call {
        let form = json!({"amount": {"amount": TOTAL, "currency": "NPR"}, "method": "bank_transfer"});
        Call::post(&format!("/invoices/{invoice}/payments"), form).token(&self.token).key(key)
    }
}

/// Whether a request was carried out. Of a process that died right after its commit only that is known.
pub(super) fn is_done(answer: &Answer) -> bool {
    (200..300).contains(&answer.status) || answer.code() == "already_completed"
}
