//! The sixteen ways in which three people may be tied.

use super::graph::Graph;
use twin_core::sort::OrderBy;

/// Their names: pairs tied both ways, one way and not at all; then down, up, cyclic or transitive
/// [davis1972].
pub const NAMES: [&str; 16] = [
    "003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201", "120D", "120U",
    "120C", "210", "300",
];

/// How often each stands in a directed graph, in the order of [`NAMES`]; O(ties · degree) [batagelj2001].
///
/// ```
/// use twin_models::collaboration::{graph::Graph, triads::census};
/// let graph = Graph::directed(3, &[(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)]).unwrap();
/// assert_eq!(census(&graph)[9], 1); // 030C: round in a circle
/// ```
#[must_use]
pub fn census(graph: &Graph) -> [u64; 16] {
    let n = graph.nodes();
    let around: Vec<Vec<usize>> =
        (0..n).map(|i| graph.mutual(i).into_iter().map(|tie| tie.0).collect()).collect();
    let near = |a: usize, b: usize| graph.has(a, b) || graph.has(b, a);
    let mut counts = [0_u64; 16];
    let mut count = |kind: usize, times: u64| {
        if let Some(cell) = counts.get_mut(kind) {
            *cell += times;
        }
    };
    for (a, others) in around.iter().enumerate() {
        for &b in others.iter().filter(|&&b| b > a) {
            let mut third: Vec<usize> = others.iter().chain(crate::cells::row(&around, b)).copied().collect();
            third.order();
            third.dedup();
            third.retain(|&c| c != a && c != b);
            // with all who know neither
            let both_ways = graph.has(a, b) && graph.has(b, a);
            count(if both_ways { 2 } else { 1 }, (n - 2 - third.len()) as u64);
            // each triple once, at its first tied pair
            for &c in third.iter().filter(|&&c| b < c || (a < c && !near(a, c))) {
                count(kind(graph, [a, b, c]), 1);
            }
        }
    }
    let n = n as u64;
    let all = n * n.saturating_sub(1) * n.saturating_sub(2) / 6;
    let rest = all - counts.iter().sum::<u64>();
    let [none, ..] = &mut counts;
    *none = rest;
    counts
}

/// The place in [`NAMES`] of three people.
fn kind(graph: &Graph, [a, b, c]: [usize; 3]) -> usize {
    let tie = |x: usize, y: usize| u8::from(graph.has(x, y));
    let pairs = [(a, b), (a, c), (b, c)].map(|(x, y)| tie(x, y) + tie(y, x));
    let count = |k| pairs.iter().filter(|p| **p == k).count();
    let out = [tie(a, b) + tie(a, c), tie(b, a) + tie(b, c), tie(c, a) + tie(c, b)];
    let into = [tie(b, a) + tie(c, a), tie(a, b) + tie(c, b), tie(a, c) + tie(b, c)];
    // the one who is not in the pair tied both ways
    let apart = pairs.iter().zip([2, 1, 0]).find(|(p, _)| **p == 2).map_or(0, |(_, third)| third);
    let of = |list: [u8; 3], who: usize| list.get(who).copied().unwrap_or(0);
    match (count(2), count(1)) {
        (0, 0) => 0,
        (0, 1) => 1,
        (1, 0) => 2,
        (0, 2) if out.contains(&2) => 3,
        (0, 2) if into.contains(&2) => 4,
        (0, 2) => 5,
        // the third one speaks to the pair (D) or is spoken to (U)
        (1, 1) if of(out, apart) == 1 => 6,
        (1, 1) => 7,
        (0, 3) if out.contains(&2) => 8,
        (0, _) => 9,
        (2, 0) => 10,
        (1, 2) if of(out, apart) == 2 => 11,
        (1, 2) if of(into, apart) == 2 => 12,
        (1, _) => 13,
        (2, _) => 14,
        _ => 15,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_triple_is_counted_once() {
        let ties: Vec<_> = (0..40_usize).map(|i| (i * 7 % 11, (i * 5 + 1) % 11, 1.0)).collect();
        let ties: Vec<_> = ties.into_iter().filter(|t| t.0 != t.1).collect();
        let graph = Graph::directed(11, &ties).unwrap();
        let mut slow = [0; 16];
        for a in 0..11 {
            for b in a + 1..11 {
                for c in b + 1..11 {
                    slow[kind(&graph, [a, b, c])] += 1;
                }
            }
        }
        assert_eq!(census(&graph), slow);
        assert_eq!(census(&Graph::directed(2, &[(0, 1, 1.0)]).unwrap()), [0; 16]);
    }
}
