//! How near skills are to each other: by their words, by the roles that need them, and by transfers that were seen.

use crate::cells::{at, cell, put, row};
use std::collections::{BTreeMap, BTreeSet};
use twin_core::sort::{Gather as _, OrderBy};

/// Weights of words, roles and seen transfers.
const WEIGHTS: (f64, f64, f64) = (0.5, 0.3, 0.2);
/// Transfers that the belief in none is worth.
const SHRINK: f64 = 20.0;
/// Similarity from which two skills are neighbours. OWN.
pub const NEIGHBOURS: f64 = 0.15;
/// How far likeness spreads, γ of `exp(−γL)`.
const SPREAD: f64 = 0.5;
/// Steps and skills around the one asked for that the kernel looks at; further ones change nothing to speak of. OWN.
const REACH: u32 = 3;
const MAX_SKILLS: usize = 64;

/// A skill of a taxonomy.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillNode {
    /// Its name; each name once, the first counts.
    pub name: String,
    /// What it is, in a sentence; may be empty.
    pub description: String,
    /// Roles or occupations that need it.
    pub roles: Vec<String>,
}

/// One time that a skill helped with another.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedTransfer {
    /// The skill that was there.
    pub from_skill: String,
    /// The one that was learnt with it.
    pub skill: String,
    /// Share of the way that was saved, −1..=1; below 0 where it was in the way.
    pub gain: f64,
}

/// Skills and their likeness.
#[derive(Clone, Debug)]
pub struct SkillGraph {
    names: BTreeMap<String, usize>,
    words: Vec<Vec<(usize, f64)>>,
    roles: Vec<BTreeSet<String>>,
    /// Sum and number of seen transfers between two skills, the lower number first.
    seen: BTreeMap<(usize, usize), (f64, f64)>,
}

impl SkillGraph {
    /// The graph of a taxonomy and what was seen in it. Transfers between skills that are not in it, of a skill to
    /// itself, or with impossible gains are passed over.
    #[must_use]
    pub fn new(nodes: &[SkillNode], transfers: &[ObservedTransfer]) -> Self {
        let mut names = BTreeMap::new();
        let mut kept: Vec<&SkillNode> = Vec::new();
        for node in nodes {
            if !names.contains_key(&node.name) {
                names.insert(node.name.clone(), kept.len());
                kept.push(node);
            }
        }
        let mut seen: BTreeMap<(usize, usize), (f64, f64)> = BTreeMap::new();
        for t in transfers {
            let pair = names.get(&t.from_skill).copied().zip(names.get(&t.skill).copied());
            if let Some((a, b)) = pair.filter(|(a, b)| a != b && (-1.0..=1.0).contains(&t.gain)) {
                let sums = seen.entry((a.min(b), a.max(b))).or_default();
                *sums = (sums.0 + t.gain, sums.1 + 1.0);
            }
        }
        let roles = kept.iter().map(|n| n.roles.iter().map(|r| r.to_lowercase()).collect()).collect();
        Self { words: tfidf(&kept), names, roles, seen }
    }

    /// Names of all skills.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// Names of the skills within so many steps of any of these, without these.
    pub(crate) fn near(&self, skills: &[usize], steps: u32) -> Vec<&str> {
        let near: BTreeSet<usize> = skills
            .iter()
            .flat_map(|&i| self.around(i))
            .filter(|(i, away)| *away <= steps && !skills.contains(i))
            .map(|(i, _)| i)
            .gather();
        self.names.iter().filter(|(_, i)| near.contains(*i)).map(|(name, _)| name.as_str()).collect()
    }

    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// `0.5` likeness of words + `0.3` of roles + `0.2` of seen transfers, 0..=1. `None` for a skill that is not there.
    ///
    /// ```
    /// # use twin_models::skill::skill_graph::{SkillGraph, SkillNode};
    /// let node = |name: &str, role: &str| SkillNode {
    ///     name: name.into(),
    ///     description: String::new(),
    ///     roles: vec![role.into()],
    /// };
    /// let graph = SkillGraph::new(&[node("sql", "analyst"), node("choir", "singer")], &[]);
    /// assert_eq!(graph.similarity("sql", "choir"), Some(0.0));
    /// assert!((graph.similarity("sql", "sql").unwrap() - 0.8).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn similarity(&self, a: &str, b: &str) -> Option<f64> {
        Some(self.between(self.number(a)?, self.number(b)?))
    }

    fn between(&self, a: usize, b: usize) -> f64 {
        let cosine = dot(row(&self.words, a), row(&self.words, b));
        let jaccard = self.roles.get(a).zip(self.roles.get(b)).map_or(0.0, |(a, b)| {
            let both = a.intersection(b).count() as f64;
            let either = a.union(b).count() as f64;
            if either > 0.0 { both / either } else { 0.0 }
        });
        let (sum, n) = self.seen.get(&(a.min(b), a.max(b))).copied().unwrap_or_default();
        let seen = sum / (n + SHRINK);
        (WEIGHTS.0 * cosine + WEIGHTS.1 * jaccard + WEIGHTS.2 * seen).clamp(0.0, 1.0)
    }

    /// Skills around one, nearest first, with their distance in steps.
    pub(crate) fn around(&self, start: usize) -> Vec<(usize, u32)> {
        let mut found = vec![(start, 0)];
        let mut open: BTreeSet<usize> = (0..self.words.len()).filter(|i| *i != start).gather();
        let mut next = 0;
        while let Some(&(from, steps)) = found.get(next) {
            next += 1;
            if steps >= REACH || found.len() >= MAX_SKILLS {
                break;
            }
            let likeness = |i: usize| (self.between(from, i), i);
            let mut near: Vec<(f64, usize)> =
                open.iter().map(|&i| likeness(i)).filter(|(s, _)| *s >= NEIGHBOURS).collect();
            near.order_by(|a, b| b.0.total_cmp(&a.0));
            for (_, i) in near {
                open.remove(&i);
                found.push((i, steps + 1));
            }
        }
        found.truncate(MAX_SKILLS);
        found
    }

    /// The diffusion kernel `exp(−γL)` over some skills, scaled to 1 on its diagonal [kondor2002].
    pub(crate) fn kernel(&self, skills: &[usize]) -> Vec<Vec<f64>> {
        let n = skills.len();
        let mut laplacian = vec![vec![0.0; n]; n];
        for (i, &a) in skills.iter().enumerate() {
            for (j, &b) in skills.iter().enumerate().take(i) {
                let weight = self.between(a, b);
                if weight >= NEIGHBOURS {
                    for (x, y, part) in [(i, j, -weight), (j, i, -weight), (i, i, weight), (j, j, weight)] {
                        if let Some(line) = laplacian.get_mut(x) {
                            crate::cells::add(line, y, -SPREAD * part);
                        }
                    }
                }
            }
        }
        let kernel = exponential(laplacian);
        let root: Vec<f64> = (0..n).map(|i| cell(&kernel, i, i).max(1e-12).sqrt()).collect();
        let scaled = |(i, line): (usize, &Vec<f64>)| {
            line.iter().zip(&root).map(|(k, r)| k / (at(&root, i) * r)).collect()
        };
        kernel.iter().enumerate().map(scaled).collect()
    }
}

/// `e^M` of a symmetric matrix: a series of a small part of it, squared again and again.
fn exponential(mut matrix: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let norm = matrix.iter().map(|line| line.iter().map(|x| x.abs()).sum::<f64>()).fold(0.0, f64::max);
    let halvings = if norm > 0.5 { (norm / 0.5).log2().ceil() as i32 } else { 0 };
    let part = 0.5_f64.powi(halvings);
    matrix.iter_mut().flatten().for_each(|x| *x *= part);
    let identity = |n: usize| -> Vec<Vec<f64>> {
        (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect()
    };
    // Horner's way through the first terms of the series
    let mut sum = identity(matrix.len());
    for k in (1..=12_u8).rev() {
        sum = product(&matrix, &sum);
        for (i, line) in sum.iter_mut().enumerate() {
            line.iter_mut().for_each(|x| *x /= f64::from(k));
            let diagonal = at(line, i);
            put(line, i, diagonal + 1.0);
        }
    }
    for _ in 0..halvings {
        sum = product(&sum, &sum);
    }
    sum
}

fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let line = |left: &Vec<f64>| {
        let mut sum = vec![0.0; b.len()];
        for (x, right) in left.iter().zip(b).filter(|(x, _)| **x != 0.0) {
            sum.iter_mut().zip(right).for_each(|(s, y)| *s += x * y);
        }
        sum
    };
    a.iter().map(line).collect()
}

/// Words and triples of letters of each skill, weighted by how rare they are, of length 1.
fn tfidf(nodes: &[&SkillNode]) -> Vec<Vec<(usize, f64)>> {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut documents: Vec<BTreeMap<usize, f64>> = Vec::new();
    for node in nodes {
        let mut counts = BTreeMap::new();
        let text = format!("{} {}", node.name, node.description).to_lowercase();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            let padded: Vec<char> = format!(" {word} ").chars().collect();
            let triples = padded.windows(3).map(|w| w.iter().collect::<String>());
            for feature in triples.chain([format!("= {word}")]) {
                let next = numbers.len();
                *counts.entry(*numbers.entry(feature).or_insert(next)).or_insert(0.0) += 1.0;
            }
        }
        documents.push(counts);
    }
    let mut there = vec![0.0; numbers.len()];
    documents.iter().flat_map(BTreeMap::keys).for_each(|f| crate::cells::add(&mut there, *f, 1.0));
    let n = documents.len() as f64;
    let weighted = |counts: BTreeMap<usize, f64>| {
        let idf = |f: usize| ((1.0 + n) / (1.0 + at(&there, f))).ln() + 1.0;
        let all: Vec<(usize, f64)> = counts.into_iter().map(|(f, count)| (f, count * idf(f))).collect();
        let length = all.iter().map(|(_, x)| x * x).sum::<f64>().sqrt().max(1e-12);
        all.into_iter().map(|(f, x)| (f, x / length)).collect()
    };
    documents.into_iter().map(weighted).collect()
}

/// Of two sparse rows, both sorted.
fn dot(a: &[(usize, f64)], b: &[(usize, f64)]) -> f64 {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut sum = 0.0;
    while let (Some((i, x)), Some((j, y))) = (a.peek(), b.peek()) {
        match i.cmp(j) {
            std::cmp::Ordering::Less => _ = a.next(),
            std::cmp::Ordering::Greater => _ = b.next(),
            std::cmp::Ordering::Equal => {
                sum += x * y;
                (_, _) = (a.next(), b.next());
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skill::solve::Cholesky;
    use crate::stats::Draws;

    fn node(name: &str, roles: &[&str]) -> SkillNode {
        SkillNode {
            name: name.into(),
            description: String::new(),
            roles: roles.iter().map(|r| (*r).into()).collect(),
        }
    }

    #[test]
    fn two_skills_have_the_kernel_of_the_formula() {
        let graph = SkillGraph::new(&[node("a", &["x"]), node("b", &["x"])], &[]);
        // one edge of weight w: off the diagonal (1 − e^{−2γw}) / (1 + e^{−2γw})
        let e = (-2.0 * SPREAD * 0.3_f64).exp();
        assert!((graph.kernel(&[0, 1])[0][1] - (1.0 - e) / (1.0 + e)).abs() < 1e-12);
    }

    #[test]
    fn kernels_are_positive_definite() {
        let mut draws = Draws::new(4);
        for _ in 0..20 {
            let nodes: Vec<SkillNode> = (0..25)
                .map(|i| {
                    let roles: Vec<String> = (0..3).map(|_| format!("r{}", draws.below(6))).collect();
                    SkillNode { name: format!("s{i}"), description: String::new(), roles }
                })
                .collect();
            let graph = SkillGraph::new(&nodes, &[]);
            let mut kernel = graph.kernel(&(0..25).collect::<Vec<_>>());
            assert!(kernel.iter().flatten().all(|k| (-1e-12..=1.0 + 1e-12).contains(k)));
            for (i, line) in kernel.iter_mut().enumerate() {
                assert!((line[i] - 1.0).abs() < 1e-12);
                line[i] += 1e-9;
            }
            assert!(Cholesky::of(&kernel).is_some());
        }
    }

    #[test]
    fn seen_transfers_are_shrunk_and_words_are_shared() {
        let nodes = [node("data analysis", &[]), node("data analyst tools", &[]), node("pottery", &[])];
        let seen = |n: usize| {
            let one =
                ObservedTransfer { from_skill: "pottery".into(), skill: "data analysis".into(), gain: 1.0 };
            SkillGraph::new(&nodes, &vec![one; n]).similarity("data analysis", "pottery").unwrap()
        };
        let base = seen(0);
        assert!((seen(20) - base - 0.1).abs() < 1e-12 && (seen(180) - base - 0.18).abs() < 1e-12);
        let graph = SkillGraph::new(&nodes, &[]);
        assert!(graph.similarity("data analysis", "data analyst tools").unwrap() > 0.15);
        assert_eq!(graph.similarity("data analysis", "flying"), None);
    }

    #[test]
    fn odd_taxonomies_do_no_harm() {
        let twice = SkillGraph::new(&[node("a", &[]), node("a", &["x"]), node("", &[])], &[]);
        assert_eq!((twice.names().count(), twice.similarity("a", "")), (2, Some(0.0)));
        let odd = ObservedTransfer { from_skill: "a".into(), skill: "a".into(), gain: f64::NAN };
        assert_eq!(SkillGraph::new(&[], &[odd]).names().count(), 0);
        assert!(twice.kernel(&[]).is_empty());
    }
}
