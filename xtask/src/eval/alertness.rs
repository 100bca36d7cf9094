//! Reaction time under nights of 3 hours [belenky2003]: does predicted fatigue follow it?
//!
//! Nights of 8 h (23–07) up to day 2, then 3 h (04–07); tests at 9, 12, 15 and 21 h. Days 0 and 1 are practice.

use super::report::{Figure, Report};
use super::score::{mae, over_people};
use std::collections::BTreeMap;
use std::path::Path;
use twin_models::health::alertness::{Sleep, three_process, two_process, unified, walk};

/// The last day after a night of 8 h.
const BASELINE_DAY: usize = 2;
/// The last day that a prediction may look at.
const KNOWN_DAY: usize = 4;
/// Hours of the tests.
const TESTS_H: [f64; 4] = [9.0, 12.0, 15.0, 21.0];
/// Days with nights of 8 h before the first.
const LEAD_DAYS: usize = 7;
const DAYS: usize = 10;
/// Another order of the days.
const MIXED: [usize; DAYS] = [0, 1, 6, 3, 9, 4, 8, 2, 7, 5];

type Days = [f64; DAYS];

/// Runs the task on `DIR/sleep_restriction/sleepstudy.csv`.
pub(super) fn run(dir: &Path) -> Result<Report, String> {
    let people = read(&dir.join("sleep_restriction/sleepstudy.csv"))?;
    let mut report = Report { task: "alertness".into(), people: people.len(), ..Report::default() };
    report.n = people.len() * (DAYS - 1 - KNOWN_DAY);
    let line: Days = std::array::from_fn(|day| day as f64);
    let models =
        [("unified", unified_days(3.0)), ("three_process", three_days()), ("two_process", two_days())];
    for (name, predicted) in &models {
        let rows: Vec<Vec<Days>> = people.iter().map(|p| vec![*p]).collect();
        let follows = |drawn: &[Days]| correlation(predicted, drawn);
        report.metrics.push(figure(&format!("correlation {name}"), &rows, follows));
    }
    for (name, predicted) in &models {
        report.metrics.push(error(&format!("mae ms {name}, slope of the others"), &people, |i, d| {
            forecast(&people, i, predicted, false, d)
        }));
    }
    report.metrics.push(error("mae ms unified, own slope shrunk", &people, |i, d| {
        forecast(&people, i, &models[0].1, true, d)
    }));
    let known = |i: usize| people.get(i).and_then(|p| p.get(BASELINE_DAY..=KNOWN_DAY)).unwrap_or_default();
    report.baselines.push(error("mae ms last value", &people, |i, _| known(i).last().copied()));
    report.baselines.push(error("mae ms person mean", &people, |i, _| Some(mean(known(i)))));
    report.baselines.push(error("mae ms running median", &people, |i, _| {
        twin_models::stats::median(&mut known(i).to_vec())
    }));
    report.baselines.push(error("mae ms ewma 3 d", &people, |i, _| {
        let fade = 0.5_f64.powf(1.0 / 3.0);
        let (sum, weight) = known(i).iter().fold((0.0, 0.0), |(s, w), x| (s * fade + x, w * fade + 1.0));
        Some(sum / weight)
    }));
    report.baselines.push(error("mae ms linear trend, slope of the others", &people, |i, d| {
        forecast(&people, i, &line, false, d)
    }));
    report.baselines.push(error("mae ms linear trend, own slope shrunk", &people, |i, d| {
        forecast(&people, i, &line, true, d)
    }));
    let mixed = models.first().map(|(_, days)| MIXED.map(|d| days.get(d).copied().unwrap_or(f64::NAN)));
    report.controls.push(error("mae ms unified, days in another order", &people, |i, d| {
        forecast(&people, i, mixed.as_ref()?, false, d)
    }));
    for figures in [&mut report.metrics, &mut report.baselines, &mut report.controls] {
        // what needs more people than there are
        figures.retain(|f| f.value.is_finite());
    }
    report.notes.push("slope of the others: least squares within persons on days 2-9 of all but the person predicted; the person's level is the mean of days 2-4".into());
    report.notes.push("any curve that rises day by day is about as good at the errors; what the model adds is that its shape was not fitted".into());
    report.notes.push("own slope shrunk: the person's slope on days 2-4 with the others' mean and spread of slopes as prior".into());
    Ok(report)
}

fn read(path: &Path) -> Result<Vec<Days>, String> {
    let mut reader = csv::Reader::from_path(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut people: BTreeMap<String, BTreeMap<usize, f64>> = BTreeMap::new();
    for row in reader.deserialize() {
        let (subject, day, reaction): (String, usize, f64) = row.map_err(|e| e.to_string())?;
        people.entry(subject).or_default().insert(day, reaction);
    }
    let whole = |p: &BTreeMap<usize, f64>| p.values().copied().collect::<Vec<_>>().try_into().ok();
    let people: Vec<Days> =
        people.values().filter(|p| p.keys().copied().eq(0..DAYS)).filter_map(whole).collect();
    if people.is_empty() { Err("nobody has all ten days".into()) } else { Ok(people) }
}

/// Sleeps up to the last day; h from midnight of day 0.
fn nights(short_h: f64) -> Vec<Sleep> {
    (0..LEAD_DAYS + DAYS)
        .map(|night| {
            let wake = 24.0 * (night as f64 - LEAD_DAYS as f64) + 7.0;
            (wake - if night <= LEAD_DAYS + BASELINE_DAY { 8.0 } else { short_h }, wake)
        })
        .collect()
}

/// The mean over the tests of each day.
fn daily<S: Copy>(
    short_h: f64,
    start: S,
    awake: fn(S, f64) -> S,
    asleep: fn(S, f64) -> S,
    tired: impl Fn(S, f64, f64) -> f64,
) -> Days {
    let times: Vec<f64> = (0..DAYS).flat_map(|d| TESTS_H.map(|h| 24.0 * d as f64 + h)).collect();
    let start_h = 7.0 - 24.0 * (LEAD_DAYS + 1) as f64;
    let path = walk(start, start_h, &nights(short_h), &times, awake, asleep);
    let values: Vec<f64> =
        times.iter().zip(&path).map(|(t, p)| tired(p.state, *t, p.awake_h.unwrap_or(0.0))).collect();
    let mut days = values.chunks(TESTS_H.len()).map(mean);
    std::array::from_fn(|_| days.next().unwrap_or(f64::NAN))
}

fn unified_days(short_h: f64) -> Days {
    let person = unified::Personal::default();
    daily(short_h, unified::Pressure::default(), unified::awake, unified::asleep, |s, t, _| {
        unified::fatigue(s, t, &person)
    })
}

fn three_days() -> Days {
    use three_process::{circadian, inertia, ultradian};
    daily(3.0, three_process::ON_WAKING, three_process::awake, three_process::asleep, |s, t, awake_h| {
        three_process::sleepiness(s + circadian(t) + ultradian(t) + inertia(awake_h))
    })
}

fn two_days() -> Days {
    daily(3.0, two_process::ON_WAKING, two_process::awake, two_process::asleep, |s, _, _| s)
}

/// The correlation of a prediction with the group's mean on days 2–9.
fn correlation(predicted: &Days, people: &[Days]) -> f64 {
    let group: Vec<f64> = (0..DAYS)
        .map(|d| mean(&people.iter().filter_map(|p| p.get(d)).copied().collect::<Vec<_>>()))
        .collect();
    let (x, y) = (since_baseline(predicted), since_baseline(&group));
    let (xx, xy, yy) = (sums(x, x).1, sums(x, y).1, sums(y, y).1);
    xy / (xx * yy).sqrt()
}

fn since_baseline(days: &[f64]) -> &[f64] {
    days.get(BASELINE_DAY..).unwrap_or_default()
}

/// Sums of squares of `x` and of products with `y`, about their means.
fn sums(x: &[f64], y: &[f64]) -> (f64, f64) {
    let (mx, my) = (mean(x), mean(y));
    x.iter().zip(y).fold((0.0, 0.0), |(xx, xy), (a, b)| (xx + (a - mx).powi(2), xy + (a - mx) * (b - my)))
}

/// The person's level on the known days and a slope against `x`: that of the others, or the person's own drawn
/// towards it as far as people are alike.
fn forecast(people: &[Days], person: usize, x: &Days, own_slope: bool, day: usize) -> Option<f64> {
    let others = || people.iter().enumerate().filter(|(i, _)| *i != person).map(|(_, p)| p);
    let all = since_baseline(x);
    let (sxx, sxy) =
        others().map(|p| sums(all, since_baseline(p))).fold((0.0, 0.0), |(a, b), (c, d)| (a + c, b + d));
    let (known_x, own) =
        (x.get(BASELINE_DAY..=KNOWN_DAY)?, people.get(person)?.get(BASELINE_DAY..=KNOWN_DAY)?);
    // x that does not vary says nothing; nor do others who are not there
    let shared = if sxx > 1e-9 { sxy / sxx } else { 0.0 };
    let slope = if own_slope {
        let one = sums(all, all).0;
        let slopes: Vec<f64> = others().map(|p| sums(all, since_baseline(p)).1 / one).collect();
        let left: f64 = others().zip(&slopes).map(|(p, b)| residual(all, since_baseline(p), *b)).sum();
        let noise = left / (slopes.len() * (all.len() - 2)).max(1) as f64;
        let spread = (twin_models::stats::sd(&slopes)?.powi(2) - noise / one).max(1e-9);
        let (xx, xy) = sums(known_x, own);
        (xy / noise + shared / spread) / (xx / noise + 1.0 / spread)
    } else {
        shared
    };
    Some(mean(own) + slope * (x.get(day)? - mean(known_x)))
}

fn residual(x: &[f64], y: &[f64], slope: f64) -> f64 {
    let (mx, my) = (mean(x), mean(y));
    x.iter().zip(y).map(|(a, b)| (b - my - slope * (a - mx)).powi(2)).sum()
}

fn error(name: &str, people: &[Days], said: impl Fn(usize, usize) -> Option<f64>) -> Figure {
    let rows: Vec<Vec<(f64, f64)>> = people
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let days = p.iter().enumerate().skip(KNOWN_DAY + 1);
            days.filter_map(|(d, was)| Some((said(i, d)?, *was))).collect()
        })
        .collect();
    figure(name, &rows, mae)
}

fn figure<R: Clone>(name: &str, rows: &[Vec<R>], score: impl Fn(&[R]) -> f64) -> Figure {
    Figure { interval: over_people(rows, &score), ..Figure::new(name, score(&rows.concat())) }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_who_follows_the_others_is_forecast_exactly() {
        let x = unified_days(3.0);
        let person = |level: f64| x.map(|f| level + 10.0 * f);
        let people = [person(200.0), person(250.0), person(300.0)];
        assert!((correlation(&x, &people) - 1.0).abs() < 1e-12);
        for own in [false, true] {
            assert!((forecast(&people, 1, &x, own, 9).unwrap() - people[1][9]).abs() < 1e-6);
        }
        let flat = unified_days(8.0);
        assert!((flat[9] - flat[3]).abs() < 0.2 && x[9] - x[3] > 5.0);
    }
}
