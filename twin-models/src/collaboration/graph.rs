//! A weighted graph of people and their ties, directed or not.

use crate::cells::row;
use std::iter::Peekable;
use std::slice::Iter;
use twin_core::sort::OrderBy;

/// What a graph cannot be built from.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum GraphError {
    /// A tie names a person that is not there.
    #[error("tie {edge} names person {node}, but there are {nodes}")]
    NoSuchNode {
        /// Place of the tie in the list.
        edge: usize,
        /// The person named.
        node: usize,
        /// People in the graph.
        nodes: usize,
    },
    /// A tie of a person with themselves.
    #[error("tie {edge} joins person {node} with themselves")]
    SelfLoop {
        /// Place of the tie in the list.
        edge: usize,
        /// The person.
        node: usize,
    },
    /// A weight that is not finite and positive.
    #[error("tie {edge} has weight {weight}; it must be finite and above 0")]
    Weight {
        /// Place of the tie in the list.
        edge: usize,
        /// The weight given.
        weight: f64,
    },
}

/// A graph without self-loops; ties given twice add up.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    directed: bool,
    out: Vec<Vec<(usize, f64)>>,
    into: Vec<Vec<(usize, f64)>>,
}

impl Graph {
    /// A graph whose ties `(from, to, weight)` go both ways.
    ///
    /// ```
    /// use twin_models::collaboration::graph::Graph;
    /// let graph = Graph::undirected(3, &[(0, 1, 2.0), (1, 0, 0.5)]).unwrap();
    /// assert_eq!(graph.weight(0, 1), 2.5);
    /// assert!(Graph::undirected(3, &[(0, 0, 1.0)]).is_err());
    /// ```
    ///
    /// # Errors
    /// On a self-loop, a person that is not there, or a weight that is not finite and positive.
    pub fn undirected(nodes: usize, edges: &[(usize, usize, f64)]) -> Result<Self, GraphError> {
        check(nodes, edges)?;
        let out = lists(nodes, edges.iter().flat_map(|&(a, b, w)| [(a, b, w), (b, a, w)]));
        Ok(Self { directed: false, into: out.clone(), out })
    }

    /// A graph whose ties `(from, to, weight)` go one way.
    ///
    /// # Errors
    /// As [`undirected`](Self::undirected).
    pub fn directed(nodes: usize, edges: &[(usize, usize, f64)]) -> Result<Self, GraphError> {
        check(nodes, edges)?;
        let out = lists(nodes, edges.iter().copied());
        Ok(Self { directed: true, into: lists(nodes, edges.iter().map(|&(a, b, w)| (b, a, w))), out })
    }

    /// Number of people.
    #[must_use]
    pub const fn nodes(&self) -> usize {
        self.out.len()
    }

    /// Whether ties go one way.
    #[must_use]
    pub const fn is_directed(&self) -> bool {
        self.directed
    }

    /// Ties that leave a person: who and how strong, by number.
    #[must_use]
    pub fn out(&self, node: usize) -> &[(usize, f64)] {
        row(&self.out, node)
    }

    /// Ties that reach a person.
    #[must_use]
    pub fn into(&self, node: usize) -> &[(usize, f64)] {
        row(&self.into, node)
    }

    /// Weight of a tie; 0 without one.
    #[must_use]
    pub fn weight(&self, from: usize, to: usize) -> f64 {
        let ties = self.out(from);
        ties.binary_search_by_key(&to, |tie| tie.0).ok().and_then(|i| ties.get(i)).map_or(0.0, |tie| tie.1)
    }

    /// Whether there is a tie.
    #[must_use]
    pub fn has(&self, from: usize, to: usize) -> bool {
        self.out(from).binary_search_by_key(&to, |tie| tie.0).is_ok()
    }

    /// Every tie once, by number; without direction the smaller number comes first.
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        let all = self.out.iter().enumerate().flat_map(|(a, ties)| ties.iter().map(move |&(b, w)| (a, b, w)));
        all.filter(|&(a, b, _)| self.directed || a < b)
    }

    /// Both directions together: everyone tied with a person, and `w(from) + w(to)`.
    #[must_use]
    pub fn mutual(&self, node: usize) -> Vec<(usize, f64)> {
        let (mut out, mut into) = (self.out(node).iter().peekable(), self.into(node).iter().peekable());
        let mut both = Vec::with_capacity(self.out(node).len());
        while let Some(other) = out.peek().into_iter().chain(into.peek()).map(|tie| tie.0).min() {
            let weight = |ties: &mut Peekable<Iter<'_, (usize, f64)>>| {
                ties.next_if(|tie| tie.0 == other).map_or(0.0, |tie| tie.1)
            };
            both.push((other, weight(&mut out) + weight(&mut into)));
        }
        both
    }

    /// Ties of a person, counted; in a directed graph both directions.
    #[must_use]
    pub fn degree(&self, node: usize) -> usize {
        self.out(node).len() + if self.directed { self.into(node).len() } else { 0 }
    }
}

fn check(nodes: usize, edges: &[(usize, usize, f64)]) -> Result<(), GraphError> {
    for (edge, &(a, b, weight)) in edges.iter().enumerate() {
        if a.max(b) >= nodes {
            return Err(GraphError::NoSuchNode { edge, node: a.max(b), nodes });
        }
        if a == b {
            return Err(GraphError::SelfLoop { edge, node: a });
        }
        if !(weight.is_finite() && weight > 0.0) {
            return Err(GraphError::Weight { edge, weight });
        }
    }
    Ok(())
}

/// The ties of each person by number; those given twice add up in the order given.
fn lists(nodes: usize, edges: impl Iterator<Item = (usize, usize, f64)>) -> Vec<Vec<(usize, f64)>> {
    let mut lists = vec![Vec::new(); nodes];
    for (a, b, weight) in edges {
        if let Some(list) = lists.get_mut(a) {
            list.push((b, weight));
        }
    }
    for list in &mut lists {
        list.order_by_key(|tie: &(usize, f64)| tie.0); // stable
        list.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_ties_are_named() {
        let no = Graph::directed(2, &[(0, 1, 1.0), (1, 2, 1.0)]);
        assert_eq!(no, Err(GraphError::NoSuchNode { edge: 1, node: 2, nodes: 2 }));
        assert_eq!(Graph::undirected(2, &[(1, 1, 1.0)]), Err(GraphError::SelfLoop { edge: 0, node: 1 }));
        for weight in [f64::NAN, f64::INFINITY, 0.0, -1.0] {
            assert!(matches!(Graph::directed(2, &[(0, 1, weight)]), Err(GraphError::Weight { edge: 0, .. })));
        }
        assert_eq!(Graph::undirected(0, &[]).unwrap().nodes(), 0);
    }

    #[test]
    fn direction_is_kept_and_both_ways_add_up() {
        let graph = Graph::directed(3, &[(0, 1, 1.0), (1, 0, 2.0), (2, 0, 4.0)]).unwrap();
        assert_eq!((graph.weight(0, 1), graph.weight(1, 0), graph.weight(0, 2)), (1.0, 2.0, 0.0));
        assert_eq!(graph.mutual(0), vec![(1, 3.0), (2, 4.0)]);
        assert_eq!((graph.degree(0), graph.edges().count()), (3, 3));
    }
}
