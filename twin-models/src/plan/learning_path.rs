//! What to learn in the hours there are: items with prerequisites, the most value for the time.

use super::{Budget, order::order};
use crate::cells::{at, put, row};

/// Something to learn.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it is worth, 0 or more.
    pub value: f64,
    /// Hours it takes, 0 or more.
    pub hours: f64,
    /// Items that must be learnt before.
    pub needs: Vec<usize>,
}

/// Why there is no path.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PathError {
    /// Value or hours that are negative or no numbers.
    #[error("item {item} needs a value and hours of 0 or more")]
    Item {
        /// The item.
        item: usize,
    },
    /// Hours there are that are negative or no number.
    #[error("the hours there are must be 0 or more")]
    Hours,
    /// A prerequisite that is not there.
    #[error("item {item} needs item {needs}, which is not there")]
    NoSuchItem {
        /// The item.
        item: usize,
        /// What it needs.
        needs: usize,
    },
    /// Items that need each other.
    #[error("items {items:?} need each other in a circle")]
    Cycle {
        /// Each needs the next, and the last the first.
        items: Vec<usize>,
    },
}

/// Why an item is left out.
#[derive(Clone, Debug, PartialEq)]
pub enum LeftOut {
    /// It and what it needs take more hours than there are.
    TooLong {
        /// Hours with all that it needs.
        hours: f64,
    },
    /// Other items are worth more for the same hours.
    LessWorth {
        /// Hours with all that it needs and that is not in the path.
        hours: f64,
        /// Value of these.
        value: f64,
    },
}

/// A path.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Items in the order to learn them: what is needed first, then the most value per hour.
    pub items: Vec<usize>,
    /// Their value.
    pub value: f64,
    /// Their hours.
    pub hours: f64,
    /// No path is worth more than this; equal to `value` where that is proven.
    pub bound: f64,
    /// Why each of the others is left out.
    pub left_out: Vec<(usize, LeftOut)>,
}

/// The path of most value within `hours`, by branch and bound from a greedy start; about 40 items are solved
/// exactly within 100 000 steps.
///
/// ```
/// use twin_models::plan::{Budget, learning_path::{Item, learning_path}};
/// let item = |value, hours, needs: &[usize]| Item { value, hours, needs: needs.to_vec() };
/// let items = [item(1.0, 2.0, &[]), item(9.0, 3.0, &[0]), item(5.0, 4.0, &[])];
/// let path = learning_path(&items, 5.0, Budget::steps(1000, 1)).unwrap();
/// assert_eq!((path.items, path.value, path.bound), (vec![0, 1], 10.0, 10.0));
/// ```
///
/// # Errors
/// On values that are no numbers, prerequisites that are not there, and circles of them, which are named.
pub fn learning_path(items: &[Item], hours: f64, budget: Budget<'_>) -> Result<Path, PathError> {
    let needs: Vec<Vec<usize>> = items.iter().map(|item| item.needs.clone()).collect();
    check(items, hours)?;
    let density = |i: usize| items.get(i).map_or(0.0, |item| item.value / item.hours.max(1e-9));
    let order = order(&needs, density).map_err(|items| PathError::Cycle { items })?;
    let mut by_density: Vec<usize> = (0..items.len()).collect();
    by_density.sort_by(|&a, &b| density(b).total_cmp(&density(a)));
    let mut search =
        Search { items, hours, order, by_density, best: (0.0, Vec::new()), step: 0, cut: false, budget };
    let start = search.greedy(&closures(items, &search.order));
    search.best = (sums(items, &start).0, start);
    let mut open = vec![None; items.len()];
    let root = search.most(&open, 0.0, 0.0);
    search.branch(0, &mut open, 0.0, 0.0);
    let (_, taken) = search.best;
    let (value, used) = sums(items, &taken);
    let bound = if search.cut { root.max(value) } else { value };
    let left_out = why(items, hours, &taken, &closures(items, &search.order));
    let order = search.order.into_iter().filter(|&i| at(&taken, i)).collect();
    Ok(Path { items: order, value, hours: used, bound, left_out })
}

fn check(items: &[Item], hours: f64) -> Result<(), PathError> {
    let good = |x: f64| x.is_finite() && x >= 0.0;
    if !good(hours) {
        return Err(PathError::Hours);
    }
    for (i, item) in items.iter().enumerate() {
        if !(good(item.value) && good(item.hours)) {
            return Err(PathError::Item { item: i });
        }
        if let Some(&needs) = item.needs.iter().find(|&&p| p >= items.len()) {
            return Err(PathError::NoSuchItem { item: i, needs });
        }
    }
    Ok(())
}

/// Each item with all that it needs, directly or not.
fn closures(items: &[Item], order: &[usize]) -> Vec<Vec<usize>> {
    let mut closures: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    for &i in order {
        let mut all = vec![i];
        for &p in items.get(i).map_or(&[][..], |item| &item.needs) {
            all.extend(row(&closures, p));
        }
        all.sort_unstable();
        all.dedup();
        put(&mut closures, i, all);
    }
    closures
}

fn sums(items: &[Item], taken: &[bool]) -> (f64, f64) {
    let chosen = items.iter().zip(taken).filter(|(_, taken)| **taken);
    chosen.fold((0.0, 0.0), |(value, hours), (item, _)| (value + item.value, hours + item.hours))
}

/// Value and hours of what a closure would add.
fn extra(items: &[Item], closure: &[usize], taken: &[bool]) -> (f64, f64) {
    let new = closure.iter().filter(|&&i| !at(taken, i)).filter_map(|&i| items.get(i));
    new.fold((0.0, 0.0), |(value, hours), item| (value + item.value, hours + item.hours))
}

fn why(items: &[Item], hours: f64, taken: &[bool], closures: &[Vec<usize>]) -> Vec<(usize, LeftOut)> {
    let of = |i: usize| {
        let (_, whole) = extra(items, row(closures, i), &[]);
        if whole > hours {
            return LeftOut::TooLong { hours: whole };
        }
        let (value, hours) = extra(items, row(closures, i), taken);
        LeftOut::LessWorth { hours, value }
    };
    (0..items.len()).filter(|&i| !at(taken, i)).map(|i| (i, of(i))).collect()
}

struct Search<'a> {
    items: &'a [Item],
    hours: f64,
    /// What is needed first.
    order: Vec<usize>,
    by_density: Vec<usize>,
    best: (f64, Vec<bool>),
    step: u64,
    /// Whether the budget ended it.
    cut: bool,
    budget: Budget<'a>,
}

impl Search<'_> {
    /// Closures by value per hour while they fit.
    fn greedy(&self, closures: &[Vec<usize>]) -> Vec<bool> {
        let mut taken = vec![false; self.items.len()];
        loop {
            let (_, used) = sums(self.items, &taken);
            let fits = |closure: &Vec<usize>| {
                let (value, hours) = extra(self.items, closure, &taken);
                (value > 0.0 && used + hours <= self.hours).then(|| value / hours.max(1e-9))
            };
            let open = closures.iter().filter_map(|c| Some((fits(c)?, c)));
            let Some((_, best)) = open.max_by(|a, b| a.0.total_cmp(&b.0)) else { return taken };
            best.clone().into_iter().for_each(|i| put(&mut taken, i, true));
        }
    }

    /// No choice of what is open is worth more: the hours left go to the densest, in parts if need be.
    fn most(&self, chosen: &[Option<bool>], value: f64, used: f64) -> f64 {
        let (mut value, mut left) = (value, self.hours - used);
        let open = self.by_density.iter().filter(|&&i| at(chosen, i).is_none());
        for item in open.filter_map(|&i| self.items.get(i)) {
            if item.hours > left {
                return value + item.value * left / item.hours;
            }
            value += item.value;
            left -= item.hours;
        }
        value
    }

    fn branch(&mut self, depth: usize, chosen: &mut Vec<Option<bool>>, value: f64, used: f64) {
        if value > self.best.0 {
            self.best = (value, chosen.iter().map(|c| *c == Some(true)).collect());
        }
        let Some(&i) = self.order.get(depth) else { return };
        if self.most(chosen, value, used) <= self.best.0 {
            return;
        }
        self.cut |= !self.budget.allows(self.step);
        if self.cut {
            return;
        }
        self.step += 1;
        let Some(item) = self.items.get(i) else { return };
        let (gain, hours) = (item.value, item.hours);
        let ready = item.needs.iter().all(|&p| at(chosen, p) == Some(true));
        if ready && used + hours <= self.hours {
            put(chosen, i, Some(true));
            self.branch(depth + 1, chosen, value + gain, used + hours);
        }
        // without it go those that need it
        let before = chosen.clone();
        put(chosen, i, Some(false));
        for &j in self.order.iter().skip(depth + 1) {
            let lost = |item: &Item| item.needs.iter().any(|&p| at(chosen, p) == Some(false));
            if self.items.get(j).is_some_and(lost) {
                put(chosen, j, Some(false));
            }
        }
        self.branch(depth + 1, chosen, value, used);
        *chosen = before;
        put(chosen, i, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn item(value: f64, hours: f64, needs: &[usize]) -> Item {
        Item { value, hours, needs: needs.to_vec() }
    }

    #[test]
    fn bad_input_is_named() {
        let of = |items: &[Item], hours| learning_path(items, hours, Budget::steps(100, 1)).unwrap_err();
        let circle = [item(1.0, 1.0, &[1]), item(1.0, 1.0, &[0])];
        assert_eq!(of(&circle, 9.0), PathError::Cycle { items: vec![0, 1] });
        assert_eq!(of(&[item(f64::NAN, 1.0, &[])], 9.0), PathError::Item { item: 0 });
        assert_eq!(of(&[item(1.0, 1.0, &[4])], 9.0), PathError::NoSuchItem { item: 0, needs: 4 });
        assert_eq!(of(&[], f64::NAN), PathError::Hours);
        assert_eq!(learning_path(&[], 0.0, Budget::steps(0, 1)).unwrap().value, 0.0);
    }

    #[test]
    fn what_is_left_out_says_why() {
        let items = [item(5.0, 4.0, &[]), item(9.0, 3.0, &[0]), item(7.0, 5.0, &[])];
        let path = learning_path(&items, 5.0, Budget::steps(100, 1)).unwrap();
        assert_eq!((path.items, path.value), (vec![2], 7.0));
        let (less, long) = (LeftOut::LessWorth { hours: 4.0, value: 5.0 }, LeftOut::TooLong { hours: 7.0 });
        assert_eq!(path.left_out, vec![(0, less), (1, long)]);
    }

    fn instances() -> impl Strategy<Value = (Vec<Item>, f64)> {
        let one = (0..20_u8, 0..9_u8, prop::collection::vec(0..10_usize, 0..3));
        (prop::collection::vec(one, 0..11), 0..30_u8).prop_map(|(raw, hours)| {
            let of = |(i, (v, h, p)): (usize, (u8, u8, Vec<usize>))| {
                item(v.into(), h.into(), &p.into_iter().filter(|&p| p < i).collect::<Vec<_>>())
            };
            (raw.into_iter().enumerate().map(of).collect(), hours.into())
        })
    }

    /// Value of a set of items if it keeps the rules; written apart from the search.
    fn worth(items: &[Item], hours: f64, set: u32) -> Option<f64> {
        let mine = |i: usize| set >> i & 1 == 1;
        let own: Vec<usize> = (0..items.len()).filter(|&i| mine(i)).collect();
        let kept = own.iter().all(|&i| items[i].needs.iter().all(|&p| mine(p)));
        let fits = own.iter().map(|&i| items[i].hours).sum::<f64>() <= hours;
        (kept && fits).then(|| own.iter().map(|&i| items[i].value).sum())
    }

    proptest! {
        #[test]
        fn no_path_is_worth_more_and_short_budgets_keep_the_rules((items, hours) in instances(), steps in 0..20_u64) {
            let truth = (0..1_u32 << items.len()).filter_map(|s| worth(&items, hours, s)).fold(0.0, f64::max);
            let best = learning_path(&items, hours, Budget::steps(100_000, 1)).unwrap();
            prop_assert_eq!((best.value, best.bound), (truth, truth));
            let hasty = learning_path(&items, hours, Budget::steps(steps, 1)).unwrap();
            let set = hasty.items.iter().fold(0, |s, i| s | 1 << i);
            prop_assert_eq!(worth(&items, hours, set), Some(hasty.value));
            prop_assert!(hasty.value <= truth && truth <= hasty.bound);
            for (k, &i) in hasty.items.iter().enumerate() {
                prop_assert!(items[i].needs.iter().all(|p| hasty.items[..k].contains(p)));
            }
        }
    }
}
