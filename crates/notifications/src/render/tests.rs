use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

use super::*;

const LINK: &str = "https://jugx.example.com/verify-email#token=abc&x=1";

fn sheet<'a>(template: Template, locale: Locale, facts: &'a serde_json::Value) -> Sheet<'a> {
    let preferences_link =
        template.can_be_muted().then_some("https://jugx.example.com/settings/notifications");
    Sheet { template, locale, name: Some("Asha Rai"), link: Some(LINK), preferences_link, facts }
}

fn each(mut look: impl FnMut(Template, Locale)) {
    for template in Template::ALL {
        for locale in Locale::ALL {
            look(template, locale);
        }
    }
}

#[test]
fn every_template_speaks_both_languages() {
    let renderer = Renderer::new();
    each(|template, locale| {
        let what = format!("{} in {}", template.name(), locale.tag());
        let mail = renderer.render(&sheet(template, locale, &template.sample(locale))).expect(&what);
        for part in [&mail.subject, &mail.text, &mail.html] {
            assert!(
                !part.contains("undefined") && !part.contains("none") || part == &mail.html,
                "{what}: {part}"
            );
            assert!(!part.contains("{{") && !part.contains("{%") && !part.contains("**"), "{what}: {part}");
        }
        let nepali = |text: &str| text.chars().any(|c| ('\u{900}'..='\u{97f}').contains(&c));
        assert_eq!(nepali(&mail.subject), locale == Locale::Ne, "{what}: {}", mail.subject);
        assert_eq!(nepali(&mail.html), locale == Locale::Ne, "{what}");
        assert!(mail.text.contains(LINK), "{what}: {}", mail.text);
        assert_eq!(
            mail.html.matches("href=\"https:&#x2f;&#x2f;jugx.example.com&#x2f;verify-email").count(),
            2,
            "{what}"
        );
        assert!(!mail.text.contains("\n\n\n"), "{what}: {}", mail.text);
    });
}

#[test]
fn absent_optional_facts_leave_no_hole() {
    let renderer = Renderer::new();
    each(|template, locale| {
        let what = format!("{} in {}", template.name(), locale.tag());
        let mut facts = template.sample(locale);
        for name in template.facts().optional {
            facts.as_object_mut().expect("an object").remove(*name);
        }
        let sheet =
            Sheet { name: None, link: None, preferences_link: None, ..sheet(template, locale, &facts) };
        let mail = renderer.render(&sheet).expect(&what);
        assert!(!mail.text.contains("none") && !mail.subject.contains("none"), "{what}: {}", mail.text);
        assert!(!mail.text.contains("\n\n\n"), "{what}: {}", mail.text);
        assert!(!mail.html.contains("<a "), "{what}");
    });
}

#[test]
fn an_absent_required_fact_is_an_error() {
    let renderer = Renderer::new();
    each(|template, locale| {
        for name in template.facts().required {
            let mut facts = template.sample(locale);
            facts[*name] = serde_json::Value::Null;
            let null = renderer.render(&sheet(template, locale, &facts));
            facts.as_object_mut().expect("an object").remove(*name);
            let absent = renderer.render(&sheet(template, locale, &facts));
            for missing in [null, absent] {
                assert!(matches!(missing, Err(Error::Render(_))), "{} without {name}", template.name());
            }
        }
    });
}

#[test]
fn the_samples_tell_every_fact_and_no_other() {
    each(|template, locale| {
        let facts = template.facts();
        let known: BTreeSet<&str> = facts.required.iter().chain(facts.optional).copied().collect();
        let sample = template.sample(locale);
        let told: BTreeSet<&str> =
            sample.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(told, known, "{}", template.name());
    });
}

/// Every text fact of every template says something evil; it must come out as what it is.
#[test]
fn user_text_is_data() {
    let renderer = Renderer::new();
    let evil = "{{7*7}}<img src=x onerror=alert(1)>\"'{% raw %}\r\nBcc: v@evil.example\r\n\r\n<p>";
    each(|template, locale| {
        let what = format!("{} in {}", template.name(), locale.tag());
        let mut facts = template.sample(locale);
        for (name, value) in facts.as_object_mut().expect("an object") {
            if value.is_string() && !["at", "time_zone", "change", "due_on"].contains(&name.as_str()) {
                *value = json!(evil);
            }
        }
        let mail =
            renderer.render(&Sheet { name: Some(evil), ..sheet(template, locale, &facts) }).expect(&what);
        assert!(!mail.subject.chars().any(char::is_control), "{what}: {:?}", mail.subject);
        assert!(mail.text.contains("{{7*7}}<img src=x onerror=alert(1)>"), "{what}: {}", mail.text);
        assert!(mail.html.contains("{{7*7}}&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;"), "{what}");
        assert!(!mail.html.contains("<img") && !mail.html.contains(">49"), "{what}");
    });
}

#[test]
fn each_change_of_the_second_factor_has_its_own_words() {
    let renderer = Renderer::new();
    for locale in Locale::ALL {
        let mut subjects = BTreeSet::new();
        for change in ["enabled", "disabled", "recovery_codes_regenerated", "recovery_code_used", "else"] {
            let facts = json!({ "change": change, "at": "2026-01-15T09:00:00Z", "time_zone": "UTC" });
            let mail = renderer.render(&sheet(Template::MfaChanged, locale, &facts)).expect(change);
            assert!(
                !mail.text.contains("\n\n\n") && subjects.insert(mail.subject),
                "{change}: {}",
                mail.text
            );
        }
    }
}

#[test]
fn a_link_cannot_leave_its_attribute() {
    let facts = Template::Welcome.sample(Locale::En);
    let link = "https://jugx.example.com/\"><script>alert(1)</script>";
    let sheet = Sheet { link: Some(link), ..sheet(Template::Welcome, Locale::En, &facts) };
    let mail = Renderer::new().render(&sheet).expect("rendered");
    assert!(!mail.html.contains("<script"), "{}", mail.html);
}

#[test]
fn a_nepali_ending_grows_on_to_words_of_its_script_alone() {
    let mut environment = Environment::new();
    filters::add(&mut environment);
    for (name, said) in
        [("विकास थापा", "विकास थापाले"), ("Bikash Thapa", "Bikash Thapa ले"), ("टिम 7", "टिम 7 ले")]
    {
        let source = "{{ name }}{{ \"ले\"|after(name) }}";
        let rendered = environment.render_str(source, Serde(&json!({ "name": name }))).expect("rendered");
        assert_eq!(rendered, said);
    }
}

#[test]
fn times_and_durations_follow_the_language() {
    let mut environment = Environment::new();
    filters::add(&mut environment);
    let say = |source: &str, lang: &str| {
        let known = json!({ "lang": lang, "at": "2026-01-15T18:30:00Z", "zone": "Asia/Kathmandu" });
        environment.render_str(source, Serde(&known)).expect("rendered")
    };
    assert_eq!(say("{{ at|moment(zone) }}", "en"), "16 January 2026, 00:15 (Asia/Kathmandu)");
    assert_eq!(say("{{ at|moment(zone) }}", "ne"), "१६ जनवरी २०२६, ००:१५ (Asia/Kathmandu)");
    assert_eq!(say("{{ at|day(zone) }}", "ne"), "१६ जनवरी २०२६");
    for (minutes, english, nepali) in [
        ("1", "1 minute", "१ मिनेट"),
        ("30", "30 minutes", "३० मिनेट"),
        ("60", "1 hour", "१ घण्टा"),
        ("90", "90 minutes", "९० मिनेट"),
        ("1440", "24 hours", "२४ घण्टा"),
        ("10080", "7 days", "७ दिन"),
        ("10079", "7 days", "७ दिन"),
        ("1439", "24 hours", "२४ घण्टा"),
        ("59", "1 hour", "१ घण्टा"),
        ("29", "30 minutes", "३० मिनेट"),
        ("27", "27 minutes", "२७ मिनेट"),
        ("-3", "1 minute", "१ मिनेट"),
    ] {
        let source = format!("{{{{ ({minutes})|duration }}}}");
        assert_eq!((say(&source, "en").as_str(), say(&source, "ne").as_str()), (english, nepali));
    }
}

#[test]
fn times_that_are_none_are_refused() {
    let facts = json!({ "at": "tomorrow", "time_zone": "Asia/Kathmandu" });
    let renderer = Renderer::new();
    assert!(renderer.render(&sheet(Template::AccountDeletion, Locale::En, &facts)).is_err());
    let facts = json!({ "at": "2026-01-15T18:30:00Z", "time_zone": "Mars/Olympus" });
    assert!(renderer.render(&sheet(Template::AccountDeletion, Locale::En, &facts)).is_err());
}

#[test]
fn every_file_of_the_folder_is_embedded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut found = BTreeSet::new();
    for inner in ["", "en", "ne"] {
        for entry in std::fs::read_dir(folder.join(inner)).expect("a folder") {
            let path = entry.expect("readable").path();
            if path.is_file() {
                found.insert(path.strip_prefix(&folder).expect("inside").to_string_lossy().into_owned());
            }
        }
    }
    let embedded: BTreeSet<String> = files::ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(found, embedded);
}
