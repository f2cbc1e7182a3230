//! Texts as the fonts can show them.

/// Text without what must not or cannot be printed: control characters and marks that turn the reading direction are
/// left out, a tab is a space, and what no font of ours has becomes [`MISSING`]. PDF/A wants every character to have a
/// glyph.
pub(crate) fn printable(text: &str, has_glyph: impl Fn(char) -> bool) -> String {
    let shown = |character: char| match character {
        '\t' => Some(' '),
        ZERO_WIDTH_NON_JOINER | ZERO_WIDTH_JOINER => Some(character),
        _ if character.is_control() || is_invisible(character) => None,
        _ if has_glyph(character) => Some(character),
        _ => Some(MISSING),
    };
    text.chars().filter_map(shown).collect()
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

/// Both shape Devanagari.
const ZERO_WIDTH_NON_JOINER: char = '\u{200c}';
const ZERO_WIDTH_JOINER: char = '\u{200d}';

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
    fn lines_are_those_of_every_system_and_blank_ones_at_the_ends_are_left_out() {
        assert_eq!(lines("\n \na \r\n\nb\rc\u{2028}d\n\n", ascii), ["a", "", "b", "c", "d"]);
        assert_eq!(lines(" \n ", ascii), Vec::<String>::new());
    }
}
