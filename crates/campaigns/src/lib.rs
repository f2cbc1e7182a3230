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
pub use words::Posted;

/// How fast campaigns leave.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Mails of one organization.
    pub organization: Rate,
    /// Mails of one organization to one domain.
    pub domain: Rate,
}

impl Default for Pace {
    /// 200 a second, of which 50 to one domain.
    fn default() -> Self {
        const SECOND: Duration = Duration::from_secs(1);
        Self {
            organization: Rate::new("campaign_organization", 200, SECOND),
            domain: Rate::new("campaign_domain", 50, SECOND),
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
