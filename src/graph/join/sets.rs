//! Disjoint sets of traces that remember which names each book has for them.

use std::collections::{BTreeMap, BTreeSet};

/// The names, by number, that each book (a source) gives to one set: pairs of
/// book and name, in order.
type Names = Vec<(usize, usize)>;

/// Disjoint sets with path halving and union by size.
pub struct Sets {
    parent: Vec<usize>,
    size: Vec<usize>,
    /// For the root of each set that has cards, their names.
    names: Vec<Names>,
    /// For the root of each set on which sides of the user's rulings it stands:
    /// pairs of ruling and side, in order. No set stands on both.
    sides: BTreeMap<usize, Vec<(usize, bool)>>,
}

impl Sets {
    /// As many sets of one. `cards` are the traces that are cards of the
    /// user's own books: trace, book, number of the name.
    pub fn new(count: usize, cards: impl Iterator<Item = (usize, usize, usize)>) -> Self {
        let mut names = vec![Names::new(); count];
        for (trace, book, name) in cards {
            names[trace] = vec![(book, name)];
        }
        Self { parent: (0..count).collect(), size: vec![1; count], names, sides: BTreeMap::new() }
    }

    /// The set that a trace is in.
    pub fn root(&mut self, mut index: usize) -> usize {
        while self.parent[index] != index {
            self.parent[index] = self.parent[self.parent[index]];
            index = self.parent[index];
        }
        index
    }

    /// Whether these are one already.
    pub fn are_one(&mut self, traces: &[usize]) -> bool {
        let mut roots = traces.iter().map(|trace| self.root(*trace));
        let first = roots.next();
        roots.all(|root| Some(root) == first)
    }

    /// Notes that the user keeps these traces apart. To be called before any are
    /// united.
    pub fn keep_apart(&mut self, ruling: usize, one: &[usize], other: &[usize]) {
        for (traces, side) in [(one, false), (other, true)] {
            for trace in traces {
                self.sides.entry(*trace).or_default().push((ruling, side));
            }
        }
    }

    /// Whether the user keeps two sets apart.
    pub fn are_apart(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        let (Some(one), Some(other)) = (self.sides.get(&a), self.sides.get(&b)) else { return false };
        one.iter().any(|(ruling, side)| other.binary_search(&(*ruling, !side)).is_ok())
    }

    /// Makes two sets one, unless the user keeps them apart. Whether they are one.
    pub fn unite(&mut self, a: usize, b: usize) -> bool {
        let (mut a, mut b) = (self.root(a), self.root(b));
        if a == b {
            return true;
        }
        if self.are_apart(a, b) {
            return false;
        }
        if self.size[a] < self.size[b] {
            std::mem::swap(&mut a, &mut b);
        }
        self.parent[b] = a;
        self.size[a] += self.size[b];
        let others = std::mem::take(&mut self.names[b]);
        let own = &mut self.names[a];
        own.extend(others);
        own.sort_unstable();
        own.dedup();
        if let Some(others) = self.sides.remove(&b) {
            let own = self.sides.entry(a).or_default();
            own.extend(others);
            own.sort_unstable();
            own.dedup();
        }
        true
    }

    /// Whether making these one would give somebody two names in one book who
    /// had only one: the user keeps them as two people there.
    pub fn clash(&mut self, traces: &[usize]) -> bool {
        let roots: BTreeSet<usize> = traces.iter().map(|t| self.root(*t)).collect();
        let mut most: BTreeMap<usize, &[(usize, usize)]> = BTreeMap::new();
        let by_book = |root: &usize| self.names[*root].chunk_by(|a, b| a.0 == b.0);
        for names in roots.iter().flat_map(by_book) {
            let known = most.entry(names[0].0).or_insert(names);
            if holds_all(names, known) {
                *known = names;
            } else if !holds_all(known, names) {
                return true;
            }
        }
        false
    }
}

/// Whether all of `part` is in `whole`; both in order.
fn holds_all(whole: &[(usize, usize)], part: &[(usize, usize)]) -> bool {
    part.iter().all(|name| whole.binary_search(name).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_names_in_one_book_clash_however_far_apart() {
        // Book 0 has the names 0 and 1, book 1 the name 2 twice.
        let cards = [(0, 0, 0), (1, 0, 1), (2, 1, 2), (3, 1, 2)];
        let mut sets = Sets::new(6, cards.into_iter());
        assert!(sets.clash(&[0, 1]) && !sets.clash(&[0, 2]) && !sets.clash(&[2, 3]) && !sets.clash(&[4, 5]));
        sets.unite(0, 2);
        sets.unite(4, 3);
        assert!(!sets.clash(&[2, 4]));
        sets.unite(4, 1);
        assert!(sets.clash(&[2, 4]) && sets.clash(&[0, 3]));
        assert_ne!(sets.root(0), sets.root(1));
        // Where they were made one all the same, no more is asked.
        sets.unite(0, 1);
        assert!(!sets.clash(&[0, 1, 5]));
        assert_eq!(sets.root(0), sets.root(4));
    }

    #[test]
    fn whom_the_user_keeps_apart_nothing_brings_together() {
        let mut sets = Sets::new(4, std::iter::empty());
        sets.keep_apart(0, &[0], &[1]);
        assert!(sets.unite(0, 2) && sets.unite(1, 3));
        assert!(sets.are_apart(2, 3) && !sets.unite(2, 3) && !sets.unite(1, 0));
        assert_ne!(sets.root(0), sets.root(1));
    }
}
