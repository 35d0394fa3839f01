//! What a file turned out to be.

use serde::{Deserialize, Serialize};

/// The kind of an input, recognised by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A chat that WhatsApp exported as text.
    WhatsappChat,
    /// A part of the report that WhatsApp sends about an account.
    WhatsappAccountReport,
    /// An address book or card, RFC 6350 and its elders.
    Vcard,
    /// Contacts as comma-separated values.
    ContactsCsv,
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
            Kind::WhatsappAccountReport => "whatsapp-account-report",
            Kind::Vcard => "vcard",
            Kind::ContactsCsv => "contacts-csv",
            Kind::SignalExport => "signal-export",
            Kind::Unknown => "unknown",
        }
    }

    /// What is counted in such a file.
    pub fn unit(self) -> &'static str {
        match self {
            Kind::WhatsappChat | Kind::WhatsappAccountReport | Kind::SignalExport => "people",
            Kind::Vcard => "cards",
            Kind::ContactsCsv => "rows",
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
