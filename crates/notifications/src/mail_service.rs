use std::error::Error as _;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use database::{Database, Tx};
use kernel::{Actor, Locale, MailId, Stream};
use platform::{Extra, MailError, Mailer, OutgoingMail};
use url::{Host, Url};
use uuid::Uuid;

use crate::render::{Renderer, Sheet};
use crate::service::require_system;
use crate::store::Sending;
use crate::{Dispatch, Error, Letter, Mails, NotificationEvent, Rendered, Template, store};

/// How long the ledger says that a mail was sent.
const KEEP_SENT: TimeDelta = TimeDelta::days(90);

/// Rows forgotten in one commit, and commits of one run: other writers get their turn between two of them.
const BATCH: u64 = 500;
const BATCHES: usize = 100;

/// Where the links of previews lead: nowhere, with a token as long as a real one.
const SAMPLE: &str = "sample#token=AZsampleMadeUpForPreviews.this-token-opens-nothing-and-has-a-usual-length";

pub(crate) struct MailService {
    database: Database,
    mailer: Arc<dyn Mailer>,
    public_url: Url,
    renderer: Renderer,
}

impl MailService {
    pub(crate) fn new(database: Database, mailer: Arc<dyn Mailer>, public_url: Url) -> Self {
        Self { database, mailer, public_url, renderer: Renderer::new() }
    }
}

#[async_trait]
impl Mails for MailService {
    async fn send_mail(&self, actor: &Actor, letter: Letter) -> Result<Dispatch, Error> {
        require_system(actor)?;
        let rendered = self.render(&letter)?;
        let Some(sending) = self.claim(actor, &letter).await? else {
            return Ok(Dispatch::SentBefore);
        };
        let mail = outgoing(actor, &letter, sending.message_id.clone(), rendered);
        let template = letter.template.name();
        match self.mailer.send(&mail).await {
            Ok(()) => self.sent(actor, sending.id, template).await,
            Err(error) => Err(self.unsent(actor, sending.id, template, error).await?),
        }
    }

    async fn hand_over(&self, actor: &Actor, letter: &Letter, id: Uuid, extra: Extra) -> Result<(), Error> {
        require_system(actor)?;
        let mail = outgoing(actor, letter, format!("{id}@{}", self.host()), self.render(letter)?);
        match self.mailer.send(&OutgoingMail { extra, ..mail }).await {
            Ok(()) => Ok(()),
            Err(error @ MailError::Permanent(_)) => Err(Error::Refused(error)),
            Err(error) => Err(Error::Unsent(error)),
        }
    }

    async fn forget_sent(&self, actor: &Actor) -> Result<u64, Error> {
        require_system(actor)?;
        let (until, mut gone) = (self.database.env().now() - KEEP_SENT, 0);
        for _ in 0..BATCHES {
            let work = self.database.commit(actor, move |tx: &Tx| {
                Box::pin(async move { Ok::<_, Error>(store::forget_sent(tx, until, BATCH).await?) })
            });
            let rows = work.await?;
            gone += rows;
            if rows < BATCH {
                break;
            }
        }
        Ok(gone)
    }

    fn preview(&self, template: Template, locale: Locale) -> Result<Rendered, Error> {
        let (link, preferences) = (self.page(SAMPLE), self.page("settings/notifications"));
        self.renderer.render(&Sheet {
            template,
            locale,
            name: Some(template.sample_name(locale)),
            link: Some(&link),
            preferences_link: template.can_be_muted().then_some(&preferences),
            facts: &template.sample(locale),
        })
    }
}

impl MailService {
    fn render(&self, letter: &Letter) -> Result<Rendered, Error> {
        let link = letter.link.as_ref().map(kernel::Secret::expose);
        let preferences_link = letter.preferences_link.as_deref();
        if ![link, preferences_link].into_iter().flatten().all(|link| self.is_ours(link)) {
            return Err(Error::ForeignLink);
        }
        self.renderer.render(&Sheet {
            template: letter.template,
            locale: letter.locale,
            name: letter.to_name.as_deref(),
            link,
            preferences_link,
            facts: &letter.context,
        })
    }

    fn page(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    fn is_ours(&self, link: &str) -> bool {
        Url::parse(link).is_ok_and(|link| link.origin() == self.public_url.origin())
    }

    /// The letter stands as `sending` in the ledger before anything leaves the house. One that was sent before
    /// finishes the job at once.
    async fn claim(&self, actor: &Actor, letter: &Letter) -> Result<Option<Sending>, Error> {
        let (org, env) = (actor.org, self.database.env());
        let (now, id) = (env.now(), env.id::<MailId>());
        let first = Sending { id, message_id: format!("{id}@{}", self.host()) };
        let (key, template, to) = (letter.key.clone(), letter.template.name(), letter.to.clone());
        self.database
            .commit(actor, move |tx: &Tx| {
                Box::pin(async move {
                    let sending = store::claim(tx, org, &key, template, &to, first, now).await?;
                    if sending.is_none() {
                        tx.finish_job();
                    }
                    Ok(sending)
                })
            })
            .await
    }

    /// The right half of a message id: a plain word whatever the public address is.
    fn host(&self) -> String {
        match self.public_url.host() {
            Some(Host::Domain(host)) => host.to_owned(),
            Some(Host::Ipv4(ip)) => ip.to_string(),
            Some(Host::Ipv6(_)) | None => "localhost".to_owned(),
        }
    }

    async fn sent(&self, actor: &Actor, id: MailId, template: &'static str) -> Result<Dispatch, Error> {
        let (org, now) = (actor.org, self.database.env().now());
        self.database
            .commit(actor, move |tx: &Tx| {
                Box::pin(async move {
                    store::sent(tx, org, id, now).await?;
                    tx.tell(Stream::Organization(org), NotificationEvent::MailSent { mail: id, template });
                    tx.finish_job();
                    Ok(Dispatch::Sent(id))
                })
            })
            .await
    }

    /// Notes why a mail did not leave, and says whether it ever will.
    async fn unsent(
        &self,
        actor: &Actor,
        id: MailId,
        template: &'static str,
        error: MailError,
    ) -> Result<Error, Error> {
        let (org, text) = (actor.org, reason(&error));
        let permanent = matches!(error, MailError::Permanent(_));
        self.database
            .commit(actor, move |tx: &Tx| {
                Box::pin(async move {
                    if permanent {
                        store::fail(tx, org, id, &text).await?;
                        tx.tell(
                            Stream::Organization(org),
                            NotificationEvent::MailFailed { mail: id, template },
                        );
                    } else {
                        store::postpone(tx, org, id, &text).await?;
                    }
                    Ok::<_, Error>(())
                })
            })
            .await?;
        Ok(if permanent { Error::Refused(error) } else { Error::Unsent(error) })
    }
}

fn outgoing(actor: &Actor, letter: &Letter, message_id: String, rendered: Rendered) -> OutgoingMail {
    let mut headers = Vec::new();
    if let Some(link) = &letter.preferences_link {
        headers.push(("List-Unsubscribe", format!("<{link}>")));
    }
    if let Some(trace) = actor.trace() {
        headers.push(("X-Trace-Id", trace.to_owned()));
    }
    OutgoingMail {
        message_id,
        to: letter.to.clone(),
        to_name: letter.to_name.clone(),
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        headers,
        extra: Extra::default(),
    }
}

/// The failure and its causes in one line, as long as the ledger keeps it.
fn reason(error: &MailError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text.chars().take(500).collect()
}
