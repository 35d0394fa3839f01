//! The fold of the evidence: what is to be believed of a contact on a channel.

use serde::{Deserialize, Serialize};

use super::evidence::{Evidence, Grade, Holding};
use super::identity::Address;
use super::moment::Moment;

/// After this many days without confirmation, what was proven or stated
/// counts as likely only (24 months).
pub const STALE_AFTER_DAYS: i64 = 731;

/// What is to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Proven, or stated by the person or the user's address book.
    Reachable,
    /// A hint, or too long ago.
    Likely,
    /// Asked, and no answer: not absence.
    NotFound,
    /// The network said so.
    Unregistered,
    /// Not asked, or no answer worth the name.
    Unknown,
    /// The user said never.
    Excluded,
}

impl State {
    /// All states, in the order in which they are always shown.
    pub const ALL: [State; 6] = [
        State::Reachable,
        State::Likely,
        State::NotFound,
        State::Unregistered,
        State::Unknown,
        State::Excluded,
    ];

    /// The name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            State::Reachable => "reachable",
            State::Likely => "likely",
            State::NotFound => "not-found",
            State::Unregistered => "unregistered",
            State::Unknown => "unknown",
            State::Excluded => "excluded",
        }
    }
}

/// What is believed of one contact on one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The state.
    pub state: State,
    /// The address to use, if one is known.
    pub address: Option<Address>,
    /// Since when they are known to be there: the first dated statement for
    /// this state.
    pub since: Option<Moment>,
    /// The best grade among the statements that decided.
    pub grade: Option<Grade>,
}

impl Default for Verdict {
    fn default() -> Self {
        Self { state: State::Unknown, address: None, since: None, grade: None }
    }
}

/// Folds the statements about one contact on one channel, as of `now`.
/// Statements dated after `now` are not looked at; a statement without a date
/// counts as being of today.
///
/// A negative statement never erases a positive one, unless it is a newer
/// "unregistered" for the same account: one that the positive one names too,
/// or one where either names none. Who says of themself to have left takes back what
/// was said before, but no proof.
pub fn fold(evidence: &[&Evidence], now: Moment) -> Verdict {
    let known = || evidence.iter().copied().filter(|e| e.at.is_none_or(|at| at.civil() <= now.civil()));
    let gone: Vec<&Evidence> = known().filter(|e| e.holding == Holding::Unregistered).collect();
    let left =
        known().filter(|e| e.holding == Holding::Left).filter_map(|e| e.at).max_by_key(|at| at.civil());
    let taken_back = |e: &Evidence| {
        let before = |(left, at): (Moment, Moment)| left.civil() > at.civil();
        e.grade > Grade::A && left.zip(e.at).is_some_and(before)
    };
    let standing: Vec<&Evidence> = known()
        .filter(|e| e.holding == Holding::Reachable && e.grade < Grade::D)
        .filter(|e| !gone.iter().any(|g| revokes(g, e)) && !taken_back(e))
        .collect();

    if standing.is_empty() {
        let state = if !gone.is_empty() {
            State::Unregistered
        } else if known().any(|e| e.holding == Holding::NotFound) {
            State::NotFound
        } else {
            State::Unknown
        };
        let since = gone.iter().filter_map(|e| e.at).max();
        return Verdict { state, address: None, since, grade: None };
    }

    let fresh = |e: &&&Evidence| e.at.is_none_or(|at| at.days_until(now) <= STALE_AFTER_DAYS);
    let firm: Vec<&Evidence> = standing.iter().copied().filter(|e| e.grade <= Grade::B).collect();
    let state = if firm.iter().any(|e| fresh(&e)) { State::Reachable } else { State::Likely };
    let deciding = if firm.is_empty() { &standing } else { &firm };
    let grade = deciding.iter().map(|e| e.grade).min();
    // The best grade speaks; among equals the newest, then the first by address.
    let speaker = deciding
        .iter()
        .filter(|e| e.address.is_some())
        .min_by_key(|e| (e.grade, std::cmp::Reverse(e.at), e.address.clone()));
    Verdict {
        state,
        address: speaker.and_then(|e| e.address.clone()),
        since: deciding.iter().filter_map(|e| e.at).min(),
        grade,
    }
}

/// Whether `gone` takes back what `positive` said.
fn revokes(gone: &Evidence, positive: &Evidence) -> bool {
    let newer = match (gone.at, positive.at) {
        (Some(gone), Some(positive)) => gone.civil() > positive.civil(),
        (Some(_), None) => false,
        (None, _) => true,
    };
    let same = match (&gone.address, &positive.address) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    newer && same
}

#[cfg(test)]
mod tests {
    use super::super::evidence::{Locator, Origin};
    use super::super::{Channel, Foreign, Phone};
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    fn evidence(holding: Holding, grade: Grade, at: Option<&str>) -> Evidence {
        Evidence {
            channel: Channel::Signal,
            holding,
            grade,
            address: Phone::from_digits("33639980123").map(Address::Phone),
            self_stated: false,
            origin: Origin::SignalExport,
            locator: Locator { path: Foreign::from("main.jsonl"), line: Some(1) },
            at: at.map(moment),
            at_latest: false,
            about: None,
        }
    }

    fn state(all: &[Evidence], now: &str) -> State {
        fold(&all.iter().collect::<Vec<_>>(), moment(now)).state
    }

    #[test]
    fn who_says_to_have_left_takes_back_what_was_said_and_no_proof() {
        let now = "2021-01-31T00:00:00Z";
        let left = evidence(Holding::Left, Grade::B, Some("2021-01-20T00:00:00"));
        let said = |grade, at| evidence(Holding::Reachable, grade, at);
        let with = |e: Evidence| state(&[left.clone(), e], now);
        assert_eq!(with(said(Grade::B, Some("2020-06-01T00:00:00"))), State::Unknown);
        assert_eq!(with(said(Grade::C, Some("2020-06-01T00:00:00"))), State::Unknown);
        assert_eq!(with(said(Grade::A, Some("2020-06-01T00:00:00Z"))), State::Reachable, "proof stays");
        assert_eq!(with(said(Grade::B, Some("2021-01-25T00:00:00"))), State::Reachable, "back again");
        assert_eq!(with(said(Grade::B, None)), State::Reachable, "an address book is of today");
        assert_eq!(state(std::slice::from_ref(&left), now), State::Unknown);
        let missed = evidence(Holding::NotFound, Grade::A, Some("2021-01-10T00:00:00Z"));
        assert_eq!(state(&[left, missed], now), State::NotFound);
    }

    #[test]
    fn nothing_asked_is_unknown_and_no_answer_is_not_absence() {
        assert_eq!(state(&[], "2021-01-31T00:00:00Z"), State::Unknown);
        let silent = evidence(Holding::Silent, Grade::D, None);
        let guess = evidence(Holding::Reachable, Grade::D, None);
        assert_eq!(state(&[silent, guess], "2021-01-31T00:00:00Z"), State::Unknown);
        let miss = evidence(Holding::NotFound, Grade::A, Some("2021-01-01T00:00:00Z"));
        let hit = evidence(Holding::Reachable, Grade::A, Some("2020-12-01T00:00:00Z"));
        assert_eq!(state(std::slice::from_ref(&miss), "2021-01-31T00:00:00Z"), State::NotFound);
        assert_eq!(state(&[miss, hit], "2021-01-31T00:00:00Z"), State::Reachable);
    }

    #[test]
    fn only_a_newer_unregistered_takes_back() {
        let hit = evidence(Holding::Reachable, Grade::A, Some("2021-01-10T00:00:00Z"));
        let older = evidence(Holding::Unregistered, Grade::A, Some("2020-06-01T00:00:00Z"));
        let newer = evidence(Holding::Unregistered, Grade::A, Some("2021-01-20T00:00:00Z"));
        assert_eq!(state(&[hit.clone(), older], "2021-01-31T00:00:00Z"), State::Reachable);
        assert_eq!(state(&[hit.clone(), newer.clone()], "2021-01-31T00:00:00Z"), State::Unregistered);
        let mut elsewhere = newer;
        elsewhere.address = Phone::from_digits("33639980199").map(Address::Phone);
        assert_eq!(state(&[hit, elsewhere], "2021-01-31T00:00:00Z"), State::Reachable);
    }

    #[test]
    fn what_is_old_or_hearsay_is_likely() {
        let old = evidence(Holding::Reachable, Grade::A, Some("2021-01-24T18:00:00Z"));
        assert_eq!(state(std::slice::from_ref(&old), "2023-01-24T00:00:00Z"), State::Reachable);
        assert_eq!(state(std::slice::from_ref(&old), "2023-02-01T00:00:00Z"), State::Likely);
        assert_eq!(state(&[old], "2021-01-23T00:00:00Z"), State::Unknown, "not yet said then");
        let hint = evidence(Holding::Reachable, Grade::C, None);
        assert_eq!(state(&[hint], "2021-01-31T00:00:00Z"), State::Likely);
    }
}
