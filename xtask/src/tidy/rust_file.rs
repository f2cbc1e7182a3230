//! A Rust file with its code, its comments and its literals told apart, so that a word in a comment or
//! in a string is not taken for code.

/// Lines count from 0 here; findings add 1.
#[derive(Debug)]
pub(crate) struct RustFile {
    pub(crate) path: String,
    /// The file with comments and literals blanked.
    pub(crate) code: Vec<String>,
    /// The file with everything but comments blanked.
    pub(crate) comments: Vec<String>,
    /// Whether a line belongs to an item under `#[cfg(test)]`.
    in_test: Vec<bool>,
}

impl RustFile {
    pub(crate) fn read(path: &str, text: &str) -> Self {
        let (code, comments) = told_apart(text);
        let code: Vec<_> = code.lines().map(str::to_owned).collect();
        let comments = comments.lines().map(str::to_owned).collect();
        Self { path: path.to_owned(), in_test: test_lines(&code), code, comments }
    }

    /// Tests, benches, examples and build scripts: not part of any library or program.
    pub(crate) fn is_beside_the_code(&self) -> bool {
        let mut folders = self.path.split('/');
        folders.any(|folder| ["tests", "benches", "examples", "tests.rs", "build.rs"].contains(&folder))
    }

    /// The lines that end up in a library or a program, with their numbers.
    pub(crate) fn library_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let whole_file = !self.is_beside_the_code();
        let lines = self.code.iter().zip(&self.in_test).enumerate();
        lines
            .filter(move |(_, (_, in_test))| whole_file && !**in_test)
            .map(|(at, (line, _))| (at, line.as_str()))
    }
}

/// Where `word` stands in `line` as a word of its own: not inside a longer name.
pub(crate) fn word_in(line: &str, word: &str) -> bool {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|text| text.chars().next());
        let begun_before = word.starts_with(is_name) && before.is_some_and(is_name);
        let goes_on = word.ends_with(is_name) && after.is_some_and(is_name);
        !begun_before && !goes_on
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Code,
    Comment,
    Literal,
}

fn told_apart(text: &str) -> (String, String) {
    let (mut code, mut comments) = (String::with_capacity(text.len()), String::with_capacity(text.len()));
    let (mut rest, mut previous) = (text, ' ');
    while let Some(first) = rest.chars().next() {
        let (part, length) = next_part(rest, first, previous);
        let (piece, after) = rest.split_at(length);
        for character in piece.chars() {
            let blank = if character == '\n' { '\n' } else { ' ' };
            code.push(if part == Part::Code { character } else { blank });
            comments.push(if part == Part::Comment { character } else { blank });
        }
        previous = piece.chars().next_back().unwrap_or(' ');
        rest = after;
    }
    (code, comments)
}

fn next_part(rest: &str, first: char, previous: char) -> (Part, usize) {
    if rest.starts_with("//") {
        return (Part::Comment, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (Part::Comment, block_comment(rest));
    }
    let inside_a_name = previous.is_alphanumeric() || previous == '_';
    let literal = if first == '\'' { character(rest) } else { string(rest).filter(|_| !inside_a_name) };
    literal.map_or((Part::Code, first.len_utf8()), |length| (Part::Literal, length))
}

/// Block comments nest.
fn block_comment(rest: &str) -> usize {
    let (mut at, mut depth) = (0, 0);
    while let Some(text) = rest.get(at..).filter(|text| !text.is_empty()) {
        if text.starts_with("/*") {
            (at, depth) = (at + 2, depth + 1);
        } else if text.starts_with("*/") {
            (at, depth) = (at + 2, depth - 1);
            if depth == 0 {
                return at;
            }
        } else {
            at += text.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// A string, a byte string, a C string, raw or not; `None` when none begins here.
fn string(rest: &str) -> Option<usize> {
    let body = rest.trim_start_matches(['b', 'c']);
    if rest.len() - body.len() > 1 {
        return None;
    }
    let Some(raw) = body.strip_prefix('r') else {
        return body.strip_prefix('"').map(|text| rest.len() - text.len() + closing_quote(text));
    };
    let hashes: String = raw.chars().take_while(|character| *character == '#').collect();
    let text = raw.strip_prefix(hashes.as_str())?.strip_prefix('"')?;
    let end = format!("\"{hashes}");
    let length = text.find(&end).map_or(text.len(), |at| at + end.len());
    Some(rest.len() - text.len() + length)
}

fn closing_quote(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

/// `'x'` or `'\n'`; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let text = rest.strip_prefix('\'')?;
    let first = text.chars().next()?;
    let closing = if first == '\\' { 2 } else { first.len_utf8() };
    let end = text.get(closing..)?.find('\'')?;
    (first == '\\' || end == 0).then_some(1 + closing + end + 1)
}

fn test_lines(code: &[String]) -> Vec<bool> {
    let mut depth = None;
    code.iter()
        .map(|line| {
            if depth.is_none() && is_test_attribute(line) {
                depth = Some(0);
            }
            let Some(open) = depth else { return false };
            depth = after_line(line, open);
            true
        })
        .collect()
}

fn is_test_attribute(line: &str) -> bool {
    line.contains("#[cfg(") && word_in(line, "test") && !line.contains("not(test")
}

/// Braces that are open after a line of the item; `None` when the item ends in it.
fn after_line(line: &str, mut open: usize) -> Option<usize> {
    for character in line.chars() {
        match character {
            '{' => open += 1,
            '}' if open <= 1 => return None,
            '}' => open -= 1,
            ';' if open == 0 => return None,
            _ => {}
        }
    }
    Some(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        told_apart(text).0
    }

    #[test]
    fn literals_and_comments_are_no_code() {
        assert_eq!(code(r#"a("x // y"); // b"#), "a(        );     ");
        assert_eq!(code("let c = '\"'; d"), "let c =    ; d");
        assert_eq!(code(r"let c = '\''; d"), "let c =     ; d");
        assert_eq!(code("r#\"a \" b\"# c"), "           c");
        assert_eq!(code("/* a /* b */ c */ d"), "                  d");
    }

    #[test]
    fn escapes_do_not_end_a_string() {
        assert_eq!(code(r#""a\"b\\" c"#), "         c");
    }

    #[test]
    fn lifetimes_and_names_are_code() {
        assert_eq!(code("fn f<'a>(x: &'a str)"), "fn f<'a>(x: &'a str)");
        assert_eq!(code("bar(\"x\")"), "bar(   )");
        assert_eq!(code("br\"x\" b\"y\" c"), "           c");
    }

    #[test]
    fn comments_are_kept_apart_from_code() {
        assert_eq!(told_apart("a // b\nc").1, "  // b\n ");
    }

    #[test]
    fn a_test_module_is_not_library_code() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}";
        let file = RustFile::read("crates/x/src/lib.rs", text);
        let lines: Vec<_> = file.library_lines().map(|(at, _)| at).collect();
        assert_eq!(lines, [0, 5]);
    }

    #[test]
    fn a_test_module_in_its_own_file_ends_at_the_semicolon() {
        let file = RustFile::read("crates/x/src/lib.rs", "#[cfg(test)]\nmod tests;\nfn c() {}");
        assert_eq!(file.library_lines().map(|(at, _)| at).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn words_are_whole_words() {
        assert!(word_in("use rand::rng;", "rand::"));
        assert!(!word_in("operand::new()", "rand::"));
        assert!(!word_in("my_entities", "entities"));
        assert!(word_in("database::entities::ticket", "entities"));
    }
}
