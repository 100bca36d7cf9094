//! Groups found in contacts: their weighted modularity, how stable they are, and how alike the departments.
//!
//! `benches/graph_peers/leiden.py` gives the modularity that leidenalg reaches on the same contacts.

use super::Asked;
use super::links::{Network, networks};
use super::report::{Figure, Report};
use std::collections::BTreeMap;
use twin_models::collaboration::communities::{Quality, SEEDS, STABLE, communities};
use twin_models::collaboration::graph::Graph;
use twin_models::collaboration::partition::{agreement, modularity};

/// Seed of the runs.
const SEED: u64 = 1;

pub(super) fn run(asked: &Asked) -> Result<Report, String> {
    let mut networks = networks(asked)?;
    if asked.csv.is_none() {
        networks.retain(|n| n.units.iter().any(Option::is_some));
    }
    let mut report = Report { task: "communities".into(), ..Report::default() };
    for network in &networks {
        add(&mut report, network)?;
    }
    report.notes.push(format!(
        "a tie weighs as many contacts as were recorded; best of {SEEDS} seeds; shown from a stability of {STABLE}"
    ));
    Ok(report)
}

fn add(report: &mut Report, network: &Network) -> Result<(), String> {
    let people = network.units.len();
    let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (_, a, b) in &network.contacts {
        *weights.entry((*a.min(b), *a.max(b))).or_insert(0.0) += 1.0;
    }
    let ties: Vec<(usize, usize, f64)> = weights.into_iter().map(|((a, b), w)| (a, b, w)).collect();
    let graph = Graph::undirected(people, &ties).map_err(|e| e.to_string())?;
    let found = communities(&graph, Quality::Modularity(1.0), SEED);
    report.n += people;
    report.people += people;
    let mut metric = |name: &str, value: f64| report.metrics.push(Figure::new(name, value));
    metric("modularity", found.quality.unwrap_or(f64::NAN));
    metric("stability", found.stability);
    metric("shown", f64::from(u8::from(found.stability >= STABLE)));
    metric("groups", groups(&found.group) as f64);
    let units: Vec<usize> = network.units.iter().flatten().map(|u| *u as usize).collect();
    if units.len() == people {
        metric("agreement_with_departments", agreement(&found.group, &units).unwrap_or(f64::NAN));
        metric("same_side_as_departments", same_side(&found.group, &units));
        let of_units = modularity(&graph, &units, 1.0).unwrap_or(f64::NAN);
        report.baselines.push(Figure::new("departments_modularity", of_units));
        report.baselines.push(Figure::new("departments", groups(&units) as f64));
        // departments dealt out by another order: what agreement comes by chance
        let dealt: Vec<usize> = (0..people).filter_map(|i| units.get(i * 37 % people).copied()).collect();
        let chance = agreement(&found.group, &dealt).unwrap_or(f64::NAN);
        report.controls.push(Figure::new("agreement_with_dealt_departments", chance));
    }
    report.notes.push(format!("{}: {people} people, {} ties", network.name, ties.len()));
    Ok(())
}

fn groups(group: &[usize]) -> usize {
    group.iter().collect::<std::collections::BTreeSet<_>>().len()
}

/// Share of pairs that both divisions put together, or both apart (Rand index).
fn same_side(a: &[usize], b: &[usize]) -> f64 {
    let rows: Vec<(usize, usize)> = a.iter().copied().zip(b.iter().copied()).collect();
    let (mut same, mut all) = (0.0, 0.0);
    for (i, x) in rows.iter().enumerate() {
        for y in rows.iter().skip(i + 1) {
            all += 1.0;
            same += f64::from(u8::from((x.0 == y.0) == (x.1 == y.1)));
        }
    }
    same / all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_of_known_divisions() {
        assert_eq!(same_side(&[0, 0, 1], &[5, 5, 9]), 1.0);
        assert_eq!(same_side(&[0, 0, 1], &[0, 1, 1]), 1.0 / 3.0);
        assert_eq!(groups(&[3, 3, 1]), 2);
    }
}
