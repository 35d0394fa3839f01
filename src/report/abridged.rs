//! Problems as people are told of them: a book of 100,000 cards can have the
//! same thing wrong in each of them.

use std::collections::HashMap;

use super::view::ProblemView;
use crate::model::{Foreign, Problem};
use crate::words::{Words, key};

/// So many problems of one kind in one file are told one by one.
const ALIKE: usize = 12;

/// What of problems their number is cut down by.
pub(super) trait Alike {
    /// The kind and the file.
    fn kind(&self) -> (&'static str, Option<&Foreign>);
}

impl Alike for Problem {
    fn kind(&self) -> (&'static str, Option<&Foreign>) {
        (self.code.id(), self.path.as_ref())
    }
}

impl Alike for ProblemView {
    fn kind(&self) -> (&'static str, Option<&Foreign>) {
        (self.code, self.path.as_ref())
    }
}

/// Of many problems of one kind in one file the first few, and how many more
/// there are. JSON and the list of rejects hold all.
pub(super) fn abridged<T: Alike>(
    problems: &[T],
    words: &Words,
    view: impl Fn(&T) -> ProblemView,
) -> Vec<ProblemView> {
    let mut counts: HashMap<_, usize> = HashMap::new();
    for problem in problems {
        *counts.entry(problem.kind()).or_insert(0) += 1;
    }
    let mut told = Vec::new();
    let mut seen: HashMap<_, usize> = HashMap::new();
    for problem in problems {
        let nth = seen.entry(problem.kind()).or_insert(0);
        *nth += 1;
        let all = counts.get(&problem.kind()).copied().unwrap_or_default();
        // One more line for the last one would save nothing.
        if *nth <= ALIKE || all == ALIKE + 1 {
            told.push(view(problem));
        } else if *nth == ALIKE + 1 {
            let what = words.say_with(key::REPORT_MORE_ALIKE, &[("count", (all - ALIKE).into())]);
            told.push(ProblemView { line: None, what, hint: String::new(), ..view(problem) });
        }
    }
    told
}
