//! The wordings as they are written, in `languages/*.toml`. Somebody who speaks
//! the language can add to its file without any Rust; a wrong key or place is a
//! failing test that names the file.

use serde::Deserialize;

/// All languages. Where a wording is common to several, the earlier wins.
pub(super) const FILES: [(&str, &str); 30] = [
    ("en", include_str!("../languages/en.toml")),
    ("fr", include_str!("../languages/fr.toml")),
    ("de", include_str!("../languages/de.toml")),
    ("es", include_str!("../languages/es.toml")),
    ("pt", include_str!("../languages/pt.toml")),
    ("it", include_str!("../languages/it.toml")),
    ("nb", include_str!("../languages/nb.toml")),
    ("nl", include_str!("../languages/nl.toml")),
    ("ru", include_str!("../languages/ru.toml")),
    ("pl", include_str!("../languages/pl.toml")),
    ("tr", include_str!("../languages/tr.toml")),
    ("id", include_str!("../languages/id.toml")),
    ("sv", include_str!("../languages/sv.toml")),
    ("da", include_str!("../languages/da.toml")),
    ("fi", include_str!("../languages/fi.toml")),
    ("cs", include_str!("../languages/cs.toml")),
    ("ro", include_str!("../languages/ro.toml")),
    ("hu", include_str!("../languages/hu.toml")),
    ("uk", include_str!("../languages/uk.toml")),
    ("el", include_str!("../languages/el.toml")),
    ("ar", include_str!("../languages/ar.toml")),
    ("he", include_str!("../languages/he.toml")),
    ("fa", include_str!("../languages/fa.toml")),
    ("ja", include_str!("../languages/ja.toml")),
    ("ko", include_str!("../languages/ko.toml")),
    ("zh", include_str!("../languages/zh.toml")),
    ("th", include_str!("../languages/th.toml")),
    ("vi", include_str!("../languages/vi.toml")),
    ("hi", include_str!("../languages/hi.toml")),
    ("ca", include_str!("../languages/ca.toml")),
];

/// A language file as it is written. `languages/en.toml` explains the keys.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct File {
    pub titles: Vec<String>,
    pub you: Vec<String>,
    pub and: Vec<String>,
    pub others: Vec<String>,
    pub created: Vec<String>,
    pub added: Vec<String>,
    pub added_me: Vec<String>,
    pub left: Vec<String>,
    pub removed: Vec<String>,
    pub joined: Vec<String>,
    pub subject: Vec<String>,
    pub number_change: Vec<String>,
    pub security_code: Vec<String>,
    pub encrypted: Vec<String>,
    pub encrypted_group: Vec<String>,
    pub timer_on: Vec<String>,
    pub timer_off: Vec<String>,
    pub privacy_on: Vec<String>,
    pub privacy_off: Vec<String>,
    pub business: Vec<String>,
    pub other_notices: Vec<String>,
    pub calls: Vec<String>,
    pub omitted: Vec<String>,
    pub omitted_contact: Vec<String>,
    pub omitted_android: Vec<String>,
    pub attached_android: Vec<String>,
    pub attached_ios: Vec<String>,
    pub deleted: Vec<String>,
    pub edited: Vec<String>,
    pub location: Vec<String>,
    pub poll: Vec<String>,
    pub months: Vec<Vec<String>>,
    pub weekdays: Vec<String>,
}

/// What a template's notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    Created,
    Added,
    AddedMe,
    Left,
    Removed,
    Joined,
    Subject,
    NumberChange,
    SecurityCode,
    Encrypted,
    EncryptedGroup,
    TimerOn,
    TimerOff,
    PrivacyOn,
    PrivacyOff,
    Business,
    Call,
    Other,
}

impl File {
    /// The wordings of notices with their topics, and whether more text may
    /// follow them.
    pub fn notices(&self) -> [(Topic, bool, &[String]); 18] {
        [
            (Topic::Created, false, &self.created),
            (Topic::Added, false, &self.added),
            (Topic::AddedMe, false, &self.added_me),
            (Topic::Left, false, &self.left),
            (Topic::Removed, false, &self.removed),
            (Topic::Joined, false, &self.joined),
            (Topic::Subject, false, &self.subject),
            (Topic::NumberChange, true, &self.number_change),
            (Topic::SecurityCode, true, &self.security_code),
            (Topic::Encrypted, true, &self.encrypted),
            (Topic::EncryptedGroup, true, &self.encrypted_group),
            (Topic::TimerOn, true, &self.timer_on),
            (Topic::TimerOff, true, &self.timer_off),
            (Topic::PrivacyOn, true, &self.privacy_on),
            (Topic::PrivacyOff, true, &self.privacy_off),
            (Topic::Business, true, &self.business),
            (Topic::Call, true, &self.calls),
            (Topic::Other, true, &self.other_notices),
        ]
    }
}

/// Each language file as it is written, for tests that go through them.
#[cfg(test)]
pub(super) fn files() -> Vec<(&'static str, File)> {
    let read = |(code, text)| (code, toml::from_str(text).unwrap_or_default());
    FILES.into_iter().map(read).collect()
}
