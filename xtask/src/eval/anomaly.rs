//! Illness-like episodes put into recordings of resting heart rate, and into several simulated channels.
//!
//! Alerts are judged by episode: an episode is found when an alert falls on one of its days or the two after;
//! an alert elsewhere is false. What is in the recordings themselves (illness, alcohol, travel) is not known
//! and counts as false, so precision is a lower bound.

mod inject;
mod people;

use super::report::{Figure, Report};
use super::score::{ece, over_people};
use inject::{Case, several_channels};
use std::path::Path;
use twin_models::health::anomaly::night::{AnomalyNight, Night, RED, SUREST, State};
use twin_models::health::anomaly::night_signal::{NightAlert, night_signal};
use twin_models::health::anomaly::state::{anomaly_nights, anomaly_nights_from};
use twin_models::health::baseline::robust::{RobustOptions, robust};

/// Days at the start that are only learnt from.
const FIRST_DAY: usize = 28;
/// Days after an episode on which an alert still counts.
const GRACE: usize = 2;
/// Times that episodes are drawn anew into each recording.
const DRAWS: u64 = 20;

/// What became of one recording: episodes found of all, alerts that were true and false, days.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    found: f64,
    episodes: f64,
    hits: f64,
    false_alerts: f64,
    days: f64,
}

/// A way to raise alerts: the nights on which it does.
type Detector = fn(&[Night]) -> Vec<usize>;

/// The task.
pub(super) fn anomaly(dir: &Path) -> Result<Report, String> {
    let people = people::resting_heart_rates(dir)?;
    let mut report = Report { task: "anomaly".into(), people: people.len(), ..Report::default() };
    let one: Vec<Vec<Case>> = people.iter().map(|p| inject::into_heart_rate(p, false, DRAWS)).collect();
    let slow: Vec<Vec<Case>> = people.iter().map(|p| inject::into_heart_rate(p, true, DRAWS)).collect();
    let simulated: Vec<Vec<Case>> = (0..40).map(|seed| several_channels(None, seed, 1)).collect();
    let real: Vec<Vec<Case>> = people.iter().map(|p| several_channels(Some(p), p.seed, DRAWS)).collect();
    report.n = one.iter().flatten().map(|c| c.episodes.len()).sum();
    for (name, cases) in [("one channel", &one), ("one channel, slow rise", &slow)] {
        report.metrics.extend(figures(name, cases, alerts));
    }
    report.metrics.extend(figures("several channels, simulated", &simulated, alerts));
    report.metrics.extend(figures("several channels, real heart rate", &real, alerts));
    report.metrics.extend(probabilities("one channel", &one));
    report.metrics.extend(probabilities("several channels, simulated", &simulated));
    report.metrics.extend(probabilities("several channels, real heart rate", &real));
    for (name, detector) in BASELINES {
        report.baselines.extend(figures(&format!("one channel, {name}"), &one, *detector));
    }
    for (name, detector) in BASELINES {
        report.baselines.extend(figures(&format!("simulated heart rate, {name}"), &simulated, *detector));
    }
    report.controls.extend(figures("one channel, no episode put in", &quiet(&one), alerts));
    report.controls.extend(figures("several channels, events not logged", &simulated, alerts_without_log));
    report
        .controls
        .push(Figure::new("several channels, share of logged events with an alert", on_events(&simulated)));
    report.notes = vec![
        format!(
            "thresholds {:?}; baselines use heart rate alone, two nights in a row, one alert in 7 days",
            RED
        ),
        "one episode in 40 days; precision falls with rarer episodes".into(),
        leave_person_out("one channel", 0.9, &one),
        leave_person_out("several channels, simulated", 0.97, &simulated),
        leave_person_out("several channels, real heart rate", 0.97, &real),
    ];
    Ok(report)
}

fn alerts(nights: &[Night]) -> Vec<usize> {
    judged(&anomaly_nights(nights))
}

fn judged(nights: &[AnomalyNight]) -> Vec<usize> {
    nights.iter().enumerate().filter(|(_, n)| n.alert).map(|(day, _)| day).collect()
}

fn alerts_without_log(nights: &[Night]) -> Vec<usize> {
    let bare: Vec<Night> = nights.iter().map(|n| Night { causes: Vec::new(), ..n.clone() }).collect();
    alerts(&bare)
}

const BASELINES: &[(&str, Detector)] = &[
    ("NightSignal red", |nights| {
        let red = night_signal(&rates(nights)).into_iter().map(|a| a == NightAlert::Red).collect::<Vec<_>>();
        spaced(&red)
    }),
    ("14-d z > 3", |nights| robust_above(nights, 14, 3.0)),
    ("14-d z > 4", |nights| robust_above(nights, 14, 4.0)),
    ("28-d z > 5", |nights| robust_above(nights, 28, 5.0)),
];

fn rates(nights: &[Night]) -> Vec<Option<f64>> {
    nights.iter().map(|n| n.resting_hr).collect()
}

fn robust_above(nights: &[Night], days: usize, least: f64) -> Vec<usize> {
    let options =
        RobustOptions { days, min_location: 7, min_scale: 7, floor: 1.0, ..RobustOptions::default() };
    let high: Vec<bool> =
        robust(&rates(nights), None, &options).iter().map(|d| d.z.is_some_and(|z| z > least)).collect();
    let before = std::iter::once(false).chain(high.iter().copied());
    spaced(&high.iter().zip(before).map(|(a, b)| *a && b).collect::<Vec<_>>())
}

/// The first of each run of flagged days, runs less than 7 days apart being one.
fn spaced(flags: &[bool]) -> Vec<usize> {
    let mut last: Option<usize> = None;
    let mut out = Vec::new();
    for day in flags.iter().enumerate().filter(|(_, f)| **f).map(|(day, _)| day) {
        if last.is_none_or(|l| day - l > 7) {
            out.push(day);
        }
        last = Some(day);
    }
    out
}

fn tally(case: &Case, raised: &[usize]) -> Tally {
    let raised: Vec<usize> = raised.iter().copied().filter(|day| *day >= FIRST_DAY).collect();
    let meets = |day: usize, (first, last): &(usize, usize)| (*first..=last + GRACE).contains(&day);
    let hits = raised.iter().filter(|d| case.episodes.iter().any(|e| meets(**d, e))).count();
    let found = case.episodes.iter().filter(|e| raised.iter().any(|d| meets(*d, e))).count();
    Tally {
        found: found as f64,
        episodes: case.episodes.len() as f64,
        hits: hits as f64,
        false_alerts: (raised.len() - hits) as f64,
        days: case.nights.len().saturating_sub(FIRST_DAY) as f64,
    }
}

fn recall(rows: &[Tally]) -> f64 {
    rows.iter().map(|t| t.found).sum::<f64>() / rows.iter().map(|t| t.episodes).sum::<f64>()
}

fn precision(rows: &[Tally]) -> f64 {
    let hits: f64 = rows.iter().map(|t| t.hits).sum();
    hits / (hits + rows.iter().map(|t| t.false_alerts).sum::<f64>())
}

fn false_rate(rows: &[Tally]) -> f64 {
    100.0 * rows.iter().map(|t| t.false_alerts).sum::<f64>() / rows.iter().map(|t| t.days).sum::<f64>()
}

fn figures(name: &str, people: &[Vec<Case>], detector: Detector) -> Vec<Figure> {
    let rows: Vec<Vec<Tally>> =
        people.iter().map(|cases| cases.iter().map(|c| tally(c, &detector(&c.nights))).collect()).collect();
    let all: Vec<Tally> = rows.iter().flatten().copied().collect();
    let figure = |what: &str, score: fn(&[Tally]) -> f64| Figure {
        name: format!("{name}: {what}"),
        value: score(&all),
        interval: over_people(&rows, score),
    };
    let mut out = Vec::new();
    if all.iter().any(|t| t.episodes > 0.0) {
        out.push(figure("precision", precision));
        out.push(figure("recall", recall));
    }
    out.push(figure("false alerts per 100 days", false_rate));
    out
}

/// The recordings as they are.
fn quiet(people: &[Vec<Case>]) -> Vec<Vec<Case>> {
    let bare = |c: &Case| Case { nights: c.background.clone(), episodes: Vec::new(), background: Vec::new() };
    people.iter().map(|cases| cases.first().map(bare).into_iter().collect()).collect()
}

/// Share of logged events of which an alert came on the night, outside episodes.
fn on_events(people: &[Vec<Case>]) -> f64 {
    let (mut events, mut alerted) = (0.0, 0.0);
    for case in people.iter().flatten() {
        let raised = alerts(&case.nights);
        for (day, night) in case.nights.iter().enumerate().filter(|(_, n)| !n.causes.is_empty()) {
            let ill =
                case.episodes.iter().any(|(first, last)| (*first..=last + GRACE + 1).contains(&(day + 1)));
            if !ill && !night.causes.is_empty() {
                events += 1.0;
                alerted += f64::from(u8::from(raised.contains(&(day + 1)) || raised.contains(&(day + 2))));
            }
        }
    }
    alerted / events
}

/// Whether the probability of yellow nights and alerts is right, and the logistic that would fit
/// nights without an alert best, where at least a strength of 1 is unexplained.
fn probabilities(name: &str, people: &[Vec<Case>]) -> Vec<Figure> {
    let (mut said, mut other) = (Vec::new(), Vec::new());
    for case in people.iter().flatten() {
        for (day, night) in anomaly_nights(&case.nights).iter().enumerate().skip(FIRST_DAY) {
            let ill = case.episodes.iter().any(|(first, last)| (*first..=last + GRACE).contains(&day));
            let (Some(p), Some(unexplained)) = (night.probability(), night.unexplained) else { continue };
            if night.state == State::Yellow || night.alert {
                said.push((p, ill));
            }
            if night.state != State::Red && unexplained >= 1.0 {
                other.push((unexplained.min(SUREST), ill));
            }
        }
    }
    let (intercept, slope) = logistic(&other);
    vec![
        Figure::new(&format!("{name}: calibration error of the probability"), ece(&said)),
        Figure::new(&format!("{name}: best intercept"), intercept),
        Figure::new(&format!("{name}: best slope"), slope),
    ]
}

/// Newton's method for a logistic of one input.
fn logistic(rows: &[(f64, bool)]) -> (f64, f64) {
    let (mut a, mut b) = (0.0, 0.0);
    for _ in 0..30 {
        let (mut ga, mut gb, mut haa, mut hab, mut hbb) = (0.0, 0.0, 1e-6, 0.0, 1e-6);
        for (x, hit) in rows {
            let p: f64 = 1.0 / (1.0 + f64::exp(-a - b * x));
            let (error, weight) = (f64::from(u8::from(*hit)) - p, p * (1.0 - p));
            ga += error;
            gb += error * x;
            haa += weight;
            hab += weight * x;
            hbb += weight * x * x;
        }
        let determinant = haa * hbb - hab * hab;
        a += (hbb * ga - hab * gb) / determinant;
        b += (haa * gb - hab * ga) / determinant;
    }
    (a, b)
}

/// The rule that gave the threshold, once for each person without that person.
fn leave_person_out(name: &str, wanted: f64, people: &[Vec<Case>]) -> String {
    const GRID: [f64; 9] = [2.5, 2.75, 3.0, 3.2, 3.4, 3.6, 3.8, 4.0, 4.25];
    let at = |cases: &[Case], least: f64| -> Vec<Tally> {
        let raise = |c: &Case| judged(&anomaly_nights_from(&c.nights, (least, least)));
        cases.iter().take(6).map(|c| tally(c, &raise(c))).collect()
    };
    let grid: Vec<Vec<Vec<Tally>>> =
        GRID.iter().map(|least| people.iter().map(|cases| at(cases, *least)).collect()).collect();
    let all = |rows: &Vec<Vec<Tally>>| rows.iter().flatten().copied().collect::<Vec<_>>();
    let table: Vec<String> = GRID
        .iter()
        .zip(&grid)
        .map(|(least, rows)| format!("{least}: {:.2}/{:.2}", precision(&all(rows)), recall(&all(rows))))
        .collect();
    let mut kept = Vec::new();
    let mut chosen = Vec::new();
    for left_out in 0..people.len() {
        let without = |rows: &Vec<Vec<Tally>>| -> Vec<Tally> {
            let others = rows.iter().enumerate().filter(|(i, _)| *i != left_out);
            others.flat_map(|(_, t)| t.iter().copied()).collect()
        };
        let first =
            grid.iter().position(|rows| precision(&without(rows)) >= wanted).unwrap_or(GRID.len() - 1);
        chosen.extend(GRID.get(first).copied());
        kept.extend(grid.get(first).and_then(|rows| rows.get(left_out)).into_iter().flatten().copied());
    }
    format!(
        "{name}: precision/recall by threshold {}; least threshold with precision {wanted} on the other people: \
         {} to {}; with it on the person left out precision {:.3}, recall {:.3}",
        table.join(", "),
        chosen.iter().copied().fold(f64::INFINITY, f64::min),
        chosen.iter().copied().fold(0.0, f64::max),
        precision(&kept),
        recall(&kept)
    )
}
