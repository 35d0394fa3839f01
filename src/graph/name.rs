//! The keys under which shown names are compared.

use crate::model::Foreign;

/// The key of a name as it is shown in a chat: a name that people gave
/// themselves never equals a saved one.
pub fn shown_key(name: &Foreign, push_name: bool) -> String {
    if push_name { format!("~{}", name.key()) } else { name.key() }
}

/// The key of a chat's title as a file's name can hold it: without what file
/// systems do not allow, and in lower case.
pub fn title_key(title: &Foreign) -> String {
    let key = title.key().to_lowercase();
    key.chars()
        .filter(|c| !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '_' | ' '))
        .collect()
}
