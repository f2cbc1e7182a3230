/// What a domain, its table and one row of it are called, in every spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Names {
    plural: String,
    singular: String,
}

/// Names that the language, or the files of every domain, use for something else.
const TAKEN: [&str; 62] = [
    "abstract",
    "actor",
    "alloc",
    "api",
    "become",
    "box",
    "break",
    "change",
    "changes",
    "const",
    "continue",
    "core",
    "crate",
    "denied",
    "domain",
    "draft",
    "edit",
    "else",
    "enum",
    "error",
    "event",
    "events",
    "extern",
    "false",
    "fault",
    "field",
    "fields",
    "final",
    "impl",
    "loop",
    "macro",
    "match",
    "migration",
    "move",
    "mut",
    "override",
    "page",
    "pages",
    "patch",
    "people",
    "person",
    "ports",
    "priv",
    "proc_macro",
    "return",
    "scope",
    "scopes",
    "self",
    "service",
    "static",
    "std",
    "store",
    "struct",
    "super",
    "support",
    "test",
    "tests",
    "trait",
    "virtual",
    "where",
    "while",
    "yield",
];

impl Names {
    /// Judges the words of a command line; all faults at once.
    pub(crate) fn parse(plural: &str, singular: Option<&str>) -> Result<Self, Vec<String>> {
        let mut faults = shape(plural);
        let Some(singular) = singular.map(str::to_owned).or_else(|| singular_of(plural)) else {
            faults.push(format!("`{plural}` does not end in `s`: say what one of them is, by --one"));
            return Err(faults);
        };
        if singular == plural {
            faults.push(format!("one of them and all of them are both `{plural}`"));
        } else {
            faults.extend(shape(&singular));
        }
        if faults.is_empty() { Ok(Self { plural: plural.to_owned(), singular }) } else { Err(faults) }
    }

    pub(crate) fn plural(&self) -> &str {
        &self.plural
    }

    pub(crate) fn singular(&self) -> &str {
        &self.singular
    }

    /// `PriceLists`.
    pub(crate) fn many(&self) -> String {
        pascal(&self.plural)
    }

    /// `PriceList`.
    pub(crate) fn one(&self) -> String {
        pascal(&self.singular)
    }

    /// `price-lists`.
    pub(crate) fn kebab(&self) -> String {
        self.plural.replace('_', "-")
    }

    /// `price lists`.
    pub(crate) fn words(&self) -> String {
        self.plural.replace('_', " ")
    }

    /// A template with these names in their places.
    pub(crate) fn fill(&self, template: &str) -> String {
        let one = self.one();
        let camel = first(&one, char::to_lowercase);
        let places = [
            ("__Things_in_words__", first(&self.words(), char::to_uppercase)),
            ("__things_in_words__", self.words()),
            ("__thing_in_words__", self.singular.replace('_', " ")),
            ("__thingCamel__", camel),
            ("__Things__", self.many()),
            ("__Thing__", one),
            ("__things__", self.plural.clone()),
            ("__thing__", self.singular.clone()),
            ("__table__", self.plural.clone()),
            ("__path__", self.kebab()),
        ];
        places.iter().fold(template.to_owned(), |text, (place, name)| text.replace(place, name))
    }
}

fn shape(word: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if !(3..=40).contains(&word.len()) {
        faults.push(format!("`{word}` must have 3 to 40 characters"));
    }
    let is_plain = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if !word.split('_').all(is_plain) {
        faults.push(format!("`{word}` must be lower-case words of letters and digits, joined by `_`"));
    }
    if TAKEN.contains(&word) {
        faults.push(format!("`{word}` means something else already"));
    }
    faults
}

/// The usual ways to lose an `s`.
fn singular_of(plural: &str) -> Option<String> {
    for (ending, one) in [("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")] {
        if let Some(stem) = plural.strip_suffix(ending) {
            return Some(format!("{stem}{one}"));
        }
    }
    plural.strip_suffix('s').map(str::to_owned)
}

fn pascal(snake: &str) -> String {
    snake.split('_').map(|word| first(word, char::to_uppercase)).collect()
}

/// The word with its first letter in another case.
fn first<I: Iterator<Item = char>>(word: &str, case: fn(char) -> I) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(case).chain(letters.clone()).collect()
}
