//! Strategies: each puts people into an order of its own.
//!
//! None of them is best everywhere. Counting friends is hard to beat where
//! company comes first, choosing one by one where the first friend is enough,
//! filling one group after the other where groups are small.

pub mod degree;
pub mod greedy;
pub mod group_first;

use super::effort::Effort;
use super::ties::Ties;

/// A strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Strategy {
    /// Those with most others in their groups.
    Degree,
    /// The same, others of whom many are invited counting less.
    DegreeDiscount,
    /// Those in most groups.
    Bridges,
    /// One group after the other, until enough of it are there.
    GroupFirst,
    /// One by one, where people follow softly.
    GreedySoft,
    /// One by one, where people want company first.
    GreedyHard,
    /// One by one, where the first friend is enough.
    GreedyCascade,
    /// The same as [`Strategy::GreedyHard`], where coming nearer counts as well.
    PartialCredit,
    /// One by one, by what they bring in all three ways.
    Mixed,
}

impl Strategy {
    /// All of them; those that come first win where several are as good.
    pub const ALL: [Strategy; 9] = [
        Strategy::Mixed,
        Strategy::PartialCredit,
        Strategy::GreedySoft,
        Strategy::GreedyCascade,
        Strategy::GreedyHard,
        Strategy::GroupFirst,
        Strategy::DegreeDiscount,
        Strategy::Degree,
        Strategy::Bridges,
    ];

    /// Those among which the order is chosen; where the graph is so large that the
    /// `cheaper` ones must do, those that try nobody out.
    pub fn taken(cheaper: bool) -> impl Iterator<Item = Strategy> {
        let all = Strategy::ALL.into_iter().filter(|strategy| *strategy != Strategy::GreedyHard);
        all.filter(move |strategy| !cheaper || !strategy.tries_out())
    }

    /// Whether people are tried out one after the other, which costs most.
    fn tries_out(self) -> bool {
        matches!(self, Strategy::Mixed | Strategy::PartialCredit | Strategy::GreedyHard)
    }

    /// The name in JSON and in tables.
    pub fn id(self) -> &'static str {
        match self {
            Strategy::Degree => "degree",
            Strategy::DegreeDiscount => "degree-discount",
            Strategy::Bridges => "bridges",
            Strategy::GroupFirst => "group-first",
            Strategy::GreedySoft => "greedy-soft",
            Strategy::GreedyHard => "greedy-hard",
            Strategy::GreedyCascade => "greedy-cascade",
            Strategy::PartialCredit => "partial-credit",
            Strategy::Mixed => "mixed",
        }
    }

    /// The first `count` people of its order.
    pub fn choose(self, ties: &Ties, count: usize, effort: &Effort) -> Vec<usize> {
        match self {
            Strategy::Degree => degree::degree(ties, count),
            Strategy::DegreeDiscount => degree::discount(ties, &[], count),
            Strategy::Bridges => degree::bridges(ties, count),
            Strategy::GroupFirst => group_first::group_first(ties, count),
            Strategy::GreedySoft => greedy::by(ties, count, effort, greedy::Pull::SOFT),
            Strategy::GreedyHard => greedy::by(ties, count, effort, greedy::Pull::HARD),
            Strategy::GreedyCascade => greedy::by(ties, count, effort, greedy::Pull::CASCADE),
            Strategy::PartialCredit => greedy::by(ties, count, effort, greedy::Pull::CREDIT),
            Strategy::Mixed => greedy::by(ties, count, effort, greedy::Pull::MIXED),
        }
    }
}
