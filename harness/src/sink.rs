//! A mail server (RFC 5321) that keeps what it is given, and misbehaves when told to.

mod conversation;
mod mail;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio::task::AbortHandle;

pub use mail::Mail;

use crate::{Doing, Outcome, until};

/// The server. It ends with its last owner.
#[derive(Debug)]
pub struct Sink {
    address: SocketAddr,
    state: Arc<State>,
    listening: AbortHandle,
}

/// How the server treats the mails that come.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// How long it thinks over a mail before it answers.
    pub delay: Duration,
    pub verdict: Verdict,
}

/// What the server answers to a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 250.
    Take,
    /// This line, whose code says whether trying again helps.
    Refuse(&'static str),
    /// Nothing: it closes the connection and keeps no mail.
    Drop,
}

/// What the server sees of a mail, for whoever wants to disturb the sender just then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The mail is there, the answer is not.
    Received,
    /// The mail is kept and 250 is on its way.
    Taken,
}

#[derive(Debug)]
struct State {
    mails: Mutex<Vec<Mail>>,
    manners: Mutex<Manners>,
    moments: broadcast::Sender<Moment>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Default for Manners {
    fn default() -> Self {
        Self { delay: Duration::ZERO, verdict: Verdict::Take }
    }
}

impl Sink {
    /// Listens on a free port.
    pub async fn start() -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.doing("opening the mail server")?;
        let address = listener.local_addr()?;
        let state = Arc::new(State {
            mails: Mutex::default(),
            manners: Mutex::default(),
            moments: broadcast::Sender::new(1_024),
        });
        let kept = Arc::clone(&state);
        let listening = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(conversation::hold(client, Arc::clone(&kept)));
            }
        });
        Ok(Self { address, state, listening: listening.abort_handle() })
    }

    /// What `SMTP_URL` says.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Changes how the mails that come from now on are treated.
    pub fn behave(&self, manners: Manners) {
        *lock(&self.state.manners) = manners;
    }

    /// Hears what happens to mails from now on.
    pub fn moments(&self) -> broadcast::Receiver<Moment> {
        self.state.moments.subscribe()
    }

    /// Every mail that was taken, in the order of its coming.
    pub fn mails(&self) -> Vec<Mail> {
        lock(&self.state.mails).clone()
    }

    /// How many that are.
    pub fn count(&self) -> usize {
        lock(&self.state.mails).len()
    }

    /// Every mail that was taken for one person.
    pub fn mails_to(&self, address: &str) -> Vec<Mail> {
        let mails = self.mails().into_iter();
        mails.filter(|mail| mail.to.iter().any(|to| to.eq_ignore_ascii_case(address))).collect()
    }

    /// Waits for a mail to somebody that the filter likes.
    pub async fn mail(
        &self,
        address: &str,
        what: &str,
        limit: Duration,
        likes: impl Fn(&Mail) -> bool,
    ) -> Outcome<Mail> {
        let what = format!("{what} to {address}");
        let look = || async { Ok(self.mails_to(address).into_iter().find(&likes)) };
        until(limit, &what, look).await
    }

    /// The secret in the link that leads to this page, from a mail to somebody.
    pub async fn token(&self, address: &str, page: &str, limit: Duration) -> Outcome<String> {
        let what = format!("a mail with a link to `{page}`");
        let mail = self.mail(address, &what, limit, |mail| mail.token(page).is_some()).await?;
        mail.token(page).doing(what)
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.listening.abort();
    }
}
