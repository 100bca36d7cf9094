//! Priors of readiness and wellness from PMData [thambawita2020], CC BY 4.0.
//!
//! Writes `twin-models/src/health/readiness/priors.rs` and, for the evaluation alone,
//! `xtask/priors/readiness.json` with priors fitted without each person. No answers leave the recordings: weights
//! and short hashes only.

use crate::catalogue::root;
use crate::eval::pmdata::{self, Person};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::path::Path;
use twin_models::health::readiness::drivers::{DRIVERS, KINDS, drivers};
use twin_models::health::readiness::learner::{MAX_SURPRISE, WEIGHTS_FROM};
use twin_models::health::readiness::low_day::logit;
use twin_models::health::readiness::posterior::{Posterior, dot};
use twin_models::health::readiness::prior::{Prior, WIDTH};
use twin_models::health::readiness::{ANSWERS_MIN, Learner, Question, Scale, numbers};
use twin_models::stats;

/// Ridge penalties and spreads of weights that compete.
const PENALTIES: [f64; 4] = [1000.0, 300.0, 100.0, 30.0];
const TAUS: [f64; 4] = [0.02, 0.04, 0.07, 0.1];
/// The most careful pair within this of the best loss is taken.
const MARGIN: f64 = 1.002;

/// Drivers and answers of one person for one question, oldest first.
pub(crate) struct Series {
    pub(crate) rows: Vec<([f64; DRIVERS], f64)>,
}

/// Names of the priors: the questions, and readiness with the other answers of the morning.
pub(crate) fn targets() -> Vec<(String, Question, bool)> {
    let mut all: Vec<_> = Question::ALL.iter().map(|q| (q.name().to_owned(), *q, false)).collect();
    all.push(("readiness_with_morning".into(), Question::Readiness, true));
    all
}

pub(crate) fn scale(question: Question) -> Scale {
    if question == Question::Readiness { pmdata::READINESS } else { pmdata::ITEM }
}

pub(crate) fn series(person: &Person, question: Question, others: bool) -> Series {
    let row = |today: usize| {
        let seen = person.mornings.get(..=today)?;
        let answer = question.of(&seen.last()?.answers)?;
        Some((numbers(&drivers(seen), question, others), answer))
    };
    Series { rows: (0..person.mornings.len()).filter_map(row).collect() }
}

pub(super) fn run(data: &Path) -> Result<(), String> {
    let people = pmdata::people(data)?;
    if people.len() < 4 {
        return Err("fewer than four people".into());
    }
    let mut rust = header(&people);
    let mut left_out: Vec<Map<String, Value>> = vec![Map::new(); people.len()];
    for (name, question, others) in targets() {
        let all: Vec<Series> = people.iter().map(|p| series(p, question, others)).collect();
        let refs: Vec<&Series> = all.iter().collect();
        let (prior, about) = fit(&refs, scale(question));
        println!("{name}: {about}");
        for (kind, weight) in KINDS.iter().map(|k| k.name).chain(["last", "slow", "mean"]).zip(prior.weights)
        {
            if weight != 0.0 {
                println!("  {kind:<24} {weight:>8.4}");
            }
        }
        rust.push_str(&constant(&name, &prior));
        for (out, without) in left_out.iter_mut().zip(0..) {
            let rest: Vec<&Series> =
                all.iter().enumerate().filter(|(i, _)| *i != without).map(|(_, s)| s).collect();
            out.insert(name.clone(), to_json(&fit(&rest, scale(question)).0));
        }
    }
    let by_hash: Map<String, Value> =
        people.iter().zip(left_out).map(|(p, priors)| (p.hash.clone(), priors.into())).collect();
    let text = serde_json::to_string(&json!({
        "source": "PMData [thambawita2020], CC BY 4.0; weights and short hashes of the people only",
        "without": by_hash,
    }));
    std::fs::write(root().join("xtask/priors/readiness.json"), text.map_err(|e| e.to_string())? + "\n")
        .map_err(|e| e.to_string())?;
    std::fs::write(root().join("twin-models/src/health/readiness/priors.rs"), rust).map_err(|e| e.to_string())
}

/// Fits a prior on people; penalty and spread by leaving each of them out in turn.
fn fit(people: &[&Series], scale: Scale) -> (Prior, String) {
    let width = scale.high - scale.low;
    let means: Vec<f64> = people.iter().filter_map(|p| stats::mean(&answers(p))).collect();
    let mut sds: Vec<f64> = people.iter().filter_map(|p| stats::sd(&answers(p))).collect();
    let mut prior = Prior {
        centre: (stats::mean(&means).unwrap_or(scale.low) - scale.low) / width,
        spread: stats::median(&mut sds).unwrap_or(0.15 * width) / width,
        weights: [0.0; WIDTH],
        tau: 0.05,
        noise: 0.8,
        errors: [0.5; 15],
        platt: [1.0, 0.0],
    };
    let rows: Vec<Vec<(Vec<f64>, f64)>> = people.iter().map(|p| residuals(p, &prior, scale)).collect();
    let without = |i: usize, penalty: f64| {
        ridge(rows.iter().enumerate().filter(|(j, _)| *j != i).flat_map(|(_, r)| r), penalty)
    };
    let mut tried = Vec::new();
    for penalty in PENALTIES {
        let weights: Vec<[f64; WIDTH]> = (0..rows.len()).map(|i| without(i, penalty)).collect();
        for tau in TAUS {
            let loss: f64 = rows.iter().zip(&weights).map(|(r, w)| one_ahead(r, w, tau, prior.noise)).sum();
            tried.push((penalty, tau, loss));
        }
    }
    let best = tried.iter().map(|t| t.2).fold(f64::INFINITY, f64::min);
    let (penalty, tau, _) =
        tried.iter().find(|t| t.2 <= MARGIN * best).copied().unwrap_or((PENALTIES[0], TAUS[0], best));
    let none: f64 = rows.iter().flatten().map(|(_, r)| r * r).sum();
    let n = rows.iter().map(Vec::len).sum::<usize>();
    prior.tau = tau;
    prior.noise = rounded(best / n as f64);
    let (mut errors, mut lows) = (Vec::new(), Vec::new());
    for (i, person) in people.iter().enumerate() {
        let unseen = Prior { weights: without(i, penalty), ..prior };
        replay(person, &unseen, scale, &mut errors, &mut lows);
    }
    prior.weights = ridge(rows.iter().flatten(), penalty).map(rounded);
    for (i, quantile) in prior.errors.iter_mut().enumerate() {
        *quantile = rounded(stats::quantile(&mut errors, (i as f64 + 0.5) / 15.0).unwrap_or(0.5));
    }
    prior.platt = platt(&lows).map(rounded);
    prior.centre = rounded(prior.centre);
    prior.spread = rounded(prior.spread);
    let gain = 100.0 * (1.0 - (best / none).sqrt());
    (prior, format!("penalty {penalty}, tau {tau}, {n} answers, {gain:.1} % less RMSE than the level alone"))
}

fn rounded(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}

fn answers(person: &Series) -> Vec<f64> {
    person.rows.iter().map(|(_, y)| *y).collect()
}

/// What the level leaves over, in spreads, beside drivers and history.
fn residuals(person: &Series, prior: &Prior, scale: Scale) -> Vec<(Vec<f64>, f64)> {
    let mut learner = Learner::new(prior, scale);
    let mut out = Vec::new();
    for (z, answer) in &person.rows {
        if learner.answers() >= WEIGHTS_FROM {
            let row = learner.row(z);
            let surprise = (answer - row.level) / row.spread;
            out.push((row.x, surprise.clamp(-MAX_SURPRISE, MAX_SURPRISE)));
        }
        learner.observe(z, *answer);
    }
    out
}

/// Squared error when each answer is predicted from those before it.
fn one_ahead(rows: &[(Vec<f64>, f64)], weights: &[f64; WIDTH], tau: f64, noise: f64) -> f64 {
    let mut learner = Posterior::new(weights, tau, noise);
    let mut loss = 0.0;
    for (x, r) in rows {
        loss += (r - dot(&learner.weights(), x)).powi(2);
        learner.observe(x, *r);
    }
    loss
}

/// Ridge regression in which a driver with a direction keeps it or is left out (coordinate descent).
fn ridge<'a>(rows: impl Iterator<Item = &'a (Vec<f64>, f64)>, penalty: f64) -> [f64; WIDTH] {
    let mut gram = [[0.0; WIDTH]; WIDTH];
    let mut target = [0.0; WIDTH];
    for (x, r) in rows {
        for ((line, t), xi) in gram.iter_mut().zip(&mut target).zip(x) {
            line.iter_mut().zip(x).for_each(|(cell, xj)| *cell += xi * xj);
            *t += xi * r;
        }
    }
    let mut weights = [0.0; WIDTH];
    for _ in 0..200 {
        for (j, (line, t)) in gram.iter().zip(&target).enumerate() {
            let now = weights.get(j).copied().unwrap_or(0.0);
            let own = line.get(j).copied().unwrap_or(0.0);
            let free = (t - dot(line, &weights) + own * now) / (own + penalty);
            let sign = KINDS.get(j).map_or(0.0, |k| k.sign);
            let kept = if sign * free < 0.0 { 0.0 } else { free };
            weights.iter_mut().skip(j).take(1).for_each(|w| *w = kept);
        }
    }
    weights
}

/// Runs an unseen person through the whole learner: errors in spreads, raw probabilities of low days.
fn replay(person: &Series, prior: &Prior, scale: Scale, errors: &mut Vec<f64>, lows: &mut Vec<(f64, bool)>) {
    let mut learner = Learner::new(prior, scale);
    for (z, answer) in &person.rows {
        let said = learner.forecast(z);
        if learner.answers() >= WEIGHTS_FROM {
            errors.push((answer - said.mean).abs() / said.spread);
        }
        if learner.answers() >= ANSWERS_MIN {
            lows.push((said.low_day_raw, *answer <= said.low_threshold));
        }
        learner.observe(z, *answer);
    }
}

/// Slope and offset on the log odds, drawn towards 1 and 0 (Newton's method).
fn platt(rows: &[(f64, bool)]) -> [f64; 2] {
    let (mut a, mut b) = (1.0, 0.0);
    for _ in 0..30 {
        let (mut ga, mut gb, mut haa, mut hab, mut hbb) = (a - 1.0, b, 1.0, 0.0, 1.0);
        for (p, low) in rows {
            let x = logit(*p);
            let q = 1.0 / (1.0 + (-a * x - b).exp());
            let miss = q - f64::from(u8::from(*low));
            let w = q * (1.0 - q);
            ga += miss * x;
            gb += miss;
            haa += w * x * x;
            hab += w * x;
            hbb += w;
        }
        let det = haa * hbb - hab * hab;
        a -= (hbb * ga - hab * gb) / det;
        b -= (haa * gb - hab * ga) / det;
    }
    [a, b]
}

fn to_json(prior: &Prior) -> Value {
    json!({
        "centre": prior.centre, "spread": prior.spread, "weights": prior.weights.to_vec(), "tau": prior.tau,
        "noise": prior.noise, "errors": prior.errors.to_vec(), "platt": prior.platt.to_vec(),
    })
}

/// The prior of a target fitted without the person of that hash; `None` for people who took no part.
pub(crate) fn without(hash: &str, target: &str) -> Option<Prior> {
    let all: Value = serde_json::from_str(include_str!("../../priors/readiness.json")).ok()?;
    let prior = all.get("without")?.get(hash)?.get(target)?;
    let one = |key: &str| prior.get(key)?.as_f64();
    let many = |key: &str| {
        let list: Option<Vec<f64>> = prior.get(key)?.as_array()?.iter().map(Value::as_f64).collect();
        list
    };
    Some(Prior {
        centre: one("centre")?,
        spread: one("spread")?,
        weights: many("weights")?.try_into().ok()?,
        tau: one("tau")?,
        noise: one("noise")?,
        errors: many("errors")?.try_into().ok()?,
        platt: many("platt")?.try_into().ok()?,
    })
}

fn header(people: &[Person]) -> String {
    let hashes: Vec<String> = people.iter().map(|p| format!("\"{}\"", p.hash)).collect();
    format!(
        "//! Priors of readiness and wellness. Written by `cargo xtask fit readiness`; do not edit.\n//!\n\
         //! From PMData [thambawita2020], CC BY 4.0: {} people in training, five months of check-ins and a\n\
         //! wrist-worn device. Weights in the order of `KINDS`, then last answer, slow level, mean of all.\n\n\
         use super::prior::Prior;\n\n\
         /// Short hashes of the people who took part, so that an evaluation never meets them unawares.\n\
         #[rustfmt::skip]\n\
         pub const PEOPLE: &[&str] = &[{}];\n",
        people.len(),
        hashes.join(", ")
    )
}

fn constant(name: &str, prior: &Prior) -> String {
    let mut text = String::new();
    let _ = write!(
        text,
        "\n/// The prior of {}.\n#[rustfmt::skip]\npub const {}: Prior = Prior {{\n    centre: {:?},\n    spread: {:?},\n    weights: {:?},\n    \
         tau: {:?},\n    noise: {:?},\n    errors: {:?},\n    platt: {:?},\n}};\n",
        name.replace('_', " "),
        name.to_uppercase(),
        prior.centre,
        prior.spread,
        prior.weights,
        prior.tau,
        prior.noise,
        prior.errors,
        prior.platt
    );
    text
}
