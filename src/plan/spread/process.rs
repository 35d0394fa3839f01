//! The three ways in which people may follow, played out.
//!
//! - *Soft*: everybody comes when a certain share of what weighs on them is
//!   there; the share is anything between nothing and all.
//! - *Hard*: the same, but nobody comes for less than a quarter, and everybody
//!   for three quarters: company first.
//! - *Cascade*: whoever comes brings each of the others along with a small
//!   chance: the first friend is enough.
//!
//! Worlds are drawn as they can be *given today*: what is there now has not
//! made anybody else come, so the share that each waits for is greater than that.
//!
//! In a cascade, which of the members of a group asks in vain does not matter,
//! only how many: so a world holds, for each member of each group, how many must
//! be there. That makes all three a matter of counting, group by group.

use super::dice::{mixed, throw};
use super::ties::{Standing, Ties};

/// A way in which people may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Regime {
    /// Any share may be enough.
    Soft,
    /// Company first.
    Hard,
    /// The first friend may be enough.
    Cascade,
}

impl Regime {
    /// All of them.
    pub const ALL: [Regime; 3] = [Regime::Soft, Regime::Hard, Regime::Cascade];

    /// The name in JSON and in tables.
    pub fn id(self) -> &'static str {
        match self {
            Regime::Soft => "soft",
            Regime::Hard => "hard",
            Regime::Cascade => "cascade",
        }
    }
}

/// The least and the greatest share for which people come who want company
/// first.
const HARD: (f64, f64) = (0.25, 0.75);

/// What is known of a world before it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Whoever is not there has not come for what is there today.
    Today,
    /// Nothing.
    Nothing,
}

/// What everybody waits for.
#[derive(Clone, Debug)]
pub struct World {
    /// How people follow in it.
    pub regime: Regime,
    /// How much must be there for each to come; infinite for those who do not.
    need: Vec<f64>,
    /// For each member of each knot, how many of it must be there.
    tries: Vec<u32>,
    /// Whether each accepts an invitation.
    accepts: Vec<bool>,
    /// Whether somebody may come for what is there today.
    unsettled: bool,
}

/// Nobody waits for so many.
const NEVER: u32 = u32::MAX;

impl World {
    /// Draws a world; another seed is another world.
    pub fn draw(ties: &Ties, regime: Regime, given: Given, seed: u64) -> World {
        let [accepting, waiting, asking] = [1, 2, 3].map(|what| mixed(seed, what));
        let everybody = || ties.people.iter().zip(&ties.keys);
        let accepts = everybody().map(|(p, key)| throw(accepting, *key) <= p.accepts).collect();
        let (mut need, mut tries) = (Vec::new(), Vec::new());
        match regime {
            Regime::Soft | Regime::Hard => {
                let wanted = |(person, key)| wanted(ties, person, regime, given, throw(waiting, key));
                need = ties.keys.iter().copied().enumerate().map(wanted).collect();
            }
            Regime::Cascade => {
                tries.reserve(ties.members.total());
                let odds = Odds::of(ties);
                for knot in 0..ties.members.len() {
                    let there = if given == Given::Today { ties.count[knot] } else { 0 };
                    let asking = mixed(asking, ties.knot_keys[knot]);
                    for member in ties.members_of(knot) {
                        let in_vain = odds.tries(ties.chance[knot], throw(asking, ties.keys[member]));
                        let comes =
                            matches!(ties.people[member].standing, Standing::Open | Standing::Follows);
                        tries.push(if comes { there.saturating_add(in_vain) } else { NEVER });
                    }
                }
            }
        }
        World { regime, need, tries, accepts, unsettled: given == Given::Nothing }
    }

    /// Draws several worlds; each `purpose` has worlds of its own.
    pub fn several(ties: &Ties, regime: Regime, given: Given, count: usize, purpose: u64) -> Vec<World> {
        let seed = regime as u64;
        (0..count as u64).map(|n| World::draw(ties, regime, given, mixed(purpose, n * 4 + seed))).collect()
    }
}

/// How much must be there for somebody to come, by a throw of 0 to 1.
fn wanted(ties: &Ties, person: usize, regime: Regime, given: Given, chance: f64) -> f64 {
    let comes = matches!(ties.people[person].standing, Standing::Open | Standing::Follows);
    let total = ties.total[person];
    if !comes || total <= 0.0 {
        return f64::INFINITY;
    }
    let today = if given == Given::Today { (ties.today[person] / total).min(1.0) } else { 0.0 };
    let (least, most) = if regime == Regime::Hard { HARD } else { (0.0, 1.0) };
    let (least, most) = if today < most { (least.max(today), most) } else { (today, 1.0) };
    if given == Given::Today && ties.today[person] >= total {
        return f64::INFINITY;
    }
    (least + (most - least) * chance) * total
}

/// How many tries it takes: for each chance the odds to have succeeded after
/// one, two, three, worked out by multiplying alone.
#[derive(Clone, Debug)]
pub struct Odds(Vec<(u64, Vec<f64>)>);

impl Odds {
    /// The odds of all chances there are.
    pub fn of(ties: &Ties) -> Odds {
        let longest = |knot: usize| ties.members.row(knot).len();
        let mut wanted: Vec<(u64, usize)> =
            ties.chance.iter().enumerate().map(|(knot, chance)| (chance.to_bits(), longest(knot))).collect();
        wanted.sort_unstable_by(|a, b| (a.0, b.1).cmp(&(b.0, a.1)));
        wanted.dedup_by_key(|(bits, _)| *bits);
        let table = |(bits, length): (u64, usize)| {
            let mut left = 1.0;
            let step = 1.0 - f64::from_bits(bits);
            let row = (0..length).map(|_| {
                left *= step;
                1.0 - left
            });
            (bits, row.collect())
        };
        Odds(wanted.into_iter().map(table).collect())
    }

    /// How many tries it takes, by a throw of 0 to 1.
    pub fn tries(&self, chance: f64, throw: f64) -> u32 {
        let Ok(at) = self.0.binary_search_by_key(&chance.to_bits(), |(bits, _)| *bits) else { return NEVER };
        let odds = &self.0[at].1;
        let tries = odds.partition_point(|odds| *odds < throw);
        if tries < odds.len() { u32::try_from(tries + 1).unwrap_or(NEVER) } else { NEVER }
    }
}

/// A world while people come.
#[derive(Clone, Debug)]
pub struct Play {
    /// Who is there.
    there: Vec<bool>,
    /// How many of each knot are there.
    count: Vec<u32>,
    /// How many of them its members know of.
    seen: Vec<u32>,
    /// What is there of what weighs on each.
    weight: Vec<f64>,
    /// Who came since the beginning, in their order.
    came: Vec<u32>,
    /// Knots to be looked at.
    stirred: Vec<u32>,
    /// Everything that changed since a trial began.
    undo: Option<Undo>,
    /// How many members were looked at.
    steps: u64,
}

#[derive(Clone, Debug, Default)]
struct Undo {
    came: usize,
    counts: Vec<(u32, u32)>,
    weights: Vec<(u32, f64)>,
}

impl Play {
    /// The beginning: today.
    pub fn new(ties: &Ties, world: &World) -> Play {
        let mut play = Play {
            there: ties.people.iter().map(|p| p.standing == Standing::There).collect(),
            count: ties.count.clone(),
            seen: ties.count.clone(),
            weight: if world.need.is_empty() { Vec::new() } else { ties.today.clone() },
            came: Vec::new(),
            stirred: Vec::new(),
            undo: None,
            steps: 0,
        };
        play.settle(ties, world);
        play
    }

    /// Begins anew in another world, as [`Play::new`] does, with less to set up.
    pub fn again(mut self, ties: &Ties, world: &World) -> Play {
        for person in self.came.drain(..) {
            self.there[person as usize] = false;
        }
        self.count.copy_from_slice(&ties.count);
        self.seen.copy_from_slice(&ties.count);
        self.weight.clear();
        if !world.need.is_empty() {
            self.weight.extend_from_slice(&ties.today);
        }
        self.undo = None;
        self.settle(ties, world);
        self
    }

    /// Lets those come who come for what is there today, where that can be.
    fn settle(&mut self, ties: &Ties, world: &World) {
        if !world.unsettled {
            return;
        }
        let from = self.came.len();
        for person in 0..ties.len() {
            let knots = || ties.knots_of(person);
            let comes = match world.regime {
                Regime::Soft | Regime::Hard => self.weight[person] >= world.need[person],
                Regime::Cascade => knots().any(|knot| {
                    let at = ties.members.row(knot).binary_search(&index(person));
                    at.is_ok_and(|at| self.count[knot] >= world.tries[ties.members.span(knot).start + at])
                }),
            };
            if comes && !self.there[person] {
                self.arrive(person);
            }
        }
        self.spread(ties, world, from, 0.0);
    }

    fn arrive(&mut self, person: usize) {
        self.there[person] = true;
        self.came.push(index(person));
    }

    /// Invites somebody; tells what it was worth that they came, and whoever
    /// came after them. `credit` is what it is worth that somebody comes nearer
    /// to coming, as a part of what it is worth that they come.
    pub fn invite(&mut self, ties: &Ties, world: &World, person: usize, credit: f64) -> f64 {
        if self.there[person] || !ties.is_open(person) || !world.accepts[person] {
            return 0.0;
        }
        let from = self.came.len();
        let gained = ties.people[person].worth - self.credited(ties, world, person, credit);
        self.arrive(person);
        gained + self.spread(ties, world, from, credit)
    }

    /// What inviting somebody would be worth.
    pub fn try_out(&mut self, ties: &Ties, world: &World, person: usize, credit: f64) -> f64 {
        self.undo = Some(Undo { came: self.came.len(), ..Undo::default() });
        let gained = self.invite(ties, world, person, credit);
        if let Some(undo) = self.undo.take() {
            for person in self.came.drain(undo.came..) {
                self.there[person as usize] = false;
            }
            for (knot, count) in undo.counts.into_iter().rev() {
                self.count[knot as usize] = count;
                self.seen[knot as usize] = count;
            }
            for (person, weight) in undo.weights.into_iter().rev() {
                self.weight[person as usize] = weight;
            }
        }
        gained
    }

    /// What was credited for somebody who is not there yet.
    fn credited(&self, ties: &Ties, world: &World, person: usize, credit: f64) -> f64 {
        if credit == 0.0 || world.need.is_empty() {
            return 0.0;
        }
        let today = ties.today[person];
        let way = world.need[person] - today;
        if way > 0.0 && way.is_finite() {
            let gone = ((self.weight[person] - today) / way).clamp(0.0, 1.0);
            credit * ties.people[person].worth * gone
        } else {
            0.0
        }
    }

    /// Lets everybody come after those who came since `from`, round by round.
    fn spread(&mut self, ties: &Ties, world: &World, mut from: usize, credit: f64) -> f64 {
        let mut gained = 0.0;
        while from < self.came.len() {
            for at in from..self.came.len() {
                for knot in ties.knots_of(self.came[at] as usize) {
                    if self.count[knot] == self.seen[knot] {
                        self.stirred.push(index(knot));
                        if let Some(undo) = &mut self.undo {
                            undo.counts.push((index(knot), self.count[knot]));
                        }
                    }
                    self.count[knot] += 1;
                }
            }
            from = self.came.len();
            let mut stirred = std::mem::take(&mut self.stirred);
            for knot in stirred.drain(..).map(|knot| knot as usize) {
                let more = f64::from(self.count[knot] - self.seen[knot]) * ties.weight[knot];
                self.seen[knot] = self.count[knot];
                self.steps += ties.members.row(knot).len() as u64;
                gained += match world.regime {
                    Regime::Soft | Regime::Hard => self.press(ties, world, knot, more, credit),
                    Regime::Cascade => self.ask(ties, world, knot),
                };
            }
            self.stirred = stirred;
        }
        gained
    }

    /// More weighs on the members of a knot.
    fn press(&mut self, ties: &Ties, world: &World, knot: usize, more: f64, credit: f64) -> f64 {
        let mut gained = 0.0;
        for member in ties.members_of(knot) {
            if self.there[member] {
                continue;
            }
            let before = self.credited(ties, world, member, credit);
            if let Some(undo) = &mut self.undo {
                undo.weights.push((index(member), self.weight[member]));
            }
            self.weight[member] += more;
            if self.weight[member] >= world.need[member] {
                self.arrive(member);
                gained += ties.people[member].worth - before;
            } else if credit > 0.0 {
                gained += self.credited(ties, world, member, credit) - before;
            }
        }
        gained
    }

    /// The members of a knot are asked along by those who are there.
    fn ask(&mut self, ties: &Ties, world: &World, knot: usize) -> f64 {
        let mut gained = 0.0;
        for (member, tries) in ties.members_of(knot).zip(&world.tries[ties.members.span(knot)]) {
            if !self.there[member] && self.count[knot] >= *tries {
                self.arrive(member);
                gained += ties.people[member].worth;
            }
        }
        gained
    }

    /// How many members were looked at so far: what it cost.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Who came, in their order.
    pub fn came(&self) -> impl Iterator<Item = usize> + '_ {
        self.came.iter().map(|person| *person as usize)
    }

    /// How many of a knot are there.
    pub fn count(&self, knot: usize) -> u32 {
        self.count[knot]
    }

    /// Whether somebody is there.
    pub fn is_there(&self, person: usize) -> bool {
        self.there[person]
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
