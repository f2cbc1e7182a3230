use std::collections::BTreeSet;

use crate::app;
use crate::app::call::Call;
use crate::app::spec::specs;

#[actix_web::test]
async fn without_a_token_only_public_operations_answer() {
    app::run(async |app| {
        let (mut wrong, mut bodies) = (Vec::new(), BTreeSet::new());
        for spec in specs(app) {
            let answer = Call::of(&spec).send(app).await;
            if spec.is_public() {
                let needs_session = ["auth_refresh", "auth_logout", "auth_logout_all"].contains(&spec.id());
                if answer.status == 401 && !needs_session && !takes_a_proof(spec.id()) {
                    wrong.push(format!("{}: public, and 401", spec.id()));
                }
                continue;
            }
            if answer.status != 401 {
                wrong.push(format!("{}: {} {}", spec.id(), answer.status, answer.text));
            }
            bodies.insert(answer.essence());
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(bodies.len(), 1, "one body for every cause: {bodies:?}");
    })
    .await;
}

#[actix_web::test]
async fn tokens_that_do_not_count_are_refused_with_the_same_body() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let (head, _) = owner.token.rsplit_once('.').expect("a signed token");
        let tokens = [
            "nonsense".to_owned(),
            "a.b.c".to_owned(),
            format!("{head}."),
            format!("{head}.AAAA"),
            format!("{}{}", owner.token, "x"),
            "mjx_0123456789abcdefghijklmnopqrstuvwxyz".to_owned(),
            "a".repeat(5_000),
        ];
        let mut bodies = BTreeSet::new();
        for spec in specs(app).iter().filter(|spec| !spec.is_public()) {
            for token in &tokens {
                let answer = Call::of(spec).by(token).send(app).await;
                assert_eq!(answer.status, 401, "{} with `{token:.40}`: {}", spec.id(), answer.text);
                bodies.insert(answer.essence());
            }
        }
        assert_eq!(bodies.len(), 1, "one body for every cause: {bodies:?}");
    })
    .await;
}

/// Operations whose body is the proof of who calls: a wrong one is a 401 of its own.
fn takes_a_proof(id: &str) -> bool {
    id.starts_with("auth_") || id.starts_with("invitations_")
}
