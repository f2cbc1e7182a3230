use super::Vandal;
use crate::app;
use crate::app::call::Call;
use crate::app::spec::{Spec, specs};

const TEXTS: [&str; 7] =
    ["\0", "' OR 1=1 --", "name;--", "\u{202e}", "-1", "9223372036854775808", "../../etc/passwd"];

#[actix_web::test]
async fn pages_have_bounds_and_cursors_cannot_be_made_up() {
    app::run(async |app| {
        let mut vandal = Vandal::new(app).await;
        let all = specs(app);
        let lists = all.iter().filter(|spec| has(spec, "cursor") && has(spec, "limit"));
        for spec in lists {
            for limit in ["0", "-1", "101", "1000000000", "9223372036854775808", "", "ten", "1.5"] {
                let call = Call::of(spec).with_query("limit", limit);
                vandal.send(spec, &format!("limit={limit}"), call, &[422]).await;
            }
            let long = "A".repeat(3_000);
            for cursor in ["x", "", "AAAA.BBBB", "\0", "eyJhIjoxfQ", "%%%", long.as_str()] {
                let call = Call::of(spec).with_query("cursor", cursor);
                vandal.send(spec, &format!("cursor={cursor:.20}"), call, &[422]).await;
            }
        }
        vandal.judge();
    })
    .await;
}

#[actix_web::test]
async fn parameters_that_nobody_knows_or_that_mean_nothing_are_survived() {
    app::run(async |app| {
        let mut vandal = Vandal::new(app).await;
        for spec in &specs(app) {
            let call = Call::of(spec).with_query("aWordNobodyKnows", "1");
            vandal.send(spec, "an unknown parameter", call, &[422]).await;
            for member in spec.query() {
                let closed = member.schema["enum"].is_array() || member.schema["format"] == "uuid";
                for text in TEXTS.into_iter().chain([&*"a".repeat(4_000)]) {
                    let expected: &[u16] = if closed { &[422] } else { &[] };
                    let call = Call::of(spec).with_query(&member.name, text);
                    vandal.send(spec, &format!("{}={text:.20}", member.name), call, expected).await;
                }
            }
        }
        vandal.judge();
    })
    .await;
}

#[actix_web::test]
async fn ids_that_are_none_name_nothing() {
    app::run(async |app| {
        let mut vandal = Vandal::new(app).await;
        for spec in &specs(app) {
            for (place, _) in spec.place_kinds().iter().enumerate().filter(|(_, kind)| kind.is_some()) {
                let long = "a".repeat(2_000);
                for text in ["x", "0", "-1", "%00", "..%2f..%2fetc", "%ff%fe", "'%20OR%201=1", "null", &long]
                {
                    let mut call = Call::of(spec);
                    call.places[place] = text.to_owned();
                    vandal.send(spec, &format!("the id {text:.20}"), call, &[404, 405, 422]).await;
                }
            }
        }
        vandal.judge();
    })
    .await;
}

fn has(spec: &Spec, name: &str) -> bool {
    spec.query().iter().any(|member| member.name == name)
}
