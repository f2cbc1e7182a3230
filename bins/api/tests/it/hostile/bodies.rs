use serde_json::{Map, Value, json};

use super::Vandal;
use crate::app;
use crate::app::call::Call;
use crate::app::spec::{Spec, specs};

#[actix_web::test]
async fn bodies_that_are_no_json_are_refused() {
    app::run(async |app| {
        let mut vandal = Vandal::new(app).await;
        for spec in specs(app).iter().filter(|spec| spec.example().is_some()) {
            let limit = spec.operation.body_limit;
            let json = "application/json";
            for text in ["{", "{\"a\":}", "nul", "{\"a\":1}x", "\u{0}", "{\"a\":\"\\ud800\"}", "[1,]", "'a'"]
            {
                vandal.send_bytes(spec, text, json, text.into(), &[400]).await;
            }
            vandal.send_bytes(spec, "bytes", json, vec![b'"', 0xff, 0xfe, b'"'], &[400]).await;
            for (text, name) in [("[", "arrays"), ("{\"a\":", "objects")] {
                let deep = text.repeat((limit - 1) / text.len());
                vandal.send_bytes(spec, name, json, deep.into(), &[400]).await;
            }
            vandal.send_bytes(spec, "too much", json, vec![b' '; limit + 1], &[413]).await;
            for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
                vandal.send_bytes(spec, kind, kind, b"a=b".to_vec(), &[415]).await;
            }
        }
        vandal.judge();
    })
    .await;
}

#[actix_web::test]
async fn bodies_of_another_shape_are_refused() {
    app::run(async |app| {
        let mut vandal = Vandal::new(app).await;
        for spec in specs(app) {
            let Some(Value::Object(example)) = spec.example() else { continue };
            for whole in [json!([]), json!(null), json!("text"), json!(7), json!([example.clone()])] {
                let what = format!("the body {whole:.60}");
                vandal.send(&spec, &what, Call::of(&spec).with_body(whole), &[422]).await;
            }
            let many: Map<_, _> = (0..2_000).map(|number| (format!("k{number}"), json!(1))).collect();
            let expected = if spec.operation.body_limit < 32_000 { [413] } else { [422] };
            vandal.send(&spec, "2,000 members", Call::of(&spec).with_body(many.into()), &expected).await;
            for member in spec.members() {
                for value in values() {
                    let expected: &[u16] = if fits(&member.schema, &value) { &[] } else { &[422] };
                    let mut body = example.clone();
                    let what = format!("`{}` = {value:.60}", member.name);
                    body.insert(member.name.clone(), value);
                    vandal.send(&spec, &what, Call::of(&spec).with_body(body.into()), expected).await;
                }
            }
        }
        vandal.judge();
    })
    .await;
}

#[actix_web::test]
async fn texts_of_every_kind_are_survived() {
    app::run(async |app| {
        let mut vandal = Vandal::new(app).await;
        for spec in specs(app) {
            let Some(Value::Object(example)) = spec.example() else { continue };
            for name in texts(&spec) {
                for text in rubbish(spec.operation.body_limit) {
                    let mut body = example.clone();
                    let what = format!("`{name}` = {:?}", text.chars().take(30).collect::<String>());
                    body.insert(name.clone(), json!(text));
                    let expected: &[u16] = if text.contains('\0') { &[401, 422] } else { &[] };
                    vandal.send(&spec, &what, Call::of(&spec).with_body(body.into()), expected).await;
                }
            }
        }
        vandal.judge();
    })
    .await;
}

/// A value of every type, and the ends of numbers.
fn values() -> [Value; 9] {
    [
        json!({"x": 1}),
        json!([{"x": [1]}]),
        json!(1.5),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1e300),
        json!(true),
        json!(null),
        json!(""),
    ]
}

/// Whether the type of a value is one the schema may accept; what it says beyond types is not looked at.
fn fits(schema: &Value, value: &Value) -> bool {
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => return true,
    };
    if value.is_null() && schema["x-or-null"] == true {
        return true;
    }
    types.into_iter().any(|name| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    })
}

/// The members that are texts.
fn texts(spec: &Spec) -> Vec<String> {
    let is_text = |schema: &Value| {
        let kind = &schema["type"];
        *kind == "string" || kind.as_array().is_some_and(|all| all.contains(&json!("string")))
    };
    spec.members().into_iter().filter(|member| is_text(&member.schema)).map(|member| member.name).collect()
}

fn rubbish(limit: usize) -> [String; 9] {
    [
        "a\0b".to_owned(),
        "a".repeat(limit / 2),
        "\u{202e}\u{200b}\u{feff}".to_owned(),
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}".repeat(20),
        "' OR 1=1; DROP TABLE users; --".to_owned(),
        "{{7*7}}<img src=x onerror=alert(1)>${7*7}".to_owned(),
        "../../../../etc/passwd".to_owned(),
        format!("{}!", "a".repeat(limit / 3)),
        format!("{}@", "a.".repeat(limit / 4)),
    ]
}
