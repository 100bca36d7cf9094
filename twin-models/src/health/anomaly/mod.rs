//! Unusual nights that look like the beginning of an illness, and what may explain them.
//!
//! * [`night`]: a night's measures and its judgement
//! * [`channel`], [`cause`]: what is measured; what explains it
//! * [`onset`]: a matched filter for a rise that began two to five nights ago
//! * [`combined`]: several channels as one figure
//! * [`state`]: the decision rule with episodes
//! * [`night_signal`], [`cusum`], [`change_point`], [`isolation_forest`]: second opinions, drift and shifts
//!
//! Not a diagnosis: it says that nights are unusual for this person.

pub mod cause;
pub mod change_point;
pub mod channel;
pub mod combined;
pub mod cusum;
pub mod isolation_forest;
pub mod night;
pub mod night_signal;
pub mod onset;
pub mod state;
mod words;

use crate::stats::Z80;
use channel::{Channel, WEIGHED};
use isolation_forest::{Forest, MIN_DAYS};
use night::{AnomalyNight, Evidence, Night, State};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "health_anomaly";
/// Its version.
pub const VERSION: &str = "1";

/// What is said of a person's nights.
#[derive(Clone, Debug, PartialEq)]
pub struct Anomaly {
    /// Every night, judged as of its morning; as many as came in.
    pub nights: Vec<AnomalyNight>,
    /// How unusual last night was, 0..=100, 50 usual; contributions add up to value − 50.
    pub today: Estimate,
    /// How likely it belongs to an illness-like episode, where one comes in 40 days.
    pub probability: Estimate,
    /// Isolation score of last night, 0..=1, from 60 own nights on; never an alert by itself.
    pub second_opinion: Option<f64>,
    /// The same in plain words.
    pub words: String,
}

/// Judges the nights of a person; one slot a day, oldest first, last night last.
///
/// Values that are not plausible count as missing. Without a value last night, or with fewer than 14 nights,
/// the estimates are absent and say so.
///
/// ```
/// # use twin_models::health::anomaly::{health_anomaly, night::{Night, State}};
/// let night = |bpm| Night { resting_hr: Some(bpm), ..Night::default() };
/// let mut nights: Vec<Night> = (0..28).map(|i| night(55.0 + f64::from(i % 3))).collect();
/// nights.extend([night(60.0), night(64.0)]);
/// let anomaly = health_anomaly(&nights);
/// assert_eq!(anomaly.nights[29].state, State::Red);
/// assert!(anomaly.nights[29].alert && anomaly.today.value.unwrap() > 90.0);
/// ```
#[must_use]
pub fn health_anomaly(nights: &[Night]) -> Anomaly {
    let judged = state::anomaly_nights(nights);
    let second_opinion = second_opinion(nights, &judged);
    let last = judged.last().cloned().unwrap_or_default();
    let known = judged.iter().filter(|n| !n.evidence.is_empty()).count();
    Anomaly {
        today: estimate(&last, known, EstimateKind::Index),
        probability: estimate(&last, known, EstimateKind::Probability),
        words: words::words(&last, second_opinion),
        second_opinion,
        nights: judged,
    }
}

fn estimate(last: &AnomalyNight, known: usize, kind: EstimateKind) -> Estimate {
    let there: f64 = last.evidence.iter().map(|e| e.channel.weight()).sum();
    let total: f64 = WEIGHED.iter().map(|c| c.weight()).sum();
    let mut gaps: Vec<String> = WEIGHED
        .iter()
        .filter(|c| !last.evidence.iter().any(|e| e.channel == **c))
        .map(|c| format!("no {} last night", c.name()))
        .collect();
    let (Some(strength), true) = (last.strength, last.state != State::Learning) else {
        if there > 0.0 {
            gaps.push(format!("{known} of {} nights", onset::MIN_NIGHTS));
        }
        let mut absent = Estimate::absent(ID, VERSION, "1", EstimateStatus::InsufficientData, gaps);
        absent.kind = kind;
        return absent;
    };
    let of = |more: f64| match kind {
        EstimateKind::Probability => last.probability_of(more),
        _ => Some(night::score((strength + more).max(0.0))),
    };
    let coverage = there / total;
    let full = known >= onset::WINDOW;
    Estimate {
        value: of(0.0),
        low: of(-Z80),
        high: of(Z80),
        kind,
        status: if full { EstimateStatus::Ok } else { EstimateStatus::Provisional },
        confidence: coverage * (known as f64 / onset::WINDOW as f64).min(1.0),
        n_effective: known as f64,
        coverage,
        contributions: if kind == EstimateKind::Index {
            contributions(last, night::score(strength) - 50.0)
        } else {
            Vec::new()
        },
        ..Estimate::absent(ID, VERSION, "1", EstimateStatus::Ok, gaps)
    }
}

/// The score's distance from usual, shared out as the channels share the strength.
fn contributions(last: &AnomalyNight, distance: f64) -> Vec<Contribution> {
    let total: f64 = last.evidence.iter().map(|e| e.adds).sum();
    let weighed: Vec<&Evidence> = last.evidence.iter().filter(|e| e.onset_z.is_some()).collect();
    let share = |e: &Evidence| if total > 0.0 { e.adds / total } else { 1.0 / weighed.len() as f64 };
    weighed
        .iter()
        .map(|e| Contribution {
            feature: e.channel.name().into(),
            amount: distance * share(e),
            baseline: e.usual,
            now: Some(e.now),
            unit: e.channel.unit().into(),
        })
        .collect()
}

/// The isolation score of last night among the person's own, in the direction of illness only.
fn second_opinion(nights: &[Night], judged: &[AnomalyNight]) -> Option<f64> {
    let z = |night: &AnomalyNight, channel: Channel| {
        let evidence = night.evidence.iter().find(|e| e.channel == channel)?;
        Some((channel.direction() * evidence.z?).max(0.0))
    };
    let last = judged.last()?;
    let channels: Vec<Channel> = WEIGHED.into_iter().filter(|c| z(last, *c).is_some()).collect();
    let row = |night: &AnomalyNight| channels.iter().map(|c| z(night, *c)).collect::<Option<Vec<f64>>>();
    let past: Vec<Vec<f64>> = judged.iter().take(nights.len().saturating_sub(1)).filter_map(row).collect();
    if channels.is_empty() || past.len() < MIN_DAYS {
        return None;
    }
    Some(Forest::grow(&past, 0x0A90_3A17)?.score(&row(last)?))
}

#[cfg(test)]
mod tests;
