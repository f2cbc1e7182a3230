use super::{ConfigFault, ConfigFaults};

/// Reads variables one by one and remembers what was wrong with each.
pub(super) struct Variables<'a> {
    read: &'a dyn Fn(&str) -> Option<String>,
    faults: Vec<ConfigFault>,
}

impl<'a> Variables<'a> {
    pub(super) fn new(read: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { read, faults: Vec::new() }
    }

    /// The trimmed value, or what stands for an absent one.
    pub(super) fn text_or(&self, name: &'static str, absent: &str) -> String {
        self.text(name).unwrap_or_else(|| absent.to_owned())
    }

    /// The trimmed value, unless it is absent or empty.
    fn text(&self, name: &'static str) -> Option<String> {
        (self.read)(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// The parsed value. `parse` says what it expected instead, in the words of the operator.
    pub(super) fn parse<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let value = self.text(name)?;
        parse(&value).map_err(|expected| self.faults.push(ConfigFault { name, expected })).ok()
    }

    /// The parsed value, or what stands for an absent one.
    pub(super) fn parse_or<T>(
        &mut self,
        name: &'static str,
        absent: T,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> T {
        self.parse(name, parse).unwrap_or(absent)
    }

    /// The configuration, if nothing was wrong. Whatever stood in for a faulty value is thrown away here.
    pub(super) fn finish<T>(self, config: T) -> Result<T, ConfigFaults> {
        if self.faults.is_empty() { Ok(config) } else { Err(ConfigFaults(self.faults)) }
    }
}
