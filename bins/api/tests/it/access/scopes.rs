use api::Access;
use kernel::{RoleId, Scope, ScopeSet};
use organizations::CreateRole;

use super::tenants::own;
use crate::app::call::Call;
use crate::app::estate::Estate;
use crate::app::people::Persona;
use crate::app::spec::{Spec, specs, with_ids};
use crate::app::{self, TestApp};

/// With every scope but the declared one `scope_missing`, with it alone never: the declaration is neither too
/// narrow nor too wide.
#[actix_web::test]
async fn the_declared_scopes_are_the_ones_that_count() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let role = probe_role(app, &owner).await;
        let mut probe = app.member_as(owner.org, role).await;
        let (mut wrong, mut asked) = (Vec::new(), 0);
        for spec in specs(app).iter().filter(|spec| !spec.is_public()) {
            let declared: ScopeSet = spec.operation.access.scopes().iter().copied().collect();
            for scope in declared.iter() {
                let call = Call::of(spec).for_himself(&probe);
                let seen = ask(app, spec, call, &mut probe, ScopeSet::full().without(scope)).await;
                if seen != (403, "scope_missing".to_owned()) {
                    wrong.push(format!("{} without `{scope}`: {seen:?}", spec.id()));
                }
            }
            let call = Call::of(spec).for_himself(&probe);
            let seen = ask(app, spec, call, &mut probe, declared).await;
            let shut_out = seen.0 == 401 || seen.1 == "scope_missing";
            if shut_out {
                wrong.push(format!("{} with only `{}`: {seen:?}", spec.id(), declared.to_stored()));
            }
            asked += 1;
        }
        assert!(wrong.is_empty(), "{} of {asked} operations:\n{}", wrong.len(), wrong.join("\n"));
    })
    .await;
}

/// The same for what naming somebody else needs on top.
#[actix_web::test]
async fn to_name_others_needs_the_scope_declared_for_it() {
    app::run(async |app| {
        let estate = Estate::of(app, "kanchenjunga").await;
        let role = probe_role(app, &estate.owner).await;
        let mut probe = app.member_as(estate.org, role).await;
        let mut asked = 0;
        for spec in &specs(app) {
            let Some(scope) = spec.operation.for_others else { continue };
            let call = naming_another(spec, &estate);
            let seen = ask(app, spec, call.clone(), &mut probe, ScopeSet::full().without(scope)).await;
            assert_eq!(seen, (403, "scope_missing".to_owned()), "{} without `{scope}`", spec.id());
            let declared = spec.operation.access.scopes().iter().copied().chain([scope]).collect();
            let seen = ask(app, spec, call, &mut probe, declared).await;
            assert!(seen.0 != 401 && seen.1 != "scope_missing", "{} with `{scope}`: {seen:?}", spec.id());
            asked += 1;
        }
        assert!(asked >= 4, "tickets and their watchers: {asked}");
    })
    .await;
}

/// A call on a row that is there, which names somebody who is not the caller.
pub(super) fn naming_another(spec: &Spec, estate: &Estate) -> Call {
    let call = own(spec, estate, Call::of(spec));
    match spec.example() {
        Some(example) => call.with_body(with_ids(spec, &example)),
        None => call,
    }
}

/// A key acts for its organization: what is a person's own is out of its reach, whatever its scopes.
#[actix_web::test]
async fn no_operation_on_ones_own_account_takes_a_key() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let scopes = Scope::all().map(|scope| scope.name().to_owned()).collect();
        let create = auth::CreateApiKey { name: "everything".to_owned(), scopes, expires_at: None };
        let actor = app.actor(&owner.token).await;
        let key = app.services.auth.api_keys.create(&actor, create).await.expect("a key").secret;
        let seen = app.get(key.expose(), "/jobs").await;
        assert_eq!(seen.status, 200, "the key is good: {}", seen.text);
        for spec in specs(app).iter().filter(|spec| spec.operation.access == Access::Person) {
            let answer = Call::of(spec).by(key.expose()).send(app).await;
            assert_eq!(answer.status, 401, "{}: {}", spec.id(), answer.text);
        }
    })
    .await;
}

async fn probe_role(app: &TestApp, owner: &Persona) -> RoleId {
    let name = "Probe".to_owned();
    let create = CreateRole { name, description: None, rank: None, scopes: Vec::new() };
    let create = CreateRole { scopes: vec![Scope::TicketsRead.name().to_owned()], ..create };
    let actor = app.actor(&owner.token).await;
    app.services.organizations.roles.create(&actor, create).await.expect("a role").role.id
}

/// What somebody with just these scopes is told.
async fn ask(app: &TestApp, spec: &Spec, call: Call, probe: &mut Persona, scopes: ScopeSet) -> (u16, String) {
    app.rewrite(probe.org, probe.role, scopes).await;
    let answer = call.by(&probe.token).send(app).await;
    if spec.operation.writes() {
        *probe = app.still(probe).await;
    }
    (answer.status, answer.code())
}
