//! A few things, in order, each once: what most people have of numbers and
//! addresses. A tree for each would take more room than what it holds.

use std::ops::Deref;

/// A small set that is made once and read often; reads like a slice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Few<T>(Box<[T]>);

impl<T> Default for Few<T> {
    fn default() -> Self {
        Few(Box::default())
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Ord> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        let mut all: Vec<T> = things.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        Few(all.into_boxed_slice())
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for Few<T> {
    fn from(things: [T; N]) -> Self {
        things.into_iter().collect()
    }
}

impl<T: Ord> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, things: I) {
        *self = std::mem::take(&mut self.0).into_iter().chain(things).collect();
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_there_once_and_in_order() {
        let mut few: Few<u8> = [3, 1, 3].into();
        assert_eq!(*few, [1, 3]);
        few.extend([2, 1]);
        assert_eq!(*few, [1, 2, 3]);
        assert_eq!((few.first(), few.contains(&2), Few::<u8>::default().is_empty()), (Some(&1), true, true));
    }
}
