use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use database::entities::user;
use database::{StoreError, Tx};
use kernel::{
    EmailAddress, Fault, FaultKind, FieldFault, OrganizationId, PortFault, Secret, Stream, Timestamp, UserId,
};
use organizations::{Accounts, Beginnings, Erased, Erasers, NewAccount, SecondFactors};
use sea_orm::{ActiveValue::Set, EntityTrait};

/// The other domains, as small as these tests need them.
#[derive(Default)]
pub(crate) struct Others {
    pub(crate) enrolled: Mutex<HashSet<UserId>>,
    pub(crate) hashed: AtomicU32,
    pub(crate) erasures: AtomicU32,
    pub(crate) begun: Mutex<Vec<OrganizationId>>,
}

/// A failure of another domain.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error("the password is too short")]
    Password(Vec<FieldFault>),
    #[error("somebody has this address")]
    Taken,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for Refused {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Password(_) => FaultKind::Invalid,
            Self::Taken => FaultKind::Conflict,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Password(_) => "invalid_input",
            Self::Taken => "email_taken",
            Self::Store(error) => error.code(),
        }
    }

    fn fields(&self) -> &[FieldFault] {
        match self {
            Self::Password(faults) => faults,
            Self::Taken | Self::Store(_) => &[],
        }
    }
}

#[async_trait]
impl Accounts for Others {
    async fn hash_password(&self, password: &Secret, _: &EmailAddress, _: &str) -> Result<Secret, PortFault> {
        self.hashed.fetch_add(1, Ordering::SeqCst);
        if password.expose().chars().count() < 12 {
            let fault = FieldFault::new("password", "too_short", "must have at least 12 characters");
            return Err(PortFault::new(Refused::Password(vec![fault])));
        }
        Ok(Secret::new(format!("hash of {}", password.expose())))
    }

    async fn create_account(&self, tx: &Tx, account: NewAccount) -> Result<(), PortFault> {
        assert!(account.password_hash.expose().starts_with("hash of "));
        let person = person(account.id, &account.email, &account.full_name, Timestamp::UNIX_EPOCH);
        insert(tx, person, account.id).await.map_err(|error| {
            PortFault::new(if error.violates("uq_users_email") { Refused::Taken } else { error.into() })
        })
    }
}

#[async_trait]
impl SecondFactors for Others {
    async fn enrolled(&self, users: &[UserId]) -> Result<HashSet<UserId>, PortFault> {
        let enrolled = self.enrolled.lock().expect("not poisoned");
        Ok(users.iter().copied().filter(|user| enrolled.contains(user)).collect())
    }
}

#[async_trait]
impl Beginnings for Others {
    async fn begin(&self, _: &Tx, org: OrganizationId) -> Result<(), PortFault> {
        self.begun.lock().expect("not poisoned").push(org);
        Ok(())
    }
}

#[async_trait]
impl Erasers for Others {
    /// Needs three goes.
    async fn erase(&self, _: &Tx, _: OrganizationId, _: u64) -> Result<Erased, PortFault> {
        let before = self.erasures.fetch_add(1, Ordering::SeqCst);
        Ok(if before % 3 == 2 { Erased::All } else { Erased::Some })
    }
}

pub(crate) fn person(id: UserId, email: &EmailAddress, name: &str, now: Timestamp) -> user::ActiveModel {
    user::ActiveModel {
        id: Set(id.uuid()),
        email: Set(email.as_str().to_owned()),
        full_name: Set(name.to_owned()),
        display_name: Set(None),
        locale: Set("ne".to_owned()),
        time_zone: Set("Asia/Kathmandu".to_owned()),
        calendar: Set("ad".to_owned()),
        theme: Set("system".to_owned()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        delete_after: Set(None),
    }
}

pub(crate) async fn insert(tx: &Tx, person: user::ActiveModel, id: UserId) -> Result<(), StoreError> {
    user::Entity::insert(person).exec_without_returning(tx.connection()).await?;
    tx.open_stream(Stream::User(id)).await
}
