use std::collections::BTreeSet;

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{ValidationError, Validator};
use serde_json::{Value, json};

use crate::problem::InputFault;

/// More faults than this help nobody.
pub(super) const MOST: usize = 100;

/// What is wrong with an instance, in our own words: the values themselves are never repeated.
pub(super) fn of(validator: &Validator, whole: &Value) -> Vec<Broken> {
    if validator.is_valid(whole) {
        return Vec::new();
    }
    let mut found: Vec<_> =
        validator.iter_errors(whole).flat_map(|error| broken(&error, whole)).take(MOST).collect();
    // Of a value of the wrong type nothing else is worth saying.
    let mistyped: BTreeSet<_> =
        found.iter().filter(|one| one.is_mistyped()).map(|one| one.path.clone()).collect();
    found.retain(|one| one.is_mistyped() || !mistyped.contains(&one.path));
    found
}

/// A rule that was broken, before it is known whether it concerns a body or a query.
pub(super) struct Broken {
    /// A JSON pointer.
    pub(super) path: String,
    pub(super) code: &'static str,
    detail: String,
    params: Option<Value>,
}

impl Broken {
    fn new(path: String, code: &'static str, detail: impl Into<String>) -> Self {
        Self { path, code, detail: detail.into(), params: None }
    }

    fn with(self, params: Value) -> Self {
        Self { params: Some(params), ..self }
    }

    fn is_mistyped(&self) -> bool {
        self.code == "wrong_type"
    }

    pub(super) fn in_body(self) -> InputFault {
        Self::shown(InputFault::at(&self.path, self.code, self.detail), self.params)
    }

    pub(super) fn in_query(self) -> InputFault {
        let name = self.path.trim_start_matches('/').split('/').next().unwrap_or_default();
        let name = name.replace("~1", "/").replace("~0", "~");
        let code = if self.code == "unknown_member" { "unknown_parameter" } else { self.code };
        Self::shown(InputFault::parameter(&name, code, self.detail), self.params)
    }

    fn shown(fault: InputFault, params: Option<Value>) -> InputFault {
        match params {
            Some(params) => fault.with_params(params),
            None => fault,
        }
    }
}

fn broken(error: &ValidationError<'_>, whole: &Value) -> Vec<Broken> {
    let path = error.instance_path().as_str().to_owned();
    match error.kind() {
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            unexpected.iter().map(|name| unknown(&path, name)).collect()
        }
        Kind::Required { property } => {
            let path = member(&path, property.as_str().unwrap_or_default());
            vec![Broken::new(path, "required", "is required")]
        }
        Kind::FalseSchema => members(&path, whole).map(|name| unknown(&path, name)).collect(),
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => alternatives(path, context, whole),
        kind => vec![single(path, kind)],
    }
}

/// Where an object may have no members at all, the validator names none of those it has.
fn members<'a>(path: &str, whole: &'a Value) -> impl Iterator<Item = &'a String> {
    whole.pointer(path).and_then(Value::as_object).into_iter().flat_map(|object| object.keys())
}

fn unknown(path: &str, name: &str) -> Broken {
    Broken::new(member(path, name), "unknown_member", "is not known here")
}

fn member(path: &str, name: &str) -> String {
    format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn single(path: String, kind: &Kind) -> Broken {
    let fault = |code, detail: String, params| Broken::new(path.clone(), code, detail).with(params);
    match kind {
        Kind::Type { kind } => wrong_type(&path, kind),
        Kind::MaxLength { limit } => {
            fault("too_long", format!("must have at most {limit} characters"), json!({"max": limit}))
        }
        Kind::MinLength { limit } => {
            fault("too_short", format!("must have at least {limit} characters"), json!({"min": limit}))
        }
        Kind::MaxItems { limit } | Kind::MaxProperties { limit } => {
            fault("too_many", format!("must have at most {limit} entries"), json!({"max": limit}))
        }
        Kind::MinItems { limit } | Kind::MinProperties { limit } => {
            fault("too_few", format!("must have at least {limit} entries"), json!({"min": limit}))
        }
        Kind::Minimum { limit } => {
            fault("out_of_range", format!("must be at least {limit}"), json!({"min": limit}))
        }
        Kind::Maximum { limit } => {
            fault("out_of_range", format!("must be at most {limit}"), json!({"max": limit}))
        }
        Kind::ExclusiveMinimum { limit } => {
            fault("out_of_range", format!("must be more than {limit}"), json!({"above": limit}))
        }
        Kind::ExclusiveMaximum { limit } => {
            fault("out_of_range", format!("must be less than {limit}"), json!({"below": limit}))
        }
        Kind::Enum { options } => fault(
            "unknown_value",
            "must be one of the documented values".to_owned(),
            json!({"allowed": **options}),
        ),
        Kind::Format { format } => {
            fault("invalid_format", format!("must be a {format}"), json!({"format": format}))
        }
        Kind::Pattern { pattern } => {
            fault("pattern", "does not have the documented form".to_owned(), json!({"pattern": pattern}))
        }
        other => plain(path, other),
    }
}

fn plain(path: String, kind: &Kind) -> Broken {
    let (code, detail) = match kind {
        Kind::Constant { .. } => ("unknown_value", "is not the documented value"),
        Kind::UniqueItems => ("duplicate", "must not name the same thing twice"),
        Kind::MultipleOf { .. } => ("out_of_range", "is not a multiple of the documented step"),
        Kind::OneOfMultipleValid { .. } => ("no_alternative", "fits several of the documented alternatives"),
        Kind::PropertyNames { .. } => ("unknown_member", "has a member with a name that is not allowed"),
        _ => ("invalid", "is not as documented"),
    };
    Broken::new(path, code, detail)
}

fn wrong_type(path: &str, kind: &TypeKind) -> Broken {
    let expected: Vec<String> = match kind {
        TypeKind::Single(one) => vec![one.to_string()],
        TypeKind::Multiple(several) => several.into_iter().map(|one| one.to_string()).collect(),
    };
    let detail = format!("must be of type {}", expected.join(" or "));
    Broken::new(path.to_owned(), "wrong_type", detail).with(json!({"expected": expected}))
}

/// Of several alternatives, the faults of the one that was meant: the only one of the right type at all.
/// (A value that may be null is an alternative of null and the value.)
fn alternatives(path: String, context: &[Vec<ValidationError<'static>>], whole: &Value) -> Vec<Broken> {
    let wrong_kind = |error: &ValidationError<'_>| {
        matches!(error.kind(), Kind::Type { .. }) && error.instance_path().as_str() == path
    };
    let mut meant = context.iter().filter(|errors| !errors.iter().any(wrong_kind));
    match (meant.next(), meant.next()) {
        (Some(errors), None) => errors.iter().flat_map(|error| broken(error, whole)).collect(),
        _ => vec![Broken::new(path, "no_alternative", "fits none of the documented alternatives")],
    }
}
