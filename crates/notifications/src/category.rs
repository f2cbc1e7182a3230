use kernel::FieldFault;

/// What a notification is about; people choose per category what reaches them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Work was given to me.
    Assignments,
    /// Somebody named me.
    Mentions,
    /// Something was said where I take part.
    Comments,
    /// Something about invoices needs a look.
    Invoices,
    /// My place in the organization changed.
    Membership,
    /// My account may be in danger. Cannot be muted.
    Security,
}

impl Category {
    /// In the order of the settings page.
    pub const ALL: [Self; 6] =
        [Self::Assignments, Self::Mentions, Self::Comments, Self::Invoices, Self::Membership, Self::Security];

    /// The name on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Assignments => "assignments",
            Self::Mentions => "mentions",
            Self::Comments => "comments",
            Self::Invoices => "invoices",
            Self::Membership => "membership",
            Self::Security => "security",
        }
    }

    /// Whether nobody may mute it.
    pub const fn is_critical(self) -> bool {
        matches!(self, Self::Security)
    }

    /// Reads a caller's word.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldFault> {
        Self::from_name(text).ok_or_else(|| unknown(field, Self::ALL.map(Self::name)))
    }

    /// The category of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.name() == name)
    }
}

/// How a notification reaches a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// The feed of the web app.
    InApp,
    Email,
}

impl Channel {
    /// In the order of the settings page.
    pub const ALL: [Self; 2] = [Self::InApp, Self::Email];

    /// The name on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InApp => "in_app",
            Self::Email => "email",
        }
    }

    /// Reads a caller's word.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldFault> {
        Self::from_name(text).ok_or_else(|| unknown(field, Self::ALL.map(Self::name)))
    }

    /// The channel of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

fn unknown<const N: usize>(field: &str, names: [&str; N]) -> FieldFault {
    FieldFault::new(field, "unknown_value", format!("must be one of `{}`", names.join("`, `")))
}
