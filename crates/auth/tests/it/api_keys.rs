use auth::{CreateApiKey, Error, NewApiKey};
use chrono::TimeDelta;
use kernel::{Actor, ApiKeyId, Denied, Fault, PageRequest, Scope, Secret, SystemRole, Timestamp};

use crate::members::CUSTOM;
use crate::world::{World, request, run};

fn key(scopes: &[&str]) -> CreateApiKey {
    let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    CreateApiKey { name: "Nightly export".to_owned(), scopes, expires_at: None }
}

async fn make(world: &World, actor: &Actor, scopes: &[&str]) -> NewApiKey {
    world.auth.api_keys.create(actor, key(scopes)).await.unwrap()
}

async fn use_key(world: &World, secret: &Secret) -> Result<Actor, Error> {
    world.auth.callers.resolve(secret.expose(), request()).await
}

#[tokio::test]
async fn a_key_acts_with_its_scopes_in_its_organization_for_its_maker() {
    run(async |world: World| {
        let owner = world.owner_with_totp("asha@example.com").await;
        let actor = world.actor(&owner.session).await;
        let new = make(&world, &actor, &["tickets:read"]).await;
        let text = new.secret.expose();
        assert!(text.starts_with(&format!("{}_", new.key.prefix)) && new.key.prefix.len() == 12, "{text}");
        let program = use_key(&world, &new.secret).await.unwrap();
        assert_eq!((program.org, program.user_id()), (actor.org, actor.user_id()));
        program.require(Scope::TicketsRead).unwrap();
        assert_eq!(program.require(Scope::TicketsWrite), Err(Denied::ScopeMissing(Scope::TicketsWrite)));
        program.require_member().unwrap();
        let event = world.last(actor.org.uuid(), "auth.api_key_created").await;
        assert!(!format!("{event:?}").contains(text.rsplit('_').next().unwrap()));
    })
    .await;
}

#[tokio::test]
async fn a_key_never_reaches_an_account() {
    run(async |world: World| {
        let owner = world.owner_with_totp("asha@example.com").await;
        let actor = world.actor(&owner.session).await;
        let program =
            use_key(&world, &make(&world, &actor, &["api-keys:manage", "api-keys:read"]).await.secret)
                .await
                .unwrap();
        let auth = &world.auth;
        let word = || Secret::new("x");
        let refused = [
            auth.api_keys.create(&program, key(&["api-keys:read"])).await.map(drop),
            auth.second_factor.enrol(&program).await.map(drop),
            auth.second_factor.confirm(&program, word()).await.map(drop),
            auth.second_factor.disable(&program).await,
            auth.second_factor.regenerate_recovery_codes(&program).await.map(drop),
            auth.passwords.change_password(&program, word(), word()).await,
            auth.emails.change_email(&program, "asha@example.org".to_owned()).await,
            auth.proofs.step_up(&program, auth::StepUpProof::Password(word())).await.map(drop),
            auth.sessions.list(&program, &PageRequest::default()).await.map(drop),
            auth.sessions.revoke(&program, owner.session.session).await,
            auth.sessions.revoke_others(&program).await,
            auth.sessions.sign_out_everywhere(&program, None).await,
        ];
        for result in refused {
            assert_eq!(result.unwrap_err().code(), "unauthenticated");
        }
        auth.api_keys.list(&program, &PageRequest::default()).await.unwrap();
        assert_eq!(program.require_fresh(world.now()), Err(Denied::StepUpRequired));
    })
    .await;
}

#[tokio::test]
async fn a_key_is_cut_to_what_its_maker_may_now() {
    run(async |world: World| {
        let owner = world.owner_with_totp("asha@example.com").await;
        let org = owner.session.organization.clone().unwrap().id;
        let actor = world.actor(&owner.session).await;
        let new = make(&world, &actor, &["tickets:read", "members:manage"]).await;
        use_key(&world, &new.secret).await.unwrap().require(Scope::MembersManage).unwrap();
        let user = owner.session.user.id;
        world.set_membership(user, org, None, Some(SystemRole::Member)).await;
        let cut = use_key(&world, &new.secret).await.unwrap();
        assert_eq!(cut.require(Scope::MembersManage), Err(Denied::ScopeMissing(Scope::MembersManage)));
        cut.require(Scope::TicketsRead).unwrap();
        assert_eq!(cut.require(Scope::CrmRead), Err(Denied::ScopeMissing(Scope::CrmRead)), "and never more");
        world.set_membership(user, org, Some("suspended"), None).await;
        assert!(matches!(use_key(&world, &new.secret).await, Err(Error::Unauthenticated)));
    })
    .await;
}

#[tokio::test]
async fn a_key_of_an_owner_without_a_second_factor_opens_nothing() {
    run(async |world: World| {
        let owner = world.owner_with_totp("asha@example.com").await;
        let actor = world.actor(&owner.session).await;
        let new = make(&world, &actor, &["tickets:read"]).await;
        world.auth.second_factor.disable(&actor).await.unwrap();
        let program = use_key(&world, &new.secret).await.unwrap();
        assert_eq!(program.require(Scope::TicketsRead), Err(Denied::MfaSetupRequired));
    })
    .await;
}

#[tokio::test]
async fn only_who_has_proven_a_second_factor_makes_keys_even_where_none_is_demanded() {
    run(async |world: World| {
        let owner = world.sign_up("asha@example.com").await;
        let org = owner.organization.clone().unwrap().id;
        world.add_role(org, 40, "api-keys:manage api-keys:read tickets:read").await;
        let clerk = world.sign_up_member("bina@example.com", org, CUSTOM).await;
        let actor = world.actor(&clerk).await;
        let refused = world.auth.api_keys.create(&actor, key(&["tickets:read"])).await.unwrap_err();
        assert_eq!(refused.code(), "mfa_setup_required");
        let enrolled = world.enrol(&clerk).await;
        let actor = world.actor(&enrolled.session).await;
        let more =
            world.auth.api_keys.create(&actor, key(&["tickets:read", "tickets:write"])).await.unwrap_err();
        assert!(matches!(more, Error::Denied(Denied::ScopeMissing(Scope::TicketsWrite))));
        make(&world, &actor, &["tickets:read"]).await;
    })
    .await;
}

#[tokio::test]
async fn all_faults_of_a_key_come_together() {
    run(async |world: World| {
        let owner = world.owner_with_totp("asha@example.com").await;
        let actor = world.actor(&owner.session).await;
        let command = CreateApiKey {
            name: " ".to_owned(),
            scopes: vec!["tickets:read".to_owned(), "tickets:rule".to_owned()],
            expires_at: Some(world.now()),
        };
        let refused = world.auth.api_keys.create(&actor, command).await.unwrap_err();
        let fields: Vec<_> = refused.fields().iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["name", "scopes/1", "expiresAt"]);
        let none = world.auth.api_keys.create(&actor, key(&[])).await.unwrap_err();
        assert_eq!(none.fields().first().unwrap().field, "scopes");
    })
    .await;
}

#[tokio::test]
async fn a_key_ends_by_revocation_and_by_time() {
    run(async |world: World| {
        let owner = world.owner_with_totp("asha@example.com").await;
        let actor = world.actor(&owner.session).await;
        let (revoked, deaf) = (make(&world, &actor, &["tickets:read"]).await, world.another_process());
        use_key(&world, &revoked.secret).await.unwrap();
        deaf.callers.resolve(revoked.secret.expose(), request()).await.unwrap();
        world.auth.api_keys.revoke(&actor, revoked.key.id).await.unwrap();
        assert!(matches!(use_key(&world, &revoked.secret).await, Err(Error::Unauthenticated)));
        world.advance(TimeDelta::milliseconds(700));
        assert!(deaf.callers.resolve(revoked.secret.expose(), request()).await.is_err());
        let again = world.auth.api_keys.revoke(&actor, revoked.key.id).await;
        assert!(matches!(again, Err(Error::NotFound)));

        let expires_at: Timestamp = world.now() + TimeDelta::hours(1);
        let command = CreateApiKey { expires_at: Some(expires_at), ..key(&["tickets:read"]) };
        let brief = world.auth.api_keys.create(&actor, command).await.unwrap();
        use_key(&world, &brief.secret).await.unwrap();
        world.advance(TimeDelta::hours(1));
        assert!(matches!(use_key(&world, &brief.secret).await, Err(Error::Unauthenticated)));
    })
    .await;
}

#[tokio::test]
async fn keys_of_one_organization_are_out_of_reach_of_another() {
    run(async |world: World| {
        let asha = world.owner_with_totp("asha@example.com").await;
        let bina = world.owner_with_totp("bina@example.com").await;
        let new = make(&world, &world.actor(&asha.session).await, &["tickets:read"]).await;
        let stranger = world.actor(&bina.session).await;
        let keys = &world.auth.api_keys;
        assert!(matches!(keys.find(&stranger, new.key.id).await, Err(Error::NotFound)));
        assert!(matches!(keys.revoke(&stranger, new.key.id).await, Err(Error::NotFound)));
        assert!(keys.list(&stranger, &PageRequest::default()).await.unwrap().rows.is_empty());
        use_key(&world, &new.secret).await.unwrap();
        let actor = world.actor(&asha.session).await;
        assert_eq!(keys.find(&actor, new.key.id).await.unwrap().name, "Nightly export");
        assert!(matches!(
            keys.find(&actor, ApiKeyId::from_uuid(uuid::Uuid::nil())).await,
            Err(Error::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn the_last_use_is_noted_to_the_minute() {
    run(async |world: World| {
        let owner = world.owner_with_totp("asha@example.com").await;
        let actor = world.actor(&owner.session).await;
        let new = make(&world, &actor, &["tickets:read"]).await;
        let last_used = async || world.auth.api_keys.find(&actor, new.key.id).await.unwrap().last_used_at;
        assert_eq!(last_used().await, None);
        let first = world.now();
        use_key(&world, &new.secret).await.unwrap();
        world.advance(TimeDelta::seconds(59));
        use_key(&world, &new.secret).await.unwrap();
        assert_eq!(last_used().await, Some(first));
        world.advance(TimeDelta::seconds(1));
        use_key(&world, &new.secret).await.unwrap();
        assert_eq!(last_used().await, Some(first + TimeDelta::minutes(1)));
    })
    .await;
}

#[tokio::test]
async fn texts_like_a_key_are_none() {
    run(async |world: World| {
        let owner = world.owner_with_totp("asha@example.com").await;
        let actor = world.actor(&owner.session).await;
        let new = make(&world, &actor, &["tickets:read"]).await;
        let text = new.secret.expose();
        for forged in
            ["mjx_", &new.key.prefix, &text[..text.len() - 1], &format!("{text}A"), &text.to_uppercase()]
        {
            assert!(
                matches!(use_key(&world, &Secret::new(forged)).await, Err(Error::Unauthenticated)),
                "{forged}"
            );
        }
    })
    .await;
}
