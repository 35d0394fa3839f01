//! The order: the best that any strategy finds, judged under all regimes.

use std::collections::BTreeMap;

use super::candidates::{Strategy, degree};
use super::effort::Effort;
use super::judge::{Bar, Brought, Court};
use super::process::{Given, Play, Regime, World};
use super::ties::Ties;

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// How many invitations are made before looking again.
    pub count: usize,
    /// Under which regimes the order must be good: all of them, unless it is
    /// known how people follow.
    pub regimes: &'a [Regime],
}

/// An order in which to invite.
#[derive(Clone, Debug)]
pub struct Order {
    /// Everybody who can be invited.
    pub people: Vec<usize>,
    /// How many places were weighed; behind them friends are counted.
    pub weighed: usize,
    /// Whose order it is at bottom.
    pub strategy: Option<Strategy>,
    /// What the weighed places bring.
    pub brought: Option<Brought>,
    /// Whether the graph is so large that only cheaper methods were used.
    pub cheaper: bool,
}

/// Works out the order.
pub fn order(ties: &Ties, wish: &Wish<'_>, effort: &Effort) -> Order {
    let open = ties.open().count();
    let count = wish.count.min(open);
    let strategies: Vec<Strategy> = Strategy::taken(effort.cheaper).collect();
    let mut orders: Vec<Vec<usize>> =
        strategies.iter().map(|strategy| strategy.choose(ties, count, effort)).collect();
    let mut court = Court::new(ties, wish.regimes, effort.judged);
    let mut brought: Vec<Brought> = orders.iter().map(|order| court.judge(ties, order)).collect();
    let plain = strategies.iter().position(|strategy| *strategy == Strategy::Degree);
    let mut taken = None;
    if let Some(bar) = court.bar(ties, &orders, &brought, plain) {
        let compare = |a: (f64, f64), b: (f64, f64)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1));
        taken =
            (0..orders.len()).rev().max_by(|a, b| compare(bar.value(&brought[*a]), bar.value(&brought[*b])));
        let glancing = (effort.exchange > 0).then(|| court.bar_in(ties, &orders, plain, GLANCE)).flatten();
        if let (Some(at), Some(glancing)) = (taken, glancing) {
            let others = others(&orders, &orders[at]);
            let limit = effort.exchange;
            let mut exchange = Exchange { ties, court: &mut court, bar: &bar, glancing: &glancing, limit };
            brought[at] = exchange.run(&mut orders[at], &others, brought[at].clone());
        }
    }
    let mut people = taken.map(|at| orders.swap_remove(at)).unwrap_or_default();
    if people.len() <= ARRANGED && !effort.cheaper {
        people = arranged(ties, people, wish.regimes, effort);
    }
    let weighed = people.len();
    people.extend(degree::discount(ties, &people, open - weighed));
    by_number(ties, &mut people);
    Order {
        people,
        weighed,
        strategy: taken.map(|at| strategies[at]),
        brought: taken.map(|at| brought.swap_remove(at)),
        cheaper: effort.cheaper,
    }
}

/// More people than these, or people of so large a graph that cheaper methods must do,
/// are left in the order of their strategy.
const ARRANGED: usize = 64;

/// The purpose of the dice.
const ARRANGING: u64 = 41;

/// What coming nearer is worth, as a part of coming.
const CREDIT: f64 = 0.5;

/// The same people, whoever brings most after those before coming first: whoever
/// sends only some of the invitations should send those.
fn arranged(ties: &Ties, mut people: Vec<usize>, regimes: &[Regime], effort: &Effort) -> Vec<usize> {
    let drawn =
        |regime: &Regime| World::several(ties, *regime, Given::Today, effort.judged.min(24), ARRANGING);
    let worlds: Vec<World> = regimes.iter().flat_map(drawn).collect();
    let mut plays: Vec<Play> = worlds.iter().map(|world| Play::new(ties, world)).collect();
    let mut order = Vec::with_capacity(people.len());
    while !people.is_empty() {
        let mut gain = |person: usize| -> f64 {
            let all = worlds.iter().zip(&mut plays);
            all.map(|(world, play)| play.try_out(ties, world, person, CREDIT)).sum()
        };
        let mut best = (0, f64::NEG_INFINITY);
        for (at, person) in people.iter().enumerate() {
            let gained = gain(*person);
            // Among equal ones the strategy's order stands.
            if gained > best.1 {
                best = (at, gained);
            }
        }
        let person = people.remove(best.0);
        for (world, play) in worlds.iter().zip(&mut plays) {
            play.invite(ties, world, person, CREDIT);
        }
        order.push(person);
    }
    order
}

/// Puts people who are tied alike into the order of their numbers: only chance
/// could tell one of them from the other.
fn by_number(ties: &Ties, people: &mut [usize]) {
    let mut alike: BTreeMap<(&[u32], [u64; 3]), Vec<usize>> = BTreeMap::new();
    let key = |person: usize| {
        let own = &ties.people[person];
        (ties.knots.row(person), [own.direct.to_bits(), own.worth.to_bits(), own.accepts.to_bits()])
    };
    for person in people.iter() {
        alike.entry(key(*person)).or_default().push(*person);
    }
    // The last of each list is taken first.
    for all in alike.values_mut() {
        all.sort_unstable_by(|a, b| b.cmp(a));
    }
    for place in people {
        if let Some(person) = alike.get_mut(&key(*place)).and_then(Vec::pop) {
            *place = person;
        }
    }
}

/// Whom other strategies would invite, those first whom most of them would.
fn others(orders: &[Vec<usize>], own: &[usize]) -> Vec<usize> {
    let mut votes = BTreeMap::new();
    for person in orders.iter().flatten().filter(|person| !own.contains(person)) {
        *votes.entry(*person).or_insert(0_usize) += 1;
    }
    let mut others: Vec<(usize, usize)> = votes.into_iter().collect();
    others.sort_by_key(|(person, votes)| (std::cmp::Reverse(*votes), *person));
    others.into_iter().map(|(person, _)| person).collect()
}

/// Makes an order better by putting somebody else into one place at a time.
struct Exchange<'a> {
    ties: &'a Ties,
    court: &'a mut Court,
    bar: &'a Bar,
    /// The same at a glance.
    glancing: &'a Bar,
    limit: u64,
}

/// At a glance, so many worlds of each regime are looked at.
const GLANCE: usize = 64;

impl Exchange<'_> {
    fn glance(&mut self, order: &[usize]) -> (f64, f64) {
        self.glancing.value(&self.court.judge_in(self.ties, order, GLANCE))
    }

    fn run(&mut self, order: &mut [usize], others: &[usize], mut brought: Brought) -> Brought {
        let end = self.court.steps().saturating_add(self.limit);
        let mut others = others.to_vec();
        let mut own = self.bar.value(&brought);
        let mut glance = self.glance(order);
        loop {
            let mut better = false;
            // The last places matter least, and are tried first.
            for place in (0..order.len()).rev() {
                for other in &mut others {
                    if self.court.steps() >= end {
                        return brought;
                    }
                    std::mem::swap(&mut order[place], other);
                    // Most are seen to be no better at a glance.
                    let glanced = self.glance(order);
                    if glanced > glance {
                        let now = self.court.judge(self.ties, order);
                        let then = self.bar.value(&now);
                        if then > own {
                            (brought, own, glance, better) = (now, then, glanced, true);
                            continue;
                        }
                    }
                    std::mem::swap(&mut order[place], other);
                }
            }
            if !better {
                return brought;
            }
        }
    }
}
