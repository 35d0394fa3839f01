//! The keys under which shown names are compared.

use crate::model::Foreign;

/// The key of a name as it is shown in a chat: a name that people gave
/// themselves never equals a saved one.
pub fn shown_key(name: &Foreign, push_name: bool) -> String {
    if push_name { format!("~{}", name.key()) } else { name.key() }
}
