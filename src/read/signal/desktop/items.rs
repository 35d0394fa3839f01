//! What Signal Desktop's settings say of the user: who they are, how they can be
//! found, and whom they blocked. Every other setting, keys among them, is left
//! where it is.

use std::collections::BTreeSet;

use rusqlite::Connection;
use serde_json::Value;

use crate::model::Phone;
use crate::model::identity::{SignalAci, SignalPni};
use crate::read::whatsapp::db::table::{Schema, text};

use super::super::frames::UsernameLink;
use super::super::person::own_link;

/// The settings that are asked for.
const WANTED: [&str; 8] = [
    "uuid_id",
    "number_id",
    "pni",
    "usernameLink",
    "phoneNumberDiscoverability",
    "blocked",
    "blocked-uuids",
    "blocked-groups",
];

/// The user, and whom they blocked.
#[derive(Debug, Default)]
pub struct Items {
    pub aci: Option<SignalAci>,
    pub pni: Option<SignalPni>,
    pub phone: Option<Phone>,
    /// The user's own link.
    pub link: Option<String>,
    /// Whether the user switched off being found by number.
    pub hidden_by_number: bool,
    blocked: BTreeSet<String>,
}

impl Items {
    /// Reads the settings of which there is a table.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn read(connection: &Connection, schema: &Schema) -> rusqlite::Result<Items> {
        let mut items = Items::default();
        let Ok(select) = schema.select("items", &["id", "json"], 2) else { return Ok(items) };
        let mut statement = connection.prepare(&format!("{select} WHERE \"id\" = ?1"))?;
        for id in WANTED {
            let mut rows = statement.query([id])?;
            if let Some(row) = rows.next()?
                && let Ok(Some(json)) = text(row, 1)
                && let Ok(Value::Object(mut item)) = serde_json::from_str(&json)
                && let Some(value) = item.remove("value")
            {
                items.take(id, &value);
            }
        }
        Ok(items)
    }

    fn take(&mut self, id: &str, value: &Value) {
        // Behind the dot stands the number of the device.
        let own = || value.as_str().map(|text| text.split('.').next().unwrap_or_default());
        match id {
            "uuid_id" => self.aci = own().and_then(SignalAci::parse),
            "number_id" => self.phone = own().and_then(phone),
            "pni" => self.pni = value.as_str().and_then(SignalPni::parse),
            "usernameLink" => {
                let part =
                    |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
                let link = UsernameLink { entropy: part("entropy"), server_id: part("serverId") };
                self.link = own_link(&link);
            }
            "phoneNumberDiscoverability" => self.hidden_by_number = value.as_str() == Some("NotDiscoverable"),
            _ => {
                // Newer versions note beside each when that was.
                let text = |entry: &Value| {
                    let named =
                        || ["serviceId", "e164", "groupId"].iter().find_map(|key| entry.get(key)?.as_str());
                    entry.as_str().or_else(named).map(str::to_owned)
                };
                self.blocked.extend(value.as_array().into_iter().flatten().filter_map(text));
            }
        }
    }

    /// Whether the user blocked anything of these ids and numbers, as they are
    /// written.
    pub fn blocks<'a>(&self, mut ids: impl Iterator<Item = &'a str>) -> bool {
        ids.any(|id| self.blocked.contains(id))
    }
}

/// Reads a number as Signal writes it, with a plus or as digits alone.
pub fn phone(text: &str) -> Option<Phone> {
    let text = text.trim();
    Phone::from_digits(text.strip_prefix('+').unwrap_or(text))
}
