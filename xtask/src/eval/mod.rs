//! Model quality by the book's protocols: `cargo xtask eval TASK [--data DIR] [--json]`; on one's own table
//! `eval duration [--csv FILE]`.
//!
//! Whatever people the folder holds are evaluated. Priors come from what is shipped, never from the people
//! under test: for a person that helped to fit them, priors fitted without that person are taken.

mod alertness;
mod anomaly;
mod baselines;
mod duration;
mod energy_level;
pub(crate) mod pmdata;
mod readiness;
mod recovery;
mod report;
mod score;
mod simulate;
mod stress;
mod table;

use report::Report;
use std::path::{Path, PathBuf};

use crate::catalogue::root;

/// A task: its name, what it answers, and what runs it on a folder laid out like `data`.
type Task = (&'static str, &'static str, fn(&Path) -> Result<Report, String>);

const TASKS: &[Task] = &[
    ("alertness", "reaction time under nights of 3 hours from predicted fatigue", alertness::run),
    ("anomaly", "illness-like episodes put into recordings", anomaly::anomaly),
    ("energy_level", "momentary energy; fatigue stands in", energy_level::run),
    ("readiness", "self-rated readiness, before it is said", readiness::readiness),
    ("recovery", "whether the truth of simulated people comes back", recovery::run),
    ("simulate", "days ahead as planned: coverage of the bands, error beside the last value", simulate::run),
    ("stress", "stress or rest in windows of a minute", stress::run),
    ("wellness", "fatigue, mood, stress, soreness, sleep quality", readiness::wellness),
];

/// What runs on a table of one's own, or on what is simulated.
const OWN_TABLE: &str = "\n  duration    hours of tasks [--csv FILE] [--warm SHARE] [--dump FILE [--other]]";

/// Runs one task and prints its report.
pub(crate) fn run(args: &[&str]) -> Result<(), String> {
    let names =
        || TASKS.iter().map(|(n, about, _)| format!("\n  {n:<12}{about}")).collect::<String>() + OWN_TABLE;
    let Some((name, rest)) = args.split_first() else {
        return Err(format!("`eval` needs a task:{}", names()));
    };
    let report = if *name == "duration" {
        duration::run(rest)?
    } else {
        let (_, _, task) = TASKS
            .iter()
            .find(|(n, ..)| n == name)
            .ok_or_else(|| format!("there is no task `{name}`; there are:{}", names()))?;
        task(&folder(rest)?)?
    };
    if rest.contains(&"--json") {
        println!("{}", serde_json::to_string_pretty(&report.json()).map_err(|e| e.to_string())?);
    } else {
        print!("{}", report.text());
    }
    Ok(())
}

/// The folder that `--data` or HUMANTWIN_DATA names.
pub(crate) fn folder(args: &[&str]) -> Result<PathBuf, String> {
    let given = args.iter().position(|a| *a == "--data").map(|i| args.get(i + 1));
    let dir = match given {
        Some(Some(dir)) => PathBuf::from(dir),
        Some(None) => return Err("`--data` needs a directory".into()),
        None => {
            std::env::var_os("HUMANTWIN_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from)
        }
    };
    if dir.is_dir() { Ok(dir) } else { Err("no recordings found; set HUMANTWIN_DATA or give --data".into()) }
}
