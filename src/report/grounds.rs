//! The grounds of a verdict in words: where a statement comes from, what it is worth,
//! and what follows from all of them.

use super::phrase::day;
use crate::check::Checked;
use crate::model::contact::Why;
use crate::model::evidence::Origin;
use crate::model::verdict::STALE_AFTER_DAYS;
use crate::model::{Channel, Evidence, Foreign, Grade, Holding, Locator, Scope, State};
use crate::words::{Key, Words, key};

/// The word for a state.
pub(super) fn state(state: State, words: &Words) -> String {
    words.say(match state {
        State::Reachable => key::REPORT_STATE_REACHABLE,
        State::Likely => key::REPORT_STATE_LIKELY,
        State::NotFound => key::REPORT_STATE_NOT_FOUND,
        State::Unregistered => key::REPORT_STATE_UNREGISTERED,
        State::Unknown => key::REPORT_STATE_UNKNOWN,
        State::Excluded => key::REPORT_STATE_EXCLUDED,
    })
}

/// The word for a scope.
pub(super) fn scope(scope: Scope, words: &Words) -> String {
    words.say(match scope {
        Scope::Circle => key::REPORT_SCOPE_CIRCLE,
        Scope::AddressBookOnly => key::REPORT_SCOPE_ADDRESS_BOOK_ONLY,
        Scope::GroupOnly => key::REPORT_SCOPE_GROUP_ONLY,
    })
}

/// What a grade is worth.
pub(super) fn grade(grade: Grade, words: &Words) -> String {
    words.say(match grade {
        Grade::A => key::REPORT_GRADE_A,
        Grade::B => key::REPORT_GRADE_B,
        Grade::C => key::REPORT_GRADE_C,
        Grade::D => key::REPORT_GRADE_D,
    })
}

/// Where a statement comes from.
pub(super) fn origin(origin: Origin, words: &Words) -> String {
    words.say(match origin {
        Origin::AddressBook => key::REPORT_ORIGIN_ADDRESS_BOOK,
        Origin::ChatSelf => key::REPORT_ORIGIN_CHAT_SELF,
        Origin::ChatOther => key::REPORT_ORIGIN_CHAT_OTHER,
        Origin::SignalExport => key::REPORT_ORIGIN_SIGNAL_EXPORT,
        Origin::SignalDesktop => key::REPORT_ORIGIN_SIGNAL_DESKTOP,
        Origin::SignalCli => key::REPORT_ORIGIN_SIGNAL_CLI,
        Origin::SignalLookup => key::REPORT_ORIGIN_SIGNAL_LOOKUP,
        Origin::SignalJoined => key::REPORT_ORIGIN_SIGNAL_JOINED,
        Origin::SignalTalked => key::REPORT_ORIGIN_SIGNAL_TALKED,
        Origin::Lookup => key::REPORT_ORIGIN_LOOKUP,
        Origin::LookupDoubtful => key::REPORT_ORIGIN_LOOKUP_DOUBTFUL,
        Origin::OwnDirect => key::REPORT_ORIGIN_OWN_DIRECT,
        Origin::SharedRoom => key::REPORT_ORIGIN_SHARED_ROOM,
        Origin::Profile => key::REPORT_ORIGIN_PROFILE,
        Origin::Directory => key::REPORT_ORIGIN_DIRECTORY,
        Origin::BridgeGhost => key::REPORT_ORIGIN_BRIDGE_GHOST,
        Origin::Roster => key::REPORT_ORIGIN_ROSTER,
        Origin::ThereSelf => key::REPORT_ORIGIN_THERE_SELF,
        Origin::ThereOther => key::REPORT_ORIGIN_THERE_OTHER,
        Origin::LeftSelf => key::REPORT_ORIGIN_LEFT_SELF,
        Origin::ChatAnother => key::REPORT_ORIGIN_CHAT_ANOTHER,
        Origin::GroupMoved => key::REPORT_ORIGIN_GROUP_MOVED,
        Origin::User => key::REPORT_ORIGIN_USER,
    })
}

/// The sentence for a reason to join or not to join.
pub(super) fn why(why: Why) -> Key {
    match why {
        Why::SamePhone => key::REPORT_WHY_SAME_PHONE,
        Why::SameEmail => key::REPORT_WHY_SAME_EMAIL,
        Why::SameAccount => key::REPORT_WHY_SAME_ACCOUNT,
        Why::SameCard => key::REPORT_WHY_SAME_CARD,
        Why::UniqueName => key::REPORT_WHY_UNIQUE_NAME,
        Why::SameChat => key::REPORT_WHY_SAME_CHAT,
        Why::NumberChange => key::REPORT_WHY_NUMBER_CHANGE,
        Why::NumberChangeDoubted => key::REPORT_WHY_NUMBER_CHANGE_DOUBTED,
        Why::LidMap => key::REPORT_WHY_LID_MAP,
        Why::AmbiguousName => key::REPORT_WHY_AMBIGUOUS_NAME,
        Why::SharedFixedLine => key::REPORT_WHY_SHARED_FIXED_LINE,
        Why::SeveralAccounts => key::REPORT_WHY_SEVERAL_ACCOUNTS,
        Why::SharedWithinBook => key::REPORT_WHY_SHARED_WITHIN_BOOK,
        Why::LinksTwo => key::REPORT_WHY_LINKS_TWO,
        Why::NeedsRegion => key::REPORT_WHY_NEEDS_REGION,
        Why::AssumedRegion => key::REPORT_WHY_ASSUMED_REGION,
        Why::OwnRegion => key::REPORT_WHY_OWN_REGION,
        Why::NumberUnknown => key::REPORT_WHY_NUMBER_UNKNOWN,
        Why::Damaged => key::REPORT_WHY_DAMAGED,
        Why::OtherRegion => key::REPORT_WHY_OTHER_REGION,
        Why::Unclear => key::REPORT_WHY_UNCLEAR,
        Why::DecidedSame => key::REPORT_WHY_DECIDED_SAME,
        Why::DecidedApart => key::REPORT_WHY_DECIDED_APART,
    }
}

/// The place of a statement, as `path:line`.
pub(super) fn place(path: &Foreign, line: Option<u64>) -> Foreign {
    // Grouped digits would not be a line number any more, so no sentence here.
    line.map_or_else(|| path.clone(), |line| Foreign::new(format!("{}:{line}", path.raw())))
}

/// The same for a locator.
pub(super) fn locator(locator: &Locator) -> Foreign {
    place(&locator.path, locator.line)
}

/// The verdict on a channel as a sentence. It never says that somebody has no
/// account: a network that does not find them does not know that.
pub(super) fn verdict(person: &Checked, channel: Channel, words: &Words) -> String {
    let verdict = person.verdicts.get(channel);
    let about = || person.evidence.iter().filter(|e| e.channel == channel);
    let newest = |holding| about().find(move |e| e.holding == holding);
    let deciding = || about().find(|e| e.holding == Holding::Reachable && Some(e.grade) == verdict.grade);
    let signal = channel == Channel::Signal;
    let (key, evidence) = match verdict.state {
        State::Reachable => (key::REPORT_VERDICT_REACHABLE, deciding()),
        State::Likely if verdict.grade > Some(Grade::B) => (key::REPORT_VERDICT_HINT, deciding()),
        State::Likely => (key::REPORT_VERDICT_STALE, deciding()),
        State::NotFound if signal => (key::REPORT_VERDICT_NOT_FOUND_SIGNAL, newest(Holding::NotFound)),
        State::NotFound => (key::REPORT_VERDICT_NOT_FOUND, newest(Holding::NotFound)),
        State::Unregistered if signal => {
            (key::REPORT_VERDICT_UNREGISTERED_SIGNAL, newest(Holding::Unregistered))
        }
        State::Unregistered => (key::REPORT_VERDICT_UNREGISTERED, newest(Holding::Unregistered)),
        State::Unknown if newest(Holding::Left).is_some() => {
            (key::REPORT_VERDICT_LEFT, newest(Holding::Left))
        }
        State::Unknown if about().all(|e| e.origin == Origin::ChatAnother) => {
            (key::REPORT_VERDICT_UNKNOWN, None)
        }
        State::Unknown => (key::REPORT_VERDICT_UNDECIDED, None),
        State::Excluded => (key::REPORT_VERDICT_EXCLUDED, None),
    };
    let key = match evidence {
        Some(evidence) if evidence.at_latest && signal => key::REPORT_VERDICT_UNREGISTERED_SIGNAL_BY,
        _ => key,
    };
    let date = evidence.and_then(|e| e.at).map_or_else(|| "none".to_owned(), day);
    let source = evidence.map(|e| origin(e.origin, words)).unwrap_or_default();
    let values = [
        ("channel", channel.title().into()),
        ("source", source.as_str().into()),
        ("date", date.as_str().into()),
    ];
    words.say_with(key, &values)
}

/// When a statement was true, as far as its source tells.
pub(super) fn dated(evidence: &Evidence, words: &Words) -> String {
    match evidence.at {
        Some(at) if evidence.at_latest => {
            words.say_with(key::REPORT_AT_LATEST, &[("date", day(at).as_str().into())])
        }
        Some(at) => day(at),
        None => words.say(key::REPORT_UNDATED),
    }
}

/// What a statement says, in a few words: its source, and if it speaks
/// against somebody, how.
pub(super) fn statement(evidence: &Evidence, words: &Words) -> String {
    let source = origin(evidence.origin, words);
    let against = match evidence.holding {
        Holding::Reachable => return source,
        Holding::Unregistered => key::REPORT_HOLDING_UNREGISTERED,
        Holding::NotFound => key::REPORT_HOLDING_NOT_FOUND,
        Holding::Left => key::REPORT_HOLDING_LEFT,
        Holding::Silent if evidence.origin == Origin::ChatAnother => return source,
        Holding::Silent => key::REPORT_HOLDING_SILENT,
    };
    words.say_with(
        key::REPORT_AT,
        &[("place", source.as_str().into()), ("what", words.say(against).as_str().into())],
    )
}

// The sentence for "stale" says two years.
const _: () = assert!(STALE_AFTER_DAYS == 731);
