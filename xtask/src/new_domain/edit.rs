use std::path::Path;

/// A file of the repository on its way to another text. Every change names a place that must be there once, so
/// that a file that was rebuilt meanwhile is told instead of being spoilt.
#[derive(Debug)]
pub(crate) struct Edit {
    pub(crate) path: &'static str,
    pub(crate) text: String,
    pub(crate) faults: Vec<String>,
}

impl Edit {
    pub(crate) fn of(root: &Path, path: &'static str) -> Self {
        match std::fs::read_to_string(root.join(path)) {
            Ok(text) => Self { path, text, faults: Vec::new() },
            Err(error) => {
                Self { path, text: String::new(), faults: vec![format!("cannot read {path}: {error}")] }
            }
        }
    }

    fn fault(&mut self, place: &str) {
        let place = place.trim();
        self.faults
            .push(format!("{} has no single `{place}`: the command must learn the new form", self.path));
    }

    pub(crate) fn replace(mut self, place: &str, by: &str) -> Self {
        if self.text.matches(place).count() == 1 {
            self.text = self.text.replacen(place, by, 1);
        } else {
            self.fault(place);
        }
        self
    }

    pub(crate) fn after(self, place: &str, addition: &str) -> Self {
        self.replace(place, &format!("{place}{addition}"))
    }

    pub(crate) fn before(self, place: &str, addition: &str) -> Self {
        self.replace(place, &format!("{addition}{place}"))
    }

    pub(crate) fn at_end(mut self, addition: &str) -> Self {
        self.text.push_str(addition);
        self
    }

    /// Behind the last item of the list that a line begins: before the line that is `close`.
    pub(crate) fn into_list(mut self, opening: &str, close: &str, addition: &str) -> Self {
        let start = self.text.find(opening);
        let end = start.and_then(|start| {
            let rest = self.text.get(start..)?;
            Some(start + rest.find(&format!("\n{close}"))? + 1)
        });
        match end {
            Some(end) => self.text.insert_str(end, addition),
            None => self.fault(opening),
        }
        self
    }

    /// Among the lines that begin like this, which are in order.
    pub(crate) fn sorted(mut self, beginning: &str, line: &str) -> Self {
        let mut place = None;
        let mut at = 0;
        for other in self.text.split_inclusive('\n') {
            if other.starts_with(beginning) {
                if other > line {
                    place = Some(at);
                    break;
                }
                place = Some(at + other.len());
            }
            at += other.len();
        }
        match place {
            Some(place) => self.text.insert_str(place, line),
            None => self.fault(beginning),
        }
        self
    }

    /// Raises the number between two texts.
    pub(crate) fn count(mut self, before: &str, after: &str, by: usize) -> Self {
        let number = self.text.split_once(before).and_then(|(_, rest)| rest.split_once(after));
        let Some(number) = number.and_then(|(number, _)| number.parse::<usize>().ok()) else {
            self.fault(before);
            return self;
        };
        let (was, is) = (format!("{before}{number}{after}"), format!("{before}{}{after}", number + by));
        self.replace(&was, &is)
    }
}
