use actix_web::ResponseError;
use actix_web::body::MessageBody;
use actix_web::http::Method;
use kernel::FieldFault;
use serde_json::{Value, json};

use super::*;

#[derive(Debug, thiserror::Error)]
enum Sample {
    #[error("the ticket is closed")]
    Closed,
    #[error("see the fields")]
    Fields(Vec<FieldFault>),
    #[error("the statement failed")]
    Defect(#[source] std::io::Error),
    #[error("too many codes")]
    Fast,
    #[error("wrong password")]
    Stranger,
    #[error("changed")]
    Stale,
}

impl Fault for Sample {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Closed => FaultKind::Conflict,
            Self::Fields(_) => FaultKind::Invalid,
            Self::Defect(_) => FaultKind::Internal,
            Self::Fast => FaultKind::RateLimited { retry_after: Duration::from_millis(1_200) },
            Self::Stranger => FaultKind::Unauthenticated,
            Self::Stale => FaultKind::Stale { current: Version(7) },
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Closed => "ticket_closed",
            Self::Stranger => "wrong_password",
            _ => "sample",
        }
    }

    fn fields(&self) -> &[FieldFault] {
        match self {
            Self::Fields(faults) => faults,
            _ => &[],
        }
    }
}

fn body(problem: &Problem, method: &Method) -> Value {
    let bytes = problem.body(&Codes::default(), method, None).try_into_bytes().expect("in memory");
    serde_json::from_slice(&bytes).expect("json")
}

#[test]
fn a_conflict_keeps_the_words_of_the_domain() {
    let problem = Problem::from(Sample::Closed);
    assert_eq!(
        body(&problem, &Method::POST),
        json!({
            "type": "https://docs.merojugx.dev/problems/ticket_closed", "title": "ticket closed", "status": 409,
            "detail": "the ticket is closed", "code": "ticket_closed",
        })
    );
}

#[test]
fn a_defect_shows_nothing_of_its_cause() {
    let problem = Problem::from(Sample::Defect(std::io::Error::other("password=hunter2")));
    let text = body(&problem, &Method::POST).to_string();
    assert!(!text.contains("hunter2") && !text.contains("statement"), "{text}");
    assert_eq!((problem.status().as_u16(), problem.code()), (500, "internal"));
}

#[test]
fn every_401_has_the_same_body() {
    let domain = Problem::from(Sample::Stranger);
    let frame = Problem::unauthenticated();
    assert_eq!(body(&domain, &Method::POST), body(&frame, &Method::POST));
    assert_eq!(domain.error_response().headers().get("www-authenticate").expect("set"), "Bearer");
}

#[test]
fn fields_become_pointers_and_on_get_parameters() {
    let faults = vec![FieldFault::new("due_at", "out_of_range", "must be later").within(0).within("lines")];
    let problem = Problem::from(Sample::Fields(faults));
    let error = |place: Value| {
        let mut error = place;
        error["code"] = json!("out_of_range");
        error["detail"] = json!("must be later");
        json!([error])
    };
    assert_eq!(body(&problem, &Method::POST)["errors"], error(json!({"pointer": "#/lines/0/dueAt"})));
    assert_eq!(body(&problem, &Method::GET)["errors"], error(json!({"parameter": "lines"})));
}

#[test]
fn waiting_times_are_rounded_up_and_versions_told() {
    let header = |fault: Sample, name: &str| {
        let response = Problem::from(fault).error_response();
        response.headers().get(name).map(|value| value.to_str().expect("ascii").to_owned())
    };
    assert_eq!(header(Sample::Fast, "retry-after").as_deref(), Some("2"));
    assert_eq!(header(Sample::Stale, "etag").as_deref(), Some("\"7\""));
    assert_eq!(header(Sample::Closed, "retry-after"), None);
}

#[test]
fn a_code_is_a_defect_only_where_the_registry_of_its_module_is_at_hand() {
    assert_eq!(complaints(|| drop(Problem::from(Sample::Closed).error_response())), 0);
    assert_eq!(complaints(|| drop(body(&Problem::from(Sample::Closed), &Method::POST))), 1);
}

/// How many lines something leaves in the log.
fn complaints(act: impl FnOnce()) -> usize {
    let (writer, lines) = std::sync::mpsc::channel();
    let log = tracing_subscriber::fmt().with_writer(move || Line(writer.clone()));
    tracing::subscriber::with_default(log.finish(), act);
    lines.into_iter().count()
}

struct Line(std::sync::mpsc::Sender<usize>);

impl std::io::Write for Line {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.send(bytes.len()).map(|()| bytes.len()).map_err(std::io::Error::other)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
