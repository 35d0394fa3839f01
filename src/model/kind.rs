//! What a file turned out to be.

use serde::{Deserialize, Serialize};

/// The kind of an input, recognised by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A chat that WhatsApp exported as text.
    WhatsappChat,
    /// A database of WhatsApp on Android: `msgstore.db`, `wa.db`.
    WhatsappAndroidDb,
    /// A database of WhatsApp on an iPhone or Mac: `ChatStorage.sqlite`,
    /// `ContactsV2.sqlite`, `LID.sqlite`.
    WhatsappIosDb,
    /// An encrypted backup of WhatsApp on Android, also when it was decrypted.
    WhatsappBackup,
    /// A part of the report that WhatsApp sends about an account.
    WhatsappAccountReport,
    /// An address book or card, RFC 6350 and its elders.
    Vcard,
    /// Contacts as comma-separated values.
    ContactsCsv,
    /// An address book as LDIF (RFC 2849).
    Ldif,
    /// The contact list of an XMPP account: XEP-0227, or a roster alone.
    XmppRoster,
    /// Signal's own plaintext export, `main.jsonl`.
    SignalExport,
    /// The database of Signal Desktop.
    SignalDesktop,
    /// The people and groups that the user's own signal-cli knows.
    SignalCli,
    /// None of ours.
    Unknown,
}

impl Kind {
    /// The stable name used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Kind::WhatsappChat => "whatsapp-chat",
            Kind::WhatsappAndroidDb => "whatsapp-android-db",
            Kind::WhatsappIosDb => "whatsapp-ios-db",
            Kind::WhatsappBackup => "whatsapp-backup",
            Kind::WhatsappAccountReport => "whatsapp-account-report",
            Kind::Vcard => "vcard",
            Kind::ContactsCsv => "contacts-csv",
            Kind::Ldif => "ldif",
            Kind::XmppRoster => "xmpp-roster",
            Kind::SignalExport => "signal-export",
            Kind::SignalDesktop => "signal-desktop",
            Kind::SignalCli => "signal-cli",
            Kind::Unknown => "unknown",
        }
    }

    /// What is counted in such a file.
    pub fn unit(self) -> &'static str {
        match self {
            Kind::WhatsappChat
            | Kind::WhatsappAccountReport
            | Kind::WhatsappAndroidDb
            | Kind::WhatsappIosDb
            | Kind::WhatsappBackup
            | Kind::SignalExport
            | Kind::SignalDesktop
            | Kind::SignalCli => "people",
            Kind::Vcard => "cards",
            Kind::ContactsCsv => "rows",
            Kind::Ldif | Kind::XmppRoster => "entries",
            Kind::Unknown => "files",
        }
    }
}

/// The phone system that wrote a chat export or a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Platform {
    /// In a chat export, stamps stand bare before a dash.
    Android,
    /// In a chat export, stamps stand in square brackets.
    Ios,
}
