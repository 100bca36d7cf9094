//! Hours of tasks along a company's log: `eval duration [--csv FILE] [--warm SHARE]`, or on simulated ones
//! `[--seed N] [--company own|other|published|booking] [--dump FILE]`.
//!
//! Each task is forecast from what was completed before the day it was estimated, by a model that learns task by task
//! and is fitted anew at night; nothing is chosen on the rows of a file that are scored. Without a file four simulated
//! companies stand in, which prove nothing about real ones: the model's constants were chosen on other seeds of them.

mod log;
mod published;
mod reading;
mod simulate;
mod table;

use super::report::{Figure, Report};
use super::score;

use log::{Record, SIMPLE, Scored};
use std::path::Path;
use twin_models::capacity::duration::LEVELS;

/// Columns of a log.
const COLUMNS: &str =
    "task_id,person,type,subtype,project,requester,priority,estimate_h,actual_h,estimated_at,completed_at";
/// Share of rows before the first forecast.
const WARM: f64 = 0.3;
/// Tasks of a simulated company.
const TASKS: usize = 10_000;
/// Estimates from which on a task is large, h.
const LARGE_H: f64 = 14.0;
/// Seed of the simulated companies; the model's constants were chosen on seed 1.
const SEED: u64 = 11;
/// Makes so many tasks from a seed.
type Company = fn(usize, u64) -> Vec<Record>;
/// Simulated companies by name.
const COMPANIES: [(&str, Company); 4] = [
    ("own", simulate::company),
    ("other", simulate::other_company),
    ("published", published::published_company),
    ("booking", published::booking_company),
];

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
        let log = reading::read(Path::new(file))?;
        report.notes.extend(log.notes());
        add(&mut report, "", &log.records, warm)?;
    } else {
        let seed = table::option(args, "--seed")?
            .map_or(Ok(SEED), |s| s.parse().map_err(|_| "`--seed` is a whole number"))?;
        let asked = table::option(args, "--company")?;
        let companies: Vec<_> = COMPANIES.iter().filter(|c| asked.is_none_or(|name| name == c.0)).collect();
        let first = companies.first().ok_or("`--company` is own, other, published or booking")?;
        if let Some(file) = table::option(args, "--dump")? {
            let records = first.1(TASKS, seed);
            std::fs::write(file, dump(&records)).map_err(|e| format!("cannot write `{file}`: {e}"))?;
            report.notes.push(format!("wrote {} simulated tasks to {file}", records.len()));
            return Ok(report);
        }
        report.notes.push(
            "SIMULATED, no evidence of real companies: `own_` is of the model's own form, `other_` of another, \
             `published_` and `booking_` of how people are known to book hours; give --csv for a real log"
                .into(),
        );
        for (name, company) in companies {
            let mut records = company(TASKS, seed);
            in_order(&mut records);
            add(&mut report, &format!("{name}_"), &records, warm)?;
        }
    }
    report.notes.push(format!(
        "the first {:.0} % by completion are not scored; what was completed on the day of an estimate or later is not \
         known to it",
        100.0 * warm
    ));
    report.notes.push(
        "mae_h, mdae_h: of the median, hours (large: estimated as 14 h and more); pinball_log: on log hours, of .1 .5 .8 .9 (nine: of .1 to .9); baselines say \
         one number for all quantiles"
            .into(),
    );
    Ok(report)
}

fn in_order(records: &mut [Record]) {
    records.sort_by(|a, b| a.completed.total_cmp(&b.completed));
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
    let large: Vec<(f64, f64)> = scored
        .iter()
        .filter(|s| s.record.task.estimate_h.is_some_and(|e| e >= LARGE_H))
        .map(|s| (s.said.q50_h, s.record.actual_h))
        .collect();
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
    if !large.is_empty() {
        let estimate: Vec<(f64, f64)> = scored
            .iter()
            .filter_map(|s| Some((s.record.task.estimate_h.filter(|e| *e >= LARGE_H)?, s.record.actual_h)))
            .collect();
        report.metrics.push(figure("mae_large_h", score::mae(&large)));
        report.baselines.push(figure("human_estimate_mae_large_h", score::mae(&estimate)));
    }
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
    fn a_log_survives_its_table() {
        let file = std::env::temp_dir().join(format!("duration_{}.csv", std::process::id()));
        let records = simulate::company(300, 3);
        std::fs::write(&file, dump(&records)).unwrap();
        let back = reading::read(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert_eq!((back.records.len(), back.notes()), (300, Vec::new()));
        let of = |all: &[Record]| all.iter().find(|r| r.id == "17").cloned().unwrap();
        let (there, here) = (of(&records), of(&back.records));
        assert_eq!((there.task, there.actual_h), (here.task, here.actual_h));
        assert_eq!(there.completed + 16_436.0, here.completed.floor());
    }

    #[test]
    fn simulated_companies_are_as_published() {
        for (name, company) in &COMPANIES[2..] {
            let records = company(4000, 5);
            let share = |of: &dyn Fn(f64) -> bool| {
                let ratios = records.iter().map(|r| r.actual_h / r.task.estimate_h.unwrap());
                ratios.filter(|r| of(*r)).count() as f64 / records.len() as f64
            };
            let (exact, twice, four) = (
                share(&|r| (r - 1.0).abs() < 1e-6),
                share(&|r| (0.5..=2.0).contains(&r)),
                share(&|r| (0.25..=4.0).contains(&r)),
            );
            assert!((0.2..0.45).contains(&exact), "{name} {exact}");
            assert!((0.65..0.88).contains(&twice) && (0.9..0.98).contains(&four), "{name} {twice} {four}");
            assert!(records.iter().all(|r| r.actual_h > 0.0 && r.estimated <= Some(r.completed)));
        }
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
