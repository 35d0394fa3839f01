//! Settings that last: `transhume.toml` in the workspace.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;

use serde::Deserialize;

use crate::model::Channel;
use crate::model::phone::RegionCode;
use crate::report::scope::Count;

use super::output::replace;
use super::{Folder, WorkspaceError};

/// What `transhume.toml` can hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The user's own names and numbers.
    #[serde(default)]
    pub me: Vec<String>,
    /// The region of numbers without a country code, ISO 3166.
    pub region: Option<String>,
    /// Whom the big number counts.
    pub count: Option<Count>,
    /// The channel that the user would rather meet on.
    pub channel: Option<Channel>,
    /// The user's homeserver: its name, or its URL.
    pub homeserver: Option<String>,
    /// The identity server to ask, a URL.
    pub identity_server: Option<String>,
    /// A command that tells the access token of the homeserver.
    pub token_command: Option<String>,
    /// One more certificate authority for all servers, a PEM file.
    pub ca_file: Option<PathBuf>,
    /// Where the user's signal-cli is.
    pub signal_cli: Option<String>,
    /// The number of the user's account there.
    pub signal_account: Option<String>,
    /// The names, numbers or addresses of people who may be named in drafts to others.
    #[serde(default)]
    pub names_allowed: Vec<String>,
    /// The folder with the user's own templates for drafts.
    pub templates: Option<PathBuf>,
    /// The links into the new groups, by the titles of the old ones.
    #[serde(default)]
    pub group_links: BTreeMap<String, String>,
    /// Where the user can be found.
    #[serde(default)]
    pub reach: ReachSettings,
}

/// The user's own addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReachSettings {
    /// A number, a username or a username link.
    pub signal: Option<String>,
    /// A Matrix ID.
    pub matrix: Option<String>,
    /// An XMPP address.
    pub xmpp: Option<String>,
}

impl Settings {
    /// Reads the settings of a workspace; none are there until the user makes
    /// some.
    ///
    /// # Errors
    /// [`WorkspaceError::Settings`] for what cannot be understood.
    pub fn load(folder: &Folder) -> Result<Settings, WorkspaceError> {
        let path = folder.settings();
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Settings::default()),
            Err(error) => return Err(WorkspaceError::io(path)(error)),
        };
        let settings: Settings =
            toml::from_str(&text).map_err(|error| WorkspaceError::SettingsLine(place(&text, &error)))?;
        if let Some(region) = &settings.region
            && RegionCode::parse(region).is_none()
        {
            return Err(WorkspaceError::Settings(format!("region = {region:?}")));
        }
        Ok(settings)
    }
}

/// The keys that there are.
const KEYS: [&str; 17] = [
    "channel",
    "names_allowed",
    "templates",
    "group_links",
    "me",
    "region",
    "count",
    "homeserver",
    "identity_server",
    "token_command",
    "ca_file",
    "signal_cli",
    "signal_account",
    "reach",
    "signal",
    "matrix",
    "xmpp",
];

/// Where the settings cannot be understood: the line, and its key. What stands
/// behind the key is not shown, and nor is what the reader says of it: a secret
/// can be in both.
fn place(text: &str, error: &toml::de::Error) -> String {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    let line = text.get(..at).unwrap_or_default().matches('\n').count();
    let key = text.lines().nth(line).and_then(|line| line.split_once('=')).map(|(key, _)| key.trim());
    // Within a text of several lines an equals sign makes no key.
    let is_key = |key: &&str| KEYS.contains(key) || error.message().starts_with("unknown field");
    match key.filter(is_key) {
        Some(key) => format!("{} ({key})", line + 1),
        None => (line + 1).to_string(),
    }
}

/// Settings that were typed and are to last.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The user's own names and numbers.
    pub me: Vec<String>,
    /// The region of numbers without a country code.
    pub region: Option<String>,
    /// Whom the big number counts.
    pub count: Option<Count>,
    /// Where the user's signal-cli is.
    pub signal_cli: Option<String>,
    /// The number of the user's account there.
    pub signal_account: Option<String>,
}

impl Typed {
    /// Writes what was typed into `transhume.toml`; everything else in it, with
    /// its comments, stays as it is.
    ///
    /// # Errors
    /// The file could not be written.
    pub fn remember(&self, folder: &Folder) -> Result<(), WorkspaceError> {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let mut lines: Vec<(&str, String)> = Vec::new();
        if !self.me.is_empty() {
            let names: Vec<String> = self.me.iter().map(|name| quoted(name)).collect();
            lines.push(("me", format!("[{}]", names.join(", "))));
        }
        lines.extend(self.region.as_ref().map(|region| ("region", quoted(region))));
        lines.extend(self.count.map(|count| ("count", quoted(count.id()))));
        for (key, value) in [("signal_cli", &self.signal_cli), ("signal_account", &self.signal_account)] {
            lines.extend(value.as_ref().map(|value| (key, quoted(value))));
        }
        if lines.is_empty() {
            return Ok(());
        }
        let path = folder.settings();
        let before = fs::read_to_string(&path).unwrap_or_default();
        let after = lines.iter().fold(before.clone(), |text, (key, value)| with_line(&text, key, value));
        if after == before || toml::from_str::<Settings>(&after).is_err() {
            return Ok(());
        }
        replace(&path, after.as_bytes())
    }
}

/// Behind an address that stands in the settings because a file told of it.
const TOLD: &str = "# from Signal";

/// Writes into `transhume.toml` the link by which the user's own export says that
/// they are found on Signal. What the user wrote there themself stays.
///
/// # Errors
/// The file could not be written.
pub fn remember_signal(folder: &Folder, link: &str) -> Result<(), WorkspaceError> {
    let path = folder.settings();
    let before = fs::read_to_string(&path).unwrap_or_default();
    let after = with_signal(&before, link);
    if after == before || toml::from_str::<Settings>(&after).is_err() {
        return Ok(());
    }
    replace(&path, after.as_bytes())
}

/// A text of settings with that link under `[reach]`, unless the user wrote
/// another address there.
fn with_signal(text: &str, link: &str) -> String {
    let line = format!("signal = {} {TOLD}", toml::Value::from(link));
    let mut lines: Vec<&str> = text.lines().collect();
    let is_header = |l: &&str| l.trim_start().starts_with('[');
    let Some(top) = lines.iter().position(|l| l.split('#').next().unwrap_or_default().trim() == "[reach]")
    else {
        // A table written in another way is the user's, and is left alone.
        let is_own =
            lines.iter().any(|l| l.trim_start().trim_start_matches('[').trim_start().starts_with("reach"));
        let gap = if text.is_empty() { "" } else { "\n" };
        let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        return if is_own { text.to_owned() } else { format!("{text}{end}{gap}[reach]\n{line}\n") };
    };
    let end = lines[top + 1..].iter().position(is_header).map_or(lines.len(), |at| top + 1 + at);
    let is_it = |l: &&str| l.split_once('=').is_some_and(|(name, _)| name.trim() == "signal");
    match lines[top + 1..end].iter().position(is_it).map(|at| top + 1 + at) {
        Some(at) if lines[at].trim_end().ends_with(TOLD) => lines[at] = &line,
        Some(_) => return text.to_owned(),
        None => lines.insert(top + 1, &line),
    }
    format!("{}\n", lines.join("\n"))
}

/// A text of settings with one of them set, above the first table.
fn with_line(text: &str, key: &str, value: &str) -> String {
    let line = format!("{key} = {value}");
    let mut lines: Vec<&str> = text.lines().collect();
    let top = lines.iter().position(|l| l.trim_start().starts_with('[')).unwrap_or(lines.len());
    let is_it = |l: &&str| l.split_once('=').is_some_and(|(name, _)| name.trim() == key);
    match lines[..top].iter().position(is_it) {
        Some(at) => lines[at] = &line,
        None => lines.insert(0, &line),
    }
    format!("{}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_of_the_own_export_is_set_and_what_the_user_wrote_stays() {
        let (link, newer) = ("https://signal.me/#eu/a", "https://signal.me/#eu/b");
        let line = |link: &str| format!("signal = \"{link}\" # from Signal\n");
        assert_eq!(with_signal("", link), format!("[reach]\n{}", line(link)));
        let first = with_signal("region = \"FR\"\n", link);
        assert_eq!(first, format!("region = \"FR\"\n\n[reach]\n{}", line(link)));
        assert_eq!(with_signal(&first, link), first);
        assert_eq!(with_signal(&first, newer), first.replace(link, newer));
        let matrix = "[reach] # me\nmatrix = \"@ada:example.org\"\n";
        let both = with_signal(matrix, link);
        assert_eq!(both, matrix.replace("# me\n", &format!("# me\n{}", line(link))));
        for own in [
            "[reach]\nsignal = \"ada.42\"\n",
            "[reach]\nsignal=\"https://signal.me/#eu/own\" # mine\n",
            "reach.signal = \"ada.42\"\n",
            "reach = { signal = \"ada.42\" }\n",
            "[ reach ]\nsignal = \"ada.42\"\n",
        ] {
            assert_eq!(with_signal(own, link), own);
        }
        let settings: Settings = toml::from_str(&both).unwrap();
        assert_eq!(settings.reach.signal.as_deref(), Some(link));
    }

    #[test]
    fn what_is_typed_lasts_and_the_rest_stays() {
        let text = "# mine\nregion = \"GB\" # home\n\n[reach]\nmatrix = \"@ada:example.org\"\n";
        let text = with_line(&with_line(text, "region", "\"FR\""), "me", "[\"Ada\"]");
        assert_eq!(
            text,
            "me = [\"Ada\"]\n# mine\nregion = \"FR\"\n\n[reach]\nmatrix = \"@ada:example.org\"\n"
        );
        let settings: Settings = toml::from_str(&text).unwrap();
        assert_eq!((settings.region.as_deref(), settings.me), (Some("FR"), vec!["Ada".to_owned()]));
    }
}
