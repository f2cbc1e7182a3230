use chrono::TimeDelta;
use kernel::{Eviction, Stream, SystemRole, Version};
use organizations::{Error, UpdatePolicy};

use crate::support::run;

fn everybody(grace_days: i64) -> UpdatePolicy {
    UpdatePolicy { require_mfa: Some(true), grace_days: Some(grace_days), ..UpdatePolicy::default() }
}

#[tokio::test]
async fn the_preview_names_whom_a_policy_would_lock_out_and_when() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let admin = world.member(org, "admin@himal.np", SystemRole::Admin.id()).await;
        let asha = world.member(org, "asha@himal.np", SystemRole::Member.id()).await;
        world.member(org, "bina@himal.np", SystemRole::Member.id()).await;
        let bina_has_one = world.person("else@himal.np").await;
        world.others.enrolled.lock().expect("not poisoned").extend([owner, bina_has_one]);
        let actor = world.actor(org, owner).await;
        let now = world.env().now();
        let today = world.services.organizations.preview_policy(&actor, UpdatePolicy::default()).await;
        let today = today.expect("previewed");
        assert_eq!(today.members.iter().map(|m| (m.user, m.from)).collect::<Vec<_>>(), [(admin, now)]);
        let strict =
            world.services.organizations.preview_policy(&actor, everybody(3)).await.expect("previewed");
        assert_eq!(strict.total, 3);
        let asha = strict.members.iter().find(|member| member.user == asha).expect("named");
        assert_eq!((asha.from, asha.role_name.as_str()), (now + TimeDelta::days(3), "Member"));
        assert_eq!(world.services.organizations.policy(&actor).await.expect("read").version, Version(1));
    })
    .await;
}

#[tokio::test]
async fn a_preview_counts_all_and_names_a_hundred() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        for n in 0..101 {
            world.member(org, &format!("p{n}@himal.np"), SystemRole::Member.id()).await;
        }
        let actor = world.actor(org, owner).await;
        let preview =
            world.services.organizations.preview_policy(&actor, everybody(0)).await.expect("previewed");
        assert_eq!((preview.total, preview.members.len()), (102, 100));
    })
    .await;
}

#[tokio::test]
async fn a_new_policy_makes_everybodys_rights_outdated() {
    run(async |world| {
        let (org, owner) = world.himal().await;
        let actor = world.actor(org, owner).await;
        world.evicted();
        let organizations = &world.services.organizations;
        let after = organizations.update_policy(&actor, everybody(3), Version(1)).await.expect("changed");
        assert_eq!(after.policy.mfa_required_since, Some(world.env().now()));
        assert_eq!(world.evicted(), [Eviction::Organization(org)]);
        let told = world.told(Stream::Organization(org)).await;
        assert_eq!(told.last().map(String::as_str), Some("organizations.policy_updated"));
        let stale = organizations.update_policy(&actor, everybody(4), Version(1)).await;
        assert!(matches!(stale, Err(Error::Stale { current: Version(2) })), "{stale:?}");
        let same = organizations.update_policy(&actor, everybody(3), Version(2)).await.expect("no change");
        assert_eq!(same.version, Version(2));
        assert!(world.evicted().is_empty());
    })
    .await;
}
