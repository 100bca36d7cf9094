//! Risk of burnout: the probability that a CBI scale reaches 50 within 28 days, its reasons, what would lower it.
//!
//! * [`drivers`]: what is looked at, and its weight
//! * [`band`]: low, elevated or high, slowly
//!
//! Not a diagnosis. Burnout is an occupational phenomenon (ICD-11 QD85). Never to be shown to managers for one
//! person.

pub mod band;
pub mod drivers;

use crate::emotion::questionnaires::CBI_HIGH;
use crate::stats::Z80;
use band::{Band, band};
use drivers::{Day, Driver, RECENT_DAYS, Standing};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "burnout_risk";
/// Its version.
pub const VERSION: &str = "1";
/// Probability without any reason.
pub const BASE_RATE: f64 = 0.15;
/// CBI scores from which the person's own level is learnt.
pub const MIN_CBI: usize = 8;
/// Days ahead that the probability is about.
pub const HORIZON_DAYS: usize = 28;
/// Most confidence without any self-report for 28 days.
pub const UNSPOKEN_CONFIDENCE: f64 = 0.4;
/// Standard deviation of each weight, and of the base rate's log-odds. OWN: the weights are priors of a book.
const WEIGHT_SD: f64 = 0.2;
const BASE_SD: f64 = 0.5;
/// Variance of a person's own level around the population's, in log-odds. OWN.
const PERSON_VARIANCE: f64 = 1.0;

/// What would lower the risk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lever {
    /// The driver that would have to be as usual.
    pub driver: Driver,
    /// In plain words.
    pub what: &'static str,
    /// The probability it would leave.
    pub probability: f64,
}

/// A person's risk today.
#[derive(Clone, Debug, PartialEq)]
pub struct BurnoutRisk {
    /// Probability that a CBI scale reaches 50 within 28 days; contributions add up to value − 0.15.
    pub probability: Estimate,
    /// The same in log-odds; contributions add up to value − ln(0.15/0.85).
    pub log_odds: Estimate,
    /// The band shown; absent without any driver.
    pub band: Option<Band>,
    /// Change of the probability over the last 28 days.
    pub trend: Option<f64>,
    /// What would lower it, most first.
    pub levers: Vec<Lever>,
}

/// `ln(0.15/0.85) + Σ w z`, from drivers as they stand.
///
/// ```
/// # use twin_models::health::burnout::log_odds;
/// assert!((log_odds(&[]) - (0.15_f64 / 0.85).ln()).abs() < 1e-12);
/// ```
#[must_use]
pub fn log_odds(standings: &[Standing]) -> f64 {
    base() + standings.iter().map(|s| s.log_odds).sum::<f64>()
}

fn base() -> f64 {
    (BASE_RATE / (1.0 - BASE_RATE)).ln()
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The risk on the last of `days`; one slot a day without holes, oldest first.
///
/// A driver enters when the last 28 days, and for personal baselines the 90 before, hold enough of it. With no
/// driver everything is absent. Without a word of the person for 28 days the band is at most elevated and
/// confidence at most 0.4. From 8 CBI scores on the person's own level is learnt from how often they reached 50
/// when the model, 28 days earlier, said so.
///
/// ```
/// # use twin_models::health::burnout::{band::Band, burnout_risk, drivers::Day};
/// let tired = Day { exhaustion: Some(85.0), ..Day::default() };
/// let risk = burnout_risk(&[tired; 30]);
/// assert_eq!(risk.band, Some(Band::High));
/// assert!(burnout_risk(&[]).probability.value.is_none());
/// ```
#[must_use]
pub fn burnout_risk(days: &[Day]) -> BurnoutRisk {
    let on = |day: usize| -> Vec<Standing> { Driver::ALL.iter().filter_map(|d| d.on(days, day)).collect() };
    let history: Vec<Option<f64>> = (0..days.len())
        .map(|day| Some(on(day)).filter(|standings| !standings.is_empty()).map(|s| log_odds(&s)))
        .collect();
    let offsets: Vec<f64> = (0..days.len()).map(|day| own_level(days, &history, day)).collect();
    let daily: Vec<(Option<f64>, bool)> = history
        .iter()
        .zip(&offsets)
        .enumerate()
        .map(|(day, (raw, own))| (raw.map(|x| logistic(x + own)), silent(days, day)))
        .collect();
    let standings = days.len().checked_sub(1).map(on).unwrap_or_default();
    let missing = || {
        let there = |d: &&Driver| !standings.iter().any(|s| s.driver == **d);
        Driver::ALL.iter().filter(there).map(|d| format!("too little of {}", d.name()))
    };
    let probability = daily.last().and_then(|d| d.0);
    let (Some(probability), Some(own)) = (probability, offsets.last().copied()) else {
        let none = |kind| Estimate {
            kind,
            ..Estimate::absent(ID, VERSION, "1", EstimateStatus::InsufficientData, missing().collect())
        };
        let (probability, log_odds) = (none(EstimateKind::Probability), none(EstimateKind::Index));
        return BurnoutRisk { probability, log_odds, band: band(&daily), trend: None, levers: Vec::new() };
    };
    let quiet = daily.last().is_some_and(|d| d.1);
    let mut gaps: Vec<String> = missing().collect();
    if quiet {
        gaps.push("nothing said by the person for 28 days".into());
    }
    let before = daily.len().checked_sub(1 + HORIZON_DAYS).and_then(|day| daily.get(day)).and_then(|d| d.0);
    let (log_odds, probability) = estimates(&standings, own, probability, quiet, gaps);
    BurnoutRisk {
        levers: levers(&standings, log_odds.value.unwrap_or(0.0)),
        trend: before.zip(probability.value).map(|(before, now)| now - before),
        band: band(&daily),
        probability,
        log_odds,
    }
}

/// Whether the person said nothing in the 28 days up to `day`.
fn silent(days: &[Day], day: usize) -> bool {
    let from = (day + 1).saturating_sub(RECENT_DAYS);
    !days.iter().take(day + 1).skip(from).any(Day::self_report)
}

/// The person's own level in log-odds on `day`: the mode of a normal prior and of CBI scores against what was
/// said 28 days before them; 0 below 8 of them.
fn own_level(days: &[Day], history: &[Option<f64>], day: usize) -> f64 {
    let outcomes: Vec<(f64, f64)> = days
        .iter()
        .take(day + 1)
        .enumerate()
        .filter_map(|(at, d)| {
            let score = d.cbi.filter(|c| (0.0..=100.0).contains(c))?;
            let said = at.checked_sub(HORIZON_DAYS).and_then(|i| history.get(i)).copied().flatten()?;
            Some((said, if score >= CBI_HIGH { 1.0 } else { 0.0 }))
        })
        .collect();
    let mut own = 0.0;
    if outcomes.len() < MIN_CBI {
        return own;
    }
    for _ in 0..20 {
        let (mut slope, mut bend) = (-own / PERSON_VARIANCE, 1.0 / PERSON_VARIANCE);
        for (said, hit) in &outcomes {
            let p = logistic(said + own);
            slope += hit - p;
            bend += p * (1.0 - p);
        }
        own += (slope / bend).clamp(-2.0, 2.0);
    }
    own
}

fn estimates(
    standings: &[Standing],
    own: f64,
    probability: f64,
    quiet: bool,
    gaps: Vec<String>,
) -> (Estimate, Estimate) {
    let value = log_odds(standings) + own;
    let known: f64 = standings.iter().map(|s| (WEIGHT_SD * s.z).powi(2)).sum();
    let there = |d: &&Driver| standings.iter().any(|s| s.driver == **d);
    let unknown: f64 = Driver::ALL.iter().filter(|d| !there(d)).map(|d| d.weight().powi(2)).sum();
    let error = (BASE_SD.powi(2) + known + unknown).sqrt();
    let total: f64 = Driver::ALL.iter().map(|d| d.weight().abs()).sum();
    let coverage = standings.iter().map(|s| s.driver.weight().abs()).sum::<f64>() / total;
    let most = if quiet { UNSPOKEN_CONFIDENCE } else { 1.0 };
    let mut contributions: Vec<Contribution> = standings
        .iter()
        .map(|s| Contribution {
            feature: s.driver.name().into(),
            amount: s.log_odds,
            baseline: Some(s.usual),
            now: Some(s.now),
            unit: if s.driver == Driver::SleepDebt { "h".into() } else { "1".into() },
        })
        .collect();
    if own != 0.0 {
        contributions.push(Contribution {
            feature: "own_level".into(),
            amount: own,
            baseline: None,
            now: None,
            unit: "1".into(),
        });
    }
    let log_odds = Estimate {
        value: Some(value),
        low: Some(value - Z80 * error),
        high: Some(value + Z80 * error),
        confidence: coverage.min(most),
        kind: EstimateKind::Index,
        status: if quiet || coverage < 0.5 { EstimateStatus::Provisional } else { EstimateStatus::Ok },
        n_effective: standings.len() as f64,
        prior_share: 1.0, // the weights are the book's; only the level is ever learnt
        coverage,
        contributions,
        ..Estimate::absent(ID, VERSION, "1", EstimateStatus::Ok, gaps)
    };
    let moved = value - base();
    let rate = if moved.abs() > 1e-12 { (probability - BASE_RATE) / moved } else { 0.0 };
    let mut as_probability = log_odds.clone();
    as_probability.kind = EstimateKind::Probability;
    as_probability.value = Some(probability);
    (as_probability.low, as_probability.high) = (log_odds.low.map(logistic), log_odds.high.map(logistic));
    as_probability.contributions.iter_mut().for_each(|c| c.amount *= rate);
    (log_odds, as_probability)
}

/// Drivers that a person can change and that raise the risk, with the probability without them.
fn levers(standings: &[Standing], log_odds: f64) -> Vec<Lever> {
    let lever = |s: &Standing| {
        let what = s.driver.lever().filter(|_| s.log_odds > 0.0)?;
        Some(Lever { driver: s.driver, what, probability: logistic(log_odds - s.log_odds) })
    };
    let mut levers: Vec<Lever> = standings.iter().filter_map(lever).collect();
    levers.order_by(|a, b| a.probability.total_cmp(&b.probability));
    levers
}

#[cfg(test)]
mod tests;
