#![doc = include_str!("../README.md")]

mod boundary;
mod campaign;
mod contact;
mod content;
mod error;
mod event;
mod preflight;
mod recipient;
mod service;
mod store;
mod suppression;
mod token;
mod words;

use std::sync::Arc;
use std::time::Duration;

use database::Database;
use platform::{Keyring, Limiter, Mailer, Rate};
use url::Url;

pub use boundary::{CampaignContacts, CampaignPosting, CampaignSuppressions, Campaigns};
pub use campaign::{Act, Audience, Campaign, CampaignState, CreateCampaign, UpdateCampaign};
pub use contact::{
    Consent, Contact, ContactList, IMPORT_ROWS, ImportRow, Imported, OptIn, Taken, import_rows,
};
pub use content::{Filled, MergeField, Reader};
pub use error::Error;
pub use event::{CampaignEvent, CampaignHappening, ContactEvent};
pub use preflight::{Preflight, PreflightFault, Severity};
pub use recipient::{Recipient, RecipientState, Report, Tally};
pub use suppression::{Bounce, BounceKind, BounceOutcome, Reason, Suppression};
pub use words::{Posted, Written};

/// How fast campaigns leave.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Mails of one organization.
    pub organization: Rate,
    /// Mails of one organization to one domain.
    pub domain: Rate,
    /// Mails of all organizations to one domain: whoever keeps its mailboxes sees one sender.
    pub provider: Rate,
}

impl Default for Pace {
    /// 200 a second.
    fn default() -> Self {
        Self::of(200)
    }
}

impl Pace {
    /// So many mails a second of an organization, a quarter of them to one domain; half as many to one domain from all
    /// organizations. What was saved up in two seconds may leave at once: workers look for what is due every two.
    pub fn of(a_second: u32) -> Self {
        let rate = |name, quota: u32| {
            let (quota, window) = (quota.max(1), Duration::from_secs(1));
            Rate { name, quota, window, burst: quota.saturating_mul(2) }
        };
        Self {
            organization: rate("campaign_organization", a_second),
            domain: rate("campaign_domain", a_second / 4),
            provider: rate("campaign_provider", a_second / 2),
        }
    }
}

/// What the service works with.
pub struct Settings {
    pub mailer: Arc<dyn Mailer>,
    pub limiter: Arc<dyn Limiter>,
    pub keyring: Keyring,
    /// Where the pages behind the links of mails are.
    pub public_url: Url,
    pub pace: Pace,
}

/// The service.
pub fn service(database: Database, settings: Settings) -> Arc<dyn Campaigns> {
    Arc::new(service::CampaignService::new(database, settings))
}
