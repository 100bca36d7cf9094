//! The prior of momentary stress, from Stress-Predict: `cargo xtask fit stress [--data DIR]`.
//!
//! Ridge logistic regression whose weights may only have the sign that physiology gives them, by coordinate
//! descent inside iterated weighting. Windows that hold both stress and rest are not learnt from.

use crate::catalogue::root;
use crate::stress_predict::{Person, Row, people};
use std::path::Path;
use twin_models::health::stress::calibrate::Platt;
use twin_models::health::stress::classifier::{Channels, Linear, Prior, scaled, sign};
use twin_models::health::stress::features::FEATURES;
use twin_models::health::stress::smooth::Filter;
use twin_models::stats::{quantile, sd};

/// Strength of the ridge, on features of spread 1.
const RIDGE: f64 = 10.0;
const ROUNDS: usize = 40;
const SWEEPS: usize = 5;
/// Groups of people of which one is left out in turn for calibration.
const GROUPS: usize = 6;

/// One person's windows.
pub(crate) struct Windows {
    pub(crate) hash: String,
    pub(crate) rows: Vec<Row>,
}

/// Which sign a feature may have: `None` unused, 0 any.
pub(crate) type Signs = fn(usize) -> Option<f64>;

pub(crate) fn signs_all(feature: usize) -> Option<f64> {
    Some(sign(feature, Channels::All)).filter(|s| *s != 0.0)
}

fn signs_heart(feature: usize) -> Option<f64> {
    Some(sign(feature, Channels::Heart)).filter(|s| *s != 0.0)
}

/// Fits and writes the shipped prior and those with one person left out.
pub(crate) fn run(data: &Path) -> Result<(), String> {
    let (people, left_out) = people(data)?;
    let windows: Vec<Windows> = people.iter().map(windows).collect();
    let all: Vec<&Windows> = windows.iter().collect();
    let origin = "# Fitted by `cargo xtask fit stress` on Stress-Predict (Iqbal and others 2022, MIT licence).\n\
                  # people: short hashes of their heart rate; then centre, spread and weights (all channels, heart only).\n";
    write("twin-models/priors/stress.tsv", &format!("{origin}{}", prior(&all).text()))?;
    let mut text = format!("{origin}# For evaluations only: each part was fitted without one person.\n");
    for (i, person) in all.iter().enumerate() {
        let rest: Vec<&Windows> = all.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, w)| *w).collect();
        text.push_str(&format!("== {}\n{}", person.hash, prior(&rest).text()));
    }
    write("xtask/priors/stress_left_out.tsv", &text)?;
    println!("fitted on {} people; left out: {}", people.len(), left_out.join("; "));
    Ok(())
}

fn write(name: &str, text: &str) -> Result<(), String> {
    std::fs::write(root().join(name), text).map_err(|e| format!("{name}: {e}"))
}

/// A person's windows.
pub(crate) fn windows(person: &Person) -> Windows {
    Windows { hash: person.hash.clone(), rows: person.rows() }
}

fn others<'a>(people: &[&'a Windows], group: usize) -> Vec<&'a Windows> {
    people.iter().enumerate().filter(|(i, _)| i % GROUPS != group).map(|(_, p)| *p).collect()
}

/// A prior from these people; its calibration from people left out in turn.
pub(crate) fn prior(people: &[&Windows]) -> Prior {
    let mut prior = uncalibrated(people);
    let folds: Vec<Prior> = (0..GROUPS).map(|group| uncalibrated(&others(people, group))).collect();
    for channels in [Channels::All, Channels::Heart] {
        let of_person = |(i, person): (usize, &&Windows)| {
            let fold = folds.get(i % GROUPS)?;
            Some(smoothed(fold, channels, &person.rows))
        };
        let said: Vec<Vec<(f64, bool)>> = people.iter().enumerate().filter_map(of_person).collect();
        let line = Platt::fit(&said.concat(), 0.0).unwrap_or_default();
        // how far people's own offsets lie from the common one
        let shift = |rows: &Vec<(f64, bool)>| {
            let moved: Vec<(f64, bool)> =
                rows.iter().map(|(x, hit)| (line.slope * x + line.offset, *hit)).collect();
            Some(Platt::fit(&moved, 3.0)?.offset)
        };
        let offsets: Vec<f64> = said.iter().filter_map(shift).collect();
        let calibration = [line.slope, line.offset, sd(&offsets).unwrap_or(1.0)];
        match channels {
            Channels::All => prior.all.calibration = calibration,
            Channels::Heart => prior.heart.calibration = calibration,
        }
    }
    prior
}

/// Smoothed log odds of each window, before calibration.
pub(crate) fn smoothed(prior: &Prior, channels: Channels, rows: &[Row]) -> Vec<(f64, bool)> {
    let mut filter = Filter::new(prior.log_odds);
    rows.iter().map(|row| (filter.push(prior.score(&row.features, channels)), row.stress)).collect()
}

fn uncalibrated(people: &[&Windows]) -> Prior {
    let rows: Vec<&Row> = people.iter().flat_map(|p| &p.rows).filter(|r| r.pure).collect();
    let scale = scale(&rows);
    let share = rows.iter().filter(|r| r.stress).count() as f64 / rows.len().max(1) as f64;
    Prior {
        people: people.iter().map(|p| p.hash.clone()).collect(),
        log_odds: (share / (1.0 - share)).ln(),
        all: linear(&rows, &scale, signs_all),
        heart: linear(&rows, &scale, signs_heart),
        scale,
    }
}

/// Median and robust spread of each feature.
pub(crate) fn scale(rows: &[&Row]) -> Vec<(f64, f64)> {
    let one = |feature: usize| {
        let there = |row: &&Row| row.features.get(feature).copied().flatten();
        let mut values: Vec<f64> = rows.iter().filter_map(there).collect();
        let wide = sd(&values).unwrap_or(1.0);
        let centre = quantile(&mut values, 0.5).unwrap_or(0.0);
        let quartiles = quantile(&mut values, 0.75).zip(quantile(&mut values, 0.25));
        let spread = quartiles.map_or(1.0, |(high, low)| (high - low) / 1.349).max(0.25 * wide);
        (centre, if spread > 1e-9 { spread } else { 1.0 })
    };
    (0..FEATURES).map(one).collect()
}

/// Weights of ridge logistic regression under signs.
pub(crate) fn linear(rows: &[&Row], scale: &[(f64, f64)], signs: Signs) -> Linear {
    struct Column {
        feature: usize,
        sign: f64,
        spread: f64,
        x: Vec<f64>,
        weight: f64,
    }
    let column = |(feature, scale): (usize, &(f64, f64))| {
        let sign = signs(feature)?;
        let value = |row: &&Row| scaled(row.features.get(feature).copied().flatten(), *scale);
        let mut x: Vec<f64> = rows.iter().map(value).collect();
        let spread = sd(&x).filter(|s| *s > 1e-9)?;
        x.iter_mut().for_each(|x| *x /= spread);
        Some(Column { feature, sign, spread, x, weight: 0.0 })
    };
    let mut columns: Vec<Column> = scale.iter().enumerate().filter_map(column).collect();
    let y: Vec<f64> = rows.iter().map(|r| f64::from(u8::from(r.stress))).collect();
    let (mut bias, mut odds) = (0.0, vec![0.0; rows.len()]);
    for _ in 0..ROUNDS {
        let p: Vec<f64> = odds.iter().map(|z: &f64| 1.0 / (1.0 + (-z).exp())).collect();
        let w: Vec<f64> = p.iter().map(|p| (p * (1.0 - p)).max(1e-4)).collect();
        let mut rest: Vec<f64> = y.iter().zip(&p).zip(&w).map(|((y, p), w)| (y - p) / w).collect();
        for _ in 0..SWEEPS {
            let step = rest.iter().zip(&w).map(|(r, w)| r * w).sum::<f64>() / w.iter().sum::<f64>();
            bias += step;
            rest.iter_mut().for_each(|r| *r -= step);
            for c in &mut columns {
                let (mut over, mut under) = (0.0, RIDGE);
                for ((r, w), x) in rest.iter().zip(&w).zip(&c.x) {
                    over += w * x * (r + x * c.weight);
                    under += w * x * x;
                }
                let free = over / under;
                let weight = if free * c.sign < 0.0 { 0.0 } else { free };
                let step = weight - c.weight;
                c.weight = weight;
                if step != 0.0 {
                    rest.iter_mut().zip(&c.x).for_each(|(r, x)| *r -= step * x);
                }
            }
        }
        odds.fill(bias);
        for c in &columns {
            odds.iter_mut().zip(&c.x).for_each(|(z, x)| *z += c.weight * x);
        }
    }
    let mut weights = vec![0.0; FEATURES];
    for c in &columns {
        if let Some(slot) = weights.get_mut(c.feature) {
            *slot = c.weight / c.spread;
        }
    }
    Linear { bias, weights, calibration: [1.0, 0.0, 0.0] }
}
