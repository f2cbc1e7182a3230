//! Text and numbers that people put into tickets, judged once.

use std::collections::BTreeSet;
use std::fmt;

use kernel::{FieldFault, multi_line, single_line};

/// One line, 1 to 200 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    const LONGEST: usize = 200;

    /// Judges a title.
    pub(crate) fn parse(text: &str) -> Result<Self, FieldFault> {
        single_line("title", text, Self::LONGEST).map(Self)
    }

    /// Takes a title that was judged before.
    pub(crate) const fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As searches compare it.
    pub(crate) fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text of several lines in Markdown, up to 20,000 characters. Whoever shows it must not trust it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown(String);

impl Markdown {
    const LONGEST: usize = 20_000;

    /// Judges a text that may be empty.
    pub(crate) fn parse(field: &str, text: &str) -> Result<Self, FieldFault> {
        multi_line(field, text, Self::LONGEST).map(Self)
    }

    /// Judges a text that must say something.
    pub(crate) fn parse_said(field: &str, text: &str) -> Result<Self, FieldFault> {
        if text.trim().is_empty() {
            return Err(FieldFault::new(field, "required", "must not be empty"));
        }
        Self::parse(field, text)
    }

    /// Takes a text that was judged before.
    pub(crate) const fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Up to 20 labels, each of up to 40 characters, in lower case and without spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(BTreeSet<String>);

impl Tags {
    const MOST: usize = 20;
    const LONGEST: usize = 40;

    /// Normalizes: lower case, words joined by `-`, no leading `#`, each once.
    pub(crate) fn parse(field: &str, tags: &[String]) -> Result<Self, Vec<FieldFault>> {
        let mut faults = Vec::new();
        let mut parsed = BTreeSet::new();
        for (place, tag) in tags.iter().enumerate() {
            match single_line(&place.to_string(), &normalized(tag), Self::LONGEST) {
                Ok(tag) => drop(parsed.insert(tag)),
                Err(fault) => faults.push(fault.within(field)),
            }
        }
        if faults.is_empty() {
            return Self(parsed).within_limit(field).map_err(|fault| vec![fault]);
        }
        Err(faults)
    }

    /// The tags of a ticket after some were added and others removed.
    pub(crate) fn changed(&self, added: &Self, removed: &Self) -> Result<Self, FieldFault> {
        let tags = self.0.union(&added.0).filter(|tag| !removed.0.contains(*tag));
        Self(tags.cloned().collect()).within_limit("addTags")
    }

    fn within_limit(self, field: &str) -> Result<Self, FieldFault> {
        if self.0.len() > Self::MOST {
            let detail = format!("must be at most {} tags", Self::MOST);
            return Err(FieldFault::new(field, "too_many", detail));
        }
        Ok(self)
    }

    /// Reads what [`Tags::to_stored`] wrote.
    pub(crate) fn from_stored(text: &str) -> Self {
        Self(text.split_whitespace().map(str::to_owned).collect())
    }

    /// All of them, separated by spaces.
    pub(crate) fn to_stored(&self) -> String {
        self.iter().collect::<Vec<_>>().join(" ")
    }

    /// In order of the alphabet.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One tag as it is stored.
pub(crate) fn normalized(tag: &str) -> String {
    let tag = tag.trim().trim_start_matches('#').to_lowercase();
    tag.split_whitespace().collect::<Vec<_>>().join("-")
}

/// An amount of work, 0 to 1,000,000 minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minutes(i64);

impl Minutes {
    /// Judges an amount.
    pub(crate) fn parse(field: &str, minutes: i64) -> Result<Self, FieldFault> {
        if (0..=1_000_000).contains(&minutes) {
            return Ok(Self(minutes));
        }
        Err(FieldFault::new(field, "out_of_range", "must be from 0 to 1,000,000 minutes"))
    }

    /// Takes an amount that was judged before.
    pub(crate) const fn from_stored(minutes: i64) -> Self {
        Self(minutes)
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(texts: &[&str]) -> Result<Tags, Vec<FieldFault>> {
        Tags::parse("tags", &texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn tags_are_one_whatever_their_spelling() {
        let tags = tags(&["VIP", " #vip ", "Late  Payment", "नेपाल"]).expect("valid");
        assert_eq!(tags.iter().collect::<Vec<_>>(), ["late-payment", "vip", "नेपाल"]);
        assert_eq!(Tags::from_stored(&tags.to_stored()), tags);
    }

    #[test]
    fn every_bad_tag_is_named_by_its_place() {
        let faults = tags(&["ok", "#", &"x".repeat(41), "a\u{7}b"]).expect_err("three are bad");
        let found: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        assert_eq!(found, [("tags/1", "required"), ("tags/2", "too_long"), ("tags/3", "invalid_characters")]);
    }

    #[test]
    fn twenty_tags_are_enough() {
        let names: Vec<_> = (0..21).map(|number| format!("t{number}")).collect();
        let all: Vec<_> = names.iter().map(String::as_str).collect();
        assert_eq!(tags(&all).expect_err("too many")[0].code, "too_many");
        let (twenty, one) = (tags(&all[..20]).expect("enough"), tags(&all[20..]).expect("one"));
        assert_eq!(twenty.changed(&one, &Tags::default()).expect_err("full").field, "addTags");
        let swapped = twenty.changed(&one, &tags(&["t3"]).expect("one")).expect("one in, one out");
        assert_eq!(swapped.iter().count(), 20);
    }

    #[test]
    fn minutes_have_bounds() {
        for minutes in [-1, 1_000_001, i64::MIN] {
            assert!(Minutes::parse("spentMinutes", minutes).is_err(), "{minutes}");
        }
        assert_eq!(Minutes::parse("spentMinutes", 90).expect("valid").get(), 90);
    }
}
