//! Hours finished in the coming weeks: every week forecast one to eight weeks ahead from those before, beside the
//! median of the last 13 weeks.
//!
//! No public log of hours is at hand. The default runs on logs of simulated companies, and on two recordings that
//! stand in for lumpy weeks: hours trained by the people of PMData, and story points of five issues at a time in
//! the order of their keys. `--csv` takes finished tasks (`person`, `actual_h`, `completed_at`), and adds the sum of
//! all people.

mod series;

use super::Asked;
use super::report::{Figure, Report};
use super::score;
use series::Series;
use std::collections::BTreeMap;
use twin_models::capacity::ets::Ets;
use twin_models::capacity::weekly::{MAX_HORIZON, Weekly};

/// Weeks before the first forecast that counts: what the baseline needs.
const FIRST: usize = 13;
/// Names of the simple forecasts.
const SIMPLE: [&str; 6] = ["median_13", "median_4", "median_26", "mean_all", "ses_03", "last"];

#[derive(Clone)]
struct Row {
    horizon: usize,
    was: f64,
    said: f64,
    mean: f64,
    inside: bool,
    width: f64,
    simple: [f64; SIMPLE.len()],
}

pub(super) fn run(asked: &Asked) -> Result<Report, String> {
    let mut report = Report { task: "capacity_weekly".into(), ..Report::default() };
    let mut kinds: BTreeMap<&'static str, Vec<Vec<Row>>> = BTreeMap::new();
    let all = match &asked.csv {
        Some(file) => series::from_csv(file)?,
        None => series::stand_ins(asked.folder()?)?,
    };
    for Series { kind, weeks } in &all {
        let rows = rows(weeks);
        if !rows.is_empty() {
            kinds.entry(kind).or_default().push(rows);
        }
    }
    if kinds.is_empty() {
        return Err("no series of more than 13 weeks".into());
    }
    for (kind, series) in &kinds {
        add(&mut report, kind, series);
        report.notes.push(format!("{kind}: {} series", series.len()));
    }
    report.notes.extend(
        all.iter()
            .map(|s| s.kind)
            .collect::<std::collections::BTreeSet<_>>()
            .iter()
            .map(|k| series::about(k).to_owned()),
    );
    report.notes.push(format!(
        "forecasts from week {FIRST} of a series on, 1 to {MAX_HORIZON} weeks ahead, from the weeks before alone; \
         gains are of the mean absolute error of the median, intervals over series"
    ));
    Ok(report)
}

fn rows(weeks: &[f64]) -> Vec<Row> {
    let mut forecaster = Weekly::default();
    let mut rows = Vec::new();
    for (i, week) in weeks.iter().enumerate() {
        forecaster.observe(Some(*week));
        let past = weeks.get(..=i).unwrap_or_default();
        let Some(ahead) = forecaster.forecast(MAX_HORIZON).filter(|_| past.len() >= FIRST) else { continue };
        let simple = simple(past);
        for ((h, said), was) in ahead.iter().enumerate().zip(weeks.iter().skip(i + 1)) {
            rows.push(Row {
                horizon: h + 1,
                was: *was,
                said: said.median,
                mean: said.mean,
                inside: (said.low..=said.high).contains(was),
                width: said.high - said.low,
                simple,
            });
        }
    }
    rows
}

fn simple(past: &[f64]) -> [f64; SIMPLE.len()] {
    let last = |n: usize| past.get(past.len().saturating_sub(n)..).unwrap_or_default();
    let median = |n: usize| twin_models::stats::median(&mut last(n).to_vec()).unwrap_or(f64::NAN);
    let mean = past.iter().sum::<f64>() / past.len() as f64;
    let level = Ets { alpha: 0.3, level: last(past.len()).first().copied().unwrap_or(0.0), ..Ets::default() };
    let smoothed = level.run(past).map_or(mean, |s| s.last.level);
    [median(13), median(4), median(26), mean, smoothed, past.last().copied().unwrap_or(f64::NAN)]
}

fn mae(rows: &[Row], said: impl Fn(&Row) -> f64) -> f64 {
    score::mae(&rows.iter().map(|r| (said(r), r.was)).collect::<Vec<_>>())
}

fn of(row: &Row, i: usize) -> f64 {
    row.simple.get(i).copied().unwrap_or(f64::NAN)
}

fn gain(rows: &[Row]) -> f64 {
    100.0 * (1.0 - mae(rows, |r| r.said) / mae(rows, |r| of(r, 0)))
}

fn add(report: &mut Report, kind: &str, series: &[Vec<Row>]) {
    let all = series.concat();
    report.n += all.len();
    report.people += series.len();
    let figure = |name: &str, score: &dyn Fn(&[Row]) -> f64| Figure {
        name: format!("{kind}_{name}"),
        value: score(&all),
        interval: score::over_people(series, score),
    };
    let share = |r: &[Row]| r.iter().filter(|r| r.inside).count() as f64 / r.len() as f64;
    report.metrics.push(figure("mae", &|r| mae(r, |r| r.said)));
    report.metrics.push(figure("mae_gain_on_median_13_pct", &gain));
    report.metrics.push(figure("coverage_80", &share));
    let single = |name: String, value: f64| Figure::new(&format!("{kind}_{name}"), value);
    let width = all.iter().map(|r| r.width).sum::<f64>() / all.len() as f64;
    report.metrics.push(single("interval_width".into(), width));
    let bias = all.iter().map(|r| r.mean - r.was).sum::<f64>() / all.len() as f64;
    report.metrics.push(single("bias_of_mean".into(), bias));
    for horizon in [1, 4, MAX_HORIZON] {
        let rows: Vec<Row> = all.iter().filter(|r| r.horizon == horizon).cloned().collect();
        if !rows.is_empty() {
            report.metrics.push(single(format!("gain_{horizon}_ahead_pct"), gain(&rows)));
            report.metrics.push(single(format!("coverage_{horizon}_ahead"), share(&rows)));
        }
    }
    let better = series.iter().filter(|rows| gain(rows) > 0.0).count() as f64 / series.len() as f64;
    report.metrics.push(single("share_of_series_better".into(), better));
    for (i, name) in SIMPLE.iter().enumerate() {
        report.baselines.push(single(format!("{name}_mae"), mae(&all, |r| of(r, i))));
    }
}
