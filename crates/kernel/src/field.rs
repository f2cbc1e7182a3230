use std::fmt;

/// What is wrong with one member of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// Where: member names and indexes joined by `/`, as in `invitations/0/email`.
    pub field: String,
    /// A stable `snake_case` word for programs.
    pub code: &'static str,
    /// What to change, lowercase, no full stop.
    pub detail: String,
}

impl FieldFault {
    /// A fault of one field.
    pub fn new(field: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Self { field: field.into(), code, detail: detail.into() }
    }

    /// The same fault, its field inside another.
    pub fn within(self, outer: impl fmt::Display) -> Self {
        Self { field: format!("{outer}/{}", self.field), ..self }
    }
}

/// Gathers the faults of several fields, so that a caller learns all of them at once.
#[derive(Debug, Default)]
pub struct Fields {
    faults: Vec<FieldFault>,
}

impl Fields {
    /// Nothing wrong yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps the value, or notes what is wrong with it.
    pub fn check<T>(&mut self, parsed: Result<T, FieldFault>) -> Option<T> {
        parsed.map_err(|fault| self.faults.push(fault)).ok()
    }

    /// The same for a value that may have several faults.
    pub fn check_all<T>(&mut self, parsed: Result<T, Vec<FieldFault>>) -> Option<T> {
        parsed.map_err(|faults| self.faults.extend(faults)).ok()
    }

    /// Notes a fault.
    pub fn push(&mut self, fault: FieldFault) {
        self.faults.push(fault);
    }

    /// Whether nothing was wrong.
    pub fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }

    /// `Ok` if nothing was wrong, else all faults.
    pub fn finish(self) -> Result<(), Vec<FieldFault>> {
        if self.faults.is_empty() { Ok(()) } else { Err(self.faults) }
    }
}

/// One line of text, trimmed, 1 to `max` code points, no control characters (so no header can be smuggled in).
pub fn single_line(field: &str, text: &str, max: usize) -> Result<String, FieldFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FieldFault::new(field, "required", "must not be empty"));
    }
    if text.chars().count() > max {
        return Err(FieldFault::new(field, "too_long", format!("must have at most {max} characters")));
    }
    if text.chars().any(char::is_control) {
        return Err(FieldFault::new(
            field,
            "invalid_characters",
            "must not contain line breaks or control characters",
        ));
    }
    Ok(text.to_owned())
}

/// Text of several lines, up to `max` code points; control characters other than line breaks and tabs are refused.
pub fn multi_line(field: &str, text: &str, max: usize) -> Result<String, FieldFault> {
    if text.chars().count() > max {
        return Err(FieldFault::new(field, "too_long", format!("must have at most {max} characters")));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(FieldFault::new(field, "invalid_characters", "must not contain control characters"));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_is_no_part_of_a_line() {
        let fault = single_line("name", "x\r\nBcc: v@evil", 120).expect_err("refused");
        assert_eq!((fault.field.as_str(), fault.code), ("name", "invalid_characters"));
    }

    #[test]
    fn all_faults_are_kept() {
        let mut fields = Fields::new();
        assert_eq!(fields.check(single_line("a", " ", 3)), None);
        assert_eq!(fields.check(single_line("b", "long", 3)), None);
        assert_eq!(fields.check(single_line("c", " ok ", 3)).as_deref(), Some("ok"));
        assert_eq!(fields.finish().expect_err("two").len(), 2);
    }
}
