//! Hours of tasks along a company's log: `eval duration [--csv FILE] [--warm SHARE] [--dump FILE] [--other]`.
//!
//! Each task is forecast from what was completed before the day it was estimated, by a model that learns task by task
//! and is fitted anew at night; nothing is chosen on the rows of a file that are scored. Without a file two simulated
//! companies stand in, which prove nothing about real ones: the model's constants were chosen while looking at them.

mod log;
mod simulate;
mod table;

use super::report::{Figure, Report};
use super::score;

use log::{Record, SIMPLE, Scored};
use std::path::Path;
use twin_models::capacity::duration::{LEVELS, Task};

/// Columns of a log.
const COLUMNS: &str =
    "task_id,person,type,subtype,project,requester,priority,estimate_h,actual_h,estimated_at,completed_at";
/// Share of rows before the first forecast.
const WARM: f64 = 0.3;
/// Tasks of a simulated company.
const TASKS: usize = 10_000;
/// Hours that are believed, as in the model.
const MAX_H: f64 = 2000.0;

/// Runs the evaluation with the words after its name.
pub(super) fn run(args: &[&str]) -> Result<Report, String> {
    let warm = match table::option(args, "--warm")? {
        Some(share) => {
            share.parse().ok().filter(|s| (0.0..1.0).contains(s)).ok_or("`--warm` is a share below 1")?
        }
        None => WARM,
    };
    let mut report = Report { task: "duration".into(), ..Report::default() };
    if let Some(file) = table::option(args, "--csv")? {
        let (records, left_out) = read(Path::new(file))?;
        if left_out > 0 {
            report.notes.push(format!(
                "{left_out} rows left out: hours not between 0 and {MAX_H}, no day of completion, or completed before \
                 they were estimated"
            ));
        }
        let unknown = records.iter().filter(|r| r.estimated.is_none()).count();
        if unknown > 0 {
            report
                .notes
                .push(format!("{unknown} rows without a day of the estimate: that of completion stands in"));
        }
        add(&mut report, "", &records, warm)?;
    } else {
        let first = simulate::company(TASKS, 1);
        let second = simulate::other_company(TASKS, 2);
        if let Some(file) = table::option(args, "--dump")? {
            let records = if args.contains(&"--other") { &second } else { &first };
            std::fs::write(file, dump(records)).map_err(|e| format!("cannot write `{file}`: {e}"))?;
            report.notes.push(format!("wrote {} simulated tasks to {file}", records.len()));
            return Ok(report);
        }
        report.notes.push(
            "SIMULATED, no evidence of real companies: `own_` is a company of the model's own form, `other_` one of \
             another form; constants of the model were chosen while looking at both; give --csv for a real log"
                .into(),
        );
        for (prefix, mut records) in [("own_", first), ("other_", second)] {
            in_order(&mut records);
            add(&mut report, prefix, &records, warm)?;
        }
    }
    report.notes.push(format!(
        "the first {:.0} % by completion are not scored; what was completed on the day of an estimate or later is not \
         known to it",
        100.0 * warm
    ));
    report.notes.push(
        "mae_h, mdae_h: of the median, hours; pinball_log: on log hours, of .1 .5 .8 .9 (nine: of .1 to .9); baselines say \
         one number for all quantiles"
            .into(),
    );
    Ok(report)
}

fn in_order(records: &mut [Record]) {
    records.sort_by(|a, b| a.completed.total_cmp(&b.completed));
}

/// Records of a file in the order of completion, and how many rows could not be used.
fn read(file: &Path) -> Result<(Vec<Record>, usize), String> {
    let mut records = Vec::new();
    let rows = table::read(file, &["actual_h", "completed_at"])?;
    let all = rows.len();
    for (i, row) in rows.iter().enumerate() {
        let text = |name: &str| row.text(name).to_owned();
        let hours = |h: &f64| *h > 0.0 && *h <= MAX_H;
        let (Some(actual_h), Some(completed)) =
            (row.number("actual_h").filter(hours), row.end_of_day("completed_at"))
        else {
            continue;
        };
        let (estimate_h, estimated) = (row.number("estimate_h"), row.day("estimated_at"));
        if estimate_h.is_some_and(|h| !hours(&h)) || estimated.is_some_and(|e| e > completed) {
            continue;
        }
        let task = Task {
            estimate_h,
            person: text("person"),
            kind: text("type"),
            subtype: text("subtype"),
            project: text("project"),
            requester: text("requester"),
            priority: text("priority"),
        };
        let id = if row.text("task_id").is_empty() { i.to_string() } else { text("task_id") };
        records.push(Record { id, task, actual_h, estimated, completed });
    }
    let left_out = all - records.len();
    in_order(&mut records);
    Ok((records, left_out))
}

/// Adds what is known of one log to a report, every name beginning with `prefix`.
fn add(report: &mut Report, prefix: &str, records: &[Record], warm: f64) -> Result<(), String> {
    let (scored, without) = log::forecasts(records, (warm * records.len() as f64) as usize);
    if scored.is_empty() {
        return Err(format!("none of {} tasks could be forecast", records.len()));
    }
    if without > 0 {
        report
            .notes
            .push(format!("{prefix}{without} tasks had no forecast: no estimate and too little before"));
    }
    let mut people: Vec<&str> = records.iter().map(|r| r.task.person.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    report.people += people.len();
    report.n += scored.len();
    let figure = |name: &str, value: f64| Figure::new(&format!("{prefix}{name}"), value);
    let hours: Vec<(f64, f64)> = scored.iter().map(|s| (s.said.q50_h, s.record.actual_h)).collect();
    let logs = |level: f64| -> Vec<(f64, f64)> {
        scored.iter().map(|s| (quantile(s, level).ln(), s.record.actual_h.ln())).collect()
    };
    let mean =
        |levels: &[f64]| levels.iter().map(|l| pinball(*l, &logs(*l))).sum::<f64>() / levels.len() as f64;
    let nine: Vec<f64> = LEVELS.into_iter().filter(|l| (0.1..=0.9).contains(l)).collect();
    report.metrics.extend([
        figure("mae_h", score::mae(&hours)),
        figure("mdae_h", median_error(&hours)),
        figure("pinball_log", mean(&[0.1, 0.5, 0.8, 0.9])),
        figure("pinball_log_nine", mean(&nine)),
        figure("coverage_80", share(&scored, inside)),
        figure("below_q10", share(&scored, |s| s.record.actual_h < s.said.q10_h * (1.0 - 1e-9))),
        figure("below_q80", share(&scored, |s| s.record.actual_h <= s.said.q80_h * (1.0 + 1e-9))),
    ]);
    let overruns: Vec<(f64, bool)> = scored
        .iter()
        .filter_map(|s| {
            Some((s.said.p_overrun?, s.record.actual_h > s.record.task.estimate_h? * (1.0 + 1e-9)))
        })
        .collect();
    if !overruns.is_empty() {
        report.metrics.extend([
            figure("overrun_auc", score::auc(&overruns)),
            figure("overrun_ece", score::ece(&overruns)),
        ]);
    }
    for (i, name) in SIMPLE.iter().enumerate() {
        let said: Vec<(f64, f64)> = scored
            .iter()
            .filter_map(|s| Some((s.simple.get(i).copied().flatten()?, s.record.actual_h)))
            .collect();
        if said.is_empty() {
            continue;
        }
        let logs: Vec<(f64, f64)> = said.iter().map(|(s, a)| (s.ln(), a.ln())).collect();
        let mean =
            |levels: &[f64]| levels.iter().map(|l| pinball(*l, &logs)).sum::<f64>() / levels.len() as f64;
        report.baselines.extend([
            figure(&format!("{name}_mae_h"), score::mae(&said)),
            figure(&format!("{name}_mdae_h"), median_error(&said)),
            figure(&format!("{name}_pinball_log"), mean(&[0.1, 0.5, 0.8, 0.9])),
        ]);
        if said.len() < scored.len() {
            report.notes.push(format!("{prefix}{name}: {} of {} tasks", said.len(), scored.len()));
        }
    }
    let exact = share(&scored, |s| {
        s.record.task.estimate_h.is_some_and(|e| (s.record.actual_h / e - 1.0).abs() < 1e-6)
    });
    report.controls.push(figure("booked_as_estimated", exact));
    Ok(())
}

fn quantile(s: &Scored, level: f64) -> f64 {
    LEVELS.iter().zip(s.said.quantiles_h).find(|(l, _)| **l == level).map_or(f64::NAN, |q| q.1)
}

/// Ends count as inside; hours are on a grid.
fn inside(s: &Scored) -> bool {
    (s.said.q10_h * (1.0 - 1e-9)..=s.said.q90_h * (1.0 + 1e-9)).contains(&s.record.actual_h)
}

fn share(scored: &[Scored], of: impl Fn(&Scored) -> bool) -> f64 {
    scored.iter().filter(|s| of(s)).count() as f64 / scored.len() as f64
}

/// Mean pinball loss of one level.
fn pinball(level: f64, pairs: &[(f64, f64)]) -> f64 {
    let loss = |(said, was): &(f64, f64)| (level * (was - said)).max((level - 1.0) * (was - said));
    pairs.iter().map(loss).sum::<f64>() / pairs.len() as f64
}

fn median_error(pairs: &[(f64, f64)]) -> f64 {
    let mut errors: Vec<f64> = pairs.iter().map(|(said, was)| (said - was).abs()).collect();
    twin_models::stats::median(&mut errors).unwrap_or(f64::NAN)
}

/// A simulated log as a table; its first day is 2015-01-01.
fn dump(records: &[Record]) -> String {
    let mut out = format!("{COLUMNS}\n");
    for r in records {
        let t = &r.task;
        let hours = t.estimate_h.map_or_else(String::new, |h| h.to_string());
        let estimated = r.estimated.map_or_else(String::new, |d| table::date(d + 16_436.0));
        out.push_str(&format!(
            "{},{},{},{},{},{},{},{hours},{},{estimated},{}\n",
            r.id,
            t.person,
            t.kind,
            t.subtype,
            t.project,
            t.requester,
            t.priority,
            r.actual_h,
            table::date(r.completed + 16_436.0)
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinball_of_known_values() {
        assert!((pinball(0.9, &[(1.0, 2.0), (3.0, 2.0)]) - 0.5).abs() < 1e-12);
        assert_eq!(median_error(&[(1.0, 2.0), (3.0, 0.0), (5.0, 5.0)]), 1.0);
    }

    #[test]
    fn a_log_survives_its_table_and_impossible_rows_are_counted() {
        let file = std::env::temp_dir().join(format!("duration_{}.csv", std::process::id()));
        let records = simulate::company(300, 3);
        let more = "x,p,k,s,j,r,q,2,0,2020-01-01,2020-01-02\ny,,,,,,,,3.5,,2020-01-02T10:00:00+02:00\n\
                    z,p,k,s,j,r,q,2,1,2020-01-03,2020-01-02\n";
        std::fs::write(&file, dump(&records) + more).unwrap();
        let (back, left_out) = read(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert_eq!((back.len(), left_out), (301, 2));
        let of = |id: &str, all: &[Record]| all.iter().find(|r| r.id == id).cloned().unwrap();
        let (there, here) = (of("17", &records), of("17", &back));
        assert_eq!((there.task, there.actual_h), (here.task, here.actual_h));
        assert_eq!(there.completed + 16_436.0, here.completed.floor());
        let blank = of("y", &back);
        assert!(blank.task.estimate_h.is_none() && blank.estimated.is_none());
    }

    #[test]
    fn the_model_beats_the_estimate_on_a_small_simulated_log() {
        let mut records = simulate::company(1500, 4);
        in_order(&mut records);
        let mut report = Report::default();
        add(&mut report, "", &records, 0.5).unwrap();
        let of = |all: &[Figure], name: &str| all.iter().find(|f| f.name == name).unwrap().value;
        assert!(of(&report.metrics, "mae_h") < of(&report.baselines, "human_estimate_mae_h"));
        assert!(of(&report.metrics, "pinball_log") < of(&report.baselines, "human_estimate_pinball_log"));
        assert!((0.72..0.88).contains(&of(&report.metrics, "coverage_80")));
    }
}
