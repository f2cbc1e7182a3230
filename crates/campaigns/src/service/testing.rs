use kernel::{Actor, CampaignId, CampaignTestId, RecipientId, Scope};
use platform::{Extra, MailError, OutgoingMail};

use super::{CampaignService, reason, tell};
use crate::content::{Content, Reader};
use crate::store::tests::Test;
use crate::{CampaignEvent, CampaignHappening, Error, Posted, store};

impl CampaignService {
    pub(super) async fn ask_for_test(&self, actor: &Actor, id: CampaignId) -> Result<CampaignTestId, Error> {
        actor.require(Scope::CampaignsWrite)?;
        let (org, env) = (actor.org, self.database.env());
        let user = actor.user_id().ok_or(kernel::Denied::Unauthenticated)?;
        let campaign = self.find(org, id).await?;
        let person = store::tests::person(self.database.reader(), user).await?;
        let (email, full_name) = person.ok_or(Error::NotFound)?;
        let (test, now) = (Test { id: env.id(), campaign: id, email, full_name }, env.now());
        let asked = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::tests::insert(tx, org, &test, now).await?;
                let what = CampaignHappening::TestRequested { test: test.id };
                tell(tx, org, CampaignEvent::of(&campaign, what));
                Ok::<_, Error>(test.id)
            })
        });
        asked.await
    }

    /// A test is asked for by its reader: found in its middle after a crash it is sent again, as the same message.
    pub(super) async fn send_test(&self, actor: &Actor, id: CampaignTestId) -> Result<Posted, Error> {
        let (org, reader) = (actor.org, self.database.reader());
        let Some(test) = store::tests::open(reader, org, id).await? else { return Ok(Posted::Over) };
        let campaign = self.find(org, test.campaign).await?;
        let sender = store::campaigns::sender(reader, org).await?;
        let refused = match self.mailer.send(&self.test_mail(&campaign, &test, &sender)).await {
            Ok(()) => None,
            // One that may have been taken is not sent again either: its writer asks for another.
            Err(error @ (MailError::Permanent(_) | MailError::Uncertain(_))) => Some(reason(&error)),
            Err(error @ (MailError::Temporary(_) | MailError::Unavailable(_))) => {
                tracing::warn!(error = %reason(&error), "the mail system does not take a test");
                return Ok(Posted::Wait(std::time::Duration::from_secs(30)));
            }
        };
        let what = match refused {
            None => CampaignHappening::TestSent { test: id },
            Some(_) => CampaignHappening::TestFailed { test: id },
        };
        let now = self.database.env().now();
        let ended = self.database.commit(actor, move |tx| {
            Box::pin(async move {
                store::tests::end(tx, org, id, refused, now).await?;
                tell(tx, org, CampaignEvent::of(&campaign, what));
                tx.finish_job();
                Ok::<_, Error>(Posted::Done)
            })
        });
        ended.await
    }

    fn test_mail(
        &self,
        campaign: &crate::Campaign,
        test: &Test,
        sender: &crate::content::Sender,
    ) -> OutgoingMail {
        let (first, last) = test.full_name.split_once(' ').unwrap_or((&test.full_name, ""));
        let reader = Reader {
            email: test.email.as_str().to_owned(),
            first_name: Some(first.to_owned()),
            last_name: Some(last.to_owned()),
        };
        let nowhere = self.unsubscribe_page(RecipientId::from_uuid(uuid::Uuid::nil()));
        let filled = Content::read(&campaign.subject, &campaign.body).fill(&reader, sender, &nowhere);
        OutgoingMail {
            message_id: self.message_id(test.id),
            to: test.email.clone(),
            to_name: Some(test.full_name.clone()),
            subject: filled.subject,
            text: filled.text,
            html: filled.html,
            headers: Vec::new(),
            extra: Extra::default(),
        }
    }
}
