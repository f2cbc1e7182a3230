use super::AuthService;
use super::opening::{Opened, until};
use crate::access::LIFETIME;
use crate::answer::SessionAnswer;
use crate::rights::Snapshot;
use crate::{Error, store};

impl AuthService {
    /// Puts an answer together for a session that was just opened, refreshed or proven again, from what the
    /// database says now.
    pub(super) async fn answer(&self, opened: Opened) -> Result<SessionAnswer, Error> {
        let (now, on) = (self.now(), self.database.reader());
        let snapshot = store::rights::of_session(on, opened.session, opened.organization).await?;
        let snapshot = snapshot.filter(|snapshot| snapshot.is_alive(now)).ok_or(Error::Unauthenticated)?;
        let user = store::people::view(on, opened.user).await?.ok_or(Error::Unauthenticated)?;
        let organizations = store::people::organizations(on, opened.user).await?;
        let grant = snapshot.grant(opened.session).ok_or(Error::Unauthenticated)?;
        let rights = snapshot.rights(now);
        let (roles, org) = (grant.roles.clone(), grant.org);
        Ok(SessionAnswer {
            session: opened.session,
            access_token: self.ring.sign(grant).await?,
            expires_in: LIFETIME.to_std().unwrap_or_default(),
            refresh_expires_in: opened.refresh_expires_in(now).min(bound(&snapshot, now)),
            refresh_token: opened.refresh_token,
            user,
            organization: organizations.iter().find(|mine| Some(mine.id) == org).cloned(),
            roles,
            scopes: rights.scopes,
            organizations,
            mfa_setup_required: rights.assurance.mfa_demanded && !rights.assurance.mfa_proven,
        })
    }
}

/// How long the organization lets the session live.
fn bound(snapshot: &Snapshot, now: kernel::Timestamp) -> std::time::Duration {
    until(snapshot.ends_at().unwrap_or(now), now)
}
