//! Planners against the clock: what they reach in 50 ms and in a second, beside what no plan can exceed. For a
//! comparison with another solver, `measures planners --dump DIR` and `benches/planner_peers`.

mod instances;
mod solve;
mod weeks;

use crate::{Failure, Line, Options};
use instances::{Instance, KINDS, generated, vectors};
use serde_json::json;
use solve::{Solved, least, solve};
use std::io::Write;
use std::path::Path;
use std::time::Duration;
pub(crate) use weeks::week;

/// Wall time a plan may take.
const LIMITS: [(&str, Duration); 2] = [("50 ms", Duration::from_millis(50)), ("1 s", Duration::from_secs(1))];

pub(crate) fn measure(_: &Options) -> Result<Vec<Line>, Failure> {
    let all = generated();
    let mut lines = Vec::new();
    for kind in KINDS {
        let mine: Vec<&Instance> = all.iter().filter(|i| i.kind == kind).collect();
        let [short, long] = LIMITS.map(|limit| worst(&mine, limit.1));
        lines.push(
            Line::new(
                &format!("plans: {kind}, the worst of {} in 50 ms", mine.len()),
                "one core",
                short?,
                "of the bound",
            )
            .against("in 1 s", long?)
            .note("peer: `benches/planner_peers`"),
        );
    }
    lines.extend(weeks::measure()?);
    Ok(lines)
}

/// The least share of the bound.
fn worst(instances: &[&Instance], limit: Duration) -> Result<f64, Failure> {
    let mut least = f64::INFINITY;
    for instance in instances {
        let solved = solve(instance, limit)?;
        least = least.min(solved.share_of(solved.bound, instance.kind));
    }
    Ok(least)
}

/// Solves all instances, those in the folder `references` too, writes `instances.json` and `ours.json` into a
/// folder and prints what each plan is worth.
///
/// # Errors
/// Where a plan breaks a rule, and where a file cannot be read or written.
pub fn dump(folder: &Path, references: Option<&Path>, out: &mut impl Write) -> Result<(), Failure> {
    let mut all = references.map(vectors).transpose()?.unwrap_or_default();
    all.extend(generated());
    let (mut inputs, mut ours) = (Vec::new(), Vec::new());
    writeln!(
        out,
        "{:<26} {:>12} {:>12} {:>12} {:>9} {:>9}",
        "instance", "50 ms", "1 s", "bound", "ratio", "ratio"
    )?;
    for instance in &all {
        let [short, long] = LIMITS.map(|limit| solve(instance, limit.1));
        let (short, long) = (short?, long?);
        let bound =
            if least(instance.kind) { short.bound.max(long.bound) } else { short.bound.min(long.bound) };
        writeln!(
            out,
            "{:<26} {:>12.2} {:>12.2} {bound:>12.2} {:>9.4} {:>9.4}",
            instance.name,
            short.objective,
            long.objective,
            short.share_of(bound, instance.kind),
            long.share_of(bound, instance.kind),
        )?;
        let told = |s: &Solved| json!({"objective": s.objective, "bound": s.bound, "wall_ms": s.wall_ms, "plan": s.plan});
        inputs.push(json!({"name": instance.name, "kind": instance.kind, "input": instance.input}));
        ours.push(json!({"name": instance.name, "50 ms": told(&short), "1 s": told(&long)}));
    }
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("instances.json"), serde_json::to_string(&inputs)?)?;
    std::fs::write(folder.join("ours.json"), serde_json::to_string(&ours)?)?;
    Ok(())
}
