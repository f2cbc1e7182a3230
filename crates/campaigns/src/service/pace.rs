//! How fast mails leave.

use std::collections::BTreeMap;
use std::time::Duration;

use kernel::OrganizationId;

use super::CampaignService;
use crate::Recipient;

impl CampaignService {
    /// Those of whom the rates allow a mail now; if nobody, after how long they do. Each domain is asked for as many as
    /// it has here at once: whoever waited for one at a time would write a job and an event for each mail.
    pub(super) async fn paced(
        &self,
        org: OrganizationId,
        due: Vec<Recipient>,
    ) -> Result<Vec<Recipient>, Duration> {
        let mut domains: BTreeMap<String, Vec<Recipient>> = BTreeMap::new();
        for recipient in due {
            domains.entry(recipient.email.domain().to_owned()).or_default().push(recipient);
        }
        let (mut allowed, mut wait) = (Vec::new(), Duration::from_secs(600));
        for (domain, some) in domains {
            match self.allowance(org, &domain, some.len()).await {
                Ok(many) => allowed.extend(some.into_iter().take(many)),
                Err(after) => wait = wait.min(after),
            }
        }
        if allowed.is_empty() { Err(wait) } else { Ok(allowed) }
    }

    /// How many of so many mails to a domain may leave now; else after how long they may.
    async fn allowance(&self, org: OrganizationId, domain: &str, wanted: usize) -> Result<usize, Duration> {
        let rates = [
            (format!("{org}:{domain}"), self.pace.domain),
            (domain.to_owned(), self.pace.provider),
            (org.to_string(), self.pace.organization),
        ];
        let wanted = u32::try_from(wanted).unwrap_or(u32::MAX);
        let many = rates.iter().fold(wanted, |many, (_, rate)| many.min(rate.burst.max(1)));
        for (key, rate) in rates {
            let asked = self.limiter.check(&key, rate, many).await;
            if !asked.allowed {
                return Err(asked.retry_after.unwrap_or(Duration::from_secs(1)));
            }
        }
        Ok(many as usize)
    }
}
