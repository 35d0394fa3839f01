//! Settings that last: `transhume.toml` in the workspace.

use std::fs;
use std::io;

use serde::Deserialize;

use crate::model::phone::RegionCode;
use crate::report::scope::Count;

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
            toml::from_str(&text).map_err(|e| WorkspaceError::Settings(e.to_string()))?;
        if let Some(region) = &settings.region
            && RegionCode::parse(region).is_none()
        {
            return Err(WorkspaceError::Settings(format!("region = {region:?}")));
        }
        Ok(settings)
    }
}
