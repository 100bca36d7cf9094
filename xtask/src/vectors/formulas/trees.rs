//! Sums of trees and their explanations.

use super::{Formula, of, plain, table};
use serde_json::{Value, json};
use twin_models::trees::{Explanation, Node, Trees};

const MODEL: &str = "TreeSHAP path-dependent and interventional";

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    of(MODEL, "prediction", |c| Some(rows(c)?.iter().map(|x| trees(c).map(|t| json!(t.value(x)))).collect())),
    of(MODEL, "base_path", |c| path(c, |e| json!(e.base))?.get(0).cloned()),
    of(MODEL, "shap_path", |c| path(c, |e| json!(e.parts))),
    of(MODEL, "base_interventional", |c| against(c, |e| json!(e.base))?.get(0).cloned()),
    of(MODEL, "shap_interventional", |c| against(c, |e| json!(e.parts))),
];

fn path(case: &Value, what: fn(&Explanation) -> Value) -> Option<Value> {
    let trees = trees(case)?;
    Some(rows(case)?.iter().map(|x| what(&trees.explain(x))).collect())
}

fn against(case: &Value, what: fn(&Explanation) -> Value) -> Option<Value> {
    let trees = trees(case)?;
    let background = table(case, "background")?;
    rows(case)?.iter().map(|x| Some(what(&trees.explain_against(x, &background)?))).collect()
}

fn rows(case: &Value) -> Option<Vec<Vec<f64>>> {
    table(case, "x")
}

fn trees(case: &Value) -> Option<Trees> {
    let input = case.get("input")?;
    let number = |key: &str| input.get(key)?.as_f64();
    let trees = input.get("trees")?.as_array()?.iter().map(nodes).collect::<Option<_>>()?;
    Some(Trees { trees, scale: number("scale")?, offset: number("offset")? })
}

fn nodes(tree: &Value) -> Option<Vec<Node>> {
    let column = |key: &str| plain(tree.get(key)?);
    let (feature, threshold, value, cover) =
        (column("feature")?, column("threshold")?, column("value")?, column("cover")?);
    let children = column("left")?.into_iter().zip(column("right")?);
    let parts = feature.into_iter().zip(threshold).zip(children).zip(value.into_iter().zip(cover));
    let nodes = parts.map(|(((feature, threshold), (left, right)), (value, cover))| Node {
        feature: feature.max(0.0) as usize,
        threshold,
        children: (left >= 0.0).then_some((left as usize, right as usize)),
        value,
        cover,
    });
    Some(nodes.collect())
}
