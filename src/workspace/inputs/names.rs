//! What a chat is called after. An iPhone calls every text `_chat.txt`: there
//! the archive bears the name, or the folder into which it was unpacked, and
//! such folders are packed together again.

use std::path::Path;

use crate::read::whatsapp::filename::chat_title;

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

/// Whether an archive of these entries holds several chats without a name, so that
/// it cannot be called after each of them.
pub(super) fn holds_several<'n>(entries: impl Iterator<Item = &'n str>) -> bool {
    let mut nameless = entries.filter(|name| name.rsplit('/').next() == Some(NAMELESS));
    nameless.nth(1).is_some()
}

/// The name of an entry of the archive at `path`, which may hold `several` chats
/// without one.
pub(super) fn name_of_entry(entry: &str, path: &Path, several: bool) -> String {
    let mut parts = entry.rsplit('/');
    let own = parts.next().unwrap_or_default();
    if own != NAMELESS {
        return own.to_owned();
    }
    match parts.next().map(|folder| format!("{folder}.zip")) {
        Some(folder) if several || chat_title(&folder).is_some() => folder,
        _ => name_of_file(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_a_name_is_called_as_what_it_came_in() {
        let archive = Path::new("in/WhatsApp Chat - Ada.zip");
        let name = |entry: &str, others: &[&str]| {
            name_of_entry(entry, archive, holds_several(others.iter().copied().chain([entry])))
        };
        assert_eq!(name("_chat.txt", &[]), "WhatsApp Chat - Ada.zip");
        assert_eq!(name("x/_chat.txt", &["x/notes.txt"]), "WhatsApp Chat - Ada.zip");
        assert_eq!(name("x/WhatsApp Chat with Bo.txt", &[]), "WhatsApp Chat with Bo.txt");
        assert_eq!(name("x/WhatsApp Chat - Bo/_chat.txt", &[]), "WhatsApp Chat - Bo.zip");
        assert_eq!(name("x/_chat.txt", &["y/_chat.txt"]), "x.zip");
        assert_eq!(name("_chat.txt", &["y/_chat.txt"]), "WhatsApp Chat - Ada.zip");
        assert_eq!(name_of_file(Path::new("WhatsApp Chat - Ada/_chat.txt")), "WhatsApp Chat - Ada.zip");
        assert_eq!(name_of_file(Path::new("a/b.txt")), "b.txt");
    }
}
