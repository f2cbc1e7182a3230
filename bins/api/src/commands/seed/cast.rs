//! The people: they sign up, join, enrol and act as any others would.

use std::collections::HashMap;

use auth::{MailedToken, Register, SessionAnswer, SignInAnswer, SignInWithPassword};
use composition::Services;
use database::log;
use kernel::{Actor, InvitationId, OrganizationId, PageRequest, Request, RoleId, Secret, TokenId, UserId};
use organizations::{
    AcceptInvitation, CreateInvitation, CreateRole, Sent, UpdateOrganization, UpdateSettings,
};
use totp_rs::Builder;

use super::demo::{Demo, Person};
use crate::commands::Failure;

/// Seconds a one-time code stands.
const STEP: u64 = 30;

/// Who acts in the demo.
pub(super) struct Cast<'a> {
    services: &'a Services,
    password: Secret,
    players: HashMap<String, Player>,
}

/// A signed-in person.
#[derive(Clone)]
pub(super) struct Player {
    pub(super) actor: Actor,
    pub(super) user: UserId,
    pub(super) name: String,
}

impl<'a> Cast<'a> {
    /// Founds the company and lets everybody in.
    pub(super) async fn assemble(services: &'a Services, demo: &Demo) -> Result<Self, Failure> {
        let password = Secret::new(demo.password.as_str());
        let mut cast = Self { services, password, players: HashMap::new() };
        let owner = cast.found(demo).await?;
        cast.furnish(&owner, demo).await?;
        for person in &demo.people {
            let invitation = cast.invite(&owner, &person.email, &person.role).await?;
            cast.join(person, invitation).await?;
        }
        cast.invite(&owner, &demo.invited.email, &demo.invited.role).await?;
        Ok(cast)
    }

    /// A player by the name that the script uses.
    pub(super) fn player(&self, key: &str) -> Result<&Player, Failure> {
        self.players.get(key).ok_or_else(|| format!("the demo data names nobody `{key}`").into())
    }

    /// The text with every `{key}` made a mention.
    pub(super) fn mentioning(&self, text: &str) -> String {
        let mention = |text: String, (key, player): (&String, &Player)| {
            text.replace(&format!("{{{key}}}"), &format!("@[{}]({})", player.name, player.user))
        };
        self.players.iter().fold(text.to_owned(), mention)
    }

    async fn found(&mut self, demo: &Demo) -> Result<Actor, Failure> {
        let owner = &demo.owner;
        let register = Register {
            email: owner.email.clone(),
            password: self.password.clone(),
            full_name: owner.name.clone(),
            organization_name: demo.organization.name.clone(),
            locale: None,
        };
        let platform = OrganizationId::PLATFORM.uuid();
        let before = log::head(&self.services.database, platform).await?;
        self.services.auth.sign_ups.register(&self.anonymous(), register).await?;
        let told = log::since(&self.services.database, platform, before, 10).await?;
        let asked = told.iter().find(|event| event.kind == "auth.sign_up_requested");
        let asked = asked.ok_or("the sign-up left no trace in the log")?;
        let sign_up = MailedToken::SignUp(TokenId::from_uuid(asked.subject_id));
        let letter = self.services.auth.mailings.letter(sign_up).await?;
        let token = letter.ok_or("the sign-up is not open any more")?.token;
        let session = self.services.auth.sign_ups.verify_email(&self.anonymous(), token).await?;
        self.enter(owner, session).await
    }

    /// Profile, settings and a role of the company's own.
    async fn furnish(&self, owner: &Actor, demo: &Demo) -> Result<(), Failure> {
        let (company, services) = (&demo.organization, &self.services.organizations);
        let profile = UpdateOrganization {
            legal_name: kernel::Patch::Set(company.legal_name.clone()),
            tax_id: kernel::Patch::Set(company.tax_id.clone()),
            address: kernel::Patch::Set(company.address.clone()),
            phone: kernel::Patch::Set(company.phone.clone()),
            email: kernel::Patch::Set(company.email.clone()),
            ..UpdateOrganization::default()
        };
        let current = services.organizations.current(owner).await?;
        services.organizations.update(owner, profile, current.version).await?;
        let colour = Some(company.accent_color.clone());
        let update = UpdateSettings { accent_color: colour, ..UpdateSettings::default() };
        let version = services.settings.get(owner).await?.version;
        services.settings.update(owner, update, version).await?;
        let role = CreateRole {
            name: demo.role.name.clone(),
            description: Some(demo.role.description.clone()),
            rank: None,
            scopes: demo.role.scopes.clone(),
        };
        services.roles.create(owner, role).await?;
        Ok(())
    }

    async fn invite(&self, owner: &Actor, email: &str, role: &str) -> Result<InvitationId, Failure> {
        let invitation = CreateInvitation { email: email.to_owned(), role: self.role(owner, role).await? };
        let rows = self.services.organizations.invitations.create(owner, vec![invitation]).await?;
        let row = rows.into_iter().next().ok_or("an invitation has no answer")?;
        let (Sent::New(sent) | Sent::Again(sent)) = row.outcome?;
        Ok(sent.id)
    }

    async fn role(&self, owner: &Actor, name: &str) -> Result<RoleId, Failure> {
        let roles = self.services.organizations.roles.list(owner, &PageRequest::default()).await?;
        let found = roles.rows.into_iter().find(|role| role.role.name == name);
        Ok(found.ok_or_else(|| format!("there is no role `{name}`"))?.role.id)
    }

    /// Opens the invitation with the token of its mail, then signs in.
    async fn join(&mut self, person: &Person, invitation: InvitationId) -> Result<(), Failure> {
        let services = self.services;
        let letter = services.organizations.invitations.letter(invitation).await?;
        let accept = AcceptInvitation {
            token: letter.ok_or("the invitation is not open any more")?.token,
            full_name: Some(person.name.clone()),
            password: Some(self.password.clone()),
        };
        services.organizations.invitations.accept(&self.anonymous(), accept).await?;
        let sign_in = SignInWithPassword {
            email: person.email.clone(),
            password: self.password.clone(),
            organization: None,
        };
        match services.auth.sign_in.sign_in(&self.anonymous(), sign_in).await? {
            SignInAnswer::SignedIn(session) => self.enter(person, *session).await.map(drop),
            SignInAnswer::MfaRequired { .. } => Err("a new account has a second factor already".into()),
        }
    }

    /// Becomes one of the players, with a second factor where the script wants one.
    async fn enter(&mut self, person: &Person, session: SessionAnswer) -> Result<Actor, Failure> {
        let user = session.user.id;
        let mut actor = self.actor(&session.access_token).await?;
        if person.second_factor {
            actor = self.enrol(&actor).await?;
        }
        let player = Player { actor: actor.clone(), user, name: person.name.clone() };
        self.players.insert(person.key.clone(), player);
        Ok(actor)
    }

    /// Confirms with the code of the step before this one: the running code stays good for whoever signs in now.
    async fn enrol(&self, actor: &Actor) -> Result<Actor, Failure> {
        let second_factor = &self.services.auth.second_factor;
        let enrolment = second_factor.enrol(actor).await?;
        let seed = totp_rs::Secret::try_from_base32(enrolment.secret.expose());
        let seed = seed.map_err(|error| format!("the secret of an enrolment: {error:?}"))?;
        let now = u64::try_from(self.services.database.env().now().timestamp())?;
        let telephone = Builder::new().with_secret(seed).with_account_name("demo").build()?;
        let code = Secret::new(telephone.generate(now.saturating_sub(STEP)).to_string());
        let enabled = second_factor.confirm(actor, code).await?;
        self.actor(&enabled.session.access_token).await
    }

    async fn actor(&self, access_token: &Secret) -> Result<Actor, Failure> {
        Ok(self.services.auth.callers.resolve(access_token.expose(), self.request()).await?)
    }

    fn anonymous(&self) -> Actor {
        Actor::anonymous(self.request())
    }

    fn request(&self) -> Request {
        let user_agent = Some("Mero Jugx demo data".to_owned());
        Request { id: self.services.database.env().id(), user_agent, ..Request::default() }
    }
}
