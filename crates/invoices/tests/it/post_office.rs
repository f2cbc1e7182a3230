//! A post office that writes down what it is given, and says what tests tell it to say.

use std::collections::VecDeque;
use std::sync::Mutex;

use async_trait::async_trait;
use database::Database;
use database::entities::invoice_sending;
use invoices::{Handed, Parcel, Post, Sending};
use kernel::{Actor, FileId, InvoiceSendingId, PortFault, Secret};
use sea_orm::EntityTrait;

/// What was handed over.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) sending: Sending,
    pub(crate) file: FileId,
    pub(crate) file_name: String,
    pub(crate) link: Option<Secret>,
}

pub(crate) struct PostOffice {
    database: Database,
    pub(crate) seen: Mutex<Vec<Seen>>,
    /// What it says next; takes everything once nothing is left of it.
    pub(crate) says: Mutex<VecDeque<Handed>>,
}

impl PostOffice {
    pub(crate) fn of(database: &Database) -> Self {
        Self { database: database.clone(), seen: Mutex::default(), says: Mutex::default() }
    }

    pub(crate) fn will_say(&self, handed: Handed) {
        self.says.lock().expect("whole").push_back(handed);
    }

    /// Which sendings it was given, in order.
    pub(crate) fn sendings(&self) -> Vec<InvoiceSendingId> {
        self.seen.lock().expect("whole").iter().map(|seen| seen.sending.id).collect()
    }
}

#[async_trait]
impl Post for PostOffice {
    async fn post(&self, _actor: &Actor, parcel: Parcel) -> Result<Handed, PortFault> {
        let key = (parcel.paper.org.uuid(), parcel.sending.id.uuid());
        let row = invoice_sending::Entity::find_by_id(key).one(self.database.reader()).await;
        let row = row.expect("read").expect("written down before it leaves");
        assert!(row.variant.is_some(), "a try after a crash takes the same paper");
        let Parcel { sending, paper, file_name, link, .. } = parcel;
        self.seen.lock().expect("whole").push(Seen { sending, file: paper.file, file_name, link });
        Ok(self.says.lock().expect("whole").pop_front().unwrap_or(Handed::Taken))
    }
}
