use kernel::{Denied, Patch, Scope, Stream, SystemRole, Version};
use organizations::{Error, UpdateOrganization};
use serde_json::json;

use crate::support::run;

fn update() -> UpdateOrganization {
    UpdateOrganization::default()
}

#[tokio::test]
async fn a_profile_changes_in_what_is_told_and_in_nothing_else() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let actor = world.actor(org, owner).await;
        let organizations = &world.services.organizations;
        let change = UpdateOrganization {
            legal_name: Patch::Set("Himal Traders Pvt. Ltd.".to_owned()),
            tax_id: Patch::Set("301234567".to_owned()),
            ..update()
        };
        let after = organizations.update(&actor, change, Version(1)).await.expect("changed");
        assert_eq!(after.legal_name.as_deref(), Some("Himal Traders Pvt. Ltd."));
        let cleared = UpdateOrganization { tax_id: Patch::Clear, ..update() };
        let after = organizations.update(&actor, cleared, Version(2)).await.expect("changed");
        assert_eq!((after.tax_id.as_deref(), after.version), (None, Version(3)));
        assert_eq!(organizations.current(&actor).await.expect("read"), after);
        let events = world.events(Stream::Organization(org)).await;
        assert_eq!(events[2].kind, "organizations.organization_updated");
        assert_eq!(events[2].data, json!({ "changed": ["legalName", "taxId"] }));
        assert_eq!(events[3].private["changes"]["before"], json!({ "taxId": "301234567" }));
    })
    .await;
}

#[tokio::test]
async fn a_change_upon_an_old_version_is_refused_and_an_empty_one_writes_nothing() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let actor = world.actor(org, owner).await;
        let organizations = &world.services.organizations;
        let stale = organizations.update(&actor, update(), Version(7)).await;
        assert!(matches!(stale, Err(Error::Stale { current: Version(1) })), "{stale:?}");
        let same = UpdateOrganization { name: Some(" Himal Traders ".to_owned()), ..update() };
        assert_eq!(organizations.update(&actor, same, Version(1)).await.expect("same").version, Version(1));
        assert_eq!(world.events(Stream::Organization(org)).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn all_faults_of_a_profile_are_told_at_once() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let change = UpdateOrganization {
            name: Some(String::new()),
            slug: Some("NO".to_owned()),
            email: Patch::Set("x\r\nBcc: v@evil.np".to_owned()),
            phone: Patch::Set("1".repeat(41)),
            ..update()
        };
        let refused =
            world.services.organizations.update(&world.actor(org, owner).await, change, Version(1)).await;
        let Err(Error::Invalid(faults)) = refused else {
            panic!("refused");
        };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["name", "slug", "phone", "email"]);
    })
    .await;
}

#[tokio::test]
async fn guests_see_the_profile_and_only_managers_change_it() {
    run(async |world| {
        let (org, _) = world.himal().await;
        let guest = world.member(org, "guest@himal.np", SystemRole::Guest.id()).await;
        let guest = world.actor(org, guest).await;
        world.services.organizations.current(&guest).await.expect("seen");
        let refused = world.services.organizations.update(&guest, update(), Version(1)).await;
        let missing = Denied::ScopeMissing(Scope::OrganizationManage);
        assert!(matches!(refused, Err(Error::Denied(denied)) if denied == missing));
    })
    .await;
}
