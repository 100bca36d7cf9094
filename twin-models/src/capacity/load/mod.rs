//! How full the head is: seven parts of cognitive load, each against the person's own days, and one index of them.
//!
//! * [`tlx`]: the NASA task load index, and what the person's own answers to it teach

mod parts;
pub mod tlx;

use super::gated::{logistic, part};
use crate::stats::{Draws, Z80, quantile};
pub use parts::{LoadDay, intrinsic_load, residue};
use parts::{NAMES, Sums, Usual};
use tlx::{PARTS, Shares, Weights, rank_correlation};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "cognitive_load";
/// Its version.
pub const VERSION: &str = "1";
/// Days from which parts are measured against the person's own.
pub const MIN_DAYS: usize = 14;
/// Days that are looked back on.
pub const HISTORY_DAYS: usize = 90;
/// Check-ins from which the parts get own weights.
pub const MIN_CHECK_INS: usize = 12;
/// Rank correlation with check-ins that were held out, without which weights stay equal.
pub const MIN_CORRELATION: f64 = 0.4;
/// Parts below which an index is provisional. OWN.
pub const MIN_PARTS: usize = 4;
const DRAWS: usize = 200;
/// Half of the interval where no day is known, points. OWN.
const UNKNOWN_REACH: f64 = 10.0;

/// A NASA-TLX answer about a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CheckIn {
    /// What that day held.
    pub day: LoadDay,
    /// Raw or weighted index, 0..=100.
    pub tlx: f64,
}

/// One part of the load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// Its amount today, in its own unit.
    pub now: f64,
    /// The usual amount.
    pub usual: f64,
    /// Its score, 0..=100; nothing gives 0.
    pub score: f64,
    /// Points it adds to the load.
    pub points: f64,
}

/// The load of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct CognitiveLoad {
    /// Index 0..=100; contributions add up to value − baseline, the baseline being [`CognitiveLoad::at_rest`].
    pub load: Estimate,
    /// What is left, 100 − load.
    pub remaining: Estimate,
    /// The parts that are known.
    pub parts: Vec<Part>,
    /// Load without any event: 0 with equal weights, where the person's own answers put it otherwise.
    pub at_rest: f64,
    /// Whether the weights were learnt from the person's answers and held on newer ones.
    pub calibrated: bool,
}

/// The load of `today`.
///
/// `history`: the days before, oldest first; of them the last 90 count. `check_ins`: oldest first. A day on which
/// nothing happened has no load. Provisional below 14 days, or with fewer than 4 parts known; absent with none.
///
/// ```
/// # use twin_models::capacity::load::{LoadDay, cognitive_load};
/// let quiet = LoadDay { switches_per_h: Some(0.0), meeting_min: Some(0.0), ..LoadDay::default() };
/// let usual = LoadDay { switches_per_h: Some(4.0), meeting_min: Some(120.0), ..LoadDay::default() };
/// let busy = LoadDay { switches_per_h: Some(9.0), meeting_min: Some(400.0), ..LoadDay::default() };
/// let load = |day| cognitive_load(&day, &[usual; 30], &[]).load.value.unwrap();
/// assert!(load(quiet) == 0.0 && load(usual) < load(busy) && load(busy) > 80.0);
/// ```
#[must_use]
pub fn cognitive_load(today: &LoadDay, history: &[LoadDay], check_ins: &[CheckIn]) -> CognitiveLoad {
    let history = history.get(history.len().saturating_sub(HISTORY_DAYS)..).unwrap_or_default();
    let amounts = today.amounts();
    let known = amounts.iter().flatten().count();
    if known == 0 {
        let absent = || {
            let gaps = vec!["nothing is known of the day's load".into()];
            let none = Estimate::absent(ID, VERSION, "{score}", EstimateStatus::InsufficientData, gaps);
            Estimate { kind: EstimateKind::Index, ..none }
        };
        let (load, remaining) = (absent(), absent());
        return CognitiveLoad { load, remaining, parts: Vec::new(), at_rest: 0.0, calibrated: false };
    }
    // days without any word are no days
    let days = history.iter().filter(|d| d.amounts().iter().any(Option::is_some)).count();
    let prior_share = parts::PRIOR_DAYS / (parts::PRIOR_DAYS + days as f64);
    let usual = Usual::of(history.iter().map(Sums::of));
    let learnt = Learnt::from(&usual, check_ins);
    let value = learnt.load(&usual, today);
    let reach = reach(&learnt, today, history, prior_share);
    let (at_rest, parts) = shares_of(&learnt, &usual, today, value);
    let mut gaps: Vec<String> =
        NAMES.iter().zip(amounts).filter(|(_, x)| x.is_none()).map(|(n, _)| format!("no {n}")).collect();
    if days < MIN_DAYS {
        gaps.push("fewer than 14 days: measured against people in general".into());
    }
    gaps.extend(learnt.gap.map(str::to_owned));
    let enough = days >= MIN_DAYS && known >= MIN_PARTS;
    let coverage = known as f64 / PARTS as f64;
    let load = Estimate {
        value: Some(value),
        low: Some((value - reach).max(0.0)),
        high: Some((value + reach).min(100.0)),
        confidence: coverage * (1.0 - prior_share) * if learnt.calibrated { 1.0 } else { 0.7 },
        kind: EstimateKind::Index,
        status: if enough { EstimateStatus::Ok } else { EstimateStatus::Provisional },
        n_effective: days as f64,
        prior_share,
        coverage,
        contributions: contributions(&parts),
        ..Estimate::absent(ID, VERSION, "{score}", EstimateStatus::Ok, gaps)
    };
    let mut remaining = load.clone();
    remaining.value = Some(100.0 - value);
    (remaining.low, remaining.high) = (load.high.map(|x| 100.0 - x), load.low.map(|x| 100.0 - x));
    remaining.contributions.iter_mut().for_each(|c| c.amount = -c.amount);
    CognitiveLoad { load, remaining, parts, at_rest, calibrated: learnt.calibrated }
}

/// The value of the load of [`cognitive_load`] alone: the same number, without interval and reasons. Absent where
/// nothing is known of the day.
#[must_use]
pub fn load_value(today: &LoadDay, history: &[LoadDay], check_ins: &[CheckIn]) -> Option<f64> {
    let history = history.get(history.len().saturating_sub(HISTORY_DAYS)..).unwrap_or_default();
    today.amounts().iter().any(Option::is_some).then(|| {
        let usual = Usual::of(history.iter().map(Sums::of));
        Learnt::from(&usual, check_ins).load(&usual, today)
    })
}

fn contributions(parts: &[Part]) -> Vec<Contribution> {
    parts.iter().map(|p| part(p.name, p.points, Some(p.usual), Some(p.now), "1")).collect()
}

/// The weights, and how far answers lie around what they say.
struct Learnt {
    weights: Weights,
    calibrated: bool,
    /// Spread of held-out answers around the load, points.
    answer_sd: f64,
    gap: Option<&'static str>,
}

impl Learnt {
    /// Own weights if they hold on the newest third of the check-ins.
    fn from(usual: &Usual, check_ins: &[CheckIn]) -> Self {
        let equal = |gap| Self { weights: Weights::EQUAL, calibrated: false, answer_sd: 0.0, gap: Some(gap) };
        let sound =
            |c: &&CheckIn| (0.0..=100.0).contains(&c.tlx) && c.day.amounts().iter().any(Option::is_some);
        let answers: Vec<(Shares, f64)> =
            check_ins.iter().filter(sound).map(|c| (usual.shares(&c.day), c.tlx / 100.0)).collect();
        if answers.len() < MIN_CHECK_INS {
            return equal("fewer than 12 load check-ins: all parts weigh the same");
        }
        let (older, newer) = answers.split_at(answers.len() - answers.len() / 3);
        let tried = Weights::fit(older);
        let said: Vec<f64> = newer.iter().map(|(shares, _)| logistic(tried.odds(shares))).collect();
        let told: Vec<f64> = newer.iter().map(|(_, answer)| *answer).collect();
        if rank_correlation(&said, &told).is_none_or(|rho| rho < MIN_CORRELATION) {
            return equal("own weights did not hold on the newest check-ins: all parts weigh the same");
        }
        let squares: f64 = said.iter().zip(&told).map(|(a, b)| (a - b).powi(2)).sum();
        let answer_sd = 100.0 * (squares / said.len().max(1) as f64).sqrt();
        Self { weights: Weights::fit(&answers), calibrated: true, answer_sd, gap: None }
    }

    /// Load 0..=100. Parts that are not known are left out; among own weights they count as usual.
    fn load(&self, usual: &Usual, day: &LoadDay) -> f64 {
        let scores: Vec<f64> = usual.scores(day).into_iter().flatten().collect();
        if scores.iter().all(|s| *s == 0.0) {
            return 0.0;
        }
        if self.calibrated {
            100.0 * logistic(self.weights.odds(&usual.shares(day)))
        } else {
            scores.iter().sum::<f64>() / scores.len().max(1) as f64
        }
    }
}

/// Half of the 80 % interval: what other days of the same person would have made of today, and the spread of answers.
fn reach(learnt: &Learnt, today: &LoadDay, history: &[LoadDay], prior_share: f64) -> f64 {
    let mut draws = Draws::new(history.len() as u64);
    let history: Vec<Sums> = history.iter().map(Sums::of).collect();
    let mut drawn: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let days = history.iter().filter_map(|_| history.get(draws.below(history.len())).copied());
            learnt.load(&Usual::of(days), today)
        })
        .collect();
    let (low, high) = (quantile(&mut drawn, 0.1), quantile(&mut drawn, 0.9));
    let half = 0.5 * low.zip(high).map_or(0.0, |(low, high)| high - low);
    // few days leave open how usual they are, which no redrawing of them shows
    let unknown = UNKNOWN_REACH * prior_share;
    (half * half + (Z80 * learnt.answer_sd).powi(2) + unknown * unknown).sqrt()
}

/// Load without events, and what each part adds to it.
fn shares_of(learnt: &Learnt, usual: &Usual, today: &LoadDay, value: f64) -> (f64, Vec<Part>) {
    let (amounts, scores) = (today.amounts(), usual.scores(today));
    let known = scores.iter().flatten().count().max(1) as f64;
    let rest = scores.map(|score| if score.is_some() { 0.0 } else { 0.5 });
    let at_rest =
        if learnt.calibrated && value > 0.0 { 100.0 * logistic(learnt.weights.odds(&rest)) } else { 0.0 };
    let weighed = |weight: f64, score: f64| if learnt.calibrated { weight * score } else { score / known };
    let raw: f64 = learnt.weights.each.iter().zip(scores).map(|(w, s)| weighed(*w, s.unwrap_or(0.0))).sum();
    let rate = if raw > 0.0 { (value - at_rest) / raw } else { 0.0 };
    let list = NAMES.iter().zip(amounts).zip(scores).zip(learnt.weights.each).zip(usual.means());
    let parts = list.filter_map(|((((name, now), score), weight), usual)| {
        let (now, score) = now.zip(score)?;
        Some(Part { name, now, usual, score, points: rate * weighed(weight, score) })
    });
    (at_rest, parts.collect())
}

#[cfg(test)]
mod tests;
