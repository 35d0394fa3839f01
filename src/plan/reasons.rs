//! Why somebody stands in the place where they stand.

use super::asked::Answered;
use super::forecast::Step;
use super::{Ordered, Question, Unlock, weigh};
use crate::model::{Channel, State};

/// A reason; its words stand in the language files.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// In so many groups in which somebody is there already.
    Company {
        /// How many.
        groups: usize,
    },
    /// In so many groups in which nobody is there yet.
    Bridges {
        /// How many.
        groups: usize,
    },
    /// Brings a group far.
    Brings(Unlock),
    /// So many others may follow.
    Follow {
        /// How many.
        people: usize,
    },
    /// So many messages were exchanged with them in the last twelve months.
    Messages {
        /// How many.
        count: u64,
    },
    /// They may be on that channel already.
    Likely(Channel),
    /// They were asked before.
    Asked(Answered),
    /// In so many groups with the user, in which nobody else is known.
    Alone {
        /// How many.
        groups: usize,
    },
    /// Nothing is known but that they are saved, or wrote.
    Known,
}

impl Reason {
    /// The stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::Company { .. } => "company",
            Reason::Bridges { .. } => "bridges",
            Reason::Brings(_) => "brings",
            Reason::Follow { .. } => "follow",
            Reason::Messages { .. } => "messages",
            Reason::Likely(_) => "likely",
            Reason::Asked(_) => "asked",
            Reason::Alone { .. } => "alone",
            Reason::Known => "known",
        }
    }
}

/// All reasons for a contact, those first that say most.
pub(super) fn of(
    question: &Question<'_>,
    ordered: &Ordered,
    contact: usize,
    step: Option<&Step>,
) -> Vec<Reason> {
    let Some(person) = question.people.get(contact) else { return Vec::new() };
    let Ordered { ties, numbers, .. } = ordered;
    let knots = || ties.knots_of(numbers.number(contact));
    let mut reasons = Vec::new();
    // A group in which nobody else is known ties them to nobody.
    let shared: Vec<usize> = knots().filter(|knot| ties.members.row(*knot).len() > 1).collect();
    let company = shared.iter().filter(|knot| ties.count.get(**knot).is_some_and(|count| *count > 0)).count();
    if company > 0 {
        reasons.push(Reason::Company { groups: company });
    } else if !shared.is_empty() {
        reasons.push(Reason::Bridges { groups: shared.len() });
    }
    if let Some(step) = step {
        // That they come themselves goes without saying.
        let far = step.unlocks.iter().find(|unlock| unlock.after > unlock.before + 1);
        let far = far
            .or(step.unlocks.first())
            .filter(|unlock| shared.iter().any(|knot| numbers.group(*knot) == unlock.group));
        reasons.extend(far.copied().map(Reason::Brings));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small positive number"
        )]
        let follow = (step.moved - 1.0).max(0.0).round() as usize;
        if follow > 0 {
            reasons.push(Reason::Follow { people: follow });
        }
    }
    let count = weigh::last_year(&person.contact.months, person.contact.last_message, question.now);
    if count > 0 {
        reasons.push(Reason::Messages { count });
    }
    let likely = |channel: &Channel| person.verdicts.get(*channel).state == State::Likely;
    reasons.extend(Channel::ALL.into_iter().find(likely).map(Reason::Likely));
    reasons.extend(question.asked.get(&person.contact.id).copied().map(Reason::Asked));
    if reasons.is_empty() {
        let groups = knots().count();
        reasons.push(if groups > 0 { Reason::Alone { groups } } else { Reason::Known });
    }
    reasons
}
