//! The people: they sign up, join, enrol and act as any others would.

use std::collections::HashMap;
use std::net::Ipv4Addr;

use auth::{
    AnswerChallenge, MailedToken, Register, SecondFactorProof, SessionAnswer, SignInAnswer,
    SignInWithPassword,
};
use composition::Services;
use database::log;
use kernel::{Actor, InvitationId, OrganizationId, PageRequest, Request, RoleId, Secret, TokenId, UserId};
use notifications::{MarkAll, MarkNotification};
use organizations::{
    AcceptInvitation, CreateInvitation, CreateRole, Sent, UpdateOrganization, UpdateSettings,
};
use totp_rs::{Builder, Totp};

use super::demo::{Demo, Person};
use super::past::Past;
use crate::commands::Failure;

/// How many days ago the company was founded.
const FOUNDED: f64 = 180.5;

/// Where everybody sits: an address that documents may use.
const OFFICE: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 24);

/// What everybody works with.
const BROWSER: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
    Chrome/140.0.0.0 Safari/537.36";

/// Seconds a one-time code stands.
const STEP: u64 = 30;

/// Who acts in the demo.
pub(super) struct Cast<'a> {
    services: &'a Services,
    password: Secret,
    players: HashMap<String, Player>,
}

/// A signed-in person.
pub(super) struct Player {
    pub(super) actor: Actor,
    pub(super) user: UserId,
    pub(super) name: String,
    /// What shows the codes of a second factor.
    telephone: Option<Totp>,
}

impl<'a> Cast<'a> {
    /// Founds the company and lets everybody in.
    pub(super) async fn assemble(services: &'a Services, demo: &Demo, past: &Past) -> Result<Self, Failure> {
        past.go(FOUNDED).await?;
        let password = Secret::new(demo.password.as_str());
        let mut cast = Self { services, password, players: HashMap::new() };
        let owner = cast.found(demo).await?;
        cast.furnish(&owner, demo).await?;
        for person in &demo.people {
            let invitation = cast.invite(&owner, &person.email, &person.role).await?;
            cast.join(person, invitation).await?;
        }
        Ok(cast)
    }

    /// Months later: everybody signs in once more, and the owner invites somebody who has not come yet.
    pub(super) async fn come_back(&mut self, demo: &Demo) -> Result<(), Failure> {
        for person in demo.everybody() {
            let session = self.sign_in(person).await?;
            let actor = self.actor(&session.access_token).await?;
            let player = self.players.get_mut(&person.key).ok_or("somebody signs in who never came")?;
            player.actor = actor;
        }
        let owner = &self.player(&demo.owner.key)?.actor;
        self.invite(owner, &demo.invited.email, &demo.invited.role).await.map(drop)
    }

    /// A player by the name that the script uses.
    pub(super) fn player(&self, key: &str) -> Result<&Player, Failure> {
        self.players.get(key).ok_or_else(|| format!("the demo data names nobody `{key}`").into())
    }

    /// Everybody looks through the inbox once.
    pub(super) async fn read_inboxes(&self) -> Result<(), Failure> {
        for player in self.players.values() {
            let read = MarkNotification { mark: "read".to_owned(), until: None };
            let all = MarkAll { mark: read, category: None, up_to: None };
            self.services.notifications.mark_all(&player.actor, all).await?;
        }
        Ok(())
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
        let session = self.sign_in(person).await?;
        self.enter(person, session).await.map(drop)
    }

    /// With the password, and the second factor if there is one by now.
    async fn sign_in(&self, person: &Person) -> Result<SessionAnswer, Failure> {
        let sign_in = SignInWithPassword {
            email: person.email.clone(),
            password: self.password.clone(),
            organization: None,
        };
        let auth = &self.services.auth;
        let challenge = match auth.sign_in.sign_in(&self.anonymous(), sign_in).await? {
            SignInAnswer::SignedIn(session) => return Ok(*session),
            SignInAnswer::MfaRequired { challenge, .. } => challenge,
        };
        let telephone = self.player(&person.key)?.telephone.as_ref();
        let telephone = telephone.ok_or("there is no second factor to show")?;
        let proof = SecondFactorProof::Code(self.code(telephone)?);
        Ok(auth.proofs.answer_challenge(&self.anonymous(), AnswerChallenge { challenge, proof }).await?)
    }

    /// Becomes one of the players, with a second factor where the script wants one.
    async fn enter(&mut self, person: &Person, session: SessionAnswer) -> Result<Actor, Failure> {
        let user = session.user.id;
        let mut actor = self.actor(&session.access_token).await?;
        let mut telephone = None;
        if person.second_factor {
            (actor, telephone) =
                self.enrol(&actor).await.map(|(actor, telephone)| (actor, Some(telephone)))?;
        }
        let player = Player { actor: actor.clone(), user, name: person.name.clone(), telephone };
        self.players.insert(person.key.clone(), player);
        Ok(actor)
    }

    async fn enrol(&self, actor: &Actor) -> Result<(Actor, Totp), Failure> {
        let second_factor = &self.services.auth.second_factor;
        let enrolment = second_factor.enrol(actor).await?;
        let seed = totp_rs::Secret::try_from_base32(enrolment.secret.expose());
        let seed = seed.map_err(|error| format!("the secret of an enrolment: {error:?}"))?;
        let telephone = Builder::new().with_secret(seed).with_account_name("demo").build()?;
        let enabled = second_factor.confirm(actor, self.code(&telephone)?).await?;
        Ok((self.actor(&enabled.session.access_token).await?, telephone))
    }

    /// The code of the step before this one: the running code stays good for whoever signs in now.
    fn code(&self, telephone: &Totp) -> Result<Secret, Failure> {
        let now = u64::try_from(self.services.database.env().now().timestamp())?;
        Ok(Secret::new(telephone.generate(now.saturating_sub(STEP)).to_string()))
    }

    async fn actor(&self, access_token: &Secret) -> Result<Actor, Failure> {
        Ok(self.services.auth.callers.resolve(access_token.expose(), self.request()).await?)
    }

    fn anonymous(&self) -> Actor {
        Actor::anonymous(self.request())
    }

    fn request(&self) -> Request {
        Request {
            id: self.services.database.env().id(),
            ip: Some(OFFICE.into()),
            user_agent: Some(BROWSER.to_owned()),
            ..Request::default()
        }
    }
}
