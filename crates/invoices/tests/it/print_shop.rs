//! A press that writes down what it prints, and a cabinet that keeps rows of files without bytes.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use database::entities::file;
use database::{Database, Tx};
use invoices::{Brought, Cabinet, Press, Rendition, Sheet};
use kernel::{Denied, Env, FileId, InvoiceId, OrganizationId, PortFault};
use sea_orm::{ActiveValue::Set, EntityTrait};

/// What was printed and brought, for tests to look at.
#[derive(Default)]
pub(crate) struct PrintShop {
    pub(crate) sheets: Mutex<Vec<Sheet>>,
    pub(crate) brought: Mutex<Vec<(FileId, String)>>,
    pub(crate) kept: Arc<AtomicUsize>,
    /// How often somebody made sure that a paper can be read; he waits while the door is held.
    pub(crate) checked: AtomicUsize,
    pub(crate) door: tokio::sync::Mutex<()>,
    /// The bytes of papers are gone.
    pub(crate) burnt: AtomicBool,
}

pub(crate) struct Shelf {
    pub(crate) shop: Arc<PrintShop>,
    pub(crate) env: Env,
}

impl Shelf {
    pub(crate) fn of(database: &Database, shop: &Arc<PrintShop>) -> Arc<Self> {
        Arc::new(Self { shop: shop.clone(), env: database.env().clone() })
    }
}

impl PrintShop {
    pub(crate) fn kept(&self) -> usize {
        self.kept.load(Ordering::SeqCst)
    }

    /// What was printed, in order.
    pub(crate) fn renditions(&self) -> Vec<Rendition> {
        self.sheets.lock().expect("whole").iter().map(|sheet| sheet.rendition).collect()
    }

    /// The name of a file that was brought.
    pub(crate) fn name(&self, file: FileId) -> String {
        let brought = self.brought.lock().expect("whole");
        brought.iter().find(|(id, _)| *id == file).map(|(_, name)| name.clone()).expect("brought")
    }
}

#[async_trait]
impl Press for Shelf {
    async fn print(&self, sheet: Sheet) -> Result<Vec<u8>, PortFault> {
        self.shop.sheets.lock().expect("whole").push(sheet);
        Ok(b"%PDF".to_vec())
    }
}

#[async_trait]
impl Cabinet for Shelf {
    async fn bring(
        &self,
        org: OrganizationId,
        name: String,
        _pdf: Vec<u8>,
    ) -> Result<Box<dyn Brought>, PortFault> {
        let file = self.env.id();
        self.shop.brought.lock().expect("whole").push((file, name.clone()));
        Ok(Box::new(Sheaf { org, file, name, env: self.env.clone(), kept: self.shop.kept.clone() }))
    }

    async fn check(&self, _org: OrganizationId, _file: FileId) -> Result<(), PortFault> {
        self.shop.checked.fetch_add(1, Ordering::SeqCst);
        drop(self.shop.door.lock().await);
        if self.shop.burnt.load(Ordering::SeqCst) {
            return Err(PortFault::new(Denied::Unauthenticated));
        }
        Ok(())
    }
}

struct Sheaf {
    org: OrganizationId,
    file: FileId,
    name: String,
    env: Env,
    kept: Arc<AtomicUsize>,
}

#[async_trait]
impl Brought for Sheaf {
    fn file(&self) -> FileId {
        self.file
    }

    async fn keep(self: Box<Self>, tx: &Tx, invoice: InvoiceId) -> Result<(), PortFault> {
        let row = file::ActiveModel {
            organization_id: Set(self.org.uuid()),
            id: Set(self.file.uuid()),
            name: Set(self.name.clone()),
            media_type: Set("application/pdf".to_owned()),
            size: Set(4),
            stored: Set(4),
            sha256: Set(vec![0; 32]),
            width: Set(None),
            height: Set(None),
            has_thumbnail: Set(false),
            uploaded_by: Set(None),
            owner_type: Set(Some("invoice".to_owned())),
            owner_id: Set(Some(invoice.uuid())),
            created_at: Set(self.env.now()),
            attached_at: Set(Some(self.env.now())),
        };
        file::Entity::insert(row).exec_without_returning(tx.connection()).await.expect("written down");
        self.kept.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}
