//! Graphs of people: building one from a million ties, who stands where, and groups. For a comparison with igraph and
//! leidenalg, `measures graph --dump DIR` and `benches/graph_peers`.

use crate::life::Draws;
use crate::timing::cpu;
use crate::{Failure, Line, Options};
use serde_json::{Value, json};
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use twin_models::collaboration::centrality::{Length, betweenness, pagerank};
use twin_models::collaboration::cohesion::clustering;
use twin_models::collaboration::communities::{Quality, SEEDS, communities};
use twin_models::collaboration::graph::Graph;

type Ties = Vec<(usize, usize, f64)>;

/// People, ties and circles of a graph.
struct Sizes {
    name: &'static str,
    people: usize,
    ties: usize,
    circles: usize,
}

/// A company, its middle part for groups, and a part in which all shortest paths can be looked at.
const LARGE: Sizes = Sizes { name: "large", people: 50_000, ties: 1_000_000, circles: 500 };
const MIDDLE: Sizes = Sizes { name: "middle", people: 10_000, ties: 200_000, circles: 100 };
const SMALL: Sizes = Sizes { name: "small", people: 2_000, ties: 20_000, circles: 20 };

/// Four ties of five are within a circle; some come twice.
fn ties(sizes: &Sizes) -> Ties {
    let mut draws = Draws(sizes.people as u64);
    let mut below = |n: usize| (draws.unit() * n as f64) as usize;
    let circle = sizes.people / sizes.circles;
    let mut ties = Vec::with_capacity(sizes.ties);
    while ties.len() < sizes.ties {
        let a = below(sizes.people);
        let b = if below(5) == 0 { below(sizes.people) } else { a / circle * circle + below(circle) };
        if a != b {
            ties.push((a, b, (1 + below(100)) as f64 / 10.0));
        }
    }
    ties
}

/// One thing that is timed.
struct Timed {
    name: &'static str,
    graph: &'static str,
    seconds: f64,
    /// What came out, for a peer to compare.
    values: Value,
}

fn timed<T>(
    name: &'static str,
    sizes: &Sizes,
    work: impl Fn() -> T,
    values: impl Fn(T) -> Value,
) -> Result<Timed, Failure> {
    let mut best = f64::INFINITY;
    let mut told = Value::Null;
    for _ in 0..3 {
        let (seconds, done) = cpu(|| Ok(black_box(work())))?;
        best = best.min(seconds);
        told = values(done);
        if seconds > 2.0 {
            break;
        }
    }
    Ok(Timed { name, graph: sizes.name, seconds: best, values: told })
}

fn all(large: &Ties, middle: &Ties, small: &Ties) -> Result<Vec<Timed>, Failure> {
    let graph = |sizes: &Sizes, ties: &Ties| Graph::undirected(sizes.people, ties);
    let [company, part, team] = [graph(&LARGE, large)?, graph(&MIDDLE, middle)?, graph(&SMALL, small)?];
    let found = |groups: twin_models::collaboration::communities::Communities| json!({"quality": groups.quality, "groups": groups.group.iter().max().map_or(0, |g| g + 1)});
    Ok(vec![
        timed("update", &LARGE, || graph(&LARGE, large), |g| json!(g.map_or(0, |g| g.edges().count())))?,
        timed("pagerank", &LARGE, || pagerank(&company), |x| json!(x))?,
        timed("clustering", &LARGE, || clustering(&company), |x| json!(x))?,
        timed("betweenness", &SMALL, || betweenness(&team, Length::Steps).nodes, |x| json!(x))?,
        timed("betweenness, weighted", &SMALL, || betweenness(&team, Length::Inverse).nodes, |x| json!(x))?,
        timed("leiden", &MIDDLE, || communities(&part, Quality::Modularity(1.0), 1), found)?,
    ])
}

pub(crate) fn measure(_: &Options) -> Result<Vec<Line>, Failure> {
    let line = |t: &Timed| {
        let sizes = [LARGE, MIDDLE, SMALL].into_iter().find(|s| s.name == t.graph).unwrap_or(LARGE);
        let name = format!("graph: {}, {} people, {} ties", t.name, sizes.people, sizes.ties);
        let runs = if t.name == "leiden" { SEEDS as f64 } else { 1.0 };
        Line::new(&name, "one core", 1000.0 * t.seconds / runs, "ms").note("peers: `benches/graph_peers`")
    };
    Ok(all(&ties(&LARGE), &ties(&MIDDLE), &ties(&SMALL))?.iter().map(line).collect())
}

/// Writes the graphs and what was found and how fast into a folder.
///
/// # Errors
/// Where a file cannot be written.
pub fn dump(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)?;
    let graphs = [LARGE, MIDDLE, SMALL].map(|sizes| (ties(&sizes), sizes));
    for (ties, sizes) in &graphs {
        let mut text = String::new();
        for (a, b, weight) in ties {
            writeln!(text, "{a},{b},{weight}")?;
        }
        std::fs::write(folder.join(format!("{}.csv", sizes.name)), text)?;
    }
    let [(large, _), (middle, _), (small, _)] = &graphs;
    let told: Vec<Value> = all(large, middle, small)?
        .into_iter()
        .map(|t| json!({"name": t.name, "graph": t.graph, "seconds": t.seconds, "values": t.values, "seeds": SEEDS}))
        .collect();
    let people: Value = graphs.iter().map(|(_, s)| (s.name.to_owned(), json!(s.people))).collect();
    std::fs::write(
        folder.join("ours.json"),
        serde_json::to_string(&json!({"people": people, "timed": told}))?,
    )?;
    Ok(())
}
