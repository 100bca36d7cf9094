//! What comes first: order and cycles of prerequisites.

use crate::cells::{at, put, row};

/// Items so that all that an item needs stand before it, as early as `first` would have them; or a cycle, each
/// item of it needing the next and the last the first.
pub(super) fn order(needs: &[Vec<usize>], first: impl Fn(usize) -> f64) -> Result<Vec<usize>, Vec<usize>> {
    let n = needs.len();
    let mut done = vec![false; n];
    let mut order = Vec::with_capacity(n);
    let ready = |done: &[bool], i: usize| row(needs, i).iter().all(|&p| at(done, p));
    while order.len() < n {
        let open = (0..n).filter(|&i| !at(&done, i) && ready(&done, i));
        let Some(next) = open.reduce(|a, b| if first(b) > first(a) { b } else { a }) else {
            return Err(cycle(needs, &done));
        };
        put(&mut done, next, true);
        order.push(next);
    }
    Ok(order)
}

/// Follows what is not done until an item comes again.
fn cycle(needs: &[Vec<usize>], done: &[bool]) -> Vec<usize> {
    let mut way = Vec::new();
    let mut next = done.iter().position(|d| !d);
    while let Some(item) = next {
        if let Some(from) = way.iter().position(|&i| i == item) {
            return way.split_off(from);
        }
        way.push(item);
        next = row(needs, item).iter().copied().find(|&p| !at(done, p));
    }
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_is_named_without_what_leads_to_it() {
        let needs = [vec![1], vec![2], vec![3], vec![1], vec![]];
        assert_eq!(order(&needs, |_| 0.0), Err(vec![1, 2, 3]));
        assert_eq!(order(&[vec![0]], |_| 0.0), Err(vec![0]));
        assert_eq!(order(&[vec![1], vec![], vec![]], |i| i as f64), Ok(vec![2, 1, 0]));
    }
}
