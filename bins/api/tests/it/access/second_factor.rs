use kernel::SystemRole;

use crate::app;
use crate::app::call::Call;
use crate::app::spec::specs;

/// What somebody may do who has to set a second factor up first: that, and leave.
const OPEN: [&str; 8] = [
    "auth_mfa_enroll",
    "auth_mfa_confirm",
    "auth_logout",
    "auth_logout_all",
    "sessions_list",
    "sessions_revoke",
    "sessions_revoke_others",
    "organizations_list",
];

#[actix_web::test]
async fn owners_and_admins_without_a_second_factor_are_sent_to_set_one_up() {
    app::run(async |app| {
        let founder = app.found("Himal Tea").await;
        let mut wrong = Vec::new();
        for role in [SystemRole::Owner, SystemRole::Admin] {
            for spec in specs(app).iter().filter(|spec| !spec.is_public()) {
                let persona = app.member_without_second_factor(founder.org, role).await;
                let answer = Call::of(spec).by(&persona.token).send(app).await;
                let refused = (answer.status, answer.code().as_str()) == (403, "mfa_setup_required");
                if refused == OPEN.contains(&spec.id()) {
                    wrong.push(format!("{} as {role:?}: {} {}", spec.id(), answer.status, answer.text));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}
