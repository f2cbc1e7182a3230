use database::Tx;
use kernel::{
    Actor, Denied, Eviction, Fields, InvitationId, OrganizationId, RoleId, Scope, Secret, Timestamp, UserId,
    Who, single_line,
};

use super::offer::{Offer, OfferStatus};
use super::send::tell;
use super::token::InvitationToken;
use super::{Accepted, Account, InvitationAct};
use crate::members::{Membership, tell_member};
use crate::organizations::Organization;
use crate::standing::Standing;
use crate::{Accounts, Error, MemberAct, MemberStatus, NewAccount, OrganizationService, store};

/// Accepts an invitation.
#[derive(Clone, Debug)]
pub struct AcceptInvitation {
    pub token: Secret,
    /// Of somebody who has no account yet.
    pub full_name: Option<String>,
    /// Of somebody who has no account yet. The password of an account is never touched.
    pub password: Option<Secret>,
}

/// Who joins.
pub(super) enum Joiner {
    Existing(UserId),
    New(Box<NewAccount>),
}

impl OrganizationService {
    /// The invitation that a token opens. A token that was made up finds nothing.
    pub(super) async fn opened(&self, token: &Secret) -> Result<(OrganizationId, Offer), Error> {
        let token = InvitationToken::parse(token.expose()).ok_or(Error::NotFound)?;
        let found = store::invitations::find_anywhere(self.database.reader(), token.id).await?;
        found.filter(|(_, offer)| offer.token_hash == token.hash()).ok_or(Error::NotFound)
    }

    /// Judges who wants to join, and hashes a new password, before anything is locked.
    pub(super) async fn joiner(
        &self,
        actor: &Actor,
        org: OrganizationId,
        offer: &Offer,
        accept: AcceptInvitation,
    ) -> Result<Joiner, Error> {
        let reader = self.database.reader();
        let owner = store::invitations::owner_of(reader, &offer.email).await?;
        match (actor.who, owner) {
            (Who::User { user, .. }, Some(owner)) if user == owner => Ok(Joiner::Existing(user)),
            (Who::User { .. }, _) => Err(Error::InvitationForOtherEmail),
            (Who::Anonymous, Some(_)) => Err(Error::SignInToAccept),
            (Who::Anonymous, None) => self.newcomer(org, offer, accept).await,
            (Who::ApiKey { .. } | Who::System, _) => Err(Denied::Unauthenticated.into()),
        }
    }

    async fn newcomer(
        &self,
        org: OrganizationId,
        offer: &Offer,
        accept: AcceptInvitation,
    ) -> Result<Joiner, Error> {
        let mut fields = Fields::new();
        let name = single_line("fullName", accept.full_name.as_deref().unwrap_or_default(), 120);
        let required = || kernel::FieldFault::new("password", "required", "must not be empty");
        let name = fields.check(name);
        let password = fields.check(accept.password.ok_or_else(required));
        let (Some(full_name), Some(password)) = (name, password) else {
            return Err(fields.into());
        };
        let reader = self.database.reader();
        let organization = store::organizations::find(reader, org).await?.ok_or(Error::NotFound)?;
        let accounts = &self.ports.accounts;
        let hash = accounts.hash_password(&password, &offer.email, organization.name.as_str()).await?;
        let settings = store::settings::find(reader, org).await?.ok_or(Error::NotFound)?;
        Ok(Joiner::New(Box::new(NewAccount {
            id: self.database.env().id(),
            email: offer.email.clone(),
            full_name,
            password_hash: hash,
            locale: settings.locale,
        })))
    }

    /// Somebody who used the link before is told that he is in.
    pub(super) async fn expect_usable(&self, org: OrganizationId, offer: &Offer) -> Result<(), Error> {
        if let (OfferStatus::Accepted, Some(user)) = (offer.status, offer.accepted_by) {
            let membership = store::members::find(self.database.reader(), org, user).await?;
            if membership.is_some_and(|membership| membership.status != MemberStatus::Left) {
                return Err(Error::AlreadyMember);
            }
        }
        offer.expect_open(self.database.env().now())
    }
}

/// What was judged outside of the transaction.
pub(super) struct Knock {
    pub(super) org: OrganizationId,
    pub(super) invitation: InvitationId,
    pub(super) token_hash: [u8; 32],
    pub(super) joiner: Joiner,
    pub(super) now: Timestamp,
}

/// Lets somebody in. Under the organization's lock, so of all who knock with one token the first comes in.
pub(super) async fn admit(tx: &Tx, accounts: &dyn Accounts, knock: Knock) -> Result<Accepted, Error> {
    let (org, now) = (knock.org, knock.now);
    let organization = store::organizations::lock(tx, org).await?;
    let offer = store::invitations::find(tx.connection(), org, knock.invitation).await?;
    let offer = offer.filter(|offer| offer.token_hash == knock.token_hash).ok_or(Error::InvitationOver)?;
    offer.expect_open(now)?;
    still_offered(tx, &organization, &offer).await?;
    let (user, account) = match knock.joiner {
        Joiner::Existing(user) => (user, Account::Existing),
        Joiner::New(account) => {
            let user = account.id;
            accounts.create_account(tx, *account).await?;
            (user, Account::New)
        }
    };
    tx.recognize(user);
    let membership = join(tx, org, user, offer.role, now).await?;
    let offer = offer.accepted(user, now);
    store::invitations::save(tx, org, &offer).await?;
    tell(tx, org, &offer, InvitationAct::Accepted { user });
    tell_member(tx, org, &membership, MemberAct::Joined { role: offer.role });
    tx.evict(Eviction::User(user));
    Ok(Accepted { organization: org, user, account })
}

/// Whoever invited must be able to invite to this role at this moment; and the organization must admit the address.
async fn still_offered(tx: &Tx, organization: &Organization, offer: &Offer) -> Result<(), Error> {
    let org = organization.id;
    let role = store::roles::find(tx.connection(), org, offer.role).await?.ok_or(Error::InvitationOver)?;
    let inviter = Standing::of_member(tx, org, offer.inviter).await?;
    let inviter = inviter.filter(|inviter| inviter.has(Scope::MembersInvite));
    if inviter.is_none_or(|inviter| inviter.may_give(role.rank).is_err()) {
        return Err(Error::InviterLostRight);
    }
    if !organization.policy.admits(&offer.email) {
        return Err(Error::DomainNotAllowed);
    }
    Ok(())
}

async fn join(
    tx: &Tx,
    org: OrganizationId,
    user: UserId,
    role: RoleId,
    now: Timestamp,
) -> Result<Membership, Error> {
    let Some(former) = store::members::find(tx.connection(), org, user).await? else {
        let membership = Membership::join(user, role, now);
        store::members::insert(tx, org, &membership).await?;
        return Ok(membership);
    };
    if former.status != MemberStatus::Left {
        return Err(Error::AlreadyMember);
    }
    let membership = former.rejoin(role, now);
    store::members::save(tx, org, &membership).await?;
    Ok(membership)
}
