//! Risk of stress: the probability that the person calls one of the next three days one of high stress.
//!
//! * [`features`]: what is looked at
//! * [`pss`]: scores of the Perceived Stress Scale
//!
//! Not a diagnosis. For the person alone: never to be shown to managers, not even as a band.

mod belief;
pub mod features;
pub mod pss;

use super::gated::{logistic, part};
use crate::learn::calibration::Platt;
use crate::special::normal_cdf;
use crate::stats::Z80;
use belief::{BASE_RATE, Belief, LABEL_WEIGHT};
use features::{FEATURES, StressDay, TABLE, Zs, distances};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "stress_risk";
/// Its version.
pub const VERSION: &str = "1";
/// Days ahead that the answer is about.
pub const HORIZON_DAYS: usize = 3;
/// Labelled days from which the answer is a probability; before, it is an index.
pub const MIN_LABELS: usize = 30;
/// Share of features that may be missing.
pub const MAX_MISSING: f64 = 0.5;

/// The person's risk after the last of `days`; one slot a day without holes, oldest first.
///
/// A day is labelled by what the person said of the three days after it: high if any was, low if at least one was
/// spoken of and none was high. From 30 labelled days on the answer is a probability (kind `Probability`, 0..=1),
/// calibrated on the person's own earlier days; before, an index 0..=100 where 50 is a usual day (kind `Index`).
/// It abstains when more than half of the features are missing today.
///
/// Contributions add up to value − base rate (0.25), or to value − 50.
///
/// ```
/// # use twin_models::capacity::stress::{features::StressDay, stress_risk};
/// let usual = StressDay {
///     lnrmssd: Some(4.0), resting_hr: Some(58.0), sleep_debt_h: Some(1.0), cognitive_load: Some(50.0),
///     mood: Some(3.0), deadline_pressure: Some(0.5), ..StressDay::default()
/// };
/// let mut days = vec![usual; 40];
/// assert_eq!(stress_risk(&days).value, Some(50.0));
/// days.push(StressDay { mood: Some(1.0), deadline_pressure: Some(2.0), ..usual });
/// assert!(stress_risk(&days).value.unwrap() > 80.0);
/// ```
#[must_use]
pub fn stress_risk(days: &[StressDay]) -> Estimate {
    let zs = distances(days);
    let Some(today) = zs.last() else {
        return absent(EstimateStatus::InsufficientData, vec!["no day is known".into()]);
    };
    let missing = || TABLE.iter().zip(today).filter(|(_, z)| z.is_none()).map(|((name, ..), _)| *name);
    let gaps: Vec<String> = missing().map(|name| format!("too little of {name}")).collect();
    let coverage = 1.0 - gaps.len() as f64 / FEATURES as f64;
    if 1.0 - coverage > MAX_MISSING {
        return absent(EstimateStatus::Abstained, gaps);
    }
    let learnt = Learnt::from(days, &zs);
    let labels = learnt.labels.len();
    let mut out = if labels >= MIN_LABELS { learnt.probability(today) } else { learnt.index(today) };
    out.gaps.extend(gaps);
    out.confidence *= coverage;
    Estimate { coverage, n_effective: LABEL_WEIGHT * labels as f64, ..out }
}

fn absent(status: EstimateStatus, gaps: Vec<String>) -> Estimate {
    Estimate { kind: EstimateKind::Probability, ..Estimate::absent(ID, VERSION, "1", status, gaps) }
}

/// What the person said of the three days after each day; `None` where nothing, or where they are not over.
fn label(days: &[StressDay], day: usize) -> Option<bool> {
    let ahead = days.get(day + 1..day + 1 + HORIZON_DAYS)?;
    let said: Vec<bool> = ahead.iter().filter_map(|d| d.high_stress).collect();
    (!said.is_empty()).then(|| said.contains(&true))
}

/// Whether a day knows enough to be learnt from.
fn known(zs: &Zs) -> bool {
    zs.iter().filter(|z| z.is_none()).count() as f64 <= MAX_MISSING * FEATURES as f64
}

/// The belief after all labelled days.
struct Learnt {
    belief: Belief,
    /// Log-odds said before each label was learnt, and the label.
    labels: Vec<(f64, bool)>,
}

impl Learnt {
    fn from(days: &[StressDay], zs: &[Zs]) -> Self {
        let mut out = Self { belief: Belief::prior(), labels: Vec::new() };
        for (day, zs) in zs.iter().enumerate().filter(|(_, zs)| known(zs)) {
            if let Some(high) = label(days, day) {
                out.labels.push((out.belief.odds(zs).0, high));
                out.belief.learn(zs, high);
            }
        }
        out
    }

    fn index(&self, today: &Zs) -> Estimate {
        let parts = self.belief.parts(today);
        // as wide as the log-odds of usual days are
        let scale = TABLE.iter().map(|row| row.1 * row.1).sum::<f64>().sqrt();
        let (sum, variance) = (parts.iter().sum::<f64>(), self.belief.odds(today).1 - 1.0);
        let points = |x: f64| 100.0 * normal_cdf(x / scale);
        let reach = Z80 * variance.max(0.0).sqrt();
        let value = points(sum);
        let rate = if sum.abs() > 1e-12 { (value - 50.0) / sum } else { 0.0 };
        let gap = format!("{} of 30 labelled days: an index, no probability", self.labels.len());
        Estimate {
            value: Some(value),
            low: Some(points(sum - reach)),
            high: Some(points(sum + reach)),
            unit: "{score}".into(),
            confidence: 0.3,
            kind: EstimateKind::Index,
            status: EstimateStatus::Provisional,
            prior_share: self.belief.prior_share(),
            contributions: reasons(today, &parts, rate),
            ..absent(EstimateStatus::Ok, vec![gap])
        }
    }

    fn probability(&self, today: &Zs) -> Estimate {
        let (odds, variance) = self.belief.odds(today);
        let (said, high): (Vec<f64>, Vec<bool>) = self.labels.iter().copied().unzip();
        // a map that falls would turn the model upside down: then it stays as it is
        let map = Platt::fit(&said, &high).filter(|map| map.a < 0.0);
        let calibrated = |x: f64| map.map_or(logistic(x), |map| map.apply(x));
        let reach = Z80 * variance.sqrt();
        let value = calibrated(odds);
        let mut parts = self.belief.parts(today);
        parts.push(self.belief.own_level());
        let sum: f64 = parts.iter().sum();
        let away = value - BASE_RATE;
        // the calibration has its own part, so that the others keep their proportions
        let plain = logistic(odds) - BASE_RATE;
        let rate = if sum.abs() > 1e-9 { plain / sum } else { 0.0 };
        let mut contributions = reasons(today, &parts, rate);
        let told: f64 = contributions.iter().map(|c| c.amount).sum();
        contributions.push(part("calibration", away - told, None, None, "1"));
        Estimate {
            value: Some(value),
            low: Some(calibrated(odds - reach)),
            high: Some(calibrated(odds + reach)),
            confidence: (1.0 - self.belief.prior_share()).clamp(0.0, 1.0),
            status: EstimateStatus::Ok,
            prior_share: self.belief.prior_share(),
            contributions,
            ..absent(EstimateStatus::Ok, Vec::new())
        }
    }
}

/// Contributions of features that differ from usual, and of the person's own level behind them.
fn reasons(today: &Zs, parts: &[f64], rate: f64) -> Vec<Contribution> {
    let names = TABLE.iter().map(|row| row.0).chain(std::iter::once("own level"));
    let zs = today.iter().copied().chain(std::iter::once(None));
    let told = names.zip(zs).zip(parts).filter(|(_, amount)| **amount != 0.0);
    told.map(|((name, z), amount)| part(name, rate * amount, z.map(|_| 0.0), z, "1")).collect()
}

#[cfg(test)]
mod tests;
