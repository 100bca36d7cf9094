//! Who stands between others, near them, and who is spoken to by those who are spoken to.

use super::graph::Graph;
use crate::cells::{add, at, cell, put};
use crate::noise::Noise;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Share of random steps that follow a tie [page1999].
pub const DAMPING: f64 = 0.85;
/// How long a tie is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Every tie is one step.
    Steps,
    /// The stronger the shorter: `1 / weight`.
    Inverse,
}

/// Share of shortest paths between two others that lead over a person, or over a tie.
#[derive(Clone, Debug, PartialEq)]
pub struct Betweenness {
    /// For each person, 0..=1.
    pub nodes: Vec<f64>,
    /// For each tie `(from, to, share)`, in the order of [`Graph::edges`].
    pub edges: Vec<(usize, usize, f64)>,
}

/// Betweenness of people and ties, normalised by the number of pairs, O(nodes · ties) [brandes2001].
///
/// ```
/// use twin_models::collaboration::{centrality::{Length, betweenness}, graph::Graph};
/// let line = Graph::undirected(3, &[(0, 1, 1.0), (1, 2, 1.0)]).unwrap();
/// let between = betweenness(&line, Length::Steps);
/// assert_eq!(between.nodes, [0.0, 1.0, 0.0]);
/// assert_eq!(between.edges[0], (0, 1, 2.0 / 3.0));
/// ```
#[must_use]
pub fn betweenness(graph: &Graph, length: Length) -> Betweenness {
    let n = graph.nodes();
    let mut nodes = vec![0.0; n];
    // by person and place in the list of those they are tied to
    let mut edges: Vec<Vec<f64>> = (0..n).map(|i| vec![0.0; graph.out(i).len()]).collect();
    let mut paths = Paths::new(n);
    let mut share = vec![0.0; n];
    for source in 0..n {
        paths.search(graph, source, length);
        paths.dependencies(graph, length, &mut share, |node, place, flow| {
            if let Some(edge) = edges.get_mut(node).and_then(|list| list.get_mut(place)) {
                *edge += flow;
            }
        });
        for &node in paths.order.iter().filter(|node| **node != source) {
            add(&mut nodes, node, at(&share, node));
        }
    }
    let mut both: Vec<(usize, usize, f64)> = Vec::new();
    for (a, b, _) in graph.edges() {
        let flow = |a: usize, b: usize| {
            let place = graph.out(a).binary_search_by_key(&b, |tie| tie.0);
            place.map_or(0.0, |place| cell(&edges, a, place))
        };
        both.push((a, b, flow(a, b) + if graph.is_directed() { 0.0 } else { flow(b, a) }));
    }
    let n = n as f64;
    let scale = |pairs: f64| if pairs > 0.0 { 1.0 / pairs } else { 0.0 };
    let (of_node, of_edge) = (scale((n - 1.0) * (n - 2.0)), scale(n * (n - 1.0)));
    Betweenness {
        nodes: nodes.into_iter().map(|x| x * of_node).collect(),
        edges: both.into_iter().map(|(a, b, x)| (a, b, x * of_edge)).collect(),
    }
}

/// Betweenness of people, estimated from the paths of some of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampled {
    /// For each person, on the scale of [`Betweenness::nodes`].
    pub nodes: Vec<f64>,
    /// Standard errors.
    pub sd: Vec<f64>,
    /// People whose paths were counted.
    pub pivots: usize,
}

/// Betweenness of people from the paths of `pivots` drawn at random, O(pivots · ties) [brandes2007]. Without bias:
/// each person's is the mean over the others who were drawn. With as many pivots as people it is
/// [`betweenness`], up to rounding.
///
/// ```
/// use twin_models::collaboration::{centrality::{Length, betweenness_of_pivots}, graph::Graph};
/// let line = Graph::undirected(3, &[(0, 1, 1.0), (1, 2, 1.0)]).unwrap();
/// let some = betweenness_of_pivots(&line, Length::Steps, 2, 7);
/// assert_eq!((some.nodes, some.pivots), (vec![0.0, 1.0, 0.0], 2));
/// ```
#[must_use]
pub fn betweenness_of_pivots(graph: &Graph, length: Length, pivots: usize, seed: u64) -> Sampled {
    let n = graph.nodes();
    let pivots = pivots.min(n);
    let (mut sums, mut squares, mut drawn) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
    let (mut paths, mut share) = (Paths::new(n), vec![0.0; n]);
    let mut left: Vec<usize> = (0..n).collect();
    let mut noise = Noise::of(seed, [0, 0, 0]);
    for _ in 0..pivots {
        let source = left.swap_remove(noise.below(left.len()));
        put(&mut drawn, source, 1.0);
        paths.search(graph, source, length);
        paths.dependencies(graph, length, &mut share, |_, _, _| {});
        for &node in paths.order.iter().filter(|node| **node != source) {
            let flow = at(&share, node);
            add(&mut sums, node, flow);
            add(&mut squares, node, flow * flow);
        }
    }
    let others = n as f64 - 1.0;
    let scale = if n > 2 { 1.0 / (others - 1.0) } else { 0.0 };
    let each = |i: usize| {
        let k = pivots as f64 - at(&drawn, i);
        let mean = if k > 0.0 { at(&sums, i) / k } else { 0.0 };
        let spread = if k > 1.0 { (at(&squares, i) - k * mean * mean).max(0.0) / (k - 1.0) } else { 0.0 };
        // drawn without putting back: what was seen of all is known
        let doubt = if k > 0.0 { (spread / k * (1.0 - k / others).max(0.0)).sqrt() } else { 0.0 };
        (mean * scale, doubt * scale)
    };
    let (nodes, sd) = (0..n).map(each).unzip();
    Sampled { nodes, sd, pivots }
}

fn long(length: Length, weight: f64) -> f64 {
    if length == Length::Steps { 1.0 } else { 1.0 / weight }
}

/// Shortest paths from one person; its lists are used again for the next.
struct Paths {
    /// Those reached, nearest first.
    order: Vec<usize>,
    /// Place of each in that order, from 1; 0 where not reached.
    rank: Vec<usize>,
    /// Number of shortest paths to each.
    count: Vec<f64>,
    distance: Vec<f64>,
    queue: BinaryHeap<Reverse<(u64, usize)>>,
}

impl Paths {
    fn new(n: usize) -> Self {
        Self {
            order: Vec::with_capacity(n),
            rank: vec![0; n],
            count: vec![0.0; n],
            distance: vec![f64::INFINITY; n],
            queue: BinaryHeap::new(),
        }
    }

    fn search(&mut self, graph: &Graph, source: usize, length: Length) {
        for &node in &self.order {
            put(&mut self.rank, node, 0);
            put(&mut self.count, node, 0.0);
            put(&mut self.distance, node, f64::INFINITY);
        }
        self.order.clear();
        put(&mut self.distance, source, 0.0);
        put(&mut self.count, source, 1.0);
        match length {
            Length::Steps => self.by_steps(graph, source),
            Length::Inverse => self.by_length(graph, source),
        }
    }

    /// How much each on the shortest paths from the source carries of them, into `share`; `tell` hears of each tie
    /// what flows over it, by person and place in the list of those they are tied to [brandes2001].
    fn dependencies(
        &self,
        graph: &Graph,
        length: Length,
        share: &mut [f64],
        mut tell: impl FnMut(usize, usize, f64),
    ) {
        for &node in self.order.iter().rev() {
            let (own, rank) = (at(&self.count, node), at(&self.rank, node));
            let mut sum = 0.0;
            for (place, &(next, weight)) in graph.out(node).iter().enumerate() {
                // the tie is the last of a shortest path to the next
                let far = at(&self.distance, node) + long(length, weight);
                if far <= at(&self.distance, next) && at(&self.rank, next) > rank {
                    let flow = own / at(&self.count, next) * (1.0 + at(share, next));
                    tell(node, place, flow);
                    sum += flow;
                }
            }
            put(share, node, sum);
        }
    }

    fn by_steps(&mut self, graph: &Graph, source: usize) {
        self.order.push(source);
        let mut place = 0;
        while let Some(&node) = self.order.get(place) {
            place += 1;
            put(&mut self.rank, node, place);
            let (count, far) = (at(&self.count, node), at(&self.distance, node) + 1.0);
            for &(next, _) in graph.out(node) {
                let known = at(&self.distance, next);
                if known.is_infinite() {
                    put(&mut self.distance, next, far);
                    self.order.push(next);
                }
                if known >= far {
                    add(&mut self.count, next, count);
                }
            }
        }
    }

    fn by_length(&mut self, graph: &Graph, source: usize) {
        // Lengths are positive, so their bits sort as they do.
        self.queue.push(Reverse((0, source)));
        while let Some(Reverse((bits, node))) = self.queue.pop() {
            if at(&self.rank, node) > 0 {
                continue;
            }
            self.order.push(node);
            put(&mut self.rank, node, self.order.len());
            let count = at(&self.count, node);
            for &(next, weight) in graph.out(node) {
                // Sums of the same ties that differ in the last digit, by their order, are different ways, as in
                // the reference.
                let far = f64::from_bits(bits) + long(Length::Inverse, weight);
                let known = at(&self.distance, next);
                if at(&self.rank, next) > 0 || far > known {
                    continue;
                }
                if far < known {
                    put(&mut self.distance, next, far);
                    put(&mut self.count, next, count);
                    self.queue.push(Reverse((far.to_bits(), next)));
                } else {
                    add(&mut self.count, next, count);
                }
            }
        }
    }
}

/// Closeness in steps: those who reach a person, over the sum of their distances, times the share that does
/// [wasserman1994]; 0 where nobody does.
#[must_use]
pub fn closeness(graph: &Graph) -> Vec<f64> {
    let n = graph.nodes();
    let (mut reached, mut sum) = (vec![0.0; n], vec![0.0; n]);
    let mut paths = Paths::new(n);
    for source in 0..n {
        paths.search(graph, source, Length::Steps);
        for &node in &paths.order {
            add(&mut reached, node, f64::from(u8::from(node != source)));
            add(&mut sum, node, at(&paths.distance, node));
        }
    }
    let others = n.saturating_sub(1) as f64;
    reached.iter().zip(sum).map(|(r, sum)| if sum > 0.0 { r / sum * (r / others) } else { 0.0 }).collect()
}

/// `PageRank` over weighted ties with [`DAMPING`]; who speaks to nobody is taken to speak to all. Adds up to 1
/// [page1999].
#[must_use]
pub fn pagerank(graph: &Graph) -> Vec<f64> {
    let n = graph.nodes();
    let total: Vec<f64> = (0..n).map(|i| graph.out(i).iter().map(|tie| tie.1).sum()).collect();
    let mut rank = vec![1.0 / n as f64; n];
    let (mut for_weight, mut next) = (vec![0.0; n], vec![0.0; n]);
    for _ in 0..1000 {
        let lost: f64 = rank.iter().zip(&total).filter(|(_, total)| **total == 0.0).map(|(r, _)| r).sum();
        let base = (1.0 - DAMPING + DAMPING * lost) / n as f64;
        for (share, (r, t)) in for_weight.iter_mut().zip(rank.iter().zip(&total)) {
            *share = if *t > 0.0 { r / t } else { 0.0 };
        }
        let came =
            |i: usize| graph.into(i).iter().map(|&(j, w)| at(&for_weight, j) * w).sum::<f64>() * DAMPING;
        next.iter_mut().enumerate().for_each(|(i, own)| *own = base + came(i));
        let change: f64 = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        std::mem::swap(&mut rank, &mut next);
        if change < 1e-14 {
            break;
        }
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_one_and_two_people_have_finite_measures() {
        for n in 0..3 {
            let graph = Graph::undirected(n, &[]).unwrap();
            let all = [betweenness(&graph, Length::Inverse).nodes, closeness(&graph), pagerank(&graph)];
            assert!(all.iter().all(|m| m.len() == n && m.iter().all(|x| x.is_finite())));
        }
    }

    /// 300 people in groups of thirty, with ties of all strengths.
    fn organisation() -> Graph {
        let mut noise = Noise::of(11, [0, 0, 0]);
        let mut ties = Vec::new();
        for a in 0..300_usize {
            for _ in 0..4 {
                let near = a / 30 * 30 + noise.below(30);
                let b = if noise.unit() < 0.9 { near } else { noise.below(300) };
                if a != b {
                    ties.push((a, b, 0.2 + noise.unit()));
                }
            }
        }
        Graph::undirected(300, &ties).unwrap()
    }

    fn ranks(values: &[f64]) -> Vec<f64> {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        let mut ranks = vec![0.0; values.len()];
        order.iter().enumerate().for_each(|(rank, i)| ranks[*i] = rank as f64);
        ranks
    }

    fn correlation(a: &[f64], b: &[f64]) -> f64 {
        let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
        let (ma, mb) = (mean(a), mean(b));
        let sum = |x: &[f64], mx: f64, y: &[f64], my: f64| -> f64 {
            x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum()
        };
        sum(a, ma, b, mb) / (sum(a, ma, a, ma) * sum(b, mb, b, mb)).sqrt()
    }

    #[test]
    fn a_few_pivots_come_near_the_whole() {
        let graph = organisation();
        let exact = betweenness(&graph, Length::Inverse).nodes;
        let mut most: Vec<usize> = (0..300).collect();
        most.sort_by(|a, b| exact[*b].total_cmp(&exact[*a]));
        let (mut inside, mut all) = (0, 0);
        for (pivots, seeds, at_least, at_most) in [(50, 20, 0.90, 0.25), (150, 4, 0.97, 0.12)] {
            let (mut rank, mut error) = (0.0, 0.0);
            for seed in 0..seeds {
                let some = betweenness_of_pivots(&graph, Length::Inverse, pivots, seed);
                rank += correlation(&ranks(&exact), &ranks(&some.nodes)) / seeds as f64;
                for &i in &most[..30] {
                    error += (some.nodes[i] / exact[i] - 1.0).abs() / (30 * seeds) as f64;
                    all += 1;
                    inside += usize::from((some.nodes[i] - exact[i]).abs() <= crate::stats::Z80 * some.sd[i]);
                }
            }
            println!("pivots {pivots}: rank correlation {rank:.3}, mean relative error {error:.3}");
            assert!(rank > at_least && error < at_most, "{pivots}: {rank} {error}");
        }
        let held = inside as f64 / f64::from(all);
        println!("of the most between {held:.3} lie in their 80 % interval");
        assert!((0.65..0.92).contains(&held), "{held}");
        let whole = betweenness_of_pivots(&graph, Length::Inverse, 1000, 1);
        assert_eq!(whole.pivots, 300);
        assert!(whole.nodes.iter().zip(&exact).all(|(a, b)| (a - b).abs() < 1e-12));
        assert!(whole.sd.iter().all(|sd| *sd < 1e-9));
        assert_eq!(whole, betweenness_of_pivots(&graph, Length::Inverse, 300, 1));
    }

    #[test]
    fn pivots_of_nobody_or_none_are_no_numbers_of_their_own() {
        for (n, pivots) in [(0, 5), (1, 5), (2, 5), (5, 0), (5, 1)] {
            let some = betweenness_of_pivots(&Graph::undirected(n, &[]).unwrap(), Length::Inverse, pivots, 3);
            assert_eq!((some.nodes, some.sd), (vec![0.0; n], vec![0.0; n]));
        }
    }

    #[test]
    fn strong_ties_are_short() {
        let ties = [(0, 1, 10.0), (1, 2, 10.0), (0, 2, 1.0)];
        let graph = Graph::undirected(3, &ties).unwrap();
        assert_eq!(betweenness(&graph, Length::Inverse).nodes, [0.0, 1.0, 0.0]);
        assert_eq!(betweenness(&graph, Length::Steps).nodes, [0.0; 3]);
    }

    #[test]
    fn pagerank_adds_up_to_one_with_a_silent_person() {
        let graph = Graph::directed(3, &[(0, 1, 1.0), (1, 2, 3.0)]).unwrap();
        let rank = pagerank(&graph);
        assert!((rank.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(rank[2] > rank[1] && rank[1] > rank[0]);
    }
}
