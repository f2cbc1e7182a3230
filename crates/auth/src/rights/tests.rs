use kernel::{App, Scope};
use uuid::Uuid;

use super::*;

fn now() -> Timestamp {
    Timestamp::from_timestamp_millis(1_768_467_600_000).expect("valid")
}

fn standing(role: SystemRole) -> Standing {
    Standing {
        org: Uuid::from_u128(9).into(),
        role: role.id(),
        role_name: role.name().to_owned(),
        rank: role.rank(),
        scopes: role.scopes(),
        apps: [App::Tickets].into_iter().collect(),
        joined_at: now(),
        membership_epoch: 1,
        organization_epoch: 1,
        policy: Policy {
            require_mfa: false,
            grace: TimeDelta::zero(),
            required_since: None,
            session_max: TimeDelta::days(30),
        },
    }
}

fn session(role: SystemRole, amr: Amr) -> Snapshot {
    Snapshot {
        user: Uuid::from_u128(1).into(),
        standing: Some(standing(role)),
        user_epoch: 1,
        disabled: false,
        second_factor: amr.one_time_code,
        credential: Credential::Session {
            amr,
            auth_time: now(),
            created_at: now(),
            expires_at: now() + TimeDelta::days(30),
            revoked: false,
        },
    }
}

fn demands(standing: Standing) -> bool {
    let snapshot = Snapshot { standing: Some(standing), ..session(SystemRole::Guest, Amr::PASSWORD) };
    snapshot.rights(now()).assurance.mfa_demanded
}

#[test]
fn a_second_factor_is_demanded_by_rank_or_by_policy_once_the_grace_is_over() {
    assert!(demands(standing(SystemRole::Owner)) && demands(standing(SystemRole::Admin)));
    assert!(!demands(standing(SystemRole::Member)) && !demands(standing(SystemRole::Guest)));
    let custom =
        |rank| Standing { role: Uuid::from_u128(5).into(), rank: Rank(rank), ..standing(SystemRole::Member) };
    assert!(demands(custom(80)) && !demands(custom(79)));

    let policy = |days, since| Policy {
        require_mfa: true,
        grace: TimeDelta::days(days),
        required_since: Some(now() - TimeDelta::days(since)),
        session_max: TimeDelta::days(30),
    };
    let long_ago = now() - TimeDelta::days(100);
    let member = |policy, joined_at| Standing { policy, joined_at, ..standing(SystemRole::Member) };
    assert!(demands(member(policy(7, 7), long_ago)));
    assert!(!demands(member(policy(7, 6), long_ago)));
    assert!(!demands(member(policy(7, 30), now() - TimeDelta::days(6))), "grace begins with joining");
    let owner = Standing { policy: policy(7, 0), ..standing(SystemRole::Owner) };
    assert!(demands(owner), "no grace for owners");
}

#[test]
fn a_second_factor_counts_while_it_is_set_up() {
    let proven = session(SystemRole::Owner, Amr::BOTH);
    assert!(proven.rights(now()).assurance.mfa_proven);
    let gone = Snapshot { second_factor: false, ..proven };
    assert!(!gone.rights(now()).assurance.mfa_proven);
    let password_only = Snapshot { second_factor: true, ..session(SystemRole::Owner, Amr::PASSWORD) };
    assert!(!password_only.rights(now()).assurance.mfa_proven);
}

#[test]
fn a_session_ends_by_revocation_by_age_and_with_its_person() {
    let live = session(SystemRole::Member, Amr::PASSWORD);
    assert!(live.is_alive(now() + TimeDelta::days(29)) && !live.is_alive(now() + TimeDelta::days(30)));
    let mut bounded = live.clone();
    bounded.standing.as_mut().expect("a member").policy.session_max = TimeDelta::days(2);
    assert!(!bounded.is_alive(now() + TimeDelta::days(2)));
    assert!(!Snapshot { disabled: true, ..live.clone() }.is_alive(now()));
    let Credential::Session { amr, auth_time, created_at, expires_at, .. } = live.credential else {
        panic!("a session")
    };
    let credential = Credential::Session { amr, auth_time, created_at, expires_at, revoked: true };
    assert!(!Snapshot { credential, ..live }.is_alive(now()));
}

#[test]
fn a_key_lives_with_its_makers_membership_and_never_holds_more_than_both() {
    let key = |role: Option<SystemRole>| Snapshot {
        standing: role.map(standing),
        second_factor: true,
        credential: Credential::ApiKey {
            key: Uuid::from_u128(7).into(),
            scopes: [Scope::TicketsRead, Scope::RolesManage].into_iter().collect(),
            expires_at: Some(now() + TimeDelta::days(1)),
            last_used_at: None,
            revoked: false,
        },
        ..session(SystemRole::Guest, Amr::PASSWORD)
    };
    assert!(!key(None).is_alive(now()));
    let member = key(Some(SystemRole::Member));
    assert!(member.is_alive(now()) && !member.is_alive(now() + TimeDelta::days(1)));
    let rights = member.rights(now());
    assert_eq!(rights.scopes.iter().collect::<Vec<_>>(), [Scope::TicketsRead]);
    assert_eq!((rights.assurance.mfa_proven, rights.assurance.fresh_until), (true, None));
    assert!(key(Some(SystemRole::Owner)).rights(now()).scopes.contains(Scope::RolesManage));
}

#[test]
fn whoever_is_no_member_has_no_rights_and_is_still_somebody() {
    let outside = Snapshot { standing: None, ..session(SystemRole::Guest, Amr::PASSWORD) };
    let rights = outside.rights(now());
    assert_eq!((rights.role, rights.rank, rights.scopes), (None, None, ScopeSet::EMPTY));
    assert!(!rights.assurance.mfa_demanded && outside.is_alive(now()));
    assert!(rights.assurance.fresh_until.is_some());
}
