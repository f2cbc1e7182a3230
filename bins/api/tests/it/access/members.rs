use serde_json::{Value, json};

use crate::app;
use crate::app::call::Call;
use crate::app::spec::specs;

/// What no client may set, and a word that nobody knows.
const READ_ONLY: [&str; 14] = [
    "id",
    "version",
    "organizationId",
    "orgId",
    "org_id",
    "role",
    "rank",
    "scopes",
    "isSuperuser",
    "is_superuser",
    "emailVerified",
    "createdAt",
    "paidAt",
    "aWordNobodyKnows",
];

#[actix_web::test]
async fn members_that_no_body_has_are_refused_by_their_name() {
    app::run(async |app| {
        let owner = app.found("Himal Tea").await;
        let (mut wrong, mut asked) = (Vec::new(), 0);
        for spec in specs(app) {
            let Some(Value::Object(example)) = spec.example() else { continue };
            let known = spec.known_members();
            for name in READ_ONLY.iter().filter(|name| !known.iter().any(|other| other == *name)) {
                let mut body = example.clone();
                body.insert((*name).to_owned(), json!("x"));
                let answer = Call::of(&spec).by(&owner.token).with_body(body.into()).send(app).await;
                if answer.status != 422 || !answer.points_at(&format!("#/{name}")) {
                    wrong.push(format!("{} with `{name}`: {} {}", spec.id(), answer.status, answer.text));
                }
                asked += 1;
            }
        }
        assert!(asked > 0, "some operations have a body");
        assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
    })
    .await;
}
