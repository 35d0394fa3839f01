//! Evidence: what the graph's statements are worth, and what networks answer.
//!
//! [`offline`] weighs what the sources say. What is asked of a network is
//! planned here too, in files of its own; only `*_client` files may open a
//! socket.

pub mod offline;

use crate::model::channel::PerChannel;
use crate::model::verdict::fold;
use crate::model::{Channel, Contact, Evidence, Moment, State, Verdict};

/// A contact with the evidence about it.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The contact.
    pub contact: Contact,
    /// All evidence, newest first.
    pub evidence: Vec<Evidence>,
    /// What is to be believed of each channel.
    pub verdicts: PerChannel<Verdict>,
}

impl Checked {
    /// Folds a contact's evidence as of `now`.
    pub fn new(contact: Contact, evidence: Vec<Evidence>, now: Moment) -> Self {
        let mut verdicts = PerChannel::from_fn(|channel| verdict(&evidence, channel, now));
        if contact.excluded {
            for channel in Channel::ALL {
                *verdicts.get_mut(channel) = Verdict { state: State::Excluded, ..Verdict::default() };
            }
        }
        Self { contact, evidence, verdicts }
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

fn verdict(evidence: &[Evidence], channel: Channel, now: Moment) -> Verdict {
    let about: Vec<&Evidence> = evidence.iter().filter(|e| e.channel == channel).collect();
    fold(&about, now)
}
