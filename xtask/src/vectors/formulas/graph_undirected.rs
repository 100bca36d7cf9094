//! Measures of graphs whose ties go both ways.

use super::{Formula, edges, of, places, whole};
use serde_json::{Value, json};
use twin_models::collaboration::centrality::{Length, betweenness, closeness, pagerank};
use twin_models::collaboration::cohesion::{clustering, clustering_weighted, core, degree_assortativity};
use twin_models::collaboration::graph::Graph;
use twin_models::collaboration::holes::{Ties, constraint, effective_size};
use twin_models::collaboration::links::{PairScores, candidates, pair_scores};

const MODEL: &str = "centrality, structural holes, link-prediction scores";

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    of(MODEL, "betweenness", |c| Some(json!(betweenness(&graph(c)?, Length::Steps).nodes))),
    of(MODEL, "betweenness_weighted", |c| Some(json!(betweenness(&graph(c)?, Length::Inverse).nodes))),
    of(MODEL, "edge_betweenness", of_edges),
    of(MODEL, "closeness", |c| Some(json!(closeness(&graph(c)?)))),
    of(MODEL, "pagerank", |c| Some(json!(pagerank(&graph(c)?)))),
    of(MODEL, "clustering", |c| Some(json!(clustering(&graph(c)?)))),
    of(MODEL, "clustering_weighted", |c| Some(json!(clustering_weighted(&graph(c)?)))),
    of(MODEL, "constraint", |c| Some(json!(constraint(&graph(c)?, Ties::Counted)))),
    of(MODEL, "constraint_weighted", |c| Some(json!(constraint(&graph(c)?, Ties::Weighted)))),
    of(MODEL, "effective_size", |c| Some(json!(effective_size(&graph(c)?)))),
    of(MODEL, "core", |c| Some(json!(core(&graph(c)?)))),
    of(MODEL, "degree_assortativity", |c| Some(json!(degree_assortativity(&graph(c)?)))),
    of(MODEL, "pairs", pairs),
    of(MODEL, "adamic_adar", |c| scores(c, |s| json!(s.adamic_adar))),
    of(MODEL, "resource_allocation", |c| scores(c, |s| json!(s.resource_allocation))),
    of(MODEL, "jaccard", |c| scores(c, |s| json!(s.jaccard))),
    of(MODEL, "pref_attach", |c| scores(c, |s| json!(s.preferential_attachment))),
];

fn graph(case: &Value) -> Option<Graph> {
    Graph::undirected(whole(case, "nodes")?, &edges(case)?).ok()
}

fn given(case: &Value) -> Option<Vec<(usize, usize)>> {
    let pair = |pair: &Value| match places(pair)?.as_slice() {
        [a, b] => Some((*a, *b)),
        _ => None,
    };
    case.get("expected")?.get("pairs")?.as_array()?.iter().map(pair).collect()
}

/// The pairs that are scored; none of them is tied, and all that we would score are among them.
fn pairs(case: &Value) -> Option<Value> {
    let (graph, given) = (graph(case)?, given(case)?);
    let all = given.len() == 60 || candidates(&graph).iter().all(|pair| given.contains(pair));
    (all && given.iter().all(|&(a, b)| !graph.has(a, b))).then(|| json!(given))
}

fn scores(case: &Value, what: fn(&PairScores) -> Value) -> Option<Value> {
    let graph = graph(case)?;
    Some(given(case)?.into_iter().map(|(a, b)| what(&pair_scores(&graph, a, b))).collect())
}

/// In the order in which the vector names the ties.
fn of_edges(case: &Value) -> Option<Value> {
    let ours = betweenness(&graph(case)?, Length::Steps).edges;
    let named = case.get("expected")?.get("edge_betweenness")?.as_array()?;
    let of = |row: &Value| {
        let (a, b) = (row.get(0)?.as_u64()? as usize, row.get(1)?.as_u64()? as usize);
        let tie = ours.iter().find(|tie| (tie.0, tie.1) == (a.min(b), a.max(b)))?;
        Some(json!((a, b, tie.2)))
    };
    (named.len() == ours.len()).then(|| named.iter().map(of).collect::<Option<Value>>())?
}
