//! Model quality by the book's protocols: `cargo xtask eval TASK [--data DIR] [--csv FILE] [--json]`.
//!
//! Whatever people the folder holds are evaluated. Priors come from what is shipped, never from the people
//! under test: for a person that helped to fit them, priors fitted without that person are taken.

mod alertness;
mod anomaly;
mod baselines;
mod capacity_weekly;
mod communities;
mod duration;
mod energy_level;
mod knowledge;
mod links;
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

/// What a task is asked to look at.
pub(crate) struct Asked {
    folder: Result<PathBuf, String>,
    /// The file that `--csv` names, in place of the folder.
    csv: Option<PathBuf>,
}

impl Asked {
    fn of(args: &[&str]) -> Result<Self, String> {
        let csv = match args.iter().position(|a| *a == "--csv").map(|i| args.get(i + 1)) {
            Some(Some(file)) => Some(PathBuf::from(file)),
            Some(None) => return Err("`--csv` needs a file".into()),
            None => None,
        };
        Ok(Self { folder: folder(args), csv })
    }

    /// The folder laid out like `data`.
    fn folder(&self) -> Result<&Path, String> {
        self.folder.as_deref().map_err(Clone::clone)
    }
}

/// A task: its name, what it answers, and what runs it.
type Task = (&'static str, &'static str, fn(&Asked) -> Result<Report, String>);

const TASKS: &[Task] = &[
    ("alertness", "reaction time under nights of 3 hours from predicted fatigue", |a| {
        alertness::run(a.folder()?)
    }),
    ("anomaly", "illness-like episodes put into recordings", |a| anomaly::anomaly(a.folder()?)),
    ("capacity_weekly", "hours of coming weeks; --csv: person,actual_h,completed_at", capacity_weekly::run),
    ("communities", "groups in contacts beside departments; --csv: t,a,b", communities::run),
    ("energy_level", "momentary energy; fatigue stands in", |a| energy_level::run(a.folder()?)),
    ("knowledge", "the next answer, online; --csv: person,skill,correct in time order", knowledge::run),
    ("links", "first contacts of the next window; --csv: t,a,b", links::run),
    ("readiness", "self-rated readiness, before it is said", |a| readiness::readiness(a.folder()?)),
    ("recovery", "whether the truth of simulated people comes back", |a| recovery::run(a.folder()?)),
    ("simulate", "days ahead as planned: coverage of the bands, error beside the last value", |a| {
        simulate::run(a.folder()?)
    }),
    ("stress", "stress or rest in windows of a minute", |a| stress::run(a.folder()?)),
    ("wellness", "fatigue, mood, stress, soreness, sleep quality", |a| readiness::wellness(a.folder()?)),
];

/// What runs on a table of one's own, or on what is simulated.
const OWN_TABLE: &str = "\n  duration         hours of tasks [--csv FILE] [--warm SHARE] [--company NAME] [--seed N] [--dump FILE]";

/// Runs one task and prints its report.
pub(crate) fn run(args: &[&str]) -> Result<(), String> {
    let names =
        || TASKS.iter().map(|(n, about, _)| format!("\n  {n:<17}{about}")).collect::<String>() + OWN_TABLE;
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
        task(&Asked::of(rest)?)?
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
