use std::slice;

use database::Tx;
use kernel::{Actor, EmailAddress};

use super::AuthService;
use crate::Error;
use crate::store::throttles;
use crate::throttle::{MAIL, PASSWORD, PASSWORD_ANYWHERE, Rule, Tally, Wait};

impl AuthService {
    /// Counts a try before it is judged, or says how long to wait. Held until the commit.
    pub(super) async fn admit(&self, tx: &Tx, rule: &Rule, subject: &str) -> Result<Tally, Error> {
        let key = self.throttle_key(rule, subject);
        let now = self.now();
        let tally = throttles::lock(tx.connection(), &key, now).await?;
        match tally.admit(rule, now) {
            Ok(tally) => {
                throttles::save(tx.connection(), &key, &tally, now).await?;
                Ok(tally)
            }
            Err(Wait(retry_after)) => Err(Error::RateLimited { retry_after }),
        }
    }

    /// Whether another mail may be sent to an address for this reason. Who asks learns nothing either way.
    pub(super) async fn may_mail(&self, tx: &Tx, reason: &str, email: &EmailAddress) -> Result<bool, Error> {
        match self.admit(tx, &MAIL, &format!("{reason} {email}")).await {
            Ok(_) => Ok(true),
            Err(Error::RateLimited { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Counts a password against an address, whether or not somebody has it: from where it comes, and from anywhere.
    pub(super) async fn admit_password(&self, actor: &Actor, email: &EmailAddress) -> Result<(), Error> {
        let (near, anywhere) = (from_here(actor, email), email.to_string());
        self.commit(actor, move |own, tx| {
            Box::pin(async move {
                // Always in this order, so that two tries cannot wait for each other.
                own.admit(tx, &PASSWORD_ANYWHERE, &anywhere).await?;
                own.admit(tx, &PASSWORD, &near).await?;
                Ok(())
            })
        })
        .await
    }

    /// A right password clears what was counted against it.
    pub(super) async fn forgive_password(
        &self,
        tx: &Tx,
        actor: &Actor,
        email: &EmailAddress,
    ) -> Result<(), Error> {
        let keys = [
            self.throttle_key(&PASSWORD_ANYWHERE, email.as_str()),
            self.throttle_key(&PASSWORD, &from_here(actor, email)),
        ];
        Ok(throttles::forget(tx.connection(), keys).await?)
    }

    /// Clears a count.
    pub(super) async fn forgive(&self, tx: &Tx, rule: &Rule, subject: &str) -> Result<(), Error> {
        let key = self.throttle_key(rule, subject);
        Ok(throttles::forget(tx.connection(), slice::from_ref(&key).to_vec()).await?)
    }

    fn throttle_key(&self, rule: &Rule, subject: &str) -> Vec<u8> {
        self.keys.mac("throttle", &[rule.purpose.as_bytes(), subject.as_bytes()]).to_vec()
    }
}

/// An address as seen from one place of the network.
fn from_here(actor: &Actor, email: &EmailAddress) -> String {
    let ip = actor.request().and_then(|request| request.ip);
    format!("{email} {}", ip.map(|ip| ip.to_string()).unwrap_or_default())
}
