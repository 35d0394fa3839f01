//! Evidence from the sources alone: address books, chats, Signal's exports.

use crate::model::contact::{Gone, Said, Statement};
use crate::model::evidence::Origin;
use crate::model::finding::{SignalList, Subscription};
use crate::model::{Contact, Evidence, Grade, Holding};

/// What the sources say about a contact.
pub fn evidence(contact: &Contact) -> impl Iterator<Item = Evidence> + '_ {
    contact.statements.iter().map(weigh)
}

/// Which of Signal's lists it is.
fn listed_by(list: SignalList) -> Origin {
    match list {
        SignalList::Export => Origin::SignalExport,
        SignalList::Desktop => Origin::SignalDesktop,
        SignalList::Cli => Origin::SignalCli,
    }
}

/// What a statement is worth (DESIGN's grades): a network's own list is proof;
/// the user's address book and people's word about themselves are statements;
/// what is said about somebody else is a hint.
fn weigh(statement: &Statement) -> Evidence {
    use Grade::{A, B, C};
    use Holding::{Left, Reachable, Silent, Unregistered};
    let (holding, grade, origin, address) = match &statement.what {
        Said::InBook(address) => (Reachable, B, Origin::AddressBook, Some(address)),
        Said::BySelf(address) => (Reachable, B, Origin::ChatSelf, Some(address)),
        Said::ByOther(address) => (Reachable, C, Origin::ChatOther, Some(address)),
        Said::SignalListed(list, address) => (Reachable, A, listed_by(*list), address.as_ref()),
        Said::SignalGone(list, address, _) => (Unregistered, A, listed_by(*list), address.as_ref()),
        Said::SignalSilent(list) => (Silent, Grade::D, listed_by(*list), None),
        Said::Marked(address) => (Reachable, A, Origin::User, Some(address)),
        Said::Came(_) => (Reachable, A, Origin::User, None),
        Said::SignalJoined(address) => (Reachable, A, Origin::SignalJoined, address.as_ref()),
        Said::SignalTalked(_, address) => (Reachable, A, Origin::SignalTalked, address.as_ref()),
        // Both ways, the two know each other there. One way, one of them asked once,
        // which strangers do as well.
        Said::InRoster(address, Subscription::Both) => (Reachable, A, Origin::Roster, Some(address)),
        Said::InRoster(address, Subscription::From | Subscription::To | Subscription::None) => {
            (Reachable, C, Origin::Roster, Some(address))
        }
        Said::ThereBySelf(_) => (Reachable, C, Origin::ThereSelf, None),
        Said::ThereByOther(_) => (Reachable, C, Origin::ThereOther, None),
        Said::LeftBySelf(_) => (Left, B, Origin::LeftSelf, None),
        Said::OfAnother(address) => (Silent, Grade::D, Origin::ChatAnother, Some(address)),
        Said::GroupMoved(_) => (Reachable, C, Origin::GroupMoved, None),
    };
    Evidence {
        channel: statement.what.channel(),
        holding,
        grade,
        address: address.cloned(),
        self_stated: matches!(origin, Origin::ChatSelf | Origin::ThereSelf | Origin::LeftSelf),
        origin,
        locator: statement.locator.clone(),
        at: statement.at,
        at_latest: matches!(statement.what, Said::SignalGone(.., Gone::ByThen)),
        about: None,
    }
}
