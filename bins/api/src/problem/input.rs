use kernel::FieldFault;
use serde::Serialize;
use serde_json::Value;

/// What is wrong with one member of the body or one parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InputFault {
    #[serde(flatten)]
    place: Place,
    code: &'static str,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    params: Option<Value>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
enum Place {
    /// A JSON pointer into the body, as a URI fragment.
    Pointer(String),
    /// A parameter in the query or a header.
    Parameter(String),
}

impl InputFault {
    /// A fault in the body; `path` is a JSON pointer (`/lines/0/quantity`, empty for the whole).
    pub fn at(path: &str, code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(Place::Pointer(format!("#{path}")), code, detail)
    }

    /// A fault of a parameter in the query or a header.
    pub fn parameter(name: &str, code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(Place::Parameter(name.to_owned()), code, detail)
    }

    fn new(place: Place, code: &'static str, detail: impl Into<String>) -> Self {
        Self { place, code, detail: detail.into(), params: None }
    }

    /// The same, with the figures of the rule that was broken.
    #[must_use]
    pub fn with_params(self, params: Value) -> Self {
        Self { params: Some(params), ..self }
    }

    /// The same fault of a request without a body: what a domain calls a field came as a parameter.
    pub(super) fn in_query(self) -> Self {
        let place = match self.place {
            Place::Pointer(pointer) => {
                let path = pointer.trim_start_matches("#/");
                Place::Parameter(path.split('/').next().unwrap_or_default().to_owned())
            }
            parameter @ Place::Parameter(_) => parameter,
        };
        Self { place, ..self }
    }
}

impl From<&FieldFault> for InputFault {
    /// Domains name fields in their own spelling; the wire has `camelCase`.
    fn from(fault: &FieldFault) -> Self {
        let path = fault.field.split('/').map(|name| format!("/{}", escape(&camel_case(name))));
        let pointer = if fault.field.is_empty() { String::new() } else { path.collect() };
        Self::at(&pointer, fault.code, &fault.detail)
    }
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut text = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        text.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        text.push_str(letters.as_str());
    }
    text
}
