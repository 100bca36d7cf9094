//! Stress or rest in windows of a minute, on unseen people [iqbal2022].
//!
//! A window's label is that of its seconds; windows that hold both are scored apart. A person that helped to fit
//! the shipped prior is scored with one fitted without that person.

use super::report::{Figure, Report};
use super::score::{auc, ece, over_people};
use crate::fit::stress::{Windows, linear, scale, signs_all, windows};
use crate::stress_predict::{Person, Row, line, people};
use std::path::Path;
use twin_models::health::stress::calibrate::{MIN_LABELS, Platt};
use twin_models::health::stress::classifier::{Channels, Prior};
use twin_models::health::stress::features::{FEATURES, name};
use twin_models::health::stress::smooth::{Filter, logistic};

const LEFT_OUT: &str = include_str!("../../priors/stress_left_out.tsv");
/// Parts of a recording by which the control rotates its signals.
const ROTATIONS: usize = 7;
/// A person answers every five minutes: each tenth window.
const ASKED: usize = 10;

/// A score, whether it was stress.
type Scored = (f64, bool);

pub(super) fn run(data: &Path) -> Result<Report, String> {
    let (people, left_out) = people(data)?;
    let shipped = Prior::shipped().ok_or("the shipped prior does not read")?;
    let left_out_priors: Vec<Prior> = LEFT_OUT.split("== ").skip(1).filter_map(part).collect();
    let prior_of = |hash: &String| {
        if !shipped.people.contains(hash) {
            return Some(&shipped);
        }
        left_out_priors.iter().find(|g| !g.people.contains(hash))
    };
    let all: Vec<Windows> = people.iter().map(windows).collect();
    let priors: Vec<&Prior> =
        all.iter().map(|w| prior_of(&w.hash)).collect::<Option<_>>().ok_or("no prior without a person")?;
    let known = all.iter().filter(|w| shipped.people.contains(&w.hash)).count();
    let said = |channels| -> Vec<Vec<f64>> {
        let one = |(w, prior): (&Windows, &&Prior)| {
            let channels = if has_conductance(w) { channels } else { Channels::Heart };
            probabilities(prior, channels, &w.rows)
        };
        all.iter().zip(&priors).map(one).collect()
    };
    let (full, heart) = (said(Channels::All), said(Channels::Heart));
    let mut report = Report {
        task: "stress".into(),
        n: all.iter().flat_map(|w| &w.rows).filter(|r| r.pure).count(),
        people: people.len(),
        ..Report::default()
    };
    for (channels, said) in [("all channels", &full), ("heart only", &heart)] {
        let rows = pick(&all, said, |r| r.pure);
        report.metrics.push(pooled(&format!("AUC, {channels}"), &rows));
        report.metrics.push(per_person(&format!("AUC per person, {channels}"), &rows));
        report
            .metrics
            .push(pooled(&format!("AUC with mixed windows, {channels}"), &pick(&all, said, |_| true)));
    }
    calibration(&mut report, &all, &full);
    baselines_and_controls(&mut report, &people, &all, &priors, &full);
    report.notes.push(format!(
        "{known} of {} people helped to fit the shipped prior and are scored with one fitted without them",
        people.len()
    ));
    report
        .notes
        .push("windows of 60 s every 30 s after three minutes; mixed ones hold stress and rest".into());
    report.notes.push(
        "the fixed order of tasks makes time alone nearly perfect: it is a control, not a model".into(),
    );
    report.notes.extend(left_out.into_iter().map(|who| format!("left out: {who}")));
    Ok(report)
}

fn part(text: &str) -> Option<Prior> {
    Prior::read(text.split_once('\n')?.1)
}

fn probabilities(prior: &Prior, channels: Channels, rows: &[Row]) -> Vec<f64> {
    let mut filter = Filter::new(prior.log_odds);
    let [slope, offset, _] = prior.linear(channels).calibration;
    rows.iter().map(|r| logistic(slope * filter.push(prior.score(&r.features, channels)) + offset)).collect()
}

/// Whether skin conductance was recorded; without it the model for hearts answers, as it does for a host.
fn has_conductance(w: &Windows) -> bool {
    let level = (0..FEATURES).find(|i| name(*i).is_some_and(|n| n == "edalevel60.raw"));
    level.is_some_and(|i| w.rows.iter().any(|r| r.features.get(i).copied().flatten().is_some()))
}

/// The scores of each person's windows that are wanted.
fn pick(all: &[Windows], said: &[Vec<f64>], wanted: impl Fn(&Row) -> bool) -> Vec<Vec<Scored>> {
    let one = |(w, said): (&Windows, &Vec<f64>)| {
        w.rows.iter().zip(said).filter(|(r, _)| wanted(r)).map(|(r, p)| (*p, r.stress)).collect()
    };
    all.iter().zip(said).map(one).collect()
}

fn pooled(name: &str, rows: &[Vec<Scored>]) -> Figure {
    Figure { interval: over_people(rows, auc), ..Figure::new(name, auc(&rows.concat())) }
}

fn per_person(name: &str, rows: &[Vec<Scored>]) -> Figure {
    let each: Vec<Vec<f64>> =
        rows.iter().map(|r| auc(r)).filter(|a| a.is_finite()).map(|a| vec![a]).collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    Figure { interval: over_people(&each, mean), ..Figure::new(name, mean(&each.concat())) }
}

fn brier(rows: &[Scored]) -> f64 {
    rows.iter().map(|(p, hit)| (p - f64::from(u8::from(*hit))).powi(2)).sum::<f64>() / rows.len() as f64
}

fn calibration(report: &mut Report, all: &[Windows], said: &[Vec<f64>]) {
    let rows = pick(all, said, |_| true).concat();
    report.metrics.push(Figure::new("Brier, new person, mixed windows too", brier(&rows)));
    report.metrics.push(Figure::new("ECE, new person, mixed windows too", ece(&rows)));
    let share = rows.iter().filter(|r| r.1).count() as f64 / rows.len() as f64;
    report.baselines.push(Figure::new("Brier of the share of stress", share * (1.0 - share)));
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for (w, said) in all.iter().zip(said) {
        let mut labels: Vec<Scored> = Vec::new();
        for (i, (row, p)) in w.rows.iter().zip(said).enumerate() {
            let odds = (p / (1.0 - p)).ln();
            if labels.len() >= MIN_LABELS
                && let Some(own) = Platt::person(&labels)
            {
                before.push((*p, row.stress));
                after.push((own.apply(odds), row.stress));
            }
            if i % ASKED == ASKED - 1 {
                labels.push((odds, row.stress));
            }
        }
    }
    report.metrics.push(Figure::new("Brier after own labels", brier(&after)));
    report.metrics.push(Figure::new("ECE after own labels", ece(&after)));
    report.baselines.push(Figure::new("Brier on those windows without own labels", brier(&before)));
    report.baselines.push(Figure::new("ECE on those windows without own labels", ece(&before)));
}

fn baselines_and_controls(
    report: &mut Report,
    people: &[Person],
    all: &[Windows],
    priors: &[&Prior],
    full: &[Vec<f64>],
) {
    let z: Vec<Vec<f64>> = all.iter().map(|w| w.rows.iter().map(|r| r.hr_z).collect()).collect();
    report.baselines.push(pooled("AUC, heart rate z alone", &pick(all, &z, |r| r.pure)));
    let plain = |(w, prior): (&Windows, &&Prior)| {
        w.rows.iter().map(|r| prior.score(&r.features, Channels::All)).collect()
    };
    let plain: Vec<Vec<f64>> = all.iter().zip(priors).map(plain).collect();
    report.baselines.push(pooled("AUC, all channels, not smoothed", &pick(all, &plain, |r| r.pure)));
    report.controls.push(pooled("AUC, time alone", &pick(all, &time_alone(all), |r| r.pure)));
    let refit = |signs| pick(all, &left_out_in_turn(all, signs), |r| r.pure);
    report.controls.push(pooled("AUC, refitted with slow levels", &refit(signs_levels)));
    report.controls.push(pooled("AUC, refitted, conductance less 2 min only", &refit(signs_quick)));
    let late: Vec<Vec<Scored>> = all.iter().zip(full).map(|(w, said)| late_rest(w, said)).collect();
    report.controls.push(pooled("AUC of the score, late rest against early", &late));
    for (half, wanted) in [("early", false), ("late", true)] {
        let one = |(rest, stress): (&Vec<Scored>, Vec<Scored>)| {
            let rest = rest.iter().filter(|(_, is_late)| *is_late == wanted).map(|(p, _)| (*p, false));
            rest.chain(stress).collect()
        };
        let rows: Vec<Vec<Scored>> =
            late.iter().zip(pick(all, full, |r| r.pure && r.stress)).map(one).collect();
        report.controls.push(pooled(&format!("AUC, stress against {half} rest only"), &rows));
    }
    for (what, of_rest) in [("all windows", false), ("rest", true)] {
        let level: Vec<Vec<f64>> =
            all.iter().zip(full).map(|(w, said)| without_time(w, said, of_rest)).collect();
        let name = format!("AUC, each person's line over time ({what}) taken out");
        report.controls.push(pooled(&name, &pick(all, &level, |r| r.pure)));
    }
    let mut rotated = Vec::new();
    for k in 1..=ROTATIONS {
        let part = k as f64 / (ROTATIONS + 1) as f64;
        let one = |(person, (w, prior)): (&Person, (&Windows, &&Prior))| {
            // the labels of the person, the signals of another time
            let said = probabilities(prior, Channels::All, &person.rotated(part).rows());
            w.rows.iter().zip(said).filter(|(r, _)| r.pure).map(|(r, p)| (p, r.stress)).collect::<Vec<_>>()
        };
        let rows: Vec<Scored> = people.iter().zip(all.iter().zip(priors)).flat_map(one).collect();
        rotated.push(auc(&rows));
    }
    let mean = rotated.iter().sum::<f64>() / rotated.len() as f64;
    report.controls.push(Figure::new("AUC, drift kept, responses rotated in time", mean));
}

/// The share of stress of the others at that time.
fn time_alone(all: &[Windows]) -> Vec<Vec<f64>> {
    let one = |(i, w): (usize, &Windows)| {
        let others = || all.iter().enumerate().filter(move |(j, _)| *j != i).flat_map(|(_, o)| &o.rows);
        let share = |row: &Row| {
            let near = |other: &&Row| (other.at_s - row.at_s).abs() <= 45.0;
            let (n, hits) = others()
                .filter(near)
                .fold((0.0, 0.0), |(n, hits), other| (n + 1.0, hits + f64::from(u8::from(other.stress))));
            (hits + 0.3) / (n + 1.0)
        };
        w.rows.iter().map(share).collect()
    };
    all.iter().enumerate().map(one).collect()
}

/// Scores of the same method fitted on the others of the folder, smoothed.
fn left_out_in_turn(all: &[Windows], signs: fn(usize) -> Option<f64>) -> Vec<Vec<f64>> {
    let one = |(i, w): (usize, &Windows)| {
        let rest = all.iter().enumerate().filter(|(j, _)| *j != i).flat_map(|(_, o)| &o.rows);
        let rows: Vec<&Row> = rest.filter(|r| r.pure).collect();
        let scale = scale(&rows);
        let prior = Prior {
            people: Vec::new(),
            log_odds: -0.7,
            all: linear(&rows, &scale, signs),
            heart: linear(&[], &scale, |_| None),
            scale,
        };
        probabilities(&prior, Channels::All, &w.rows)
    };
    all.iter().enumerate().map(one).collect()
}

/// Levels of skin conductance and temperature in any direction, beside what the model has.
fn signs_levels(feature: usize) -> Option<f64> {
    let level = name(feature).is_some_and(|n| n.starts_with("edalevel60") || n.starts_with("temp60"));
    if level { Some(0.0) } else { signs_all(feature) }
}

fn signs_quick(feature: usize) -> Option<f64> {
    signs_all(feature).filter(|_| name(feature).is_none_or(|n| n != "edalevel60.d300"))
}

/// Rest only: the score, and whether it lies in the later half.
fn late_rest(w: &Windows, said: &[f64]) -> Vec<Scored> {
    let rest: Vec<(f64, f64)> =
        w.rows.iter().zip(said).filter(|(r, _)| r.pure && !r.stress).map(|(r, p)| (r.at_s, *p)).collect();
    let middle = rest.get(rest.len() / 2).map_or(0.0, |r| r.0);
    rest.iter().map(|(t, p)| (*p, *t > middle)).collect()
}

/// Log odds less the line over time that was fitted to all windows or to rest only.
fn without_time(w: &Windows, said: &[f64], of_rest: bool) -> Vec<f64> {
    let odds = || w.rows.iter().zip(said).map(|(r, p)| (r, (p / (1.0 - p)).ln()));
    let points: Vec<(f64, f64)> =
        odds().filter(|(r, _)| !of_rest || !r.stress).map(|(r, x)| (r.at_s, x)).collect();
    let (_, slope) = line(&points);
    odds().map(|(r, x)| x - slope * r.at_s).collect()
}
