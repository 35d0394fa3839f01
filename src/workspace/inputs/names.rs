//! What a chat is called after. An iPhone calls every text `_chat.txt`: there
//! the archive bears the name, or the folder into which it was unpacked.

use std::path::Path;

/// The text of every chat that an iPhone exports.
const NAMELESS: &str = "_chat.txt";

/// The name of a file.
pub(super) fn name_of_file(path: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let own = name(path).unwrap_or_default();
    match path.parent().and_then(name) {
        Some(folder) if own == NAMELESS => format!("{folder}.zip"),
        _ => own,
    }
}

/// The name of an entry of the archive at `path`.
pub(super) fn name_of_entry(entry: &str, path: &Path) -> String {
    match entry.rsplit('/').next().unwrap_or_default() {
        NAMELESS => name_of_file(path),
        own => own.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_a_name_is_called_as_what_it_came_in() {
        let archive = Path::new("in/WhatsApp Chat - Ada.zip");
        assert_eq!(name_of_entry("_chat.txt", archive), "WhatsApp Chat - Ada.zip");
        assert_eq!(name_of_entry("x/_chat.txt", archive), "WhatsApp Chat - Ada.zip");
        assert_eq!(name_of_entry("x/WhatsApp Chat with Bo.txt", archive), "WhatsApp Chat with Bo.txt");
        assert_eq!(name_of_file(Path::new("WhatsApp Chat - Ada/_chat.txt")), "WhatsApp Chat - Ada.zip");
        assert_eq!(name_of_file(Path::new("a/b.txt")), "b.txt");
    }
}
