//! Everything that can be done with campaigns.

use async_trait::async_trait;
use database::Tx;
use kernel::{
    Actor, CampaignId, CampaignRunId, CampaignTestId, ContactId, ContactListId, OrganizationId, Page,
    PageRequest, Secret, SuppressionId, UserId, Version,
};

use crate::{
    Act, Bounce, BounceOutcome, Campaign, CampaignState, Contact, ContactList, CreateCampaign, Error, Filled,
    ImportRow, Imported, OptIn, Posted, Preflight, Reader, Reason, Recipient, RecipientState, Report,
    Suppression, UpdateCampaign, Written,
};

/// Campaigns: written, looked at, set going and stopped. What else there is stands in the traits it extends.
#[async_trait]
pub trait Campaigns: CampaignContacts + CampaignSuppressions + CampaignPosting + Send + Sync {
    /// Writes a draft.
    async fn create(&self, actor: &Actor, command: CreateCampaign) -> Result<Campaign, Error>;

    /// A campaign.
    async fn get(&self, actor: &Actor, id: CampaignId) -> Result<Campaign, Error>;

    /// Campaigns, the newest first.
    async fn list(
        &self,
        actor: &Actor,
        state: Option<CampaignState>,
        page: &PageRequest,
    ) -> Result<Page<Campaign>, Error>;

    /// Changes a draft; an update that changes nothing leaves its version alone.
    async fn update(
        &self,
        actor: &Actor,
        id: CampaignId,
        expected: Version,
        command: UpdateCampaign,
    ) -> Result<Campaign, Error>;

    /// The mail as this reader would get it.
    async fn preview(&self, actor: &Actor, id: CampaignId, reader: Reader) -> Result<Filled, Error>;

    /// Mails the campaign as it is to whoever asks for it, and to nobody else.
    async fn request_test(&self, actor: &Actor, id: CampaignId) -> Result<CampaignTestId, Error>;

    /// All that is in the way of sending, and how many would get it.
    async fn preflight(&self, actor: &Actor, id: CampaignId) -> Result<Preflight, Error>;

    /// Schedules, sends, pauses, resumes, cancels. What is not ready is neither scheduled nor sent.
    async fn act(
        &self,
        actor: &Actor,
        id: CampaignId,
        expected: Version,
        act: Act,
    ) -> Result<Campaign, Error>;

    /// Where it stands in figures.
    async fn report(&self, actor: &Actor, id: CampaignId) -> Result<Report, Error>;

    /// The ledger, in the order in which it is sent.
    async fn recipients(
        &self,
        actor: &Actor,
        id: CampaignId,
        state: Option<RecipientState>,
        page: &PageRequest,
    ) -> Result<Page<Recipient>, Error>;

    /// Takes a person out of the ledgers that he stands in as a member, and out of tests, in the commit that erases him,
    /// while his row still tells his address. What is still to come to him is left out. Lists of contacts, and who asked
    /// for no mails, are the organizations' own.
    async fn forget(&self, tx: &Tx, user: UserId) -> Result<(), Error>;

    /// Erases what an organization has here, at most `limit` rows of a kind; says whether all is gone.
    async fn erase(&self, tx: &Tx, org: OrganizationId, limit: u64) -> Result<bool, Error>;
}

/// Lists of contacts.
#[async_trait]
pub trait CampaignContacts {
    /// Makes a list.
    async fn create_list(&self, actor: &Actor, name: &str, opt_in: OptIn) -> Result<ContactList, Error>;

    /// A list.
    async fn contact_list(&self, actor: &Actor, id: ContactListId) -> Result<ContactList, Error>;

    /// Lists by name.
    async fn contact_lists(&self, actor: &Actor, page: &PageRequest) -> Result<Page<ContactList>, Error>;

    /// Gives a list another name.
    async fn rename_list(
        &self,
        actor: &Actor,
        id: ContactListId,
        expected: Version,
        name: &str,
    ) -> Result<ContactList, Error>;

    /// Puts people on a list, each row for itself: what is wrong with one does not keep the others off.
    async fn import(
        &self,
        actor: &Actor,
        list: ContactListId,
        rows: Vec<ImportRow>,
    ) -> Result<Vec<Imported>, Error>;

    /// Who is on a list, in the order in which they came.
    async fn contacts(
        &self,
        actor: &Actor,
        list: ContactListId,
        page: &PageRequest,
    ) -> Result<Page<Contact>, Error>;

    /// Takes somebody off a list.
    async fn remove_contact(&self, actor: &Actor, list: ContactListId, id: ContactId) -> Result<(), Error>;
}

/// Who is not written to, and how they come to be.
#[async_trait]
pub trait CampaignSuppressions {
    /// Addresses that get no campaigns, the newest first.
    async fn suppressions(
        &self,
        actor: &Actor,
        reason: Option<Reason>,
        page: &PageRequest,
    ) -> Result<Page<Suppression>, Error>;

    /// One of them.
    async fn suppression(&self, actor: &Actor, id: SuppressionId) -> Result<Suppression, Error>;

    /// Writes to an address no more. One that is known already stays as it is.
    async fn suppress(&self, actor: &Actor, email: &str) -> Result<Written<Suppression>, Error>;

    /// Writes to an address again, unless its owner said that he wants no more.
    async fn release(&self, actor: &Actor, id: SuppressionId) -> Result<(), Error>;

    /// Takes note of what the mail system says of mails, one by one.
    async fn note_bounces(&self, actor: &Actor, bounces: Vec<Bounce>) -> Result<Vec<BounceOutcome>, Error>;

    /// Of whose mails the link in one speaks; `None` if it speaks of nobody. Changes nothing.
    async fn unsubscribing_from(&self, token: &Secret) -> Result<Option<String>, Error>;

    /// The owner of an address wants no more mails of the organization whose mail the link was in. Says whose.
    async fn unsubscribe(&self, actor: &Actor, token: &Secret) -> Result<Option<String>, Error>;
}

/// What the worker does.
#[async_trait]
pub trait CampaignPosting {
    /// Starts what is due by its schedule, and makes what is not ready a draft again. What workers that went down left
    /// in its middle becomes uncertain. Says how many were started.
    async fn start_due(&self, actor: &Actor) -> Result<u64, Error>;

    /// Writes the audience of a run into the ledger, page by page. Ends the job itself where it says so.
    async fn plan(&self, actor: &Actor, run: CampaignRunId) -> Result<Posted, Error>;

    /// Hands over the next mails of a run, each at most once.
    async fn post(&self, actor: &Actor, run: CampaignRunId) -> Result<Posted, Error>;

    /// Mails a test that was asked for.
    async fn post_test(&self, actor: &Actor, test: CampaignTestId) -> Result<Posted, Error>;
}
