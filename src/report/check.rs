//! What a network was asked and what came of it (`transhume.check/1`).

use serde::Serialize;

use super::scope::Count;
use super::view::{ByState, Disclosed, ProblemView};
use crate::check::Checked;
use crate::model::{Channel, Moment, Problem};
use crate::words::Words;

/// One time that a network was asked.
#[derive(Clone, Debug, Serialize)]
pub struct CheckView {
    /// The schema's name.
    pub schema: &'static str,
    /// Which network.
    pub channel: Channel,
    /// About how many identities it answered.
    pub asked: usize,
    /// How many of those counted are in which state there now, and how many
    /// the user left out.
    pub contacts: ByState,
    /// What left this machine for it; what would leave, if that is all that was
    /// wanted.
    pub disclosed: Vec<Disclosed>,
    /// Whether nothing was sent, since the user only wanted to see.
    pub dry_run: bool,
    /// From when on the network may be asked again, where it wants to be left
    /// alone until then.
    pub ask_again: Option<Moment>,
    /// Whether nothing is kept about people who were not found, so that they
    /// cannot be told from those who were not asked about.
    pub forgot_misses: bool,
    /// What of the answers is odd.
    pub problems: Vec<ProblemView>,
}

impl CheckView {
    /// Makes the view of what was asked on a channel, as `people` stand after it.
    pub fn new(
        channel: Channel,
        asked: usize,
        disclosed: &[Disclosed],
        problems: &[Problem],
        people: &[Checked],
        count: Count,
        words: &Words,
    ) -> Self {
        let counted = people.iter().filter(|p| p.contact.excluded || count.includes(p));
        Self {
            schema: "transhume.check/1",
            channel,
            asked,
            contacts: ByState::of(counted, channel),
            disclosed: disclosed.to_vec(),
            dry_run: false,
            ask_again: None,
            forgot_misses: false,
            problems: problems.iter().map(|problem| ProblemView::new(words, problem)).collect(),
        }
    }
}
