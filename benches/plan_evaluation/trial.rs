//! What methods bring, in worlds that no method has seen.

use super::{Dice, Effort, Given, Play, Regime, Strategy, Ties, Wish, World, mixed, order};

/// Whose order is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// By chance, the mean of several orders.
    Random,
    /// One strategy alone.
    Single(Strategy),
    /// The order as it is shipped: nobody knows how people follow.
    Shipped,
    /// The same, told how people follow.
    Told,
}

impl Method {
    /// All of them.
    pub fn all() -> Vec<Method> {
        let single = Strategy::ALL.into_iter().map(Method::Single);
        [Method::Random].into_iter().chain(single).chain([Method::Shipped, Method::Told]).collect()
    }

    /// The name in tables.
    pub fn id(self) -> &'static str {
        match self {
            Method::Random => "random",
            Method::Single(strategy) => strategy.id(),
            Method::Shipped => "**as shipped**",
            Method::Told => "**told**",
        }
    }
}

/// The shares of the people who are invited, in hundredths.
pub const BUDGETS: [usize; 3] = [5, 10, 20];

/// The purpose of the dice of these worlds: the order uses others.
const TRIED: u64 = 9_001;

/// Orders by chance, of which the mean counts.
const RANDOM: usize = 20;

/// What a method brings on one graph.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outcome {
    /// The share of those who were not there, 0 to 1.
    pub people: f64,
    /// The share of the groups of which three in five are there.
    pub groups: f64,
}

/// One graph, and what each method brings on it.
#[derive(Clone, Debug)]
pub struct Tried {
    /// What the graph is called.
    pub name: String,
    /// Budget, regime, method, outcome.
    pub cells: Vec<(usize, Regime, Method, Outcome)>,
}

impl Tried {
    /// One outcome.
    pub fn get(&self, budget: usize, regime: Regime, method: Method) -> Outcome {
        let found = self.cells.iter().find(|c| c.0 == budget && c.1 == regime && c.2 == method);
        found.map(|cell| cell.3).unwrap_or_default()
    }
}

/// How methods are tried.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// How many worlds of each regime.
    pub worlds: usize,
    /// What is known of them.
    pub given: Given,
    /// Shares of the people who are invited, in hundredths.
    pub budgets: &'a [usize],
    /// How much methods may try, from what they may by themselves.
    pub effort: fn(Effort) -> Effort,
}

/// Tries all methods on a graph.
pub fn all(name: &str, ties: &Ties, terms: &Terms<'_>) -> Tried {
    let Terms { worlds: count, given, budgets, effort } = *terms;
    let mut cells = Vec::new();
    let effort = effort(Effort::of(ties));
    let open = ties.open().count();
    // Worlds of its own for each graph, or one that is odd would count in all of them.
    let purpose = name.bytes().fold(TRIED, |seed, byte| mixed(seed, byte.into()));
    let worlds: Vec<(Regime, Vec<World>)> =
        Regime::ALL.into_iter().map(|r| (r, World::several(ties, r, given, count, purpose))).collect();
    for budget in budgets.iter().copied() {
        let invited = (open * budget).div_ceil(100).max(1);
        for method in Method::all() {
            let shared = (method != Method::Told && method != Method::Random).then(|| match method {
                Method::Single(strategy) => strategy.choose(ties, invited, &effort),
                _ => shipped(ties, invited, &Regime::ALL, &effort),
            });
            for (regime, worlds) in &worlds {
                let outcome = match (&shared, method) {
                    (Some(order), _) => tried(ties, worlds, order),
                    (None, Method::Told) => tried(ties, worlds, &shipped(ties, invited, &[*regime], &effort)),
                    (None, _) => random(ties, worlds, invited),
                };
                cells.push((budget, *regime, method, outcome));
            }
        }
    }
    Tried { name: name.to_owned(), cells }
}

fn shipped(ties: &Ties, count: usize, regimes: &[Regime], effort: &Effort) -> Vec<usize> {
    let mut found = order(ties, &Wish { count, regimes }, effort);
    found.people.truncate(count);
    found.people
}

#[expect(clippy::cast_precision_loss, reason = "counts of worlds")]
fn random(ties: &Ties, worlds: &[World], count: usize) -> Outcome {
    let mut dice = Dice::new(TRIED, 7);
    let mut sum = Outcome::default();
    // Each order has worlds of its own, and all together have all of them.
    for few in worlds.chunks(worlds.len().div_ceil(RANDOM).max(1)) {
        let mut order: Vec<usize> = ties.open().collect();
        dice.shuffle(&mut order);
        order.truncate(count);
        let one = tried(ties, few, &order);
        let part = few.len() as f64 / worlds.len() as f64;
        sum.people += one.people * part;
        sum.groups += one.groups * part;
    }
    sum
}

/// What inviting these brings, beyond what comes without any invitation.
#[expect(clippy::cast_precision_loss, reason = "counts of people")]
pub fn tried(ties: &Ties, worlds: &[World], invited: &[usize]) -> Outcome {
    let waiting = ties.open().count().max(1) as f64;
    let mut outcome = Outcome::default();
    for world in worlds {
        let mut play = Play::new(ties, world);
        let uninvited = play.came().count();
        for person in invited {
            play.invite(ties, world, *person, 0.0);
        }
        outcome.people += (play.came().count() - uninvited) as f64 / waiting;
        let knots = ties.members.len();
        let moved =
            (0..knots).filter(|knot| play.count(*knot) as usize * 5 >= ties.members.row(*knot).len() * 3);
        outcome.groups += moved.count() as f64 / knots.max(1) as f64;
    }
    outcome.people /= worlds.len().max(1) as f64;
    outcome.groups /= worlds.len().max(1) as f64;
    outcome
}
