use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use database::Database;
use database::entities::email_message;
use kernel::{EmailAddress, Locale, Secret};
use notifications::{Letter, Mails, Template};
use platform::{MailError, Mailer, OutgoingMail};
use sea_orm::EntityTrait;
use serde_json::json;

use crate::support::World;

pub(crate) const TOKEN: &str = "0190.tokentokentoken";

/// What a post office does with the next mail.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mood {
    Takes,
    RefusesForGood,
    IsAway,
    /// Takes it, and the worker never learns.
    TakesAndHangs,
    /// Takes so long that the job goes to another worker.
    OutlastsTheLease,
}

/// Keeps what it was given, and the ledger as it stood at that moment.
pub(crate) struct PostOffice {
    database: Database,
    mood: Mutex<Mood>,
    taken: Mutex<Vec<OutgoingMail>>,
    pub(crate) states: Mutex<Vec<String>>,
    pub(crate) arrived: tokio::sync::Notify,
}

impl PostOffice {
    pub(crate) fn open(world: &World) -> Arc<Self> {
        Arc::new(Self {
            database: world.database.clone(),
            mood: Mutex::new(Mood::Takes),
            taken: Mutex::default(),
            states: Mutex::default(),
            arrived: tokio::sync::Notify::new(),
        })
    }

    pub(crate) fn feel(&self, mood: Mood) {
        *self.mood.lock().expect("not poisoned") = mood;
    }

    pub(crate) fn taken(&self) -> Vec<OutgoingMail> {
        self.taken.lock().expect("not poisoned").clone()
    }
}

#[async_trait]
impl Mailer for PostOffice {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailError> {
        let states = ledger(&self.database).await.into_iter().map(|row| row.state);
        self.states.lock().expect("not poisoned").extend(states);
        let mood = *self.mood.lock().expect("not poisoned");
        match mood {
            Mood::RefusesForGood => return Err(MailError::Permanent("550 no such mailbox".to_owned())),
            Mood::IsAway => return Err(MailError::Temporary("421 busy".into())),
            Mood::Takes | Mood::TakesAndHangs | Mood::OutlastsTheLease => {}
        }
        self.taken.lock().expect("not poisoned").push(mail.clone());
        match mood {
            Mood::TakesAndHangs => {
                self.arrived.notify_one();
                std::future::pending::<()>().await;
            }
            Mood::OutlastsTheLease => {
                self.database.env().advance(chrono::TimeDelta::minutes(5));
                database::jobs::sweep(&self.database).await.expect("swept");
            }
            _ => {}
        }
        Ok(())
    }

    async fn check(&self) -> Result<(), MailError> {
        Ok(())
    }
}

pub(crate) async fn ledger(database: &Database) -> Vec<email_message::Model> {
    email_message::Entity::find().all(database.reader()).await.expect("read")
}

pub(crate) fn mails(world: &World, mailer: Arc<dyn Mailer>) -> Arc<dyn Mails> {
    let public_url = "https://jugx.example.com".parse().expect("a URL");
    notifications::mails(world.database.clone(), mailer, public_url)
}

pub(crate) fn letter(key: &str) -> Letter {
    Letter {
        key: key.to_owned(),
        template: Template::VerifyEmail,
        to: EmailAddress::parse("to", "asha@example.com").expect("valid"),
        to_name: Some("Asha Rai".to_owned()),
        locale: Locale::En,
        link: Some(Secret::new(format!("https://jugx.example.com/verify-email#token={TOKEN}"))),
        context: json!({ "expires_in": 1440 }),
        preferences_link: None,
    }
}
