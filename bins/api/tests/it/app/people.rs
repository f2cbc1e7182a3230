//! People with tokens, made by the services without mails and forms in between.

use std::sync::atomic::Ordering;

use database::StoreError;
use database::entities::{membership, role};
use kernel::{
    Actor, EmailAddress, Eviction, Locale, OrganizationId, Request, RoleId, ScopeSet, SystemRole, UserId,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use totp_rs::Builder;
use users::NewUser;

use super::TestApp;

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Persona {
    pub(crate) user: UserId,
    pub(crate) org: OrganizationId,
    pub(crate) role: RoleId,
    pub(crate) token: String,
}

impl TestApp {
    /// Founds an organization with an owner who has a second factor.
    pub(crate) async fn found(&self, name: &str) -> Persona {
        let user = self.somebody().await;
        let (env, tickets) = (self.services.database.env().clone(), self.services.tickets.clone());
        let invoices = self.services.invoices.clone();
        let name = name.to_owned();
        let system = Actor::system(OrganizationId::PLATFORM);
        let founded: Result<OrganizationId, StoreError> = self
            .services
            .database
            .commit(&system, move |tx| {
                Box::pin(async move {
                    let org = organizations::found(&env, tx, user, &name).await.expect("founded");
                    tickets.prepare(tx, org).await.expect("a board");
                    invoices.prepare(tx, org).await.expect("tax rates");
                    Ok(org)
                })
            })
            .await;
        self.signed_in(user, founded.expect("founded"), SystemRole::Owner.id()).await
    }

    /// A new member with one of the system roles; Owner and Admin have a second factor.
    pub(crate) async fn member(&self, org: OrganizationId, role: SystemRole) -> Persona {
        self.member_as(org, role.id()).await
    }

    /// A new member with any role.
    pub(crate) async fn member_as(&self, org: OrganizationId, role: RoleId) -> Persona {
        let user = self.somebody().await;
        self.join(user, org, role).await;
        self.signed_in(user, org, role).await
    }

    /// A new member who has shown nothing but his password, whatever his role demands.
    pub(crate) async fn member_without_second_factor(
        &self,
        org: OrganizationId,
        role: SystemRole,
    ) -> Persona {
        let user = self.somebody().await;
        self.join(user, org, role.id()).await;
        self.password_only(user, org, role.id()).await.0
    }

    /// The same person, or one just like him if his session or his membership has ended meanwhile.
    pub(crate) async fn still(&self, persona: &Persona) -> Persona {
        let answer = self.get(&persona.token, "/bootstrap").await;
        if answer.status == 200 { persona.clone() } else { self.member_as(persona.org, persona.role).await }
    }

    /// The actor behind a token.
    pub(crate) async fn actor(&self, token: &str) -> Actor {
        self.services.auth.callers.resolve(token, Request::default()).await.expect("a good token")
    }

    /// Gives a role of an organization's own exactly these scopes, at once.
    pub(crate) async fn rewrite(&self, org: OrganizationId, id: RoleId, scopes: ScopeSet) {
        self.alter(move |tx| {
            Box::pin(async move {
                let row = role::ActiveModel {
                    organization_id: Set(org.uuid()),
                    id: Set(id.uuid()),
                    scopes: Set(scopes.to_stored()),
                    ..Default::default()
                };
                row.update(tx.connection()).await?;
                tx.evict(Eviction::Organization(org));
                Ok(())
            })
        })
        .await;
    }

    async fn somebody(&self) -> UserId {
        let number = self.counter.fetch_add(1, Ordering::Relaxed);
        let text = format!("person{number}@example.com");
        let email = EmailAddress::parse("email", &text).expect("an address");
        let id: UserId = self.services.database.env().id();
        let (users, enrolments) = (self.services.users.clone(), self.services.auth.enrolments.clone());
        let password = self.password.clone();
        self.alter(move |tx| {
            Box::pin(async move {
                let full_name = format!("Person {number}");
                let new =
                    NewUser { id, email: email.clone(), full_name, locale: Locale::En, time_zone: None };
                users.create(tx, new).await.expect("created");
                enrolments.enrol(tx, id, &email, password).await.expect("enrolled");
                Ok(())
            })
        })
        .await;
        id
    }

    async fn join(&self, user: UserId, org: OrganizationId, role: RoleId) {
        let now = self.services.database.env().now();
        self.alter(move |tx| {
            Box::pin(async move {
                let row = membership::ActiveModel {
                    organization_id: Set(org.uuid()),
                    user_id: Set(user.uuid()),
                    role_id: Set(role.uuid()),
                    status: Set("active".to_owned()),
                    epoch: Set(1),
                    version: Set(1),
                    joined_at: Set(now),
                    updated_at: Set(now),
                };
                membership::Entity::insert(row).exec_without_returning(tx.connection()).await?;
                Ok(())
            })
        })
        .await;
    }

    async fn signed_in(&self, user: UserId, org: OrganizationId, role: RoleId) -> Persona {
        match self.password_only(user, org, role).await {
            (persona, true) => Persona { token: self.prove(&persona.token).await, ..persona },
            (persona, false) => persona,
        }
    }

    /// Somebody with a session, and whether he has to set a second factor up.
    async fn password_only(&self, user: UserId, org: OrganizationId, role: RoleId) -> (Persona, bool) {
        let nobody = Actor::anonymous(Request::default());
        let answer =
            self.services.auth.enrolments.begin_session(&nobody, user, org).await.expect("a session");
        let token = answer.access_token.expose().to_owned();
        (Persona { user, org, role, token }, answer.mfa_setup_required)
    }

    /// Sets a second factor up; the token that comes of it.
    async fn prove(&self, token: &str) -> String {
        let (actor, second_factor) = (self.actor(token).await, &self.services.auth.second_factor);
        let enrolment = second_factor.enrol(&actor).await.expect("begun");
        let seed = totp_rs::Secret::try_from_base32(enrolment.secret.expose()).expect("base32");
        let totp = Builder::new().with_secret(seed).with_account_name("test").build().expect("a telephone");
        let now = self.services.database.env().now().timestamp();
        let code = totp.generate(u64::try_from(now).expect("after 1970")).to_string();
        let enabled = second_factor.confirm(&actor, kernel::Secret::new(code)).await.expect("the right code");
        enabled.session.access_token.expose().to_owned()
    }
}
