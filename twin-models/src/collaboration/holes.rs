//! Structural holes: how much of a person's ties lead to people who are tied with each other.

use super::graph::Graph;
use crate::cells::at;

/// What a tie counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// Every tie the same.
    Counted,
    /// Each by its weight.
    Weighted,
}

/// Burt's constraint `Σ_j (p_ij + Σ_q p_iq p_qj)²` with `p_ij = (a_ij + a_ji) / Σ_k (a_ik + a_ki)`; low for
/// those who bridge groups. Absent without ties [burt1992].
///
/// ```
/// use twin_models::collaboration::{graph::Graph, holes::{Ties, constraint}};
/// let star = Graph::undirected(4, &[(0, 1, 1.0), (0, 2, 1.0)]).unwrap();
/// assert_eq!(constraint(&star, Ties::Counted), [Some(0.5), Some(1.0), Some(1.0), None]);
/// ```
#[must_use]
pub fn constraint(graph: &Graph, ties: Ties) -> Vec<Option<f64>> {
    let shares: Vec<Vec<(usize, f64)>> = (0..graph.nodes()).map(|i| shares(graph, i, ties)).collect();
    let mut reach = vec![0.0; graph.nodes()];
    let of = |own: &Vec<(usize, f64)>| {
        for &(q, p_iq) in own {
            crate::cells::add(&mut reach, q, p_iq);
            for &(j, p_qj) in crate::cells::row(&shares, q) {
                crate::cells::add(&mut reach, j, p_iq * p_qj);
            }
        }
        let sum: f64 = own.iter().map(|&(j, _)| at(&reach, j).powi(2)).sum();
        reach.fill(0.0);
        (!own.is_empty()).then_some(sum)
    };
    shares.iter().map(of).collect()
}

fn shares(graph: &Graph, node: usize, ties: Ties) -> Vec<(usize, f64)> {
    let mut mutual = graph.mutual(node);
    if ties == Ties::Counted {
        for (other, weight) in &mut mutual {
            *weight = f64::from(u8::from(graph.has(node, *other)) + u8::from(graph.has(*other, node)));
        }
    }
    let total: f64 = mutual.iter().map(|tie| tie.1).sum();
    mutual.into_iter().map(|(other, weight)| (other, weight / total)).collect()
}

/// Effective size of a person's circle: people in it less their mean number of ties within it, directions and
/// weights aside. Absent without ties [borgatti1997].
#[must_use]
pub fn effective_size(graph: &Graph) -> Vec<Option<f64>> {
    (0..graph.nodes()).map(|node| effective_size_of(graph, node)).collect()
}

/// The same of one person.
#[must_use]
pub fn effective_size_of(graph: &Graph, node: usize) -> Option<f64> {
    let circle = graph.mutual(node);
    let knows = |a: usize, b: usize| graph.has(a, b) || graph.has(b, a);
    let within = circle.iter().flat_map(|a| circle.iter().map(move |b| (a.0, b.0)));
    let ties = within.filter(|&(a, b)| knows(a, b)).count() as f64;
    let n = circle.len() as f64;
    (n > 0.0).then(|| n - ties / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_circle_constrains_more_than_an_open_one() {
        let open = Graph::undirected(3, &[(0, 1, 1.0), (0, 2, 1.0)]).unwrap();
        let closed = Graph::undirected(3, &[(0, 1, 1.0), (0, 2, 1.0), (1, 2, 1.0)]).unwrap();
        let of = |graph| constraint(graph, Ties::Weighted)[0].unwrap();
        assert!(of(&open) < of(&closed));
        assert_eq!((effective_size(&open)[0], effective_size(&closed)[0]), (Some(2.0), Some(1.0)));
    }
}
