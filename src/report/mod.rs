//! Everything that was learnt, as views; a view is rendered as terminal text,
//! JSON, CSV, HTML, vCard or GraphML. Nothing here touches the world: it writes to whatever
//! it is handed.

mod abridged;
pub mod ahead;
pub mod changes;
pub mod check;
pub mod contact;
pub mod csv;
pub mod evidence;
pub mod graphml;
mod grounds;
pub mod history;
pub mod html;
pub mod import;
pub mod inspect;
pub mod inspect_text;
pub mod markdown;
mod phrase;
pub mod plan;
pub mod review;
pub mod scope;
pub mod session;
pub mod share;
pub mod status;
pub mod terminal;
pub mod undo;
pub mod vcard;
pub mod view;

#[cfg(test)]
mod sample;

pub use view::{Report, build};
