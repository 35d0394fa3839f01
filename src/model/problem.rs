//! What went wrong, where, and what to do about it.
//!
//! A bad row, line, card or file never ends a run: it becomes a [`Problem`]
//! with a stable code. The sentences stand in the language files under
//! `problem-<code>`, so the same problem reads well in every language.

use serde::{Deserialize, Serialize};

use super::foreign::Foreign;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Something was rejected or could not be read: the run is only done in part.
    Error,
    /// It was read, but somebody should look.
    Warning,
    /// Worth knowing.
    Note,
}

/// Declares the codes with their severities.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal $severity:ident,)*) => {
        /// The stable name of a kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $id)] $name,)*
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The name in JSON and in the language files.
            pub fn id(self) -> &'static str {
                match self { $(Code::$name => $id,)* }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The system would not hand over the bytes.
    Unreadable = "unreadable" Error,
    /// There is not a byte in the file.
    EmptyFile = "empty-file" Warning,
    /// A file that was named is none of the kinds that are read.
    NotRecognised = "not-recognised" Error,
    /// The file ends in the middle of a character.
    TruncatedCharacter = "truncated-character" Error,
    /// Bytes that are no UTF-8 were replaced.
    InvalidUtf8 = "invalid-utf8" Warning,
    /// The file is not in UTF-8 and was read in another encoding.
    OtherEncoding = "other-encoding" Warning,
    /// A line is longer than the cap.
    LineTooLong = "line-too-long" Error,
    /// Day and month cannot be told apart.
    DateOrderAmbiguous = "date-order-ambiguous" Warning,
    /// Dates that no calendar has; the messages are kept without a date.
    DateImpossible = "date-impossible" Warning,
    /// Dates that leave out the year, which nothing else in the file tells.
    YearMissing = "year-missing" Warning,
    /// Dates of a calendar that cannot be told; the messages are kept without a date.
    UnknownCalendar = "unknown-calendar" Warning,
    /// Lines that look like messages but were pasted into one.
    PastedLines = "pasted-lines" Note,
    /// Lines that look like messages but for an impossible date, and were taken
    /// for text.
    LinesUndated = "lines-undated" Warning,
    /// Somebody whose few lines may have been pasted by another.
    SuspectSender = "suspect-sender" Warning,
    /// Notices say how many were added, and do not name them all.
    MembersUnnamed = "members-unnamed" Note,
    /// Lines that begin like messages, in a form that is not known.
    UnknownHeaders = "unknown-headers" Note,
    /// The chat has as many messages as WhatsApp exports at the most.
    ChatAtLimit = "chat-at-limit" Note,
    /// Advanced chat privacy is on: the chat cannot be exported again.
    NoExport = "no-export" Note,
    /// Messages of the chat disappear after a while.
    Disappearing = "disappearing-messages" Note,
    /// Lines before the first message.
    SkippedLines = "skipped-lines" Note,
    /// Nobody wrote in this chat.
    NoSender = "no-sender" Note,
    /// Nobody could be told to be the exporter.
    MeUnknown = "me-unknown" Warning,
    /// An older export of a chat was set aside for a newer one.
    ChatReplaced = "chat-replaced" Note,
    /// The same bytes were given twice.
    SameContent = "same-content" Note,
    /// A name holds marks that hide its direction.
    HiddenMarks = "hidden-marks" Warning,
    /// What should be an address in another network is none.
    AddressUnusable = "address-unusable" Note,
    /// An address mixes scripts that look alike.
    MixedScripts = "mixed-scripts" Warning,
    /// A file of the account report is no JSON.
    ReportDamaged = "report-damaged" Error,
    /// Entries of the account report that are neither numbers nor names.
    ReportEntries = "report-entries" Error,
    /// What should be a list in the account report is none.
    ReportList = "report-list" Warning,
    /// Groups of the account report of which no chat was given.
    GroupsNotExported = "groups-not-exported" Note,
    /// Contacts of the account report with whom no chat was given.
    ChatsNotExported = "chats-not-exported" Note,
    /// The archive cannot be read.
    ZipDamaged = "zip-damaged" Error,
    /// An entry's name would leave the archive.
    ZipUnsafeName = "zip-unsafe-name" Error,
    /// An entry is a link.
    ZipLink = "zip-link" Error,
    /// An entry is encrypted.
    ZipEncrypted = "zip-encrypted" Error,
    /// An entry unpacks to more than the cap.
    ZipTooLarge = "zip-too-large" Error,
    /// Two entries bear one name.
    ZipDuplicate = "zip-duplicate" Error,
    /// There are more entries than the cap.
    ZipTooMany = "zip-too-many" Error,
    /// An archive in an archive.
    ZipNested = "zip-nested" Error,
    /// An entry's checksum does not fit.
    ZipChecksum = "zip-checksum" Error,
    /// A card has no end, or an end has no card.
    CardUnfinished = "card-unfinished" Error,
    /// A line in a card that is no property.
    CardGarbage = "card-garbage" Warning,
    /// A property that is longer than the cap.
    CardTooLong = "card-too-long" Warning,
    /// A card with more numbers and addresses than anybody has.
    CardOverfull = "card-overfull" Warning,
    /// Lines of a vCard file that stand in no card.
    CardOutside = "card-outside" Warning,
    /// A card within a card.
    CardInner = "card-inner" Warning,
    /// A card with neither a name nor an identity.
    CardEmpty = "card-empty" Error,
    /// A card that a server lists and does not hand out.
    CardUnavailable = "card-unavailable" Error,
    /// A card that would not be read back: it is not in the file that was written.
    CardUnwritten = "card-unwritten" Error,
    /// A national number without a region to place it in.
    NumberNeedsRegion = "number-needs-region" Warning,
    /// National numbers that are none of the region in which they were looked for.
    NumberOtherRegion = "number-other-region" Warning,
    /// The user's own number, without a country code.
    OwnNumberNeedsRegion = "own-number-needs-region" Warning,
    /// A number whose zero or plus a spreadsheet took away.
    NumberShortened = "number-shortened" Warning,
    /// A number beside which words or other numbers stand.
    NumberUnclear = "number-unclear" Warning,
    /// Numbers without a country code, placed where the user's own number is.
    RegionOfOwnNumber = "region-of-own-number" Note,
    /// Numbers without a country code, placed where most of the others are.
    RegionOfAddressBook = "region-of-address-book" Note,
    /// A short code or a word in the place of a number.
    NumberUnusable = "number-unusable" Note,
    /// A row with more or fewer cells than the header.
    RowRagged = "row-ragged" Error,
    /// A row with neither a name nor an identity.
    RowEmpty = "row-empty" Error,
    /// A column of a table that is not known and looks like numbers or addresses.
    ColumnIgnored = "column-ignored" Note,
    /// No column of a table tells names and how to reach people.
    ColumnsUnknown = "columns-unknown" Error,
    /// A number that a spreadsheet rounded, or took for a date or a formula.
    NumberDamaged = "number-damaged" Error,
    /// A quote that is never closed.
    QuoteUnclosed = "quote-unclosed" Error,
    /// A line of Signal's export that is not valid JSON.
    SignalLine = "signal-line" Error,
    /// A database cannot be read, with what SQLite says of it.
    DatabaseDamaged = "database-damaged" Error,
    /// Something other than a table stands under the name of one.
    DatabaseUnsafe = "database-unsafe" Error,
    /// Reading would go on for ever.
    DatabaseEndless = "database-endless" Error,
    /// A database that would have to be held in memory is too large for that.
    DatabaseTooLarge = "database-too-large" Error,
    /// A table or column is missing that every known version has.
    DatabaseOtherVersion = "database-other-version" Error,
    /// A row whose cells are not what they should be.
    DatabaseRow = "database-row" Error,
    /// Such rows that are not told one by one.
    DatabaseRows = "database-rows" Error,
    /// A database was copied in the middle of a change.
    DatabaseUnfinished = "database-unfinished" Warning,
    /// The log beside a database does not belong to it.
    DatabaseLogStrange = "database-log-strange" Warning,
    /// The log beside a database ends in the middle.
    DatabaseLogCut = "database-log-cut" Warning,
    /// An address book of WhatsApp's that holds no name.
    NamesAbsent = "names-absent" Warning,
    /// A database that holds no name, where nothing else holds any either.
    NamesElsewhere = "names-elsewhere" Note,
    /// People whom WhatsApp knows by an id of its own alone.
    NumbersUnknown = "numbers-unknown" Note,
    /// An encrypted backup without its key.
    BackupNeedsKey = "backup-needs-key" Error,
    /// An encrypted backup and the key of another one.
    BackupWrongKey = "backup-wrong-key" Error,
    /// An encrypted backup that is not whole.
    BackupDamaged = "backup-damaged" Error,
    /// A backup in which nothing is that is read.
    BackupStrange = "backup-strange" Error,
    /// An iPhone's backup that is encrypted.
    PhoneBackupEncrypted = "phone-backup-encrypted" Error,
    /// An iPhone's backup in which WhatsApp is not.
    PhoneBackupWithoutWhatsapp = "phone-backup-without-whatsapp" Warning,
    /// An iPhone's backup lists a file of WhatsApp's that is not there.
    PhoneBackupIncomplete = "phone-backup-incomplete" Error,
    /// Signal's export ends in the middle of a line.
    SignalTruncated = "signal-truncated" Error,
    /// A field of an entry of Signal's export that cannot be used.
    SignalField = "signal-field" Warning,
    /// An export of Signal's that is dated in the future.
    SignalAhead = "signal-ahead" Warning,
    /// Signal's export holds secrets and should be deleted.
    SignalSecrets = "signal-secrets" Note,
    /// A folder that is none of Signal Desktop's, for want of a file.
    SignalDesktopMissing = "signal-desktop-missing" Error,
    /// Signal Desktop's settings cannot be understood, or hold no key.
    SignalDesktopConfig = "signal-desktop-config" Error,
    /// The program that asks the keyring for the password could not tell it.
    SignalDesktopKeyring = "signal-desktop-keyring" Error,
    /// The password in the keyring does not open the key.
    SignalDesktopPassword = "signal-desktop-password" Error,
    /// The key is sealed in a way that is not known.
    SignalDesktopSeal = "signal-desktop-seal" Error,
    /// Only Windows can open the key.
    SignalDesktopWindows = "signal-desktop-windows" Error,
    /// The key opens no page of the database.
    SignalDesktopWrongKey = "signal-desktop-wrong-key" Error,
    /// Pages of the database are damaged, with their numbers.
    SignalDesktopPages = "signal-desktop-pages" Error,
    /// A table of which a part is damaged and the rest was read.
    SignalDesktopTable = "signal-desktop-table" Error,
    /// The database cannot be read, with what SQLite says of it.
    SignalDesktopDamaged = "signal-desktop-damaged" Error,
    /// The database does not fit into memory.
    SignalDesktopTooLarge = "signal-desktop-too-large" Error,
    /// Signal Desktop wrote to the database while it was read.
    SignalDesktopBusy = "signal-desktop-busy" Error,
    /// Entries of signal-cli's list of contacts that cannot be understood.
    SignalListing = "signal-listing" Warning,
    /// Answers of signal-cli to what was never asked.
    SignalUnasked = "signal-unasked" Warning,
    /// Numbers of which signal-cli could make nothing.
    SignalUnread = "signal-unread" Note,
    /// Numbers about which signal-cli gave no answer.
    SignalUnanswered = "signal-unanswered" Error,
    /// The contact list of an XMPP account cannot be read to its end.
    RosterDamaged = "roster-damaged" Error,
    /// The file holds the contact lists of several XMPP accounts.
    RosterSeveral = "roster-several" Error,
    /// Entries of a contact list that are servers and gateways, not people.
    RosterGateways = "roster-gateways" Note,
    /// The user cannot be found by number on Signal; there is a link instead.
    SignalHidden = "signal-hidden" Note,
    /// The user cannot be found by number on Signal, nor by anything else.
    SignalUnfindable = "signal-unfindable" Warning,
    /// No identity server is known, so nobody was asked.
    NoIdentityServer = "no-identity-server" Note,
    /// A server answered what was never asked.
    LookupUnasked = "lookup-unasked" Warning,
    /// A server answered with what is no Matrix account.
    LookupMxid = "lookup-mxid" Error,
    /// A server answered with the user's own account.
    LookupSelf = "lookup-self" Note,
    /// An account's name is of a grammar that is no longer given out.
    MxidHistorical = "mxid-historical" Note,
    /// A server gives one account to several people.
    LookupOvershared = "lookup-overshared" Error,
    /// A server knows nearly everybody.
    LookupKnowsAll = "lookup-knows-all" Error,
    /// A server has not changed its pepper for weeks.
    PepperUnchanged = "pepper-unchanged" Warning,
    /// Members of rooms whose Matrix IDs are none.
    AccountsUnusable = "accounts-unusable" Note,
    /// Direct chats with people who are no contacts.
    DirectsUnknown = "directs-unknown" Note,
    /// Rooms that have too many members to be looked through.
    RoomsTooLarge = "rooms-too-large" Note,
    /// Rooms that could not be looked through for the homeserver's own troubles.
    RoomsUnread = "rooms-unread" Note,
    /// Profiles about which there was no answer.
    ProfilesUnanswered = "profiles-unanswered" Note,
    /// The user directory did not answer about some names.
    NamesUnanswered = "names-unanswered" Note,
    /// A homeserver or an identity server would not do what an invitation takes.
    InvitationRefused = "invitation-refused" Error,
    /// Names that are left for another run.
    NamesLeft = "names-left" Note,
    /// A proxy is announced, and not used.
    ProxyNotUsed = "proxy-not-used" Note,
    /// Columns of a table of questions that are gone.
    ReviewColumns = "review-columns" Error,
    /// A table of questions that a spreadsheet saved in a form of its own.
    ReviewNoText = "review-no-text" Error,
    /// A row with a question's id that there is none of.
    ReviewUnknown = "review-unknown" Error,
    /// A row whose question is open no more.
    ReviewClosed = "review-closed" Error,
    /// A row that is not about those whom its question is about.
    ReviewChanged = "review-changed" Error,
    /// A question that is answered in two rows.
    ReviewTwice = "review-twice" Error,
    /// A row of another state, or of another workspace.
    ReviewState = "review-state" Error,
    /// An answer that the question does not take.
    ReviewAnswer = "review-answer" Error,
    /// Answers that cannot be true together.
    ReviewContradiction = "review-contradiction" Error,
    /// An answer about people whom nothing tells apart.
    ReviewIndistinct = "review-indistinct" Error,
    /// Entries of people whom the user never wants to be brought back.
    LeftOut = "left-out" Note,
    /// What the user decided is about people whom no file shows any more.
    RulingsIdle = "rulings-idle" Note,
    /// Files in a walked folder that are none of ours.
    FilesIgnored = "files-ignored" Note,
}

/// One thing that went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What kind of problem.
    pub code: Code,
    /// In which file; an item of a zip is `outer.zip!/inner`.
    pub path: Option<Foreign>,
    /// In which line or row, counted from 1.
    pub line: Option<u64>,
    /// How many there are, where the sentence counts.
    pub count: Option<u64>,
    /// A name or piece of text that the sentence quotes.
    pub quote: Option<Foreign>,
}

impl Problem {
    /// A problem of that kind, as yet without a place.
    pub fn new(code: Code) -> Self {
        Self { code, path: None, line: None, count: None, quote: None }
    }

    /// Adds the line.
    pub fn at(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// Adds the file.
    pub fn in_file(mut self, path: &str) -> Self {
        self.path = Some(Foreign::new(path));
        self
    }

    /// Adds the number of cases.
    pub fn counted(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }

    /// Adds a quotation.
    pub fn quoting(mut self, quote: impl Into<smol_str::SmolStr>) -> Self {
        self.quote = Some(Foreign::new(quote));
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}
