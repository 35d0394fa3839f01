//! Whom the big number counts.

use serde::{Deserialize, Serialize};

use crate::check::Checked;
use crate::model::Scope;

/// Whom the user wants counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Count {
    /// The circle.
    #[default]
    Circle,
    /// Everybody saved by name.
    Saved,
    /// Everybody.
    All,
}

impl Count {
    /// The name on the command line and in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Count::Circle => "circle",
            Count::Saved => "saved",
            Count::All => "all",
        }
    }

    /// Whether a contact is counted. Excluded ones never are.
    pub fn includes(self, person: &Checked) -> bool {
        let contact = &person.contact;
        !contact.excluded
            && match self {
                Count::Circle => contact.scope == Scope::Circle,
                Count::Saved => contact.saved,
                Count::All => true,
            }
    }
}
