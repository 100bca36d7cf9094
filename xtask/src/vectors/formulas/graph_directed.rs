//! Measures of directed graphs.

use super::{Formula, edges, of, whole};
use serde_json::{Map, Value, json};
use twin_models::collaboration::centrality::{Length, betweenness, pagerank};
use twin_models::collaboration::cohesion::reciprocity;
use twin_models::collaboration::graph::Graph;
use twin_models::collaboration::holes::{Ties, constraint};
use twin_models::collaboration::triads::{NAMES, census};

const MODEL: &str = "directed interaction graph measures";

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    of(MODEL, "betweenness", |c| Some(json!(betweenness(&graph(c)?, Length::Steps).nodes))),
    of(MODEL, "constraint", |c| Some(json!(constraint(&graph(c)?, Ties::Weighted)))),
    of(MODEL, "pagerank", |c| Some(json!(pagerank(&graph(c)?)))),
    of(MODEL, "reciprocity", |c| Some(json!(reciprocity(&graph(c)?)))),
    of(MODEL, "triad_census", |c| {
        let counts = census(&graph(c)?);
        Some(NAMES.iter().zip(counts).map(|(k, n)| ((*k).to_owned(), json!(n))).collect::<Map<_, _>>().into())
    }),
];

fn graph(case: &Value) -> Option<Graph> {
    Graph::directed(whole(case, "nodes")?, &edges(case)?).ok()
}
