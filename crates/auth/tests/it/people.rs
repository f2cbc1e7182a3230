//! People who come and go by the hands of other domains.

use auth::{Accounts, NewAccount, PreparedPassword};
use database::entities::{
    api_key, credential, mail_token, mfa_challenge, recovery_code, refresh_token, session, totp_credential,
};
use database::{StoreError, Tx};
use futures_util::future::BoxFuture;
use kernel::{Actor, EmailAddress, OrganizationId, PortFault, UserId};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::ports::People;
use crate::world::World;

impl World {
    /// Makes a person whose address is verified, as accepting an invitation does.
    pub(crate) async fn make_person(&self, email: &EmailAddress, password: PreparedPassword) -> UserId {
        let (id, env) = (self.database.env().id(), self.database.env().clone());
        let (enrolments, email) = (self.auth.enrolments.clone(), email.clone());
        let made: Result<(), PortFault> = self
            .commit(move |tx| {
                Box::pin(async move {
                    let (email, full_name) = (email, "Chandra Gurung".to_owned());
                    let account =
                        NewAccount { id, email: email.clone(), full_name, locale: kernel::Locale::Ne };
                    People(env).create(tx, account).await?;
                    enrolments.enrol(tx, id, &email, password).await.map_err(PortFault::new)
                })
            })
            .await;
        made.unwrap();
        id
    }

    /// Forgets a person.
    pub(crate) async fn erase(&self, user: UserId) {
        let enrolments = self.auth.enrolments.clone();
        let erased: Result<(), PortFault> = self
            .commit(move |tx| {
                Box::pin(async move { enrolments.erase(tx, user).await.map_err(PortFault::new) })
            })
            .await;
        erased.unwrap();
        self.auth.callers.evict(&kernel::Eviction::User(user));
    }

    async fn commit<W>(&self, work: W) -> Result<(), PortFault>
    where
        W: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<(), PortFault>> + Send + 'static,
    {
        let system = Actor::system(OrganizationId::PLATFORM);
        let done: Result<(), Failed> = self
            .database
            .commit(&system, move |tx| Box::pin(async move { work(tx).await.map_err(Failed::Port) }))
            .await;
        done.map_err(|failed| match failed {
            Failed::Port(fault) => fault,
            Failed::Store(error) => PortFault::new(error),
        })
    }

    /// How many rows of this crate's tables are about a person.
    pub(crate) async fn rows_of(&self, user: UserId) -> u64 {
        let on = self.database.reader();
        let mut rows = 0;
        rows += credential::Entity::find_by_id(user.uuid()).count(on).await.unwrap();
        rows += totp_credential::Entity::find_by_id(user.uuid()).count(on).await.unwrap();
        macro_rules! of_user {
            ($($table:ident)+) => {$(
                let of_user = $table::Column::UserId.eq(user.uuid());
                rows += $table::Entity::find().filter(of_user).count(on).await.unwrap();
            )+};
        }
        of_user!(api_key mail_token mfa_challenge recovery_code session);
        rows + refresh_token::Entity::find().count(on).await.unwrap()
    }
}

#[derive(Debug)]
enum Failed {
    Port(PortFault),
    Store(StoreError),
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
