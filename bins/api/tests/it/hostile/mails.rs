use serde_json::{Value, json};

use super::Vandal;
use crate::access::tenants::own;
use crate::app;
use crate::app::call::Call;
use crate::app::estate::Estate;
use crate::app::spec::{Spec, specs};

const ENDS: [&str; 4] = ["email", "name", "subject", "title"];

/// What may come to stand in the head of a mail has no line breaks (trust row 34).
#[actix_web::test]
async fn no_text_can_add_a_line_to_the_head_of_a_mail() {
    app::run(async |app| {
        let estate = Estate::of(app, "kanchenjunga").await;
        let mut vandal = Vandal::new(app).await;
        vandal.persona = estate.owner.clone();
        for spec in &specs(app) {
            let Some(mut example) = spec.example() else { continue };
            if spec.operation.path.starts_with("/invitations/") {
                example["token"] = json!(estate.invitation);
            }
            for pointer in heads(spec, &example) {
                for text in
                    ["x\r\nBcc: v@example.net", "x\nBcc: v@example.net", "v@example.com\r\nX: y", "x\0y"]
                {
                    let mut body = example.clone();
                    if body.pointer(&pointer).is_none() {
                        body[pointer.trim_start_matches('/')] = json!(text);
                    } else if let Some(place) = body.pointer_mut(&pointer) {
                        *place = json!(text);
                    }
                    let call = own(spec, &estate, Call::of(spec)).with_body(body);
                    let what = format!("{pointer} = {text:?}");
                    if spec.is_public() {
                        let answer = call.send(app).await;
                        vandal.look(spec, &what, &answer, &[422]).await;
                    } else {
                        vandal.send(spec, &what, call, &[422]).await;
                    }
                }
            }
        }
        vandal.judge();
    })
    .await;
}

/// The places of names, addresses and subjects in a body: those of the example, and those it leaves out.
fn heads(spec: &Spec, example: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(example, "", &mut found);
    for member in spec.members() {
        let pointer = format!("/{}", member.name);
        let is_text = member.schema["type"].to_string().contains("string");
        if is_text && is_head(&member.name) && !found.contains(&pointer) {
            found.push(pointer);
        }
    }
    found
}

fn collect(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let pointer = format!("{at}/{name}");
                if member.is_string() && is_head(name) {
                    found.push(pointer.clone());
                }
                collect(member, &pointer, found);
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                collect(item, &format!("{at}/{place}"), found);
            }
        }
        _ => {}
    }
}

fn is_head(name: &str) -> bool {
    ENDS.iter().any(|end| name.to_lowercase().ends_with(end))
}
