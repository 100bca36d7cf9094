//! Groups of people.

use super::{Formula, Rule, edges, number, places, under, whole};
use serde_json::{Value, json};
use twin_models::collaboration::communities::{Quality, communities};
use twin_models::collaboration::graph::Graph;
use twin_models::collaboration::partition::{cpm_quality, modularity};

const MODEL: &str = "modularity and Leiden/Louvain quality";

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    under(Rule::Within(1e-9), MODEL, "modularity_of_given", |c| {
        let given = places(c.get("input")?.get("given_partition")?)?;
        Some(json!(modularity(&graph(c)?, &given, 1.0)?))
    }),
    under(Rule::AtLeast(1.0, 0.01), MODEL, "leiden_best_modularity", found),
    under(Rule::AtLeast(1.0, 0.01), MODEL, "louvain_best_modularity", found),
    under(Rule::AtLeast(0.99, 0.0), MODEL, "cpm_quality", |c| {
        let (graph, resolution) = (graph(c)?, number(c, "resolution_cpm")?);
        let group = communities(&graph, Quality::Cpm(resolution), 1).group;
        Some(json!(cpm_quality(&graph, &group, resolution)?))
    }),
    under(Rule::Information, MODEL, "leiden_partition", |_| None),
];

fn graph(case: &Value) -> Option<Graph> {
    Graph::undirected(whole(case, "nodes")?, &edges(case)?).ok()
}

fn found(case: &Value) -> Option<Value> {
    let graph = graph(case)?;
    Some(json!(modularity(&graph, &communities(&graph, Quality::Modularity(1.0), 1).group, 1.0)?))
}
