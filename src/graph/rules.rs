//! What the user decided about who is who, brought to the traces that there
//! are now. Rulings name people by marks; a ruling whose marks no trace bears
//! any more is left alone, for its people may come back.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::model::identity::{Address, SignalAci};
use crate::model::mark::{Mark, Sign, SignKey};
use crate::model::phone::digit;
use crate::model::ruling::Ruling;
use crate::model::{ContactId, Few, Foreign, Invited, Locator};

use super::chats::Kept;
use super::join::Joined;
use super::trace::{Trace, TraceKind, Traces};

/// Where the user's rulings stand.
pub const PLACE: &str = "transhume.db";

/// The traces that bear signs.
#[derive(Debug, Default)]
pub struct Bearers {
    holders: HashMap<SignKey, Vec<(usize, Option<Foreign>)>>,
    /// The accounts that Signal's lists have under a number.
    accounts: HashMap<SignKey, HashSet<SignalAci>>,
}

impl Bearers {
    /// Of those signs alone that are `wanted`; of all without that.
    pub fn of(traces: &Traces<'_>, chats: &[Kept<'_>], wanted: Option<&HashSet<SignKey>>) -> Bearers {
        let mut bearers = Bearers::default();
        if wanted.is_some_and(HashSet::is_empty) {
            return bearers;
        }
        for (index, trace) in traces.all.iter().enumerate() {
            for sign in trace.signs(chats) {
                let key = sign.key();
                if wanted.is_none_or(|wanted| wanted.contains(&key)) {
                    if let (TraceKind::Signal { person, .. }, true) = (&trace.kind, is_number(&sign)) {
                        let accounts = bearers.accounts.entry(key.clone()).or_default();
                        accounts.extend(person.aci.clone());
                    }
                    let holders = bearers.holders.entry(key).or_default();
                    if holders.last().is_none_or(|(last, _)| *last != index) {
                        holders.push((index, trace.mark_name()));
                    }
                }
            }
        }
        bearers
    }

    /// Whether a number is another account's by now than all those in the marks, as
    /// Signal's lists say: it went to somebody else.
    fn has_gone_on(&self, mark: &Mark, marks: &[Mark]) -> bool {
        let Some(now) = self.accounts.get(&mark.sign.key()).filter(|now| !now.is_empty()) else {
            return false;
        };
        let mut theirs = marks.iter().filter_map(|mark| match &mark.sign {
            Sign::Account(Address::SignalAci(aci)) => Some(aci),
            _ => None,
        });
        let mut any = false;
        !theirs.any(|aci| {
            any = true;
            now.contains(aci)
        }) && any
    }

    /// The traces that are meant by one of somebody's marks. A number that went to
    /// another account means those alone who bear it under one of the names that
    /// stand with it in the marks. An identity means nobody of another name, where somebody bears it under one of the names that
    /// stand with it in the other marks. A name that people give themselves is no
    /// other name.
    pub fn meant<'a>(&'a self, mark: &'a Mark, marks: &[Mark]) -> Vec<usize> {
        let all: Vec<usize> = self.of_mark(mark).collect();
        let key = mark.sign.key();
        let gone_on = self.has_gone_on(mark, marks) && mark.name.as_ref().is_none_or(Foreign::is_blank);
        if (mark.name.is_some() || all.len() < 2) && !gone_on {
            return all;
        }
        let names: HashSet<&Foreign> = marks
            .iter()
            .filter(|other| other.name.is_some() && other.sign.key() == key)
            .filter_map(|other| other.name.as_ref())
            .collect();
        let holders = || self.holders.get(&key).into_iter().flatten();
        if gone_on {
            let named = |name: &Foreign| !name.is_blank() && names.contains(name);
            let same = holders().filter(|(_, name)| name.as_ref().is_some_and(named));
            return same.map(|(index, _)| *index).collect();
        }
        if !holders().any(|(_, name)| name.as_ref().is_some_and(|name| names.contains(name))) {
            return all;
        }
        let theirs = |name: &Foreign| names.contains(name) || name.raw().starts_with('~');
        holders().filter(|(_, name)| name.as_ref().is_none_or(theirs)).map(|(index, _)| *index).collect()
    }

    /// The traces that bear a mark.
    pub fn of_mark<'a>(&'a self, mark: &'a Mark) -> impl Iterator<Item = usize> + 'a {
        let holders = self.holders.get(&mark.sign.key()).into_iter().flatten();
        let nameless = mark.name.as_ref().is_some_and(Foreign::is_blank);
        let fits = move |(_, name): &&(usize, Option<Foreign>)| {
            mark.name.is_none() || *name == mark.name || (nameless && name.is_none())
        };
        holders.filter(fits).map(|(index, _)| *index)
    }

    /// The traces that bear any of these marks, each once, in order.
    pub fn of_any(&self, marks: &[Mark]) -> Vec<usize> {
        let mut all: Vec<usize> = marks.iter().flat_map(|mark| self.meant(mark, marks)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Everything by which some traces are known again, and no other is: the
    /// surest first. The name goes with it, for somebody else may turn out to hold
    /// it too; what a household may share is theirs under their name alone.
    pub fn marks(&self, traces: &Traces<'_>, chats: &[Kept<'_>], group: &HashSet<usize>) -> Vec<Mark> {
        let mut marks = HashSet::new();
        let known_by_name = |sign: &Sign| {
            let holders = self.holders.get(&sign.key()).into_iter().flatten();
            sign.is_shareable() && holders.into_iter().any(|(i, name)| group.contains(i) && name.is_some())
        };
        for index in group {
            let trace = &traces.all[*index];
            for sign in trace.signs(chats) {
                let alone = |mark: &Mark| self.of_mark(mark).all(|bearer| group.contains(&bearer));
                let any = Mark { sign: sign.clone(), name: None };
                // Who has no name is told from the others by that.
                let nameless = || Some(Foreign::default()).filter(|_| any.sign.is_identity() && !alone(&any));
                let named = Mark { sign, name: trace.mark_name().or_else(nameless) };
                if let Sign::ChatSince(title, _) = &named.sign
                    && alone(&Mark { sign: Sign::Chat(title.clone()), name: named.name.clone() })
                {
                    continue;
                }
                if any.sign.is_identity() && alone(&any) && !known_by_name(&any.sign) {
                    marks.insert(any);
                }
                if named.name.is_some() && alone(&named) {
                    marks.insert(named);
                }
            }
        }
        let mut marks: Vec<Mark> = marks.into_iter().collect();
        marks.sort_unstable();
        marks
    }
}

/// Whether a sign goes with a number, which goes from one to the next.
fn is_number(sign: &Sign) -> bool {
    matches!(sign, Sign::Phone(_) | Sign::Account(Address::SignalPni(_)))
}

/// Rulings, ready for the traces that there are.
#[derive(Debug, Default)]
pub struct Rules<'a> {
    /// Which traces bear the marks of rulings.
    pub bearers: Bearers,
    /// Whom the user takes for one.
    pub same: Vec<(&'a [Mark], &'a [Mark])>,
    /// Traces that are two people.
    pub apart: Vec<(Vec<usize>, Vec<usize>)>,
    /// What several people share.
    pub shared: HashSet<SignKey>,
    /// Numbers of which the user said that they are none, as they are dialled,
    /// with a name.
    pub no_numbers: HashSet<(String, Option<Foreign>)>,
    /// How many rulings are about nobody who is there.
    pub idle: u64,
}

impl<'a> Rules<'a> {
    /// Brings rulings to the traces, and writes into these what it is that the
    /// user said of them: numbers that were not placed, identities that are
    /// somebody else's than the rest of their entry.
    pub fn bring(rulings: &'a [Ruling], traces: &mut Traces<'_>, chats: &[Kept<'_>]) -> Rules<'a> {
        let mut rules = Rules::default();
        if rulings.is_empty() {
            return rules;
        }
        rules.numbers(rulings, traces);
        let wanted: HashSet<SignKey> =
            rulings.iter().flat_map(Ruling::marks).map(|mark| mark.sign.key()).collect();
        // What one ruling has divided, another one may divide again.
        loop {
            rules.bearers = Bearers::of(traces, chats, Some(&wanted));
            let mut cut = false;
            for ruling in rulings {
                let Ruling::Apart { one, other } = ruling else { continue };
                let one_side = rules.bearers.of_any(one);
                for index in rules.bearers.of_any(other) {
                    cut |= one_side.binary_search(&index).is_ok() && divide(traces, index, one);
                }
            }
            if !cut {
                break;
            }
        }
        for ruling in rulings {
            match ruling {
                Ruling::Same { one, other } => rules.same.push((one, other)),
                Ruling::Shared(sign) => drop(rules.shared.insert(sign.key())),
                Ruling::Apart { one, other } => {
                    let (one, other) = (rules.bearers.of_any(one), rules.bearers.of_any(other));
                    let one: Vec<usize> =
                        one.into_iter().filter(|i| other.binary_search(i).is_err()).collect();
                    rules.idle += u64::from(one.is_empty() || other.is_empty());
                    rules.apart.push((one, other));
                }
                Ruling::Named { .. }
                | Ruling::Number { .. }
                | Ruling::Region(_)
                | Ruling::Account { .. }
                | Ruling::Excluded(_)
                | Ruling::Never(_)
                | Ruling::Invited { .. } => {}
            }
        }
        rules
    }

    /// Puts in the numbers that the user gave for those that were not placed.
    fn numbers(&mut self, rulings: &[Ruling], traces: &mut Traces<'_>) {
        let mut known: HashMap<(String, Option<&Foreign>), &Option<crate::model::Phone>> = HashMap::new();
        for ruling in rulings {
            if let Ruling::Number { written, name, number } = ruling {
                known.insert((dialled(written), name.as_ref()), number);
            }
        }
        if known.is_empty() {
            return;
        }
        let mut met = HashSet::new();
        for trace in &mut traces.all {
            let name = trace.mark_name();
            let (mut left, mut found) = (Vec::new(), Vec::new());
            for (written, why) in std::mem::take(&mut trace.unplaced) {
                let key = (dialled(&written), name.clone());
                match known.get(&(key.0.clone(), name.as_ref())) {
                    Some(Some(number)) => found.push(number.clone()),
                    Some(None) => {
                        self.no_numbers.insert(key.clone());
                        left.push((written, why));
                    }
                    None => {
                        left.push((written, why));
                        continue;
                    }
                }
                met.insert(key);
            }
            trace.unplaced = left;
            trace.phones.extend(found);
        }
        self.idle += (known.len() - met.len()) as u64;
    }

    /// The one person that a side of a ruling is, by the first of its marks that
    /// tells: several where that mark is a place in chats of one title.
    pub fn side(&self, marks: &[Mark], mut root: impl FnMut(usize) -> usize) -> Vec<usize> {
        for mark in marks {
            let mut roots: Vec<usize> = self.bearers.meant(mark, marks).into_iter().map(&mut root).collect();
            roots.sort_unstable();
            roots.dedup();
            if roots.len() == 1 || matches!(mark.sign, Sign::Chat(_)) && !roots.is_empty() {
                return roots;
            }
        }
        Vec::new()
    }
}

/// What became of an invitation.
#[derive(Debug)]
pub struct ToldInvited {
    /// Who bears the marks.
    pub people: BTreeSet<usize>,
    /// Who it was when it was told.
    pub id: ContactId,
    /// What was told.
    pub told: Invited,
}

/// What the user said of people who are there.
#[derive(Debug)]
pub struct Told {
    /// The name to show of somebody.
    pub names: BTreeMap<usize, Foreign>,
    /// Accounts, and whether they are somebody's.
    pub accounts: Vec<(usize, Address, bool)>,
    /// Who is never to be looked up and never to be invited.
    pub excluded: BTreeSet<usize>,
    /// What became of invitations, and of whom by now.
    pub invited: Vec<ToldInvited>,
    /// Where that stands.
    pub place: Locator,
    /// How many rulings are about nobody who is there.
    pub idle: u64,
}

impl Told {
    /// Finds the people whom rulings are about.
    pub fn of(rulings: &[Ruling], rules: &Rules<'_>, joined: &Joined) -> Told {
        let place = Locator { path: Foreign::from(PLACE), line: None };
        let mut told = Told {
            names: BTreeMap::new(),
            accounts: Vec::new(),
            excluded: BTreeSet::new(),
            invited: Vec::new(),
            place,
            idle: joined.idle,
        };
        let one = |who: &[Mark]| match rules.side(who, |index| joined.person[index]).as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        for ruling in rulings {
            let found = match ruling {
                Ruling::Named { who, name } => one(who).map(|person| {
                    told.names.insert(person, name.clone());
                }),
                Ruling::Account { who, address, theirs } => one(who).map(|person| {
                    told.accounts.push((person, address.clone(), *theirs));
                }),
                // All who bear any of them: rather one too many is left alone.
                Ruling::Excluded(who) => {
                    let all = rules.bearers.of_any(who);
                    told.excluded.extend(all.iter().map(|index| joined.person[*index]));
                    (!all.is_empty()).then_some(())
                }
                // Where nobody bears the marks any more, the id may still lead to somebody.
                Ruling::Invited { id, who, told: invited } => {
                    let all = rules.bearers.of_any(who);
                    let people = all.iter().map(|index| joined.person[*index]).collect();
                    told.invited.push(ToldInvited { people, id: id.clone(), told: *invited });
                    continue;
                }
                _ => continue,
            };
            told.idle += u64::from(found.is_none());
        }
        told
    }
}

/// A number as it is written, but for what only makes it easier to read: every
/// export may group the digits in another way.
pub fn dialled(written: &Foreign) -> String {
    let dialled = |c: char| match digit(c) {
        Some(value) => char::from_digit(value.into(), 10),
        None => (!c.is_whitespace() && !"()[]./-\u{2010}\u{2011}\u{2012}\u{2013}".contains(c)).then_some(c),
    };
    written.raw().chars().filter_map(dialled).collect()
}

/// Takes from a trace the identities that one side of a ruling holds, and
/// makes a trace of its own of them. Whether there was anything to divide.
fn divide(traces: &mut Traces<'_>, index: usize, one: &[Mark]) -> bool {
    let trace = &traces.all[index];
    let name = trace.mark_name();
    let keys: HashSet<SignKey> = one
        .iter()
        .filter(|mark| mark.sign.is_identity() && (mark.name.is_none() || mark.name == name))
        .map(|mark| mark.sign.key())
        .collect();
    let goes = |sign: Sign| keys.contains(&sign.key());
    if trace.identities().all(&goes) || !trace.identities().any(&goes) {
        return false;
    }
    let mut cut = Trace {
        source: trace.source,
        locator: trace.locator.clone(),
        kind: TraceKind::Cut { own: matches!(trace.kind, TraceKind::Card { own: true, .. }) },
        saved_name: None,
        other_name: None,
        phones: Few::default(),
        unplaced: Vec::new(),
        emails: Few::default(),
        accounts: Few::default(),
        lids: Few::default(),
        is_me: false,
        is_nobody: matches!(trace.kind, TraceKind::LidMap),
    };
    let trace = &mut traces.all[index];
    (cut.phones, trace.phones) = parted(&trace.phones, |phone| goes(Sign::Phone(phone.clone())));
    (cut.emails, trace.emails) = parted(&trace.emails, |email| goes(Sign::Email(email.clone())));
    (cut.accounts, trace.accounts) = parted(&trace.accounts, |account| goes(Sign::Account(account.clone())));
    (cut.lids, trace.lids) = parted(&trace.lids, |lid| goes(Sign::Lid(lid.clone())));
    traces.all.push(cut);
    true
}

/// Those that go, and those that stay.
fn parted<T: Ord + Clone>(all: &Few<T>, goes: impl Fn(&T) -> bool) -> (Few<T>, Few<T>) {
    let (gone, left): (Vec<T>, Vec<T>) = all.iter().cloned().partition(|one| goes(one));
    (gone.into_iter().collect(), left.into_iter().collect())
}
