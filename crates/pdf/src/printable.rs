//! Texts as the fonts can show them.

/// Text without what must not or cannot be printed: control characters and marks that turn the reading direction are
/// left out, a tab is a space, and what no font of ours has becomes [`MISSING`], as does a mark on a letter of another
/// script. PDF/A wants every character to have a glyph.
pub(crate) fn printable(text: &str, has_glyph: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        let after_devanagari = shown.chars().next_back().is_some_and(is_devanagari);
        let next = match character {
            '\t' => Some(' '),
            _ if is_joiner(character) => after_devanagari.then_some(character),
            _ if character.is_control() || is_invisible(character) => None,
            _ if is_devanagari_mark(character) && !after_devanagari => Some(MISSING),
            _ if is_other_mark(character) && after_devanagari => Some(MISSING),
            _ if has_glyph(character) => Some(character),
            _ => Some(MISSING),
        };
        shown.extend(next);
    }
    shown
}

/// The lines of a text, each printable; blank ones at both ends are left out.
pub(crate) fn lines(text: &str, has_glyph: impl Fn(char) -> bool) -> Vec<String> {
    let breaks =
        |character| matches!(character, '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}');
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let line = |line: &str| printable(line, &has_glyph).trim_end().to_owned();
    let lines: Vec<_> = text.split(breaks).map(line).collect();
    let first = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(first, |last| last + 1);
    lines.into_iter().take(last).skip(first).collect()
}

/// Stands for a character that no font has.
pub(crate) const MISSING: char = '\u{25a1}';

/// Zero width joiner and non-joiner, which shape Devanagari.
const fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

const fn is_devanagari(character: char) -> bool {
    is_joiner(character)
        || matches!(character, '\u{900}'..='\u{97f}' | '\u{1cd0}'..='\u{1cfa}' | '\u{25cc}' | '\u{a8e0}'..='\u{a8ff}')
}

/// Signs that stand on, below or beside a letter of Devanagari.
const fn is_devanagari_mark(character: char) -> bool {
    matches!(
        character,
        '\u{900}'..='\u{903}'
            | '\u{93a}'..='\u{93c}'
            | '\u{93e}'..='\u{94f}'
            | '\u{951}'..='\u{957}'
            | '\u{962}'..='\u{963}'
            | '\u{1cd0}'..='\u{1cfa}'
            | '\u{a8e0}'..='\u{a8f1}'
    )
}

/// Marks of the other scripts that the fonts have.
const fn is_other_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{20d0}'..='\u{20ff}')
}

/// Marks of direction and format, which show nothing; some would let a text read otherwise than it is.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ascii(character: char) -> bool {
        character.is_ascii_graphic() || character == ' '
    }

    #[test]
    fn what_no_font_has_is_seen_to_be_missing() {
        assert_eq!(printable("Ra\u{4e2d}\u{1f600}m", ascii), "Ra\u{25a1}\u{25a1}m");
    }

    #[test]
    fn what_would_turn_the_reading_direction_is_left_out() {
        assert_eq!(printable("a\u{202e}b\u{2066}c\u{0}\u{7f}\td\u{ad}", ascii), "abc d");
    }

    #[test]
    fn marks_stay_with_letters_of_their_script() {
        assert_eq!(
            printable("क्ष र्\u{200d}या a\u{94d} \u{93e}b\u{301}", |_| true),
            "क्ष र्\u{200d}या a\u{25a1} \u{25a1}b\u{301}"
        );
        assert_eq!(printable("क\u{301} a\u{200d}b", |_| true), "क\u{25a1} ab");
    }

    #[test]
    fn lines_are_those_of_every_system_and_blank_ones_at_the_ends_are_left_out() {
        assert_eq!(lines("\n \na \r\n\nb\rc\u{2028}d\n\n", ascii), ["a", "", "b", "c", "d"]);
        assert_eq!(lines(" \n ", ascii), Vec::<String>::new());
    }
}
