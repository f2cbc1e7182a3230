use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A work app that an organization switches on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum App {
    Tickets,
    Crm,
    Invoices,
    Chat,
    Campaigns,
}

impl App {
    /// Every app, in the order of the catalogue.
    pub const ALL: [Self; 5] = [Self::Tickets, Self::Crm, Self::Invoices, Self::Chat, Self::Campaigns];

    /// The key on the wire and in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Tickets => "tickets",
            Self::Crm => "crm",
            Self::Invoices => "invoices",
            Self::Chat => "chat",
            Self::Campaigns => "campaigns",
        }
    }
}

impl fmt::Display for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// A text that names no app.
#[derive(Debug, thiserror::Error)]
#[error("unknown app `{0}`")]
pub struct UnknownApp(String);

impl FromStr for App {
    type Err = UnknownApp;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|app| app.key() == text).ok_or_else(|| UnknownApp(text.to_owned()))
    }
}

/// The apps an actor may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AppSet(u8);

impl AppSet {
    /// Whether the app is in the set.
    pub const fn contains(self, app: App) -> bool {
        self.0 & (1 << app as u8) != 0
    }

    /// The apps in the order of the catalogue.
    pub fn iter(self) -> impl Iterator<Item = App> {
        App::ALL.into_iter().filter(move |app| self.contains(*app))
    }
}

impl FromIterator<App> for AppSet {
    fn from_iter<I: IntoIterator<Item = App>>(apps: I) -> Self {
        Self(apps.into_iter().fold(0, |bits, app| bits | (1 << app as u8)))
    }
}
