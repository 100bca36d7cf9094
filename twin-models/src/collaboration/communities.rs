//! Groups that people form by working together: the Leiden method [traag2019].
//!
//! Rounds of three steps: single people move to the group that gains most; each group is taken apart and put
//! together again from well connected parts; the parts become the people of the next round.

use super::gather::Gather;
use super::graph::Graph;
use super::partition::{agreement, cpm_quality, modularity};
use crate::cells::{add, at, put, row};
use crate::noise::Noise;
use std::collections::{BTreeMap, VecDeque};

/// Seeds tried; the best division is kept, and how alike the others are is the stability.
pub const SEEDS: u64 = 10;
/// Groups are worth showing from this stability on.
pub const STABLE: f64 = 0.8;
/// Times that a division is improved from where it stands, at most. OWN.
const PASSES: u64 = 10;
/// Gains below this are rounding. OWN.
const NOTHING: f64 = 1e-12;

/// What makes a division good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quality {
    /// Weighted modularity at a resolution (usually 1).
    Modularity(f64),
    /// Constant Potts model at a resolution.
    Cpm(f64),
}

/// A division into groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Communities {
    /// The group of each person; numbered from 0 by their first member.
    pub group: Vec<usize>,
    /// Its quality; absent for modularity without ties.
    pub quality: Option<f64>,
    /// Mean agreement of the best division with those of the other seeds, 0..=1.
    pub stability: f64,
}

/// The best division of [`SEEDS`] runs. The same graph and seed give the same answer. Directions are laid
/// together. Groups below [`STABLE`] should not be shown.
///
/// ```
/// use twin_models::collaboration::{communities::{Quality, communities}, graph::Graph};
/// let two = [(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0), (3, 4, 1.0), (4, 5, 1.0), (5, 3, 1.0), (2, 3, 0.1)];
/// let found = communities(&Graph::undirected(6, &two).unwrap(), Quality::Modularity(1.0), 1);
/// assert_eq!((found.group, found.stability), (vec![0, 0, 0, 1, 1, 1], 1.0));
/// ```
#[must_use]
pub fn communities(graph: &Graph, quality: Quality, seed: u64) -> Communities {
    let judge = |group: &[usize]| match quality {
        Quality::Modularity(resolution) => modularity(graph, group, resolution),
        Quality::Cpm(resolution) => cpm_quality(graph, group, resolution),
    };
    let runs: Vec<Vec<usize>> = (0..SEEDS).map(|run| settled(graph, quality, seed, run)).collect();
    let mut best: Option<(&Vec<usize>, Option<f64>)> = None;
    for group in &runs {
        let own = judge(group);
        if best.is_none_or(|(_, q)| own > q) {
            best = Some((group, own));
        }
    }
    let (group, quality) = best.map(|(group, q)| (group.clone(), q)).unwrap_or_default();
    let alike: f64 = runs.iter().map(|other| agreement(&group, other).unwrap_or(1.0)).sum::<f64>() - 1.0;
    Communities { group, quality, stability: alike / (SEEDS - 1) as f64 }
}

/// The graph of a round: its nodes are parts of the round before.
struct Level {
    ties: Vec<Vec<(usize, f64)>>,
    /// What a node weighs in the term that is taken off: its strength, or its people.
    mass: Vec<f64>,
    /// Taken off for each product of masses.
    price: f64,
}

/// Leiden again and again from what the time before found, until it stays the same.
fn settled(graph: &Graph, quality: Quality, seed: u64, run: u64) -> Vec<usize> {
    let mut group: Vec<usize> = (0..graph.nodes()).collect();
    for pass in 0..PASSES {
        let next = leiden(graph, quality, &group, seed, run + pass * SEEDS);
        if next == group {
            break;
        }
        group = next;
    }
    group
}

fn leiden(graph: &Graph, quality: Quality, from: &[usize], seed: u64, run: u64) -> Vec<usize> {
    let n = graph.nodes();
    let ties: Vec<Vec<(usize, f64)>> =
        (0..n).map(|i| if graph.is_directed() { graph.mutual(i) } else { graph.out(i).to_vec() }).collect();
    let strength: Vec<f64> = ties.iter().map(|ties| ties.iter().map(|tie| tie.1).sum()).collect();
    let total: f64 = strength.iter().sum();
    let mut level = match quality {
        _ if total <= 0.0 => return (0..n).collect(),
        Quality::Modularity(resolution) => Level { ties, mass: strength, price: resolution / total },
        Quality::Cpm(resolution) => Level { ties, mass: vec![1.0; n], price: resolution },
    };
    let mut node_of: Vec<usize> = (0..n).collect();
    let mut group = from.to_vec();
    for round in 0..=n as u64 {
        let mut noise = Noise::of(seed, [run, round, 0]);
        move_nodes(&level, &mut group, &mut noise);
        let parts = refine(&level, &group, &mut noise);
        let (parts, count) = renumber(&parts);
        if count == level.mass.len() {
            break;
        }
        let mut next = vec![0; count];
        for (&part, &g) in parts.iter().zip(&group) {
            put(&mut next, part, g);
        }
        level = aggregate(&level, &parts, count);
        for node in &mut node_of {
            *node = at(&parts, *node);
        }
        group = renumber(&next).0;
    }
    let people: Vec<usize> = node_of.iter().map(|&node| at(&group, node)).collect();
    renumber(&people).0
}

/// Nodes move to the group that gains most until none gains.
fn move_nodes(level: &Level, group: &mut [usize], noise: &mut Noise) {
    let n = group.len();
    let mut mass = vec![0.0; n];
    for (&g, &m) in group.iter().zip(&level.mass) {
        add(&mut mass, g, m);
    }
    let mut queue: VecDeque<usize> = shuffled(n, noise).into();
    let mut queued = vec![true; n];
    let mut links = Gather::new(n);
    while let Some(node) = queue.pop_front() {
        put(&mut queued, node, false);
        let (old, own) = (at(group, node), at(&level.mass, node));
        add(&mut mass, old, -own);
        linked(level, node, group, &mut links);
        let gain = |g: usize| links.sum(g) - level.price * own * at(&mass, g);
        let mut best = (gain(old), old);
        for &g in links.keys() {
            if gain(g) > best.0 + NOTHING {
                best = (gain(g), g);
            }
        }
        // better alone, if some group is empty
        if best.0 < -NOTHING
            && let Some(empty) = mass.iter().position(|m| m.abs() < NOTHING)
        {
            best = (0.0, empty);
        }
        add(&mut mass, best.1, own);
        if best.1 != old {
            put(group, node, best.1);
            for &(other, _) in row(&level.ties, node) {
                if at(group, other) != best.1 && !at(&queued, other) {
                    put(&mut queued, other, true);
                    queue.push_back(other);
                }
            }
        }
    }
}

/// Each group from single nodes again: a node that still stands alone and is well connected to its group joins
/// a part of the group that is so too.
fn refine(level: &Level, group: &[usize], noise: &mut Noise) -> Vec<usize> {
    let n = group.len();
    let mut part: Vec<usize> = (0..n).collect();
    let (mut mass, mut alone) = (level.mass.clone(), vec![true; n]);
    let mut of_group = vec![0.0; n];
    for (&g, &m) in group.iter().zip(&level.mass) {
        add(&mut of_group, g, m);
    }
    let within = |node: usize| -> f64 {
        let ties = row(&level.ties, node).iter();
        ties.filter(|tie| tie.0 != node && at(group, tie.0) == at(group, node)).map(|tie| tie.1).sum()
    };
    // weight from each part to the rest of its group
    let mut outward: Vec<f64> = (0..n).map(within).collect();
    let mut links = Gather::new(n);
    for node in shuffled(n, noise) {
        let (own, whole) = (at(&level.mass, node), at(&of_group, at(group, node)));
        let bound = |links: f64, m: f64| links + NOTHING >= level.price * m * (whole - m);
        if !at(&alone, node) || !bound(at(&outward, node), own) {
            continue;
        }
        linked(level, node, &part, &mut links);
        let fit = |p: usize| at(group, p) == at(group, node) && bound(at(&outward, p), at(&mass, p));
        let gains = links.keys().iter().filter(|&&p| p != node && fit(p));
        let gains = gains.map(|&p| (links.sum(p) - level.price * own * at(&mass, p), p, links.sum(p)));
        let best = gains.filter(|g| g.0 > NOTHING).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, p, weight)) = best {
            let rest = at(&outward, node) - 2.0 * weight;
            add(&mut outward, p, rest);
            add(&mut mass, p, own);
            put(&mut mass, node, 0.0);
            put(&mut part, node, p);
            put(&mut alone, p, false);
            put(&mut alone, node, false);
        }
    }
    part
}

/// Weight from a node to each group, itself aside.
fn linked(level: &Level, node: usize, group: &[usize], links: &mut Gather) {
    links.clear();
    for &(other, weight) in row(&level.ties, node).iter().filter(|tie| tie.0 != node) {
        links.add(at(group, other), weight);
    }
    links.sort();
}

fn aggregate(level: &Level, part: &[usize], count: usize) -> Level {
    let mut members = vec![Vec::new(); count];
    let mut mass = vec![0.0; count];
    for (node, &p) in part.iter().enumerate() {
        add(&mut mass, p, at(&level.mass, node));
        members.get_mut(p).into_iter().for_each(|list: &mut Vec<usize>| list.push(node));
    }
    let mut links = Gather::new(count);
    let mut ties = Vec::with_capacity(count);
    for (p, members) in members.iter().enumerate() {
        links.clear();
        for &(other, weight) in members.iter().flat_map(|&node| row(&level.ties, node)) {
            let q = at(part, other);
            if p != q {
                links.add(q, weight);
            }
        }
        links.sort();
        ties.push(links.keys().iter().map(|&q| (q, links.sum(q))).collect());
    }
    Level { ties, mass, price: level.price }
}

/// Groups numbered by their first member, and how many there are.
fn renumber(group: &[usize]) -> (Vec<usize>, usize) {
    let mut numbers = BTreeMap::new();
    let mut number = |g: &usize| {
        let next = numbers.len();
        *numbers.entry(*g).or_insert(next)
    };
    let group = group.iter().map(&mut number).collect();
    (group, numbers.len())
}

fn shuffled(n: usize, noise: &mut Noise) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        order.swap(i, noise.below(i + 1));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_same_answer_and_loners_stay_alone() {
        let ties: Vec<_> = (0..30_usize).map(|i| (i % 12, (i * 5 + 1) % 12, 1.0 + i as f64)).collect();
        let ties: Vec<_> = ties.into_iter().filter(|t| t.0 != t.1).collect();
        let graph = Graph::directed(14, &ties).unwrap();
        let found = communities(&graph, Quality::Modularity(1.0), 3);
        assert_eq!(found, communities(&graph, Quality::Modularity(1.0), 3));
        assert!(found.group[12] != found.group[13] && (0.0..=1.0).contains(&found.stability));
        let none = communities(&Graph::undirected(3, &[]).unwrap(), Quality::Modularity(1.0), 3);
        assert_eq!((none.group, none.quality), (vec![0, 1, 2], None));
        assert!(communities(&Graph::undirected(0, &[]).unwrap(), Quality::Cpm(0.5), 3).group.is_empty());
    }
}
