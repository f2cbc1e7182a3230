//! A mail system that remembers what it took.

use std::collections::HashSet;
use std::sync::Mutex;

use async_trait::async_trait;
use platform::{MailError, Mailer, OutgoingMail};
use tokio::sync::{Notify, Semaphore};

/// How the mail system takes the next mails.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manners {
    Kind,
    Greylists,
    /// Takes no mail of an address at the first try.
    GreylistsOnce,
    Refuses,
    BreaksOff,
    /// Takes nothing of anybody.
    IsAway,
    /// Takes mails as it is let.
    Waits,
    /// Takes a mail and never answers: whoever waits is killed.
    Hangs,
}

pub(crate) struct Sink {
    manners: Mutex<Manners>,
    mails: Mutex<Vec<OutgoingMail>>,
    known: Mutex<HashSet<String>>,
    pub(crate) touched: Notify,
    /// So many mails it takes when it waits.
    pub(crate) gate: Semaphore,
}

impl Sink {
    pub(crate) fn new() -> Self {
        Self {
            manners: Mutex::new(Manners::Kind),
            mails: Mutex::default(),
            known: Mutex::default(),
            touched: Notify::new(),
            gate: Semaphore::new(0),
        }
    }

    pub(crate) fn mails(&self) -> Vec<OutgoingMail> {
        self.mails.lock().expect("whole").clone()
    }

    pub(crate) fn behaves(&self, manners: Manners) {
        *self.manners.lock().expect("whole") = manners;
    }

    /// Addresses to which a mail went, each as often as it did.
    pub(crate) fn addresses(&self) -> Vec<String> {
        let mut found: Vec<_> = self.mails().iter().map(|mail| mail.to.as_str().to_owned()).collect();
        found.sort();
        found
    }

    fn keep(&self, mail: &OutgoingMail) {
        self.mails.lock().expect("whole").push(mail.clone());
    }

    fn is_known(&self, mail: &OutgoingMail) -> bool {
        !self.known.lock().expect("whole").insert(mail.to.as_str().to_owned())
    }
}

#[async_trait]
impl Mailer for Sink {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailError> {
        let manners = *self.manners.lock().expect("whole");
        self.touched.notify_one();
        match manners {
            Manners::Greylists => return Err(MailError::Temporary("451 come back later".into())),
            Manners::GreylistsOnce if !self.is_known(mail) => {
                return Err(MailError::Temporary("451 come back later".into()));
            }
            Manners::Refuses => return Err(MailError::Permanent("550 no such user".to_owned())),
            Manners::IsAway => return Err(MailError::Unavailable("connection refused".into())),
            Manners::Waits => self.gate.acquire().await.expect("open").forget(),
            _ => {}
        }
        self.keep(mail);
        match manners {
            Manners::BreaksOff => Err(MailError::Uncertain("the connection was reset".into())),
            Manners::Hangs => std::future::pending().await,
            _ => Ok(()),
        }
    }

    async fn check(&self) -> Result<(), MailError> {
        Ok(())
    }
}
