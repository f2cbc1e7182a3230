use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

use super::*;

fn asha() -> Reader {
    Reader {
        email: "asha@example.com".to_owned(),
        first_name: Some("Asha".to_owned()),
        last_name: Some("Rai".to_owned()),
    }
}

fn acme() -> Sender {
    Sender { organization: "Acme & Sons".to_owned(), locale: Locale::En }
}

fn filled(subject: &str, body: &str, reader: &Reader) -> Filled {
    Content::read(subject, body).fill(reader, &acme(), "https://x.example/unsubscribe/1")
}

fn codes(subject: &str, body: &str) -> Vec<&'static str> {
    Content::read(subject, body).faults.iter().map(|fault| fault.code).collect()
}

#[test]
fn fields_are_filled_in_and_fall_back_where_nothing_is_known() {
    let source = "Dear {{ first_name | friend }}, of {{organization}}: {{full_name|x}} {{email}}.";
    let known = filled("{{first_name|there}}!", source, &asha());
    assert_eq!(known.subject, "Asha!");
    assert!(
        known.text.starts_with("Dear Asha, of Acme & Sons: Asha Rai asha@example.com.\n"),
        "{}",
        known.text
    );
    assert!(known.html.contains("<p>Dear Asha, of Acme &amp; Sons: Asha Rai asha@example.com.</p>"));
    let unknown = filled("Hello {{first_name|there}}", source, &Reader::default());
    assert_eq!(unknown.subject, "Hello there");
    assert!(unknown.text.starts_with("Dear friend, of Acme & Sons: x .\n"), "{}", unknown.text);
}

#[test]
fn markdown_becomes_html_and_html_stays_text() {
    let mail = filled(
        "s",
        "# Tea\n\n**Now** [here](https://x.example/a?b=1&c=2)\n\n<script>alert(1)</script>",
        &asha(),
    );
    assert!(mail.html.contains("<h1>Tea</h1>"), "{}", mail.html);
    assert!(mail.html.contains("<strong>Now</strong> <a href=\"https://x.example/a?b=1&amp;c=2\">here</a>"));
    assert!(mail.html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{}", mail.html);
    assert!(!mail.html.contains("<script"));
}

#[test]
fn every_fault_is_found_at_once() {
    assert_eq!(codes("", " "), ["subject_missing", "body_missing"]);
    let body = "{{fist_name}} {{first_name\n[a](javascript:alert(1)) [b](/x) ![c](http://x.example/p.png) [d](https://x/{{email}}) {{last_name}}";
    let found = codes("Tea", body);
    let expected = [
        "field_unknown",
        "field_broken",
        "link_refused",
        "link_refused",
        "link_refused",
        "link_refused",
        "field_may_be_empty",
    ];
    assert_eq!(found, expected);
    assert!(codes("Tea", "Dear {{first_name|friend}}, [shop](https://x.example)").is_empty());
}

#[test]
fn a_link_that_is_refused_leaves_its_words() {
    let mail = filled("s", "[click](javascript:alert(1)) and [this](https://x.example)", &asha());
    assert!(mail.html.contains("<p>click and <a href=\"https://x.example\">this</a></p>"), "{}", mail.html);
}

#[test]
fn the_way_out_is_in_every_mail() {
    let mail = filled("s", "b", &asha());
    for part in [&mail.html, &mail.text] {
        assert!(part.contains("https://x.example/unsubscribe/1"), "{part}");
    }
}

proptest! {
    /// Names are data: no Markdown, no field, no HTML in them means anything.
    #[test]
    fn any_name_prints_literally(name in "\\PC{1,60}") {
        let reader = Reader { first_name: Some(name.clone()), ..asha() };
        let mail = filled("Hi {{first_name}}", "*Dear* {{first_name}}!", &reader);
        let name = name.trim();
        prop_assert_eq!(mail.subject, format!("Hi {name}"));
        let text = format!("*Dear* {name}!");
        prop_assert!(mail.text.starts_with(&text), "{}", mail.text);
        let html = format!("<p><em>Dear</em> {}!</p>", html_escaped(name));
        prop_assert!(mail.html.contains(&html), "{}", mail.html);
    }

    /// Whatever an author types, no tag comes out of it that Markdown does not know, and nothing panics.
    #[test]
    fn any_body_is_safe(body in "[<>a-z\"'&{}|\\[\\]()!*_#:/ \n\u{e000}\u{e001}0-9`-]{0,200}") {
        let mail = filled("s", &body, &asha());
        let lower = mail.html.to_lowercase();
        for tag in ["<script", "<iframe", "<style", "<svg", "<form", "<object"] {
            prop_assert!(!lower.contains(tag), "{}", lower);
        }
        let marks = ['\u{e000}', '\u{e001}'];
        prop_assert!(!mail.html.contains(marks));
    }
}
