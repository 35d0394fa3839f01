//! The key under which the titles of chats are compared.

use crate::model::Foreign;

/// The key of a chat's title as a file's name can hold it: without what file
/// systems do not allow, and in lower case.
pub fn title_key(title: &Foreign) -> String {
    let key = title.key().to_lowercase();
    key.chars()
        .filter(|c| !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '_' | ' '))
        .collect()
}
