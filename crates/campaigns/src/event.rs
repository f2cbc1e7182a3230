use kernel::{
    Audience, CampaignId, CampaignRunId, CampaignTestId, Changes, ContactId, ContactListId, Event, Scope,
    Subject, SuppressionId, Timestamp, UserId, Version,
};
use serde_json::{Value, json};

use crate::{Campaign, Reason, Tally};

/// Something happened to a campaign.
#[derive(Clone, Debug)]
pub struct CampaignEvent {
    pub campaign: CampaignId,
    pub version: Version,
    pub what: CampaignHappening,
}

/// What happened to it.
#[derive(Clone, Debug)]
pub enum CampaignHappening {
    Created,
    Updated {
        changes: Changes,
    },
    Scheduled {
        at: Timestamp,
    },
    Unscheduled,
    /// Its time came, and it could not be sent; it is a draft again.
    ScheduleMissed {
        by: Option<UserId>,
        reason: String,
    },
    Started {
        run: CampaignRunId,
    },
    Paused,
    Resumed {
        run: CampaignRunId,
    },
    /// Its jobs were lost, and it goes on with new ones.
    Continued {
        run: CampaignRunId,
    },
    /// Mails get their turn again once it is resumed.
    Renewed {
        recipients: u64,
    },
    Cancelled,
    /// Everybody stands in the ledger.
    Planned {
        run: CampaignRunId,
        recipients: u64,
    },
    /// Many mails at once: each has its row in the ledger.
    BatchSent {
        run: CampaignRunId,
        tally: Tally,
        /// When the next ones are handed over; never if nothing is left or the run is over.
        next: Option<Timestamp>,
    },
    /// Mails that a worker which went down had begun.
    Abandoned {
        uncertain: u64,
    },
    Finished,
    TestRequested {
        test: CampaignTestId,
    },
    TestSent {
        test: CampaignTestId,
    },
    TestFailed {
        test: CampaignTestId,
    },
}

impl CampaignEvent {
    pub(crate) fn of(campaign: &Campaign, what: CampaignHappening) -> Self {
        Self { campaign: campaign.id, version: campaign.version, what }
    }
}

fn readers() -> Audience {
    Audience::Scope { scope: Scope::CampaignsRead, guests: Vec::new() }
}

impl Event for CampaignEvent {
    fn kind(&self) -> &'static str {
        use CampaignHappening as What;
        match &self.what {
            What::Created => "campaigns.campaign_created",
            What::Updated { .. } => "campaigns.campaign_updated",
            What::Scheduled { .. } => "campaigns.campaign_scheduled",
            What::Unscheduled => "campaigns.campaign_unscheduled",
            What::ScheduleMissed { .. } => "campaigns.schedule_missed",
            What::Started { .. } => "campaigns.campaign_started",
            What::Paused => "campaigns.campaign_paused",
            What::Resumed { .. } => "campaigns.campaign_resumed",
            What::Continued { .. } => "campaigns.campaign_continued",
            What::Renewed { .. } => "campaigns.mails_renewed",
            What::Cancelled => "campaigns.campaign_cancelled",
            What::Planned { .. } => "campaigns.campaign_planned",
            What::BatchSent { .. } => "campaigns.batch_sent",
            What::Abandoned { .. } => "campaigns.mails_abandoned",
            What::Finished => "campaigns.campaign_finished",
            What::TestRequested { .. } => "campaigns.test_requested",
            What::TestSent { .. } => "campaigns.test_sent",
            What::TestFailed { .. } => "campaigns.test_failed",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("campaign", self.campaign).at(self.version)
    }

    fn audience(&self) -> Audience {
        readers()
    }

    fn data(&self) -> Value {
        use CampaignHappening as What;
        let mut data = match &self.what {
            What::Updated { changes } => json!({ "changed": changes.fields() }),
            What::Scheduled { at } => json!({ "at": at }),
            What::ScheduleMissed { by, reason } => json!({ "userId": by, "reason": reason }),
            What::Planned { recipients, .. } | What::Renewed { recipients } => {
                json!({ "recipients": recipients })
            }
            What::BatchSent { tally, .. } => json!({
                "sent": tally.sent, "failed": tally.failed, "suppressed": tally.suppressed,
                "uncertain": tally.uncertain, "deferred": tally.deferred,
            }),
            What::Abandoned { uncertain } => json!({ "uncertain": uncertain }),
            What::TestRequested { test } | What::TestSent { test } | What::TestFailed { test } => {
                json!({ "testId": test })
            }
            _ => json!({}),
        };
        if let Some(data) = data.as_object_mut() {
            data.insert("campaignId".to_owned(), json!(self.campaign));
            data.insert("version".to_owned(), json!(self.version));
        }
        data
    }

    fn private(&self) -> Value {
        match &self.what {
            CampaignHappening::Updated { changes } => changes.before_and_after(),
            _ => Value::Null,
        }
    }
}

/// Something happened to those who are written to.
#[derive(Clone, Debug)]
pub enum ContactEvent {
    ListCreated {
        list: ContactListId,
    },
    ListUpdated {
        list: ContactListId,
        version: Version,
        changes: Changes,
    },
    /// Many at once.
    Imported {
        list: ContactListId,
        added: usize,
        refused: usize,
    },
    Confirmed {
        list: ContactListId,
        contact: ContactId,
    },
    Removed {
        list: ContactListId,
        contact: ContactId,
    },
    Suppressed {
        suppression: SuppressionId,
        reason: Reason,
        campaign: Option<CampaignId>,
    },
    Released {
        suppression: SuppressionId,
    },
    /// The mail system told what came of mails; what it led to is told beside it.
    BouncesNoted {
        first: uuid::Uuid,
        count: usize,
    },
}

impl Event for ContactEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::ListCreated { .. } => "campaigns.list_created",
            Self::ListUpdated { .. } => "campaigns.list_updated",
            Self::Imported { .. } => "campaigns.contacts_imported",
            Self::Confirmed { .. } => "campaigns.contact_confirmed",
            Self::Removed { .. } => "campaigns.contact_removed",
            Self::Suppressed { .. } => "campaigns.address_suppressed",
            Self::Released { .. } => "campaigns.address_released",
            Self::BouncesNoted { .. } => "campaigns.bounces_noted",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::ListCreated { list } => Subject::new("contact_list", *list).at(Version::FIRST),
            Self::ListUpdated { list, version, .. } => Subject::new("contact_list", *list).at(*version),
            Self::Imported { list, .. } => Subject::new("contact_list", *list),
            Self::Confirmed { contact, .. } | Self::Removed { contact, .. } => {
                Subject::new("contact", *contact)
            }
            Self::Suppressed { suppression, .. } | Self::Released { suppression } => {
                Subject::new("suppression", *suppression)
            }
            Self::BouncesNoted { first, .. } => Subject::new("recipient", *first),
        }
    }

    fn audience(&self) -> Audience {
        readers()
    }

    fn data(&self) -> Value {
        match self {
            Self::ListCreated { list } => json!({ "listId": list }),
            Self::ListUpdated { list, changes, .. } => json!({ "listId": list, "changed": changes.fields() }),
            Self::Imported { list, added, refused } => {
                json!({ "listId": list, "added": added, "refused": refused })
            }
            Self::Confirmed { list, contact } | Self::Removed { list, contact } => {
                json!({ "listId": list, "contactId": contact })
            }
            Self::Suppressed { suppression, reason, campaign } => {
                json!({ "suppressionId": suppression, "reason": reason.name(), "campaignId": campaign })
            }
            Self::Released { suppression } => json!({ "suppressionId": suppression }),
            Self::BouncesNoted { count, .. } => json!({ "count": count }),
        }
    }

    fn private(&self) -> Value {
        match self {
            Self::ListUpdated { changes, .. } => changes.before_and_after(),
            _ => Value::Null,
        }
    }
}
