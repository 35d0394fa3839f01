//! Evidence: what the graph's statements are worth, and what networks answer.
//!
//! [`offline`] weighs what the sources say, [`online`] what networks answered
//! when they were asked. [`question`] is what may be asked of them, [`hash`]
//! how it is asked, [`mappings`] what of an answer is believed, [`sightings`] whose
//! the accounts are of which the user's own homeserver tells, [`candidates`] which
//! of them a person should look at, [`agenda`] what is asked in which order. Only
//! the `*_client` files open sockets, the one for address books included;
//! [`place`], [`trouble`] and [`pace`] are their rules: where to, what can go
//! wrong, how long to wait. [`session`] is what proves who asks. Signal is asked
//! through the user's own signal-cli, by the rules in the `signal_*` files.

pub mod agenda;
#[cfg(test)]
mod ahead_tests;
pub mod candidates;
pub mod carddav_client;
pub mod discovery_client;
pub mod hash;
pub mod homeserver_client;
#[expect(clippy::disallowed_types, reason = "this is where servers are spoken to")]
pub mod http_client;
pub mod identity_client;
#[expect(clippy::disallowed_types, reason = "the browser comes back through this door")]
pub mod loopback_client;
pub mod mappings;
pub mod matrix_client;
mod matrix_trouble;
pub mod oauth_client;
pub mod offline;
pub mod online;
pub mod pace;
pub mod place;
pub mod question;
pub mod rooms;
pub mod ruma_client;
pub mod session;
pub mod session_client;
pub mod sightings;
pub mod signal_agenda;
pub mod signal_answers;
#[expect(clippy::disallowed_types, reason = "this is where signal-cli is spoken to")]
pub mod signal_client;
pub mod signal_online;
pub mod signal_place;
pub mod signal_trouble;
pub mod trouble;

use std::sync::{Arc, LazyLock};

use crate::model::channel::PerChannel;
use crate::model::verdict::fold;
use crate::model::{
    Answer, Channel, Code, Contact, Evidence, Finding, Moment, Problem, Sighting, SignalAnswer, State,
    Verdict,
};

/// A contact with the evidence about it.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The contact.
    pub contact: Contact,
    /// All evidence, newest first.
    pub evidence: Vec<Evidence>,
    /// What is to be believed of each channel: shared by all of whom nothing is
    /// said, who are most of a big address book.
    pub verdicts: Arc<PerChannel<Verdict>>,
}

/// What is to be believed where nothing is said.
static NOTHING: LazyLock<Arc<PerChannel<Verdict>>> = LazyLock::new(Arc::default);

impl Checked {
    /// Folds a contact's evidence as of `now`.
    pub fn new(contact: Contact, mut evidence: Vec<Evidence>, now: Moment) -> Self {
        for one in &mut evidence {
            one.at = one.at.map(|at| not_ahead(at, now));
        }
        let excluded = || Verdict { state: State::Excluded, ..Verdict::default() };
        let verdicts = match (contact.excluded, evidence.is_empty()) {
            (true, _) => Arc::new(PerChannel::from_fn(|_| excluded())),
            (false, true) => Arc::clone(&NOTHING),
            (false, false) => Arc::new(PerChannel::from_fn(|channel| verdict(&evidence, channel, now))),
        };
        Self { contact, evidence, verdicts }
    }

    /// Adds one more statement, as of `now`.
    pub fn add(&mut self, evidence: Evidence, now: Moment) {
        let channel = evidence.channel;
        self.evidence.push(evidence);
        newest_first(&mut self.evidence);
        if !self.contact.excluded {
            *Arc::make_mut(&mut self.verdicts).get_mut(channel) = verdict(&self.evidence, channel, now);
        }
    }

    /// What was to be believed on an earlier day.
    pub fn verdict_at(&self, channel: Channel, then: Moment) -> Verdict {
        let dated: Vec<&Evidence> =
            self.evidence.iter().filter(|e| e.channel == channel && e.at.is_some()).collect();
        fold(&dated, then)
    }

    /// Whether the contact can be reached on a channel.
    pub fn is_on(&self, channel: Channel) -> bool {
        self.verdicts.get(channel).state == State::Reachable
    }

    /// Whether the contact can be reached at all.
    pub fn is_reachable(&self) -> bool {
        Channel::ALL.into_iter().any(|channel| self.is_on(channel))
    }
}

/// A moment as of `now`: what is dated within the next day comes from a clock, or
/// a time zone, that is ahead of this one, and is of today.
fn not_ahead(at: Moment, now: Moment) -> Moment {
    let tomorrow = now.civil().saturating_add(jiff::Span::new().days(1));
    if at.civil() > now.civil() && at.civil() <= tomorrow { now } else { at }
}

/// What is wrong with a source that is dated later than that: what it says is not
/// looked at.
pub fn ahead(finding: &Finding, now: Moment) -> Option<Problem> {
    let Finding::Signal(export) = finding else { return None };
    let ahead = export.at.is_some_and(|at| not_ahead(at, now).civil() > now.civil());
    ahead.then(|| Problem::new(Code::SignalAhead).quoting(now.date().to_string()))
}

/// Weighs what sources say and networks answered about each contact, as of
/// `now`; tells which answers are not believed.
pub fn check(
    contacts: Vec<Contact>,
    answers: &[Answer],
    sightings: &[Sighting],
    signal: &[SignalAnswer],
    now: Moment,
) -> (Vec<Checked>, Vec<Problem>) {
    let mut seen = sightings::evidence(sightings, &contacts);
    let mut signal = signal_online::evidence(signal, &contacts);
    let answers = online::Answers::new(answers, &contacts);
    let problems = answers.problems();
    let mut weigh = |contact: Contact| {
        let mut evidence: Vec<Evidence> = offline::evidence(&contact).collect();
        evidence.extend(answers.evidence(&contact));
        evidence.extend(seen.remove(&contact.id).unwrap_or_default());
        evidence.extend(signal.remove(&contact.id).unwrap_or_default());
        // An account of which the user said that it is not theirs says nothing of them.
        evidence.retain(|e| e.address.as_ref().is_none_or(|address| !contact.denied.contains(address)));
        newest_first(&mut evidence);
        Checked::new(contact, evidence, now)
    };
    (contacts.into_iter().map(&mut weigh).collect(), problems)
}

/// Puts statements in the order in which they are told.
fn newest_first(evidence: &mut [Evidence]) {
    evidence.sort_by(|a, b| (b.at, &a.locator).cmp(&(a.at, &b.locator)));
}

fn verdict(evidence: &[Evidence], channel: Channel, now: Moment) -> Verdict {
    let about: Vec<&Evidence> = evidence.iter().filter(|e| e.channel == channel).collect();
    fold(&about, now)
}
