use std::collections::BTreeMap;

use kernel::{FieldFault, Fields, Version};
use serde_json::Value;

use crate::{Category, Channel};

/// One cell of the table category x channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preference {
    pub category: Category,
    pub channel: Channel,
    /// What counts.
    pub enabled: bool,
    /// What was chosen here; nothing if the cell above counts.
    pub choice: Option<bool>,
    /// What counts without a choice: the organization's default, or the product's.
    pub inherited: bool,
    /// Whether it may be switched off.
    pub mutable: bool,
}

/// What an organization sets for those who have not chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defaults {
    pub version: Version,
    pub preferences: Vec<Preference>,
}

/// A wish for one cell; `None` lets the cell above count again.
#[derive(Clone, Debug)]
pub struct ChoosePreference {
    pub category: String,
    pub channel: String,
    pub enabled: Option<bool>,
}

/// A wish that was understood.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    category: Category,
    channel: Channel,
    enabled: Option<bool>,
}

impl Choice {
    /// Understands all wishes, or tells all that is wrong with them.
    pub(crate) fn parse_all(wishes: &[ChoosePreference]) -> Result<Vec<Self>, Vec<FieldFault>> {
        let mut fields = Fields::new();
        let parsed = wishes.iter().enumerate().filter_map(|(place, wish)| {
            let place = format!("choices/{place}");
            let category = fields.check(Category::parse(&format!("{place}/category"), &wish.category));
            let channel = fields.check(Channel::parse(&format!("{place}/channel"), &wish.channel));
            let (category, channel) = (category?, channel?);
            if category.is_critical() && wish.enabled == Some(false) {
                let detail = "notifications of this category cannot be switched off";
                fields.push(FieldFault::new(format!("{place}/enabled"), "not_mutable", detail));
            }
            Some(Self { category, channel, enabled: wish.enabled })
        });
        let parsed = parsed.collect();
        fields.finish()?;
        Ok(parsed)
    }
}

/// What somebody chose; a cell that is not named was not chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Choices(BTreeMap<(Category, Channel), bool>);

impl Choices {
    pub(crate) fn get(&self, category: Category, channel: Channel) -> Option<bool> {
        self.0.get(&(category, channel)).copied()
    }

    /// The choices after some wishes, and the names of the cells that differ then.
    pub(crate) fn after(&self, wishes: &[Choice]) -> (Self, Vec<String>) {
        let mut after = self.clone();
        for wish in wishes {
            let cell = (wish.category, wish.channel);
            match wish.enabled {
                Some(enabled) => after.0.insert(cell, enabled),
                None => after.0.remove(&cell),
            };
        }
        let changed = cells().filter(|cell| self.0.get(cell) != after.0.get(cell)).map(cell_name).collect();
        (after, changed)
    }

    /// Reads `mentions.email:off comments.in_app:on`. Names this version does not know choose nothing.
    pub(crate) fn parse_stored(text: &str) -> Self {
        Self(text.split_whitespace().filter_map(parse_cell).collect())
    }

    pub(crate) fn to_stored(&self) -> String {
        let cell = |(cell, enabled): (&(Category, Channel), &bool)| {
            format!("{}:{}", cell_name(*cell), if *enabled { "on" } else { "off" })
        };
        self.0.iter().map(cell).collect::<Vec<_>>().join(" ")
    }

    /// `{"mentions.email": false}`, for the audit log.
    pub(crate) fn to_json(&self) -> Value {
        self.0.iter().map(|(cell, enabled)| (cell_name(*cell), Value::from(*enabled))).collect()
    }
}

fn parse_cell(word: &str) -> Option<((Category, Channel), bool)> {
    let (cell, enabled) = word.split_once(':')?;
    let (category, channel) = cell.split_once('.')?;
    Some(((Category::from_name(category)?, Channel::from_name(channel)?), enabled == "on"))
}

fn cells() -> impl Iterator<Item = (Category, Channel)> {
    Category::ALL.into_iter().flat_map(|category| Channel::ALL.map(|channel| (category, channel)))
}

fn cell_name((category, channel): (Category, Channel)) -> String {
    format!("{}.{}", category.name(), channel.name())
}

/// Every cell as the organization sees it. The product itself starts with everything on.
pub(crate) fn of_organization(organization: &Choices) -> Vec<Preference> {
    table(organization, |_, _| true)
}

/// Every cell as a person sees it.
pub(crate) fn of_person(person: &Choices, organization: &Choices) -> Vec<Preference> {
    table(person, |category, channel| organization.get(category, channel).unwrap_or(true))
}

fn table(own: &Choices, inherited: impl Fn(Category, Channel) -> bool) -> Vec<Preference> {
    let preference = |(category, channel): (Category, Channel)| {
        let (choice, inherited) = (own.get(category, channel), inherited(category, channel));
        let critical = category.is_critical();
        Preference {
            category,
            channel,
            enabled: critical || choice.unwrap_or(inherited),
            choice,
            inherited: critical || inherited,
            mutable: !critical,
        }
    };
    cells().map(preference).collect()
}

/// Whether a person wants what is not critical.
pub(crate) fn wants(person: &Choices, organization: &Choices, category: Category, channel: Channel) -> bool {
    let chosen = person.get(category, channel).or_else(|| organization.get(category, channel));
    category.is_critical() || chosen.unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(text: &str) -> Choices {
        Choices::parse_stored(text)
    }

    #[test]
    fn a_person_overrules_the_organization_and_that_the_product() {
        let muted = choices("mentions.email:off");
        let mail = |person: &str, organization: &Choices| {
            wants(&choices(person), organization, Category::Mentions, Channel::Email)
        };
        assert!(mail("", &choices("")));
        assert!(!mail("", &muted));
        assert!(mail("mentions.email:on", &muted));
        assert!(mail("comments.email:off mentions.in_app:off", &choices("")));
    }

    #[test]
    fn security_reaches_everybody_whatever_is_stored() {
        let off = choices("security.email:off security.in_app:off");
        assert!(wants(&off, &off, Category::Security, Channel::Email));
        let cell = |rows: Vec<Preference>| rows.into_iter().find(|row| row.category == Category::Security);
        assert!(cell(of_person(&off, &off)).expect("listed").enabled);
    }

    #[test]
    fn stored_choices_read_back_and_unknown_names_choose_nothing() {
        let text = "mentions.email:off comments.in_app:on";
        let read = choices(&format!("{text} future.email:off mentions.pigeon:off nonsense"));
        assert_eq!(choices(&read.to_stored()), read);
        assert_eq!(read.to_json(), serde_json::json!({ "mentions.email": false, "comments.in_app": true }));
    }

    #[test]
    fn wishes_say_all_that_is_wrong_with_them() {
        let wish = |category: &str, channel: &str, enabled| ChoosePreference {
            category: category.to_owned(),
            channel: channel.to_owned(),
            enabled,
        };
        let wishes = [
            wish("mentions", "email", Some(false)),
            wish("gossip", "pigeon", None),
            wish("security", "email", Some(false)),
        ];
        let faults = Choice::parse_all(&wishes).expect_err("three faults");
        let fields: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        assert_eq!(
            fields,
            [
                ("choices/1/category", "unknown_value"),
                ("choices/1/channel", "unknown_value"),
                ("choices/2/enabled", "not_mutable")
            ]
        );
    }

    #[test]
    fn only_cells_that_differ_are_named() {
        let wish = |category: &str, enabled| ChoosePreference {
            category: category.to_owned(),
            channel: "email".to_owned(),
            enabled,
        };
        let wishes = [wish("mentions", Some(false)), wish("comments", Some(false)), wish("membership", None)];
        let wishes = Choice::parse_all(&wishes).expect("fine");
        let (after, changed) = choices("mentions.email:off membership.email:on").after(&wishes);
        assert_eq!(changed, ["comments.email", "membership.email"]);
        assert_eq!(after, choices("mentions.email:off comments.email:off"));
    }
}
