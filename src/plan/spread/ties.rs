//! Who is tied to whom: people and the groups that they share, kept as groups.
//!
//! A group of 1,024 members is one row of 1,024, never the half million pairs
//! in it: what its members weigh for each other follows from how many of them
//! are there.

use super::dice::mixed;

/// How a person stands to the move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Can be invited, and can come after others.
    #[default]
    Open,
    /// Is there already.
    There,
    /// Is not to be invited, but may come after others.
    Follows,
    /// Does not come.
    Out,
}

/// A person, as far as it matters how a move spreads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Person {
    /// How they stand.
    pub standing: Standing,
    /// What the user weighs for them through the direct chat, where a group
    /// weighs 1 in all.
    pub direct: f64,
    /// What it is worth that they come.
    pub worth: f64,
    /// How likely they come if they are invited.
    pub accepts: f64,
}

impl Default for Person {
    fn default() -> Self {
        Person { standing: Standing::Open, direct: 0.0, worth: 1.0, accepts: 1.0 }
    }
}

/// Everybody in it is tied to everybody else in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Knot {
    /// Who is in it.
    pub members: Vec<usize>,
    /// What each of them weighs for each other one.
    pub weight: f64,
    /// Whether the user is in it too, and weighs as much.
    pub with_user: bool,
    /// How likely one of them who comes brings along a certain other one, where
    /// people follow the first.
    pub chance: f64,
}

/// How likely somebody who comes brings a certain other one along, in a group
/// small enough. In a large one it is less: nobody brings more than one of a
/// group, on average.
pub const CHANCE: f64 = 0.05;

impl Knot {
    /// A group that the user is in: a member weighs 1/(size - 1).
    pub fn group(members: Vec<usize>) -> Knot {
        Knot::of(members, true)
    }

    /// The same without the user.
    pub fn circle(members: Vec<usize>) -> Knot {
        Knot::of(members, false)
    }

    /// Two people who have to do with each other.
    pub fn pair(one: usize, other: usize, weight: f64) -> Knot {
        Knot { members: vec![one, other], weight, with_user: false, chance: CHANCE }
    }

    #[expect(clippy::cast_precision_loss, reason = "groups are small numbers")]
    fn of(mut members: Vec<usize>, with_user: bool) -> Knot {
        members.sort_unstable();
        members.dedup();
        let others = (members.len() + usize::from(with_user)).saturating_sub(1).max(1) as f64;
        Knot { members, weight: 1.0 / others, with_user, chance: CHANCE.min(1.0 / others) }
    }
}

/// Rows of numbers, one behind the other.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    start: Vec<usize>,
    items: Vec<u32>,
}

impl Rows {
    fn of(rows: impl Iterator<Item = Vec<usize>>) -> Rows {
        let mut all = Rows { start: vec![0], items: Vec::new() };
        for row in rows {
            all.items.extend(row.iter().filter_map(|item| u32::try_from(*item).ok()));
            all.start.push(all.items.len());
        }
        all
    }

    /// The rows that have each item, of `count` items.
    fn turned(&self, count: usize) -> Rows {
        let mut start = vec![0; count + 1];
        self.items.iter().for_each(|item| start[*item as usize + 1] += 1);
        for at in 0..count {
            start[at + 1] += start[at];
        }
        let (mut next, mut items) = (start.clone(), vec![0; self.items.len()]);
        for row in 0..self.len() {
            for item in self.row(row) {
                items[next[*item as usize]] = u32::try_from(row).unwrap_or(u32::MAX);
                next[*item as usize] += 1;
            }
        }
        Rows { start, items }
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.start.len().saturating_sub(1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One row.
    pub fn row(&self, at: usize) -> &[u32] {
        &self.items[self.span(at)]
    }

    /// Where a row stands among all items.
    pub fn span(&self, at: usize) -> std::ops::Range<usize> {
        self.start[at]..self.start[at + 1]
    }

    /// All items of all rows.
    pub fn total(&self) -> usize {
        self.items.len()
    }
}

/// People and what ties them.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    /// The people.
    pub people: Vec<Person>,
    /// The members of each knot.
    pub members: Rows,
    /// The knots of each person.
    pub knots: Rows,
    /// What a member weighs for another, by knot.
    pub weight: Vec<f64>,
    /// How likely one brings another, by knot.
    pub chance: Vec<f64>,
    /// How many of each knot are there today.
    pub count: Vec<u32>,
    /// What weighs on each person in all.
    pub total: Vec<f64>,
    /// What of that is there today.
    pub today: Vec<f64>,
    /// Who each person is, for their dice.
    pub keys: Vec<u64>,
    /// Which knot each is, for the same.
    pub knot_keys: Vec<u64>,
}

impl Ties {
    /// Ties people. Whoever is twice in a knot is in it once, whoever is nobody's
    /// number is in none, and a weight that is no positive number is none.
    pub fn new(mut people: Vec<Person>, knots: Vec<Knot>) -> Ties {
        let sound = |weight: f64| if weight.is_finite() && weight > 0.0 { weight } else { 0.0 };
        for person in &mut people {
            person.direct = sound(person.direct);
            person.worth = sound(person.worth);
            person.accepts = sound(person.accepts).min(1.0);
        }
        let count = people.len();
        let weight: Vec<f64> = knots.iter().map(|knot| sound(knot.weight)).collect();
        let chance: Vec<f64> = knots.iter().map(|knot| sound(knot.chance).min(1.0)).collect();
        let with_user: Vec<bool> = knots.iter().map(|knot| knot.with_user).collect();
        let members = Rows::of(knots.into_iter().map(|mut knot| {
            knot.members.retain(|member| *member < count);
            knot.members.sort_unstable();
            knot.members.dedup();
            knot.members
        }));
        let knots = members.turned(count);
        let there = |member: &&u32| people[**member as usize].standing == Standing::There;
        let counts: Vec<u32> = (0..members.len())
            .map(|knot| u32::try_from(members.row(knot).iter().filter(there).count()).unwrap_or(u32::MAX))
            .collect();
        let mut total: Vec<f64> = people.iter().map(|person| person.direct).collect();
        let mut today = total.clone();
        for (at, person) in people.iter().enumerate() {
            let own = u32::from(person.standing == Standing::There);
            for knot in knots.row(at).iter().map(|knot| *knot as usize) {
                let user = if with_user[knot] { weight[knot] } else { 0.0 };
                let others = members.row(knot).len().saturating_sub(1);
                total[at] += user + weight[knot] * f64::from(u32::try_from(others).unwrap_or(u32::MAX));
                today[at] += user + weight[knot] * f64::from(counts[knot].saturating_sub(own));
            }
        }
        let numbered = |count: usize| (0..count as u64).map(|number| mixed(0, number)).collect();
        let (keys, knot_keys) = (numbered(count), numbered(members.len()));
        Ties { people, members, knots, weight, chance, count: counts, total, today, keys, knot_keys }
    }

    /// The same with the dice of these people and knots, instead of those of their
    /// numbers.
    #[must_use]
    pub fn keyed(mut self, people: Vec<u64>, knots: Vec<u64>) -> Ties {
        debug_assert!(people.len() == self.len() && knots.len() == self.members.len());
        self.keys = people;
        self.knot_keys = knots;
        self
    }

    /// How many people there are.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Whether somebody can be invited.
    pub fn is_open(&self, person: usize) -> bool {
        self.people[person].standing == Standing::Open
    }

    /// Everybody who can be invited.
    pub fn open(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).filter(|person| self.is_open(*person))
    }

    /// The knots of a person.
    pub fn knots_of(&self, person: usize) -> impl Iterator<Item = usize> + '_ {
        self.knots.row(person).iter().map(|knot| *knot as usize)
    }

    /// The members of a knot.
    pub fn members_of(&self, knot: usize) -> impl Iterator<Item = usize> + '_ {
        self.members.row(knot).iter().map(|member| *member as usize)
    }

    /// What it costs to walk over everything once.
    pub fn size(&self) -> usize {
        self.len() + self.members.total()
    }
}
