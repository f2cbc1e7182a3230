use database::Tx;
use kernel::{Actor, EmailAddress, Fields, OrganizationId, RoleId, Scope, Stream, UserId};

use super::offer::{Invite, Offer};
use super::{CreateInvitation, InvitationAct, InvitationEvent, InvitationRow, Sent};
use crate::organizations::Organization;
use crate::roles::Role;
use crate::standing::Standing;
use crate::{Error, OrganizationService, store};

/// How many at once.
const MOST: usize = 100;

/// The rows of a request, parsed.
pub(super) struct Batch(Vec<(EmailAddress, RoleId)>);

impl Batch {
    pub(super) fn parse(rows: Vec<CreateInvitation>) -> Result<Self, Error> {
        let mut fields = Fields::new();
        if rows.is_empty() || rows.len() > MOST {
            let detail = format!("must be 1 to {MOST}");
            fields.push(kernel::FieldFault::new("invitations", "out_of_range", detail));
            return Err(fields.into());
        }
        let mut parsed = Vec::with_capacity(rows.len());
        for (place, row) in rows.into_iter().enumerate() {
            let email = EmailAddress::parse(&format!("invitations/{place}/email"), &row.email);
            parsed.extend(fields.check(email).map(|email| (email, row.role)));
        }
        match fields.finish() {
            Ok(()) => Ok(Self(parsed)),
            Err(faults) => Err(Error::Invalid(faults)),
        }
    }

    fn addresses(&self) -> Vec<EmailAddress> {
        self.0.iter().map(|(email, _)| email.clone()).collect()
    }
}

/// Everything the decision on a row needs, read under the organization's lock.
struct Desk {
    organization: Organization,
    by: Standing,
    inviter: UserId,
    inviter_name: String,
    fresh: Result<(), kernel::Denied>,
    roles: Vec<Role>,
    members: Vec<EmailAddress>,
    open: Vec<Offer>,
}

/// What is to be written for a row.
enum Decision {
    New(Invite),
    Again { offer: Box<Offer>, role: RoleId },
}

impl OrganizationService {
    /// Decides and writes row by row.
    pub(super) async fn send(
        &self,
        tx: &Tx,
        actor: &Actor,
        batch: &Batch,
    ) -> Result<Vec<InvitationRow>, Error> {
        let desk = self.desk(tx, actor, batch).await?;
        let org = actor.org;
        let mut rows: Vec<InvitationRow> = Vec::with_capacity(batch.0.len());
        for (place, (email, role)) in batch.0.iter().enumerate() {
            let role = desk.role(place, *role)?;
            let twice = rows.iter().any(|row| row.email == *email);
            let outcome = match desk.decide(email, role, twice) {
                Ok(decision) => Ok(self.write(tx, org, &desk, decision).await?),
                Err(refusal @ Error::Denied(_)) => return Err(refusal),
                Err(refusal) => Err(refusal),
            };
            rows.push(InvitationRow { email: email.clone(), outcome });
        }
        if rows.iter().all(|row| matches!(row.outcome, Err(Error::RankTooLow))) {
            return Err(Error::RankTooLow);
        }
        Ok(rows)
    }

    async fn desk(&self, tx: &Tx, actor: &Actor, batch: &Batch) -> Result<Desk, Error> {
        let organization = store::organizations::lock(tx, actor.org).await?;
        let by = Standing::of_actor(tx, actor, Scope::MembersInvite).await?;
        let inviter = actor.user_id().ok_or(kernel::Denied::Unauthenticated)?;
        let addresses = batch.addresses();
        Ok(Desk {
            organization,
            by,
            inviter,
            inviter_name: store::invitations::name_of(tx.connection(), inviter).await?,
            fresh: actor.require_fresh(self.database.env().now()),
            roles: store::roles::all(tx.connection(), actor.org).await?,
            members: store::members::addresses_of_members(tx, actor.org, &addresses).await?,
            open: store::invitations::unclosed_among(tx, actor.org, &addresses).await?,
        })
    }

    async fn write(
        &self,
        tx: &Tx,
        org: OrganizationId,
        desk: &Desk,
        decision: Decision,
    ) -> Result<Sent, Error> {
        let env = self.database.env();
        let (offer, act) = match decision {
            Decision::New(invite) => {
                let offer = Offer::make(env, &self.keyring, invite);
                store::invitations::insert(tx, org, &offer).await?;
                (offer, InvitationAct::Created)
            }
            Decision::Again { offer, role } => {
                let offer = offer.renewed(env, &self.keyring, desk.inviter, role);
                store::invitations::save(tx, org, &offer).await?;
                (offer, InvitationAct::Resent)
            }
        };
        tell(tx, org, &offer, act);
        let invitation = super::service::shown(&offer, &desk.roles, desk.inviter_name.clone(), env.now())?;
        Ok(match act {
            InvitationAct::Created => Sent::New(invitation),
            _ => Sent::Again(invitation),
        })
    }

    /// Sends one that is there again, as if it were invited anew.
    pub(super) async fn send_again(&self, tx: &Tx, actor: &Actor, offer: &Offer) -> Result<Sent, Error> {
        let batch = Batch(vec![(offer.email.clone(), offer.role)]);
        let row = self.send(tx, actor, &batch).await?.into_iter().next();
        row.ok_or(Error::NotFound)?.outcome
    }
}

impl Desk {
    /// The role of a row; another organization's, or none at all, is a fault of the request.
    fn role(&self, place: usize, role: RoleId) -> Result<&Role, Error> {
        let found = self.roles.iter().find(|known| known.id == role);
        found.ok_or_else(|| {
            let field = format!("invitations/{place}/roleId");
            Error::from(kernel::FieldFault::new(field, "unknown_role", "must be a role of this organization"))
        })
    }

    fn decide(&self, email: &EmailAddress, role: &Role, twice: bool) -> Result<Decision, Error> {
        self.by.may_give(role.rank)?;
        if role.demands_mfa() {
            self.fresh?;
        }
        if twice {
            return Err(Error::InvitedTwice);
        }
        if self.members.contains(email) {
            return Err(Error::AlreadyMember);
        }
        if !self.organization.policy.admits(email) {
            return Err(Error::DomainNotAllowed);
        }
        let Some(offer) = self.open.iter().find(|offer| offer.email == *email) else {
            let invite = Invite { email: email.clone(), role: role.id, inviter: self.inviter };
            return Ok(Decision::New(invite));
        };
        // What somebody of a higher rank offered is not for a lower one to change.
        let offered = self.roles.iter().find(|known| known.id == offer.role);
        self.by.may_give(offered.map_or(role.rank, |offered| offered.rank))?;
        Ok(Decision::Again { offer: Box::new(offer.clone()), role: role.id })
    }
}

pub(super) fn tell(tx: &Tx, org: OrganizationId, offer: &Offer, act: InvitationAct) {
    let event =
        InvitationEvent { org, invitation: offer.id, role: offer.role, email: offer.email.clone(), act };
    tx.tell(Stream::Organization(org), event);
}
