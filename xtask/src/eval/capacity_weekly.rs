//! Hours finished in the coming weeks: every week forecast one to eight weeks ahead from those before, beside the
//! median of the last 13 weeks.
//!
//! No public log of hours is at hand. The default runs on simulated people and companies of several forms, and on
//! recordings that stand in: hours trained, exercised and moved by the people of PMData, and story points of five
//! issues at a time in the order of their keys. `--csv` takes finished tasks (`person`, `actual_h`, `completed_at`,
//! further columns are not needed; the table of `eval duration` will do), and adds the sum of all people.

mod forms;
mod log;
mod series;

use super::Asked;
use super::report::{Figure, Report};
use super::score;
use series::Series;
use std::collections::BTreeMap;
use twin_models::capacity::ets::Ets;
use twin_models::capacity::weekly::{MAX_HORIZON, Weekly};

/// Known weeks before the first forecast that counts: what the baseline needs.
const FIRST: usize = 13;
/// Names of the simple forecasts.
const SIMPLE: [&str; 6] = ["median_13", "median_4", "median_26", "mean_all", "ses_03", "last"];
/// Weeks of which less is open say nothing of a full one, as in `capacity_forecast`.
const MIN_OPEN: f64 = 0.2;

/// What was off in the forecasts of one series for one distance: sums over weeks.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    n: f64,
    own: f64,
    simple: [f64; SIMPLE.len()],
    inside: f64,
    width: f64,
    bias: f64,
}

/// By distance, the next week first.
type Tallies = [Tally; MAX_HORIZON];

pub(super) fn run(asked: &Asked) -> Result<Report, String> {
    let mut report = Report { task: "capacity_weekly".into(), ..Report::default() };
    let all = match &asked.csv {
        Some(file) => {
            let (all, notes) = log::from_csv(file)?;
            report.notes.extend(notes);
            all
        }
        None => series::stand_ins(asked.folder()?)?,
    };
    let mut kinds: BTreeMap<&'static str, Vec<Tallies>> = BTreeMap::new();
    for series in &all {
        let tallies = tallies(series);
        if tallies.iter().any(|t| t.n > 0.0) {
            kinds.entry(series.kind).or_default().push(tallies);
        }
    }
    if kinds.is_empty() {
        return Err(format!("no series of more than 13 weeks; {}", report.notes.join("; ")));
    }
    for (kind, series) in &kinds {
        add(&mut report, kind, series);
        report.notes.push(format!("{kind}: {} series", series.len()));
        report.notes.push(series::about(kind));
    }
    report.notes.push(format!(
        "forecasts from the {FIRST}th known week of a series on, 1 to {MAX_HORIZON} weeks ahead, from the weeks before \
         alone; ratios and gains are of the mean absolute error of the median, their intervals of series drawn again \
         with both errors"
    ));
    Ok(report)
}

fn tallies(series: &Series) -> Tallies {
    let mut tallies = Tallies::default();
    let mut forecaster = Weekly::default();
    let mut past = Vec::new();
    let open = |i: usize| series.open.as_ref().and_then(|open| open.get(i)).copied().unwrap_or(1.0);
    for (i, week) in series.weeks.iter().enumerate() {
        forecaster.observe(week.filter(|_| open(i) >= MIN_OPEN).map(|hours| hours / open(i)));
        past.extend(*week);
        let Some(ahead) = forecaster.forecast(MAX_HORIZON).filter(|_| past.len() >= FIRST) else { continue };
        let simple = simple(&past);
        let coming = (i + 1..).zip(series.weeks.iter().skip(i + 1));
        for ((tally, said), (at, was)) in tallies.iter_mut().zip(&ahead).zip(coming) {
            let Some(was) = was else { continue };
            let share = open(at);
            tally.n += 1.0;
            tally.own += (share * said.median - was).abs();
            tally.simple.iter_mut().zip(simple).for_each(|(sum, simple)| *sum += (simple - was).abs());
            let inside = (share * said.low..=share * said.high).contains(was);
            tally.inside += f64::from(u8::from(inside));
            tally.width += share * (said.high - said.low);
            tally.bias += share * said.mean - was;
        }
    }
    tallies
}

fn simple(past: &[f64]) -> [f64; SIMPLE.len()] {
    let last = |n: usize| past.get(past.len().saturating_sub(n)..).unwrap_or_default();
    let median = |n: usize| twin_models::stats::median(&mut last(n).to_vec()).unwrap_or(f64::NAN);
    let mean = past.iter().sum::<f64>() / past.len() as f64;
    let level = Ets { alpha: 0.3, level: past.first().copied().unwrap_or(0.0), ..Ets::default() };
    let smoothed = level.run(past).map_or(mean, |s| s.last.level);
    [median(13), median(4), median(26), mean, smoothed, past.last().copied().unwrap_or(f64::NAN)]
}

fn mean(tallies: &[Tally], of: impl Fn(&Tally) -> f64) -> f64 {
    tallies.iter().map(of).sum::<f64>() / tallies.iter().map(|t| t.n).sum::<f64>()
}

fn of_median(tally: &Tally) -> f64 {
    tally.simple.first().copied().unwrap_or(f64::NAN)
}

/// The error in shares of that of the median.
fn ratio(tallies: &[Tally]) -> f64 {
    mean(tallies, |t| t.own) / mean(tallies, of_median)
}

fn gain(tallies: &[Tally]) -> f64 {
    100.0 * (1.0 - ratio(tallies))
}

fn add(report: &mut Report, kind: &str, series: &[Tallies]) {
    let all: Vec<Vec<Tally>> = series.iter().map(|tallies| tallies.to_vec()).collect();
    let n: f64 = all.iter().flatten().map(|t| t.n).sum();
    report.n += n as usize;
    report.people += series.len();
    let figure = |name: String, series: &[Vec<Tally>], score: &dyn Fn(&[Tally]) -> f64| Figure {
        name: format!("{kind}_{name}"),
        value: score(&series.concat()),
        interval: score::over_people(series, score),
    };
    let share = |t: &[Tally]| mean(t, |t| t.inside);
    report.metrics.push(figure("mae".into(), &all, &|t| mean(t, |t| t.own)));
    report.metrics.push(figure("mae_ratio".into(), &all, &ratio));
    report.metrics.push(figure("mae_gain_on_median_13_pct".into(), &all, &gain));
    report.metrics.push(figure("coverage_80".into(), &all, &share));
    let single = |name: String, value: f64| Figure::new(&format!("{kind}_{name}"), value);
    let every = all.concat();
    report.metrics.push(single("interval_width".into(), mean(&every, |t| t.width)));
    report.metrics.push(single("bias_of_mean".into(), mean(&every, |t| t.bias)));
    for horizon in [1, 4, MAX_HORIZON] {
        let at = |tallies: &Tallies| tallies.get(horizon - 1).filter(|t| t.n > 0.0).map(|t| vec![*t]);
        let known: Vec<Vec<Tally>> = series.iter().filter_map(at).collect();
        if !known.is_empty() {
            report.metrics.push(figure(format!("gain_{horizon}_ahead_pct"), &known, &gain));
            report.metrics.push(single(format!("coverage_{horizon}_ahead"), share(&known.concat())));
        }
    }
    let better = all.iter().filter(|tallies| gain(tallies) > 0.0).count() as f64 / all.len() as f64;
    report.metrics.push(single("share_of_series_better".into(), better));
    for (i, name) in SIMPLE.iter().enumerate() {
        let error = |t: &Tally| t.simple.get(i).copied().unwrap_or(f64::NAN);
        report.baselines.push(single(format!("{name}_mae"), mean(&every, error)));
    }
}
