use std::borrow::Cow;

/// Text for a cell of a CSV export, so that no spreadsheet takes it for a formula: a cell that begins with
/// `=`, `+`, `-`, `@`, a tab or a line break, or with a full-width form of these signs, gets a leading `'`.
/// Numbers that the program wrote itself need none of it. Quoting (RFC 4180) is the writer's.
pub fn csv_text(text: &str) -> Cow<'_, str> {
    if text.starts_with(begins_a_formula) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

fn begins_a_formula(first: char) -> bool {
    matches!(
        first,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"]
        {
            assert_eq!(csv_text(formula), format!("'{formula}"));
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["", "a=b", "'quoted", "नेपाल", " 1-2"] {
            assert!(matches!(csv_text(text), Cow::Borrowed(same) if same == text));
        }
    }
}
