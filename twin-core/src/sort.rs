//! Sorting with one code for all types, where the program is made for size.
//!
//! The standard sorts are compiled anew for every type and every order they are called with, 7 kB a time, and the
//! engine has more than a hundred of such calls. In WebAssembly, where every byte is sent to the reader, the calls
//! through [`OrderBy`] share one: it finds out where each item goes, and the items are swapped there. Everywhere else
//! they are the standard sorts, which are faster. Both are stable, so the result is the same to the last bit.
//! [`Gather`] does the same for maps and sets, which the standard library fills from a sorted list.
//!
//! ```
//! use twin_core::sort::OrderBy;
//!
//! let mut nights = [("Tue", 7.5_f64), ("Wed", 6.0), ("Thu", 7.5)];
//! nights.order_by(|a, b| b.1.total_cmp(&a.1));
//! assert_eq!(nights.map(|(day, _)| day), ["Tue", "Thu", "Wed"]);
//! ```

use crate::MADE_SMALL;
use std::cmp::Ordering;

/// The stable sorts of a slice, made for size where the program is; see the [module](self).
pub trait OrderBy<T> {
    /// As [`slice::sort`].
    fn order(&mut self)
    where
        T: Ord;

    /// As [`slice::sort_by`].
    fn order_by(&mut self, order: impl FnMut(&T, &T) -> Ordering);

    /// As [`slice::sort_by_key`].
    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);

    /// As [`slice::sort_by_cached_key`]: `key` is called once an item.
    fn order_by_cached_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
}

impl<T> OrderBy<T> for [T] {
    fn order(&mut self)
    where
        T: Ord,
    {
        if MADE_SMALL { small(self, T::cmp) } else { self.sort() }
    }

    fn order_by(&mut self, order: impl FnMut(&T, &T) -> Ordering) {
        if MADE_SMALL { small(self, order) } else { self.sort_by(order) }
    }

    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        if MADE_SMALL { small(self, |a, b| key(a).cmp(&key(b))) } else { self.sort_by_key(key) }
    }

    fn order_by_cached_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        if MADE_SMALL { small_by_cached_key(self, key) } else { self.sort_by_cached_key(key) }
    }
}

/// Collecting into maps and sets in order, which the standard sorts first.
pub trait Gather: Iterator + Sized {
    /// As [`Iterator::collect`] into a [`BTreeMap`](std::collections::BTreeMap) or
    /// [`BTreeSet`](std::collections::BTreeSet): of equal keys the last one's value stays.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use twin_core::sort::Gather;
    ///
    /// let steps: BTreeMap<_, _> = [("Wed", 4000), ("Tue", 9000), ("Wed", 7000)].into_iter().gather();
    /// assert_eq!(steps.into_iter().collect::<Vec<_>>(), [("Tue", 9000), ("Wed", 7000)]);
    /// ```
    fn gather<C: Default + Extend<Self::Item> + FromIterator<Self::Item>>(self) -> C {
        if MADE_SMALL { one_by_one(self) } else { self.collect() }
    }
}

impl<I: Iterator> Gather for I {}

fn one_by_one<C: Default + Extend<T>, T>(items: impl Iterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}

/// A stable sort of which little is compiled for each type.
fn small<T>(items: &mut [T], mut order: impl FnMut(&T, &T) -> Ordering) {
    let swaps = swaps(items.len(), &mut |a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => order(a, b),
        _ => Ordering::Equal,
    });
    swaps.into_iter().for_each(|(a, b)| items.swap(a, b));
}

fn small_by_cached_key<T, K: Ord>(items: &mut [T], key: impl FnMut(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    let swaps = swaps(items.len(), &mut |a, b| keys.get(a).cmp(&keys.get(b)));
    swaps.into_iter().for_each(|(a, b)| items.swap(a, b));
}

/// The swaps, in turn, that bring `len` items in order, where `order` compares the items at two places.
#[inline(never)]
fn swaps(len: usize, order: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    // What goes to each place; walked around in circles, and a place that is done holds itself.
    let mut from: Vec<usize> = (0..len).collect();
    from.sort_by(|a, b| order(*a, *b));
    let mut swaps = Vec::new();
    for first in 0..len {
        let mut place = first;
        while let Some(next) = from.get_mut(place).map(|next| std::mem::replace(next, place))
            && next != first
        {
            swaps.push((place, next));
            place = next;
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Pseudo-random numbers below `below`, many of them equal.
    fn numbers(len: usize, below: u64) -> Vec<(u64, usize)> {
        let mut state = 1_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        (0..len).map(|place| (next(), place)).collect()
    }

    #[test]
    fn the_small_sort_is_the_stable_one() {
        for len in [0, 1, 2, 3, 7, 20, 21, 100, 1000] {
            for below in [1, 2, 10, 1_000_000] {
                let given = numbers(len, below);
                let (mut falling, mut rising) = (given.clone(), given.clone());
                falling.sort_by_key(|n| std::cmp::Reverse(n.0));
                rising.sort_by_key(|n| n.0);
                let mut found = given.clone();
                small(&mut found, |a, b| b.0.cmp(&a.0));
                assert_eq!(found, falling, "{len} numbers below {below}");
                found = given;
                small_by_cached_key(&mut found, |n| n.0);
                assert_eq!(found, rising, "{len} numbers below {below}, by key");
                small(&mut found, |a, b| a.0.cmp(&b.0));
                assert_eq!(found, rising, "in order already");
            }
        }
    }

    #[test]
    fn each_key_is_asked_once_and_numbers_that_are_none_have_a_place() {
        let mut asked = 0;
        let mut floats = [1.0, f64::NAN, -0.0, f64::NEG_INFINITY, 0.0, -f64::NAN];
        let mut expected = floats;
        expected.sort_by(f64::total_cmp);
        small(&mut floats, f64::total_cmp);
        assert_eq!(floats.map(f64::to_bits), expected.map(f64::to_bits));
        let mut words = ["b", "c", "a", "b"].map(String::from);
        small_by_cached_key(&mut words, |word| {
            asked += 1;
            word.clone()
        });
        assert_eq!((words, asked), (["a", "b", "b", "c"].map(String::from), 4));
    }

    #[test]
    fn gathered_one_by_one_the_last_of_equal_keys_stays() {
        let given = numbers(200, 20);
        let map: BTreeMap<u64, usize> = one_by_one(given.iter().copied());
        assert_eq!(map, given.iter().copied().collect());
    }

    #[test]
    fn a_long_way_round_takes_one_swap_an_item() {
        let mut falling: Vec<u32> = (0..100_000).rev().collect();
        falling.rotate_left(1);
        let swaps = swaps(falling.len(), &mut |a, b| falling[a].cmp(&falling[b]));
        assert!(swaps.len() < falling.len());
        swaps.into_iter().for_each(|(a, b)| falling.swap(a, b));
        assert!(falling.is_sorted());
    }
}
