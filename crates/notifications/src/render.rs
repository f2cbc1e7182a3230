//! Facts in, mail out. User text is data here, never template source; in HTML it is escaped, in a subject it is
//! one line. What a template asks for and nobody tells is an error, not an empty place.

mod files;
mod filters;

use kernel::Locale;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, ErrorKind, Output, State, UndefinedBehavior, escape_formatter};

use crate::{Error, Template};

/// A mail as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What is rendered.
pub(crate) struct Sheet<'a> {
    pub(crate) template: Template,
    pub(crate) locale: Locale,
    pub(crate) name: Option<&'a str>,
    pub(crate) link: Option<&'a str>,
    pub(crate) preferences_link: Option<&'a str>,
    pub(crate) facts: &'a serde_json::Value,
}

/// How the product calls itself in mails.
const PRODUCT: &str = "Mero Jugx";

pub(crate) struct Renderer {
    environment: Environment<'static>,
}

impl Renderer {
    pub(crate) fn new() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(syntax());
        environment.set_formatter(write_value);
        filters::add(&mut environment);
        for (name, source) in files::ALL {
            environment.add_template(name, source).expect("a test renders every embedded template");
        }
        Self { environment }
    }

    pub(crate) fn render(&self, sheet: &Sheet<'_>) -> Result<Rendered, Error> {
        let mut facts = facts(sheet)?;
        let subject = self.part(sheet, "subject", &facts)?.trim().to_owned();
        if subject.is_empty() || subject.chars().any(char::is_control) {
            return Err(minijinja::Error::new(ErrorKind::BadSerialization, "a subject is one line").into());
        }
        facts.insert("subject".to_owned(), subject.clone().into());
        let (text, html) = (self.part(sheet, "txt", &facts)?, self.part(sheet, "html", &facts)?);
        Ok(Rendered { subject, text: text + "\n", html: html + "\n" })
    }

    fn part(&self, sheet: &Sheet<'_>, kind: &str, facts: &Known) -> Result<String, Error> {
        let name = format!("{}/{}.{kind}", sheet.locale.tag(), sheet.template.name());
        Ok(self.environment.get_template(&name)?.render(Serde(facts))?)
    }
}

/// A tag on a line of its own leaves no line behind.
fn syntax() -> SyntaxConfig {
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true);
    syntax.build().expect("the usual tags")
}

/// The built-in roles, which are stored by their English names, in Nepali.
const ROLES: [(&str, &str); 4] =
    [("Owner", "स्वामी"), ("Admin", "प्रशासक"), ("Member", "सदस्य"), ("Guest", "अतिथि")];

type Known = serde_json::Map<String, serde_json::Value>;

/// The letter's own facts, null for optional ones that are absent (a required one that is null counts as absent), and what every template may speak of.
fn facts(sheet: &Sheet<'_>) -> Result<Known, Error> {
    let Some(told) = sheet.facts.as_object() else {
        return Err(minijinja::Error::new(ErrorKind::BadSerialization, "the facts are no object").into());
    };
    let optional = sheet.template.facts().optional.iter();
    let mut known: Known = optional.map(|name| ((*name).to_owned(), serde_json::Value::Null)).collect();
    known.extend(told.clone().into_iter().filter(|(_, value)| !value.is_null()));
    if sheet.locale == Locale::Ne {
        for name in ["role", "previous_role"] {
            let built_in = |value: &&mut serde_json::Value| {
                ROLES.iter().find(|(english, _)| value.as_str() == Some(english)).map(|(_, nepali)| *nepali)
            };
            if let Some(value) = known.get_mut(name)
                && let Some(nepali) = built_in(&value)
            {
                *value = nepali.into();
            }
        }
    }
    let common = [
        ("product", Some(PRODUCT)),
        ("lang", Some(sheet.locale.tag())),
        ("name", sheet.name),
        ("link", sheet.link),
        ("preferences_link", sheet.preferences_link),
    ];
    known.extend(common.map(|(name, value)| (name.to_owned(), value.into())));
    Ok(known)
}

/// In a subject, line breaks and other control characters become spaces; elsewhere the file's ending decides.
fn write_value(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    if !state.name().ends_with(".subject") {
        return escape_formatter(out, state, value);
    }
    let line = value.to_string().replace(char::is_control, " ");
    out.write_str(&line).map_err(minijinja::Error::from)
}

#[cfg(test)]
mod tests;
