//! People for the tests of this stage.

use std::sync::Arc;

use crate::check::Checked;
use crate::model::finding::SignalAccount;
use crate::model::identity::{Jid, Mxid};
use crate::model::{Channel, Contact, Phone, State, sample};

use super::reach::Reach;

pub const MATRIX: &str = "@me:example.org";
pub const USERNAME_LINK: &str =
    "https://signal.me/#eu/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdEfGhIjKlMnOpQrStUvWxYz";

/// Somebody of the circle with a direct chat and a mobile number.
pub fn contact(id: &str, name: &str) -> Contact {
    Contact { phones: Phone::from_digits("33639980123").into_iter().collect(), ..sample::contact(id, name) }
}

/// The same, not reachable anywhere. The id is the name.
pub fn person(name: &str) -> Checked {
    Checked { contact: contact(name, name), evidence: Vec::new(), verdicts: Arc::default() }
}

/// Puts somebody on a channel.
pub fn on(person: &mut Checked, channel: Channel) {
    Arc::make_mut(&mut person.verdicts).get_mut(channel).state = State::Reachable;
}

/// The user's addresses on Matrix and XMPP.
pub fn reach() -> Reach {
    Reach { signal: None, matrix: Mxid::parse(MATRIX), xmpp: Jid::parse("me@example.org") }
}

/// The user's Signal account.
pub fn account(hidden: bool, link: Option<&str>) -> SignalAccount {
    SignalAccount { username: None, link: link.map(str::to_owned), hidden_by_number: hidden }
}
