//! Who is likely to work together next: scores of pairs that are not tied yet [libennowell2007].

use super::graph::Graph;

/// The scores of a pair, from whom both know. Directions and weights do not count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairScores {
    /// Contacts both have.
    pub common: usize,
    /// Common contacts, those with few ties counting more: `Σ 1/ln k` [adamic2003].
    pub adamic_adar: f64,
    /// The same, falling faster: `Σ 1/k` [zhou2009].
    pub resource_allocation: f64,
    /// Common contacts over all contacts of both, 0..=1; 0 where neither has any.
    pub jaccard: f64,
    /// Product of their numbers of contacts.
    pub preferential_attachment: usize,
}

/// The scores of two people.
///
/// ```
/// use twin_models::collaboration::{graph::Graph, links::pair_scores};
/// let graph = Graph::undirected(4, &[(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0)]).unwrap();
/// let scores = pair_scores(&graph, 0, 2);
/// assert_eq!((scores.common, scores.resource_allocation, scores.jaccard), (1, 0.5, 0.5));
/// ```
#[must_use]
pub fn pair_scores(graph: &Graph, a: usize, b: usize) -> PairScores {
    let circle = |node| match graph.is_directed() {
        true => graph.mutual(node).into_iter().map(|tie| tie.0).collect::<Vec<_>>(),
        false => graph.out(node).iter().map(|tie| tie.0).collect(),
    };
    let size = |node| if graph.is_directed() { graph.mutual(node).len() } else { graph.out(node).len() };
    let (of_a, of_b) = (circle(a), circle(b));
    let common: Vec<usize> = of_a.iter().copied().filter(|x| of_b.binary_search(x).is_ok()).collect();
    // someone both know has two ties at least, so the logarithm is above 0; unless both are the same person
    let known =
        |f: fn(f64) -> f64| common.iter().map(|&x| size(x) as f64).filter(|k| *k > 1.0).map(f).sum::<f64>();
    let all = of_a.len() + of_b.len() - common.len();
    PairScores {
        common: common.len(),
        adamic_adar: known(|k| 1.0 / k.ln()),
        resource_allocation: known(|k| 1.0 / k),
        jaccard: if all == 0 { 0.0 } else { common.len() as f64 / all as f64 },
        preferential_attachment: of_a.len() * of_b.len(),
    }
}

/// Pairs worth scoring: not tied, with a common contact; by number.
#[must_use]
pub fn candidates(graph: &Graph) -> Vec<(usize, usize)> {
    let mut pairs = std::collections::BTreeSet::new();
    for node in 0..graph.nodes() {
        let circle = graph.mutual(node);
        let within = circle.iter().flat_map(|a| circle.iter().map(move |b| (a.0, b.0)));
        pairs.extend(within.filter(|&(a, b)| a < b && !graph.has(a, b) && !graph.has(b, a)));
    }
    pairs.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_score_nothing_and_are_no_candidates() {
        let graph = Graph::undirected(4, &[(0, 1, 1.0)]).unwrap();
        let scores = pair_scores(&graph, 2, 3);
        assert_eq!((scores.common, scores.adamic_adar, scores.jaccard), (0, 0.0, 0.0));
        assert!(candidates(&graph).is_empty() && pair_scores(&graph, 0, 0).adamic_adar.is_finite());
    }
}
