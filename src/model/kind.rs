//! What a file turned out to be.

use serde::{Deserialize, Serialize};

/// The kind of an input, recognised by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A chat that WhatsApp exported as text.
    WhatsappChat,
    /// An address book or card, RFC 6350 and its elders.
    Vcard,
    /// Contacts as comma-separated values.
    ContactsCsv,
    /// An address book as LDIF (RFC 2849).
    Ldif,
    /// Signal's own plaintext export, `main.jsonl`.
    SignalExport,
    /// None of ours.
    Unknown,
}

impl Kind {
    /// The stable name used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Kind::WhatsappChat => "whatsapp-chat",
            Kind::Vcard => "vcard",
            Kind::ContactsCsv => "contacts-csv",
            Kind::Ldif => "ldif",
            Kind::SignalExport => "signal-export",
            Kind::Unknown => "unknown",
        }
    }

    /// What is counted in such a file.
    pub fn unit(self) -> &'static str {
        match self {
            Kind::WhatsappChat | Kind::SignalExport => "people",
            Kind::Vcard => "cards",
            Kind::ContactsCsv => "rows",
            Kind::Ldif => "entries",
            Kind::Unknown => "files",
        }
    }
}

/// The phone system that wrote a chat export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Platform {
    /// Stamps stand bare before a dash.
    Android,
    /// Stamps stand in square brackets.
    Ios,
}
