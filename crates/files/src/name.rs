use kernel::{FieldFault, single_line};

/// The longest name, in characters.
const LONGEST: usize = 200;

/// Endings of what runs when it is opened; a name that hides one of them before another ending is a trap.
const TRAPS: [&str; 24] = [
    "bat", "cmd", "com", "exe", "hta", "htm", "html", "jar", "js", "jse", "lnk", "mjs", "msi", "php",
    "phtml", "ps1", "py", "scr", "sh", "svg", "swf", "vbs", "wsf", "xhtml",
];

/// Judges a name: one line without path, and without characters that show it as another than it is.
pub(crate) fn parse(field: &str, text: &str) -> Result<String, FieldFault> {
    let name = single_line(field, text, LONGEST)?;
    let refuse = |detail: &str| Err(FieldFault::new(field, "invalid_characters", detail));
    if name.contains(['/', '\\']) || name.starts_with('.') || name.ends_with('.') {
        return refuse("must be a name without a path, and neither begin nor end with a dot");
    }
    if name.chars().any(is_hidden) {
        return refuse("must not contain characters that are not seen");
    }
    let inner: Vec<_> = name.split('.').skip(1).map(str::to_ascii_lowercase).collect();
    if inner.iter().rev().skip(1).any(|ending| TRAPS.contains(&ending.as_str())) {
        return Err(FieldFault::new(field, "double_extension", "must not hide one ending behind another"));
    }
    Ok(name)
}

/// The ending in small letters, if there is one.
pub(crate) fn ending(name: &str) -> Option<String> {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())
}

/// The same name with another ending.
pub(crate) fn with_ending(name: &str, ending: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}.{ending}")
}

/// Marks of direction and joints of no width.
fn is_hidden(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_as_people_write_them() {
        for name in ["Bill 12.pdf", "बिल.pdf", "report.v2.final.xlsx", "no ending"] {
            assert_eq!(parse("file", name).expect(name), name);
        }
        assert_eq!((ending("A.PDF").as_deref(), ending("none")), (Some("pdf"), None));
        assert_eq!(with_ending("trip.webp", "jpg"), "trip.jpg");
    }

    #[test]
    fn traps_are_no_names() {
        let evil = [
            "../../x",
            "..",
            "a/b.png",
            "a\\b.png",
            ".htaccess",
            "x.php.png",
            "x.html.jpg",
            "gpj.\u{202e}exe.png",
            "a\r\nb",
            " ",
        ];
        for name in evil {
            assert!(parse("file", name).is_err(), "{name:?}");
        }
    }
}
